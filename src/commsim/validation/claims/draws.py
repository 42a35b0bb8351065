"""Claims about cheap draws: one yuan, bargaining to nothing, lotteries."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    Minus,
    Ratio,
    at_least,
    less,
    more,
    near,
    negative,
    positive,
)
from commsim.validation.claims.measures import Booked, Buyers, Days, Outcome, PerNewcomer
from commsim.validation.claims.newcomers import Freeloaders, GoneSoon, MonthlyOrders

_JOINED = Days("joined")
_FEW_BUYERS = "community: {segments: {all: {buyers: 0.2}}}\n"
_TRIAL = "strategies: [{kind: trial, starts: 7, ends: 7, warm_up: 2}]"
_NOBODY_COMES = (
    "days: 365\nbehaviour: {buying: {trial: 0.0005}}\ncommunity: {segments: {all: {buyers: 0.1}}}\n"
)
_REBATE = "strategies: [{kind: distributor_rebate, reward: 6, starts: 5, warm_up: 2, weekdays: [sat]}]"
_MEMBER_DAY = (
    "days: 92\nstrategies: [{kind: distributor_rebate, levels: [], reward: 10, reward_on: %s, "
    "month_days: [20], starts: 10, warm_up: 3%s}]"
)

DRAWS = (
    Claim(
        "52",
        "A product for one yuan breaks the ice: more people buy, and in half a year they pay it back. It "
        "turns on how many would have begun by themselves (buying.trial), and on what those are worth whom "
        "it wins (buying.sample_quality, put in).",
        "unmanaged-group",
        {
            "one yuan": f"days: 180\n{_FEW_BUYERS}{_TRIAL}",
            "silence": f"days: 180\n{_FEW_BUYERS}",
            "one yuan where hardly anybody comes": f"{_NOBODY_COMES}{_TRIAL}",
            "silence where hardly anybody comes": _NOBODY_COMES,
        },
        (
            more("Persons who ever buy", Buyers(), "one yuan", "silence"),
            negative("Profit of the day itself", Level(Booked("trial"), "one yuan"), "yuan"),
            positive("Profit of half a year", Gain(Outcome("profit"), "one yuan", "silence"), "yuan"),
            positive(
                "Profit of a year where one in 2,000 a day begins to buy",
                Gain(
                    Outcome("profit"),
                    "one yuan where hardly anybody comes",
                    "silence where hardly anybody comes",
                ),
                "yuan",
            ),
        ),
        full=True,
    ),
    Claim(
        "71",
        "Bargaining to 0 yuan brings people for less than a rebate does, and the goods go to who orders "
        "nothing. What who joins is worth is put in (bargain.quality).",
        "unmanaged-group",
        {
            "bargain": "strategies: [{kind: bargain, starts: 5, warm_up: 2, weekdays: [sat], again: 28}]",
            "rebate": _REBATE,
            "silence": "",
        },
        (
            positive("Joined", Gain(_JOINED, "bargain", "silence"), "persons"),
            negative(
                "Paid per newcomer, against the rebate",
                Minus(
                    Level(PerNewcomer("bargain"), "bargain"),
                    Level(PerNewcomer("distributor_rebate"), "rebate"),
                ),
                "yuan",
            ),
            at_least(
                "Share of goods that go to who orders nothing in four weeks",
                Level(Freeloaders(28), "bargain"),
                0.5,
            ),
            negative(
                "Orders of a newcomer a month, against the rebate",
                Minus(
                    Level(MonthlyOrders("bargain"), "bargain"),
                    Level(MonthlyOrders("distributor_rebate"), "rebate"),
                ),
                "orders",
            ),
        ),
        full=True,
    ),
    Claim(
        "73",
        "A lottery for 0 yuan makes joins spike; who comes buys little (lottery.quality, put in) and leaves "
        "within a week of the draw (bait.leave, put in).",
        "unmanaged-group",
        {
            "lottery": "strategies: [{kind: lottery, starts: 5, open_days: 7, warm_up: 2}]",
            "rebate": _REBATE,
            "silence": "",
        },
        (
            positive("Joined", Gain(_JOINED, "lottery", "silence"), "persons"),
            negative(
                "Orders of a newcomer a month, against the rebate",
                Minus(
                    Level(MonthlyOrders("lottery"), "lottery"),
                    Level(MonthlyOrders("distributor_rebate"), "rebate"),
                ),
                "orders",
            ),
            more("Left in the week after the draw", Days("left", 12, 18), "lottery", "silence"),
            at_least(
                "Share of the newcomers who leave in the week after the draw",
                Level(GoneSoon("lottery", over=11), "lottery"),
                0.5,
            ),
        ),
        full=True,
    ),
    Claim(
        "75",
        "A member day once a month that pays the recommender once the newcomer buys grows as much as one "
        "that pays at joining, for less. Gift packs for both bring more people, who buy less "
        "(distributor_rebate.gift_quality, put in).",
        "unmanaged-group",
        {
            "on order": _MEMBER_DAY % ("order", ""),
            "on joining": _MEMBER_DAY % ("join", ""),
            "gift packs": _MEMBER_DAY % ("join", ", gift: 10, gift_quality: 0.6"),
            "silence": "days: 92",
        },
        (
            positive("Joined", Gain(_JOINED, "on order", "silence"), "persons"),
            near("Joined, on order against on joining", Ratio(_JOINED, "on order", "on joining"), 0, 0.05),
            less("Paid per newcomer", PerNewcomer("distributor_rebate"), "on order", "on joining"),
            positive("Profit of the days", Gain(Outcome("profit"), "on order", "silence"), "yuan"),
            more("Joined, gift packs", _JOINED, "gift packs", "on joining"),
            negative(
                "Orders of a newcomer a month, gift packs against on joining",
                Gain(MonthlyOrders("distributor_rebate"), "gift packs", "on joining"),
                "orders",
            ),
        ),
        full=True,
    ),
)
