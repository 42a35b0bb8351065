"""Claims about who is in the groups, how many there are, and what suits them."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import (
    Change,
    Gain,
    Level,
    Minus,
    Per,
    Ratio,
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
_UNLIKE = "community: {segments: {all: {fluency: 0.3}}}\n"
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
)
