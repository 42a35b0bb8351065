"""Claims about customers whom agents bring of their own, and about promoters who pass on a part."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, alike, more, positive
from commsim.validation.claims.measures import Booked, Days, Outcome

_PROFIT = Outcome("profit")
_GROUPS = "days: 180\ncommunity: {group_size: 100}\nstrategies: [%s]"
_AGENTS = "{kind: agents, starts: 3, who: {bought: true}%s}"
_REBATE = "strategies: {distributor_rebate: {budget: null%s}}"
_TO_PROMOTERS = Booked("distributor_rebate", ("commission", "passed_on"))

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
)
