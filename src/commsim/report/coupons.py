"""What became of the coupons of a run."""

from commsim.analysis.counts import Counts
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

_OF_ISSUED = (
    ("Redeemed", "coupons_redeemed"),
    ("Expired unused", "coupons_expired"),
    ("Still in hand", "coupons_held"),
)


def coupon_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """A table of what became of coupons, by the strategies of a run together; none for other runs.

    What would have been bought anyway is an expectation for the same day, see `docs/mechanisms/coupons.md`;
    what coupons cause is the difference from a run without them.
    """
    if "coupons" not in counted:
        return []
    number = counted["coupons"].iloc[0]
    issued, redeemed = number["coupons_issued"], number["coupons_redeemed"]
    passed = number["coupons_passed"]
    of = [(label, number[name], issued) for label, name in _OF_ISSUED]
    of.append(("Redeemed, would have been bought that day anyway", number["coupons_anyway"], redeemed))
    if passed:
        of.append(("Passed on by friends", passed, issued))
        of.append(("Passed on and redeemed", number["coupons_passed_redeemed"], passed))
    rows = [
        (say(label), cell(value, "orders"), cell(value / max(1.0, total), "share"))
        for label, value, total in of
    ]
    title = say("Coupons: {number} issued", number=cell(issued, "orders"))
    return [Grid(title, (say("Coupons"), say("Number"), say("Share")), tuple(rows))]
