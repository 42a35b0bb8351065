"""Claims about coupons."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, Level, Minus, Per, at_least, less, more, near, positive
from commsim.validation.claims.measures import Days

_ISSUED = "coupons_issued"
_PASSED = Days("coupons_passed_redeemed", per="coupons_passed")
_ONCE = "{kind: coupon, given: sent, face: 5, minimum: 25, valid_days: 14, remind: true"


def _passed_on(together: bool, factor: float) -> str:
    """Posted coupons of which many are passed on; ``factor``: how often a friend's comes to mind."""
    share = f"{{friends: 3, together: {str(together).lower()}}}"
    return f"""
strategies:
  - {{kind: coupon, face: 10, valid_days: 14, weekdays: [mon], again: 14, share: {share}}}
behaviour: {{coupons: {{pass_on: 0.5, shared: {factor}}}}}
"""


COUPON_CLAIMS = (
    Claim(
        "55",
        "Coupons: few of those sent to everybody are redeemed, and what is redeemed would mostly have been "
        "bought anyway. Those passed on by friends are redeemed less than others, those made together more; "
        "both are put in (coupons.shared, coupons.together).",
        "unmanaged-group",
        {
            "coupons": f"days: 30\nstrategies: [{_ONCE}}}]",
            "silence": "days: 30",
            "from friends": "days: 30" + _passed_on(together=False, factor=0.7),
            "as one's own": "days: 30" + _passed_on(together=False, factor=1.0),
            "made together": "days: 30" + _passed_on(together=True, factor=0.7),
        },
        (
            at_least("Expired of those issued", Level(Days("coupons_expired", per=_ISSUED), "coupons"), 0.5),
            at_least(
                "Redeemed without an order more than in silence",
                Per(
                    Minus(
                        Level(Days("coupons_redeemed"), "coupons"), Gain(Days("orders"), "coupons", "silence")
                    ),
                    Level(Days("coupons_redeemed"), "coupons"),
                ),
                0.5,
            ),
            near(
                "The same as expected by elasticities, day by day",
                Level(Days("coupons_anyway", per="coupons_redeemed"), "coupons"),
                0.58,
                within=0.05,
            ),
            less("Friends' coupons redeemed, against as one's own", _PASSED, "from friends", "as one's own"),
            more("Those made together, against as one's own", _PASSED, "made together", "as one's own"),
        ),
    ),
)

_SHARED = "strategies: {coupon: {share: {friends: 2}}}"
COUPON_READINGS = (
    Claim(
        "R3",
        "Coupons that can be passed on bring friends: more by the guides' reading than by that of the "
        "evidence, by which they are also redeemed less than others. All of it is put in.",
        "coupon",
        {"guides": f"reading: guides\n{_SHARED}", "evidence": _SHARED},
        (
            positive("Joined, guides minus evidence", Gain(Days("joined"), "guides", "evidence"), "persons"),
            positive(
                "Friends' coupons redeemed, guides minus evidence",
                Gain(Days("coupons_passed_redeemed"), "guides", "evidence"),
                "orders",
            ),
            positive("Orders, guides minus evidence", Gain(Days("orders"), "guides", "evidence"), "orders"),
        ),
    ),
)
