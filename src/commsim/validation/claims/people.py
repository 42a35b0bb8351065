"""Claims about who is in the groups, how many there are, and which plan suits whom."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    Minus,
    Pilot,
    Ratio,
    Size,
    alike,
    at_least,
    at_most,
    less,
    more,
    near,
    negative,
    positive,
)
from commsim.validation.claims.measures import Days, Outcome, SharedTop

_ORDERS, _PROFIT = Days("orders"), Outcome("profit")
_SALE = "strategies: [{kind: flash_sale, discount: %s, starts: 3, weekdays: [mon, tue, wed, thu]}]"
_TASTE = "community: {segments: {all: {elasticity: %s}}}\n"
_COMPANIES = (
    "community:\n  segments: {all: {orders_per_week: 0.1, elasticity: 0.3, talk: 0.3, sociability: 0}}\n"
    "  graph: {kind: none}\n"
)
_DEAR = "products: [{name: course, price: 600, unit_cost: 240}]\n"
_SMALL = "community: {group_size: 28, cap: 29}\n"
_SMALL_DEAR = "community: {group_size: 28, cap: 29, segments: {all: {orders_per_week: 0.05}}}\n" + _DEAR
_UNLIKE = "community: {segments: {all: {fluency: 0.3}}}\n"
_POOLS = "community: {members: %d, group_size: %d}\n"
_CONTENT = "strategies: [{kind: content}]"

PEOPLE = (
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
        "2",
        "People who are not at ease with the app are the wrong public: the plan no longer pays.",
        "active-group",
        {
            "at ease": "",
            "not at ease": _UNLIKE,
            "not at ease, no plan": _UNLIKE + "strategies: []",
        },
        (
            less("Look in on a day", Outcome("active"), "not at ease", "at ease"),
            less("Orders", _ORDERS, "not at ease", "at ease"),
            negative("Profit of the plan", Gain(_PROFIT, "not at ease", "not at ease, no plan"), "yuan"),
        ),
    ),
    Claim(
        "3",
        "Companies buy by need and know nobody: sales and envelopes do next to nothing.",
        "unmanaged-group",
        {
            "companies, sale": _COMPANIES + _SALE % 0.15,
            "companies, envelopes": _COMPANIES
            + "strategies: [{kind: red_envelope, weekdays: [mon, wed, fri]}]",
            "companies": _COMPANIES,
            "people, sale": _SALE % 0.15,
            "people": "",
        },
        (
            alike("Orders with a sale, companies", _ORDERS, "companies, sale", "companies", within=0.02),
            alike(
                "Orders with envelopes, companies", _ORDERS, "companies, envelopes", "companies", within=0.02
            ),
            at_least("Orders with a sale, people", Ratio(_ORDERS, "people, sale", "people"), 0.02),
        ),
    ),
    Claim(
        "4",
        "Where nobody knows anybody, friends bring no friends; what the shop does itself still works.",
        "distributor-rebate",
        {
            "friends": "strategies: {distributor_rebate: {budget: null}}",
            "strangers": "community: {graph: {kind: none}}\nstrategies: {distributor_rebate: {budget: null}}",
            "strangers, sale": "community: {graph: {kind: none}}\n" + _SALE % 0.15,
            "strangers, silence": "community: {graph: {kind: none}}\nstrategies: []",
        },
        (
            at_least("Joined, friends", Level(Days("joined"), "friends"), 0, "persons"),
            at_most("Joined, strangers", Level(Days("joined"), "strangers"), 0.5, "persons"),
            more("Orders with a sale, strangers", _ORDERS, "strangers, sale", "strangers, silence"),
        ),
    ),
    Claim(
        "5",
        "No method is good or bad, only suitable: a sale earns with who minds prices, not with the others.",
        "unmanaged-group",
        {
            "minds, sale": _TASTE % 1.6 + _SALE % 0.2,
            "minds": _TASTE % 1.6,
            "does not, sale": _TASTE % 0.3 + _SALE % 0.2,
            "does not": _TASTE % 0.3,
        },
        (
            positive("Profit of the sale, who minds", Gain(_PROFIT, "minds, sale", "minds"), "yuan"),
            negative("Profit of the sale, who does not", Gain(_PROFIT, "does not, sale", "does not"), "yuan"),
        ),
    ),
    Claim(
        "9",
        "Who buys traffic for groups that nobody cares for buys it again and again: the wave is lost.",
        "active-group",
        {
            "dead, bought": "community: {arrivals_per_day: 10}\nstrategies: [{kind: advert, posts: 3}]",
            "dead": "strategies: [{kind: advert, posts: 3}]",
            "alive, bought": "community: {arrivals_per_day: 10}",
            "alive": "",
        },
        (
            negative("Profit of the wave, dead groups", Gain(_PROFIT, "dead, bought", "dead"), "yuan"),
            positive(
                "Profit of the wave, live minus dead groups",
                Minus(Gain(_PROFIT, "alive, bought", "alive"), Gain(_PROFIT, "dead, bought", "dead")),
                "yuan",
            ),
        ),
    ),
    Claim(
        "11",
        "What works in one community can't be copied into another: copy the frame, not the price.",
        "unmanaged-group",
        {
            "minds, deep": _TASTE % 1.6 + _SALE % 0.2,
            "minds, shallow": _TASTE % 1.6 + _SALE % 0.05,
            "does not, deep": _TASTE % 0.4 + _SALE % 0.2,
            "does not, shallow": _TASTE % 0.4 + _SALE % 0.05,
        },
        (
            positive(
                "Profit, deep minus shallow, who minds",
                Gain(_PROFIT, "minds, deep", "minds, shallow"),
                "yuan",
            ),
            negative(
                "Profit, deep minus shallow, who does not",
                Gain(_PROFIT, "does not, deep", "does not, shallow"),
                "yuan",
            ),
        ),
    ),
    Claim(
        "12",
        "Groups under 30 are lively and dear: they pay for large tickets, and for small ones they don't.",
        "active-group",
        {
            "small": _SMALL,
            "large": "",
            "small, dear": _SMALL_DEAR + "strategies: {flash_sale: {product: course}}",
            "small, dear, silence": _SMALL_DEAR + "strategies: []",
        },
        (
            more("Messages per member", Days("messages", per="members"), "small", "large"),
            less("Profit, small tickets", _PROFIT, "small", "large"),
            positive(
                "Profit of the plan, large tickets",
                Gain(_PROFIT, "small, dear", "small, dear, silence"),
                "yuan",
            ),
        ),
    ),
    Claim(
        "14",
        "For about the same work, few lively members are worth more each, and many quiet ones more in all.",
        "active-group",
        {
            "few and lively": "community: {members: 1000}",
            "many and quiet": "community: {members: 8000}\nstrategies: [{kind: advert, staff_minutes: 0.6}]",
        },
        (
            more("Look in on a day", Outcome("active"), "few and lively", "many and quiet"),
            more("Profit per member", Outcome("profit_per_member"), "few and lively", "many and quiet"),
            less("Profit", _PROFIT, "few and lively", "many and quiet"),
        ),
    ),
    Claim(
        "48",
        "Those who talk most are not those who pay most.",
        "active-group",
        {"active group": ""},
        (
            near(
                "Of the top tenth of talkers, in the top tenth of buyers",
                Level(SharedTop(), "active group"),
                0.1,
                0.1,
            ),
        ),
        full=True,
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
