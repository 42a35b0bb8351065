"""Claims about shills."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, Level, less, more, negative, positive
from commsim.validation.claims.measures import Days, Last, Outcome, Warnings

_MONTHS = 120


_FIRST, _FOURTH = Days("orders", 0, 29), Days("orders", 90, 119)
_BEFORE_PAY = Gain(Outcome("profit_before_staff"), "found out soon", "none")


def _shills(detect: float) -> str:
    """Shills in a group that finds out with such a chance a shill and day."""
    return (
        f"days: {_MONTHS}\nallow_unlawful: [shills]\nbehaviour: {{shills: {{detect: {detect}}}}}\n"
        "strategies: {shills: {kind: shills}}"
    )


SHILL_CLAIMS = (
    Claim(
        "69",
        "Five to eight shills for a hundred members make atmosphere until they are found out, and then trust "
        "is gone: a short lift, then less than without. How soon they are (shills.detect) and what that "
        "costs (shills.trust, shills.leaving) is put in, and with it the sign.",
        "active-group",
        {
            "never found out": _shills(0.0),
            "found out sooner or later": _shills(0.0005),
            "found out soon": _shills(0.003),
            "none": f"days: {_MONTHS}",
        },
        (
            more("Orders, never found out", Days("orders"), "never found out", "none"),
            more("Messages of members, never found out", Days("messages"), "never found out", "none"),
            positive(
                "Profit, never found out",
                Gain(Outcome("profit"), "never found out", "none"),
                "yuan",
            ),
            positive(
                "The same before the shills are paid",
                Gain(Outcome("profit_before_staff"), "never found out", "none"),
                "yuan",
            ),
            more("Orders of the first month, found out in time", _FIRST, "found out sooner or later", "none"),
            less("Orders of the fourth month, the same", _FOURTH, "found out sooner or later", "none"),
            less("Orders of the fourth month, found out soon", _FOURTH, "found out soon", "none"),
            negative("Profit before the shills are paid, found out soon", _BEFORE_PAY, "yuan"),
            negative("Trust at the end, found out soon", Gain(Last("trust"), "found out soon", "none")),
            positive("Left, found out soon", Gain(Days("left"), "found out soon", "none"), "persons"),
            negative("Profit, found out soon", Gain(Outcome("profit"), "found out soon", "none"), "yuan"),
            positive(
                "Warnings that the law forbids it",
                Level(Warnings("the law forbids"), "found out sooner or later"),
                "warnings",
            ),
        ),
    ),
)
