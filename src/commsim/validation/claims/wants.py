"""Claims about what members want: needs that are met or not, desire raised by stories."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, Minus, Per, Ratio, more, positive
from commsim.validation.claims.measures import Days

_ORDERS, _LEFT = Days("orders"), Days("left")
_NEEDS = "days: 90\nwants: {needs: {love: 2, certainty: 2, importance: 1, satisfaction: 1, product: 1}}\n"
_CARE = (
    "strategies: [{kind: content}, {kind: group_rules}, {kind: flash_sale, discount: 0.1, weekdays: [thu]}]"
)
_STORIES = "strategies: [{kind: story, quality: 0.5, posts: %d, cost: 0}]"

WANTS_CLAIMS = (
    Claim(
        "38",
        "Groups live by needs that they meet; where needs are not met members leave.  That they do is "
        "put in, and by how much; which plans meet which needs is not.",
        "unmanaged-group",
        {
            "silence, needs": _NEEDS,
            "silence": "days: 90",
            "care, needs": _NEEDS + _CARE,
            "care": "days: 90\n" + _CARE,
        },
        (
            more("Left in silence, with needs against without", _LEFT, "silence, needs", "silence"),
            positive(
                "What needs add to leaving, silence minus care",
                Minus(Ratio(_LEFT, "silence, needs", "silence"), Ratio(_LEFT, "care, needs", "care")),
            ),
        ),
    ),
    Claim(
        "64",
        "Stories make people want a thing, until they tire of them.  That desire sells is put in.",
        "unmanaged-group",
        {
            "stories": _STORIES % 1,
            "six a day": _STORIES % 6,
            "adverts": "strategies: [{kind: advert, posts: 1}]",
            "silence": "",
        },
        (
            more("Orders, a story a day against an advert a day", _ORDERS, "stories", "adverts"),
            positive(
                "Orders that a post brings, one a day minus six a day",
                Minus(
                    Per(Gain(_ORDERS, "stories", "silence"), 1), Per(Gain(_ORDERS, "six a day", "silence"), 6)
                ),
                "orders",
            ),
        ),
    ),
)
