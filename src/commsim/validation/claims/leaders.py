"""Claims about persons: customers of agents' own, promoters who pass on a part, an owner who is seen."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, alike, less, more, positive
from commsim.validation.claims.measures import Booked, Days, Last, Outcome

_PROFIT = Outcome("profit")
_GROUPS = "days: 180\ncommunity: {group_size: 100}\nstrategies: [%s]"
_AGENTS = "{kind: agents, starts: 3, who: {bought: true}%s}"
_REBATE = "strategies: {distributor_rebate: {budget: null%s}}"
_TO_PROMOTERS = Booked("distributor_rebate", ("commission", "passed_on"))

_POSTED = "days: 180\nstrategies: {owner: {kind: %s, starts: 7, hour: 21, %s}}"
_THRICE = "weekdays: [mon, wed, sat], staff_minutes: 3"

LEADERS = (
    Claim(
        "P1",
        "Agents who bring customers of their own earn the shop what it would not have had, and so pay for "
        "the margin. How many people each brings is put in (their setting brings); what these buy, and "
        "whether it covers the margin on who was there before, is not.",
        "unmanaged-group",
        {
            "own customers": _GROUPS % (_AGENTS % ", brings: 30"),
            "no customers": _GROUPS % (_AGENTS % ""),
            "no agents": _GROUPS % "",
        },
        (
            more("Members at the end", Outcome("members"), "own customers", "no customers"),
            more("Orders", Days("orders"), "own customers", "no customers"),
            positive("Profit by own customers", Gain(_PROFIT, "own customers", "no customers"), "yuan"),
            positive("Profit over having no agents", Gain(_PROFIT, "own customers", "no agents"), "yuan"),
        ),
    ),
    Claim(
        "P2",
        "Leaders who pass on a part of their commission sell more at their own cost, and the shop earns by "
        "it. That half of them do (passing_on.willing), and bring as many friends for less, is put in.",
        "distributor-rebate",
        {"passed on": _REBATE % ", passed_on: 0.5", "kept": _REBATE % ""},
        (
            alike("Joined", Days("joined"), "passed on", "kept", within=0.02),
            more("Orders", Days("orders"), "passed on", "kept"),
            positive("What promoters keep less", Gain(_TO_PROMOTERS, "passed on", "kept"), "yuan"),
            positive("Profit of the shop", Gain(_PROFIT, "passed on", "kept"), "yuan"),
        ),
    ),
    Claim(
        "P3",
        "An owner who shows themself as a person sells more than the same posts of nobody, and too much of "
        "it binds less. That it binds, and that people can have enough, is put in (tie.shown, tie.enough); "
        "whether it pays for the owner's time is not.",
        "active-group",
        {
            "owner": _POSTED % ("persona", _THRICE),
            "same posts": _POSTED
            % ("content", _THRICE + ", trust: 0, fresh: 0, themes: [the owner], quality: 0.3, topics: 0.12"),
            "ten a day": _POSTED % ("persona", "posts: 10"),
            "no posts": "days: 180",
        },
        (
            more("Orders, by seeing a person", Days("orders"), "owner", "same posts"),
            less("Tie, ten a day against three a week", Last("mean_tie"), "ten a day", "owner"),
            positive(
                "Profit before staff, over no posts",
                Gain(Outcome("profit_before_staff"), "owner", "no posts"),
                "yuan",
            ),
            positive("Profit, over no posts", Gain(_PROFIT, "owner", "no posts"), "yuan"),
        ),
    ),
)
