"""Claims about the rhythm of what an operator does: variety, and what is left when they stop."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Level, alike, at_least, less, more
from commsim.validation.claims.measures import Days, MeanOf, Outcome

_POSTS = "days: 180\nstrategies: [{kind: content, posts: 2, staff_minutes: 3, themes: [%s]%s}]"
_FOUR = "tips, shows, quizzes, stories"
_ALONE = "days: 180\nsources: [{kind: store, per_day: 20}]\noperator: {hands_off: 90}\nstrategies: [%s]"
_CHAIN = (
    "{kind: group_rules}, {kind: content}, {kind: flash_sale, discount: 0.15, weekdays: [tue, thu]}, "
    "{kind: levels, at: [{spent: 150, discount: 0.05}]}, {kind: distributor_rebate, starts: 30}"
)
_LEFT, _MUTED = Outcome("left"), Outcome("muted")

RHYTHM = (
    Claim(
        "29",
        "Variety tires less than as many posts of the same; that each theme wears by itself is put in.",
        "unmanaged-group",
        {
            "four themes": _POSTS % (_FOUR, ""),
            "one theme": _POSTS % ("tips", ""),
            "four, all new": _POSTS % (_FOUR, ", fresh: 1"),
            "one, all new": _POSTS % ("tips", ", fresh: 1"),
        },
        (
            less("Worn off content in the last month", MeanOf("worn", 150, 179), "four themes", "one theme"),
            more("Look in at the end", Outcome("active"), "four themes", "one theme"),
            more("Messages in the last month", Days("messages", 150), "four themes", "one theme"),
            less("Have muted at the end", _MUTED, "four themes", "one theme"),
            less("Left", _LEFT, "four themes", "one theme"),
            alike("Left, where all is new anyway", _LEFT, "four, all new", "one, all new", within=0.001),
        ),
    ),
    Claim(
        "93",
        "Who draws people, sells, sells again and lets members bring friends has a group that then runs by "
        "itself, longer than one that was only filled.",
        "unmanaged-group",
        {"all stages": _ALONE % _CHAIN, "only filled": _ALONE % ""},
        (
            more("Days that groups run by themselves", Outcome("self_run"), "all stages", "only filled"),
            at_least("These days", Level(Outcome("self_run"), "all stages"), 60, "days"),
            more("Look in after 90 days without care", Outcome("active"), "all stages", "only filled"),
            more("Orders of the last month", Days("orders", 150), "all stages", "only filled"),
        ),
    ),
)
