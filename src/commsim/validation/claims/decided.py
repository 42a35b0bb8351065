"""Claims about how much a plan decides: beside chance, the details of it, and the community."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, Minus, Pilot, Ratio, Size, at_most, negative, positive
from commsim.validation.claims.measures import Days, Outcome

_ORDERS, _PROFIT = Days("orders"), Outcome("profit")
_TWO_SORTS = (
    "community:\n  groups:\n"
    "    - {name: minds, members: 400, taste: {coffee: 1.5, tea: 0.2}, elasticity: 1.6}\n"
    "    - {name: does not, members: 400, taste: {coffee: 0.2, tea: 1.5}, elasticity: 0.4}\n"
    "products: {tea: {price: 30, unit_cost: 15}}\n"
)
"""Two communities, who like other things and mind prices differently."""
_FITTED = (
    "{kind: flash_sale, product: %s, discount: %s, starts: 3, weekdays: [mon, tue, wed, thu], groups: [%s]}"
)
_POOLS = "community: {members: %d, group_size: %d}\n"
_CONTENT = "strategies: [{kind: content}]"

DECIDED = (
    Claim(
        "1",
        "In a pool under 400 chance decides more than the plan.",
        "unmanaged-group",
        {"content": _POOLS % (6000, 300) + _CONTENT, "silence": _POOLS % (6000, 300)},
        (
            at_most("The better plan takes in more, pools of 300", Pilot(1, "content", "silence"), 0.75),
            positive(
                "The same, pools of 3,000 minus pools of 300",
                Minus(Pilot(10, "content", "silence"), Pilot(1, "content", "silence")),
            ),
        ),
    ),
    Claim(
        "11",
        "Communities differ in taste and in what a price does: what works in one fails where it is copied "
        "by force; copy the frame and fit it to each.",
        "unmanaged-group",
        {
            "at home": _TWO_SORTS + "strategies: [" + _FITTED % ("coffee", 0.2, "minds") + "]",
            "copied": _TWO_SORTS + "strategies: [" + _FITTED % ("coffee", 0.2, "minds, does not") + "]",
            "fitted": _TWO_SORTS
            + "strategies:\n  - "
            + _FITTED % ("coffee", 0.2, "minds")
            + "\n  - "
            + (_FITTED % ("tea", 0.05, "does not")).replace("{", "{name: other sale, "),
            "silence": _TWO_SORTS,
        },
        (
            positive("Profit where it was tried", Gain(_PROFIT, "at home", "silence"), "yuan"),
            negative("Profit of its copy in the other community", Gain(_PROFIT, "copied", "at home"), "yuan"),
            positive("Profit, fitted minus copied", Gain(_PROFIT, "fitted", "copied"), "yuan"),
            positive(
                "Profit of the frame, fitted to the other community",
                Gain(_PROFIT, "fitted", "at home"),
                "yuan",
            ),
        ),
    ),
    Claim(
        "89",
        "Try a plan on a part of the customers first; the larger the part, the surer the trial.",
        "unmanaged-group",
        {"content": _POOLS % (4000, 50) + _CONTENT, "silence": _POOLS % (4000, 50)},
        (
            positive(
                "The trial is right, parts of 500 minus parts of 50",
                Minus(Pilot(10, "content", "silence"), Pilot(1, "content", "silence")),
            ),
            positive(
                "The trial is right, parts of 2,000 minus parts of 500",
                Minus(Pilot(40, "content", "silence"), Pilot(10, "content", "silence")),
            ),
        ),
    ),
    Claim(
        "90",
        "The frame is easy, the details decide: one plan done well or badly differs more than two plans do.",
        "unmanaged-group",
        {
            "sales, well": "strategies: [{kind: content, quality: 0.5},\n"
            "  {kind: flash_sale, discount: 0.15, starts: 3, warm_up: 3, weekdays: [tue, thu]}]",
            "sales, badly": "strategies: [{kind: content, quality: 0.1, topics: 0.02},\n"
            "  {kind: flash_sale, discount: 0.15, starts: 3, reach: 0.4, hour: 15, weekdays: [tue, thu]}]",
            "more sales": "strategies: [{kind: content, quality: 0.5},\n"
            "  {kind: flash_sale, discount: 0.15, starts: 3, warm_up: 3, weekdays: [mon, tue, wed, thu]}]",
            "sales, by luck": "operator: {execution: {forgets: 0.1, late: 0.2, spread: 0.3}}\n"
            "strategies: [{kind: content, quality: 0.5},\n"
            "  {kind: flash_sale, discount: 0.15, starts: 3, warm_up: 3, weekdays: [tue, thu]}]",
        },
        (
            positive(
                "Profit, well against badly minus plan against plan",
                Minus(
                    Size(Gain(_PROFIT, "sales, well", "sales, badly")),
                    Size(Gain(_PROFIT, "sales, well", "more sales")),
                ),
                "yuan",
            ),
            positive(
                "Profit, as planned against as staff happen to do it minus plan against plan",
                Minus(
                    Size(Gain(_PROFIT, "sales, well", "sales, by luck")),
                    Size(Gain(_PROFIT, "sales, well", "more sales")),
                ),
                "yuan",
            ),
        ),
    ),
    Claim(
        "94",
        "In a dead group hardly anything sells: a sale lifts orders more where people still look in.",
        "flash-sale",
        {
            "dead, sale": "community: {activity: 0.05}",
            "dead": "community: {activity: 0.05}\nstrategies: []",
            "alive, sale": "community: {activity: 0.6}",
            "alive": "community: {activity: 0.6}\nstrategies: []",
        },
        (
            positive(
                "Lift of orders, alive minus dead",
                Minus(Ratio(_ORDERS, "alive, sale", "alive"), Ratio(_ORDERS, "dead, sale", "dead")),
            ),
        ),
    ),
)
