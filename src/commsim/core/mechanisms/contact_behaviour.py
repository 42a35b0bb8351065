"""What people do when a shop gets at them outside the group: texts, calls, messages, Moments."""

from typing import Any

from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import Portion, param


def _noticed(default: float, what: str, plausible: tuple[float, float], source: str, grade: Any) -> Any:
    return param(
        default,
        f"Chance that {what}",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=plausible,
        source=source,
        grade=grade,
    )


def _opt_out(default: float, what: str, plausible: tuple[float, float], source: str, grade: Any) -> Any:
    return param(
        default,
        f"Chance that who notices {what}, times a person's tolerance",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=plausible,
        source=source,
        grade=grade,
        neutral=0.0,
        pathway="opt_out",
    )


def _bother(default: float, what: str) -> Any:
    return param(
        default,
        f"Empty posts of the group that {what} annoys like: put in, not found",
        unit="posts",
        low=0.0,
        high=100.0,
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="bother",
    )


class ContactBehaviour(Part):
    """Who notices a contact, what it does to them, and who comes back because of it."""

    text_noticed: Portion = _noticed(
        0.45, "a text is read", (0.1, 0.9), "vendor of texts in China: 45 % are opened", "C"
    )
    call_noticed: Portion = _noticed(
        0.3, "a call is answered", (0.1, 0.6), "assumed: few answer a number they don't know", "D"
    )
    message_noticed: Portion = _noticed(
        0.6, "a private message is read", (0.12, 0.74), "trade pages: 12 % of plain texts to 74 %", "C"
    )
    moments_noticed: Portion = _noticed(
        0.15,
        "a post in Moments is seen",
        (0.05, 0.3),
        "assumed: feeds are long, and shops' posts folded",
        "D",
    )
    text_opt_out: Portion = _opt_out(
        0.018, "a text unsubscribes", (0.005, 0.037), "Tatango: 1.8 % on weekdays, 3.7 % in all", "C"
    )
    call_opt_out: Portion = _opt_out(
        0.05, "a call blocks the number", (0.01, 0.2), "assumed: a call disturbs more than a text", "D"
    )
    message_opt_out: Portion = _opt_out(
        0.02, "a private message deletes the account", (0.01, 0.04), "trade pages: 1.8 to 3.2 %", "C"
    )
    moments_opt_out: Portion = _opt_out(
        0.003, "a post in Moments hides the account", (0.001, 0.01), "assumed: as of an e-mail", "D"
    )
    text_bother: float = _bother(1.0, "a text that is noticed")
    call_bother: float = _bother(5.0, "a call that is answered")
    message_bother: float = _bother(1.5, "a private message that is read")
    moments_bother: float = _bother(0.3, "a post in Moments that is seen")
    recall: Portion = param(
        0.3,
        "Way that the memory of the shop goes to full with a contact that is noticed: put in, not found",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.6),
        source="assumed; what it adds to buying is `buying.touch`",
        grade="D",
        neutral=0.0,
    )
    half_life: float = param(
        7.0,
        "Half-life of that memory: put in, not found",
        unit="days",
        low=0.1,
        high=1000.0,
        plausible=(3.0, 21.0),
        source="operators' guides: texts are forgotten between one and the next",
        grade="D",
    )
    look: float = param(
        0.3,
        "Share by which a contact that is noticed raises the chance to look in on the group that day",
        unit="share",
        low=0.0,
        high=10.0,
        plausible=(0.0, 1.0),
        source="assumed: as an envelope's",
        grade="D",
        neutral=0.0,
    )
    back: Portion = param(
        0.02,
        "Chance that who left or fell silent comes back, of a contact noticed that asks for it",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.005, 0.05),
        source="vendors: 1-5 % of a sequence; that trust and reasons to leave count: Kumar et al. 2015",
        grade="C",
        neutral=0.0,
    )
    revived: Portion = param(
        0.3,
        "Chance that who comes back and had stopped buying buys again as before: put in, not found",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.0, 1.0),
        source="assumed",
        grade="D",
    )


SOURCES = (
    Source(
        "Kumar et al. 2015",
        "observational data",
        "Kumar, Bhagwat, Zhang: Regaining lost customers: the predictive power of first-lifetime behavior, "
        "the reason for defection, and the nature of the win-back offer. Journal of Marketing 79(4), 34-55. "
        "Abstract read",
    ),
)
