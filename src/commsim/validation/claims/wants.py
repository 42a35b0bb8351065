"""Claims about what members want: needs that are met or not, desire raised by stories."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    Minus,
    Per,
    Ratio,
    at_least,
    at_most,
    less,
    more,
    near,
    positive,
)
from commsim.validation.claims.measures import Days, LivelyGroups, Outcome

_ORDERS, _LEFT, _PROFIT = Days("orders"), Days("left"), Outcome("profit")
_LATE = Days("orders", first=46)
_PUT_OUT = "\nbehaviour: {wants: {unmet: 0}}"
_PROMOTED = (
    "days: 180\ncommunity: {kind: interest}\nstrategies: [{kind: red_envelope, weekdays: [fri]},\n"
    "  {kind: flash_sale, discount: 0.15, weekdays: [mon, tue, wed, thu]}]\n"
)
_SALES = "{kind: flash_sale, discount: 0.15, weekdays: [mon, tue, wed, thu]%s}"
_PAINS = "{kind: story, about: pains, weekdays: [mon, wed, fri]%s}"
_UNAWARE = "days: 90\nwants: {pains: true}\nstrategies: [" + _PAINS + ", " + _SALES + "]"
_UNAWARE_OUT = _UNAWARE + "\nbehaviour: {wants: {first: 0, pushed: 0}}"
_NURTURE, _PUSH = (", ends: 29", ", starts: 30"), (", starts: 60", ", ends: 59")
"""When pains are told and when is sold: a month and then two of sales, or two of sales and then a month."""
_NEEDS = "days: 90\nwants: {needs: {love: 2, certainty: 2, importance: 1, satisfaction: 1, product: 1}}\n"
_CARE = (
    "strategies: [{kind: content}, {kind: group_rules}, {kind: flash_sale, discount: 0.1, weekdays: [thu]}]"
)
_STORIES = "strategies: [{kind: story, quality: 0.5, posts: %d}]"

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
            "silence, put out": _NEEDS + _PUT_OUT,
        },
        (
            more("Left in silence, with needs against without", _LEFT, "silence, needs", "silence"),
            positive(
                "What needs add to leaving, silence minus care",
                Minus(Ratio(_LEFT, "silence, needs", "silence"), Ratio(_LEFT, "care, needs", "care")),
            ),
            positive(
                "Left in silence by needs, less where unmet needs move nobody",
                Gain(_LEFT, "silence, needs", "silence, put out"),
                "persons",
            ),
            near("Left by what is not put in", Ratio(_LEFT, "silence, put out", "silence"), 0.0, 0.01),
        ),
    ),
    Claim(
        "39",
        "A group must solve a problem of its members: one that solves none dies whatever is promoted in it, "
        "and one that does lives under the same promotions.  That it brings people back is put in "
        "(wants.solved).",
        "unmanaged-group",
        {
            "none": _PROMOTED,
            "half of one": _PROMOTED + "wants: {problem: 0.4}",
            "solved": _PROMOTED + "wants: {problem: 1}",
            "solved, put out": _PROMOTED + "wants: {problem: 1}\nbehaviour: {wants: {solved: 0}}",
        },
        (
            at_most("Groups with talk after half a year, none solved", Level(LivelyGroups(), "none"), 0.2),
            at_least("The same, solved", Level(LivelyGroups(), "solved"), 0.8),
            positive("The same, half of one minus none", Gain(LivelyGroups(), "half of one", "none")),
            more("Look in on a day, solved against none", Outcome("active"), "solved", "none"),
            near("The same, put out", Ratio(Outcome("active"), "solved, put out", "none"), 0.0, 0.001),
        ),
    ),
    Claim(
        "64",
        "Stories make people want a thing, until they tire of them; told at what they cost, they pay.  That "
        "desire sells is put in (wants.desire).",
        "unmanaged-group",
        {
            "stories": _STORIES % 1,
            "six a day": _STORIES % 6,
            "adverts": "strategies: [{kind: advert, posts: 1}]",
            "put out": _STORIES % 1 + "\nbehaviour: {wants: {desire: 0}}",
            "silence": "",
        },
        (
            more("Orders, a story a day against an advert a day", _ORDERS, "stories", "adverts"),
            more("Orders, by what is put in", _ORDERS, "stories", "put out"),
            positive("Profit of a story a day", Gain(_PROFIT, "stories", "silence"), "yuan"),
            less("Orders of the last two weeks, six a day against one", _LATE, "six a day", "stories"),
            positive(
                "Orders that a post brings, one a day minus six a day",
                Minus(
                    Per(Gain(_ORDERS, "stories", "silence"), 1), Per(Gain(_ORDERS, "six a day", "silence"), 6)
                ),
                "orders",
            ),
        ),
    ),
    Claim(
        "67",
        "Dig for the pain first and orders come by themselves: who is sold to before knowing what it is good "
        "for leaves, and who knows buys.  Both are put in (wants.pushed, wants.first).",
        "unmanaged-group",
        {
            "pains first": _UNAWARE % _NURTURE,
            "sales first": _UNAWARE % _PUSH,
            "pains first, put out": _UNAWARE_OUT % _NURTURE,
            "sales first, put out": _UNAWARE_OUT % _PUSH,
        },
        (
            less("Left in the first month", Days("left", last=29), "pains first", "sales first"),
            more("Orders from the second month on", Days("orders", first=30), "pains first", "sales first"),
            more("Orders", _ORDERS, "pains first", "sales first"),
            positive("Profit", Gain(_PROFIT, "pains first", "sales first"), "yuan"),
            positive(
                "Orders, by what is put in",
                Minus(
                    Gain(_ORDERS, "pains first", "sales first"),
                    Gain(_ORDERS, "pains first, put out", "sales first, put out"),
                ),
                "orders",
            ),
        ),
    ),
)
