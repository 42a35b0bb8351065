"""Claims about who is in the groups, how many there are, and which plan suits whom."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import (
    Change,
    Gain,
    Level,
    Minus,
    Per,
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
from commsim.validation.claims.happenings import OrdersOfPayers
from commsim.validation.claims.measures import Days, MeanOf, Outcome, PerJoined, SharedTop

_ORDERS, _PROFIT = Days("orders"), Outcome("profit")
_SALE = "strategies: [{kind: flash_sale, discount: %s, starts: 3, weekdays: [mon, tue, wed, thu]}]"
_TASTE = "community: {segments: {all: {elasticity: %s}}}\n"
_COMPANIES = (
    "community:\n  segments:\n"
    "    all: {orders_per_week: 0.1, elasticity: 0.3, talk: 0.3, sociability: 0, decision_days: 21}\n"
    "  graph: {kind: none}\n"
)
_TALK = Days("messages", per="members")
_LARGE_TIERS = "community: {by_segment: false, group_size: 210, cap: 500}\n"
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
_UNLIKE = "community: {segments: {all: {fluency: 0.3}}}\n"
_POOLS = "community: {members: %d, group_size: %d}\n"
_CONTENT = "strategies: [{kind: content}]"
_FANS = (
    "days: 120\ncommunity:\n  segments:\n    all: {share: 9}\n"
    "    fans: {share: 1, looking: 3, talk: 4, sociability: 3, orders_per_week: 0.03, buyers: 0.2}\n"
    "strategies:\n  distributor_rebate: {starts: 7, month_days: [8], levels: [0.1]%s}\n"
)
"""A tenth of the members hardly order, and talk, look in and bring friends more than others."""
_NO_CARE = "strategies: [{kind: advert, posts: 3}]"
_BOUGHT = "days: 180\ncommunity: {arrivals_per_day: 10}\noperator: {acquisition_rise: 0.33}\n"
_LOOK_LATE = MeanOf("looked", 173, 179)


def _each(first: int, last: int) -> PerJoined:
    return PerJoined("acquisition", first, last)


def _kept(groups: str) -> Per:
    """Members more at the end for each newcomer who was bought."""
    bought = f"{groups}, bought"
    return Per(Gain(Outcome("members"), bought, groups), Level(Days("joined"), bought))


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
        "Companies buy by need, decide for weeks and know nobody: sales and envelopes do next to nothing.  "
        "That most of their buying is no impulse is put in.",
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
        "Traffic gets ever dearer (put in by operator.acquisition_rise), and who buys it for groups that "
        "nobody cares for loses the wave and buys it again.",
        "active-group",
        {
            "dead, bought": _BOUGHT + _NO_CARE,
            "dead": "days: 180\n" + _NO_CARE,
            "alive, bought": _BOUGHT,
            "alive": "days: 180",
        },
        (
            positive(
                "A newcomer's cost, last month against first",
                Change(_each(150, 179), _each(0, 29), "dead, bought"),
            ),
            at_most("Of newcomers bought, members at the end, dead groups", _kept("dead"), 0.5),
            positive(
                "Of newcomers bought, members at the end, live minus dead groups",
                Minus(_kept("alive"), _kept("dead")),
            ),
            at_most(
                "Of them, those who look in on a day in the end, dead groups",
                Per(Gain(_LOOK_LATE, "dead, bought", "dead"), Level(Days("joined"), "dead, bought")),
                0.1,
            ),
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
        "12",
        "Paid groups under 30, each of one tier: they talk more and lose fewer than large or mixed ones, and "
        "pay for their coach.",
        "slimming-tiers",
        {
            "by tier": "",
            "by tier, silence": "strategies: []",
            "mixed": "community: {by_segment: false}",
            "large": _LARGE_TIERS,
            "large, silence": _LARGE_TIERS + "strategies: []",
        },
        (
            more("Messages per member, small against large", _TALK, "by tier", "large"),
            more("Messages per member, of one tier against mixed", _TALK, "by tier", "mixed"),
            less("Left, small against large", Days("left"), "by tier", "large"),
            less("Left, of one tier against mixed", Days("left"), "by tier", "mixed"),
            positive("Profit of the coach, small", Gain(_PROFIT, "by tier", "by tier, silence"), "yuan"),
            positive(
                "Profit of the coach, small minus large",
                Minus(Gain(_PROFIT, "by tier", "by tier, silence"), Gain(_PROFIT, "large", "large, silence")),
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
        "Those who talk most are not those who pay most; to neglect who does not pay is wrong; and who pays "
        "may leave for a better price.",
        "active-group",
        {
            "for all": "days: 120",
            "for payers": "days: 120\nstrategies:\n"
            + "".join(
                f"  {kind}: {{who: {{orders: '>=1'}}}}\n"
                for kind in ("content", "flash_sale", "advert", "red_envelope")
            ),
            "fans": _FANS % "",
            "fans left out": _FANS % ", who: {segment: all}"
            + "".join(
                f"  {kind}: {{who: {{segment: all}}}}\n"
                for kind in ("content", "flash_sale", "advert", "red_envelope")
            ),
            "rival": "days: 120\nrivals: [{}]",
            "cheaper rival": "days: 120\nrivals: [{sales: [{starts: 60, discount: 0.2}]}]",
        },
        (
            near(
                "Of the top tenth of talkers, in the top tenth of buyers",
                Level(SharedTop(), "for all"),
                0.1,
                0.1,
            ),
            less("Profit, when only payers are served", _PROFIT, "for payers", "for all"),
            less("Profit, when fans who hardly order are left out", _PROFIT, "fans left out", "fans"),
            less(
                "Orders of the tenth who paid most, beside a cheaper rival",
                OrdersOfPayers(60),
                "cheaper rival",
                "rival",
                by=0.1,
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
