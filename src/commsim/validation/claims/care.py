"""Claims about rules, service, and the work that care takes."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, alike, less, more, negative, positive
from commsim.validation.claims.measures import Days, LivelyGroups, Outcome

_SPAM_EARLY, _SPAM_LATE = Days("spam", last=13), Days("spam", first=106)
_LONG = "days: 120\nstrategies: [{kind: content}%s]"

CARE = (
    Claim(
        "33",
        "Hidden work turns the sign: care for small groups pays before staff, and not after.",
        "unmanaged-group",
        {
            "care": "community: {group_size: 50}\n"
            "strategies: [{kind: group_rules}, {kind: content, quality: 0.6}]",
            "silence": "community: {group_size: 50}",
        },
        (
            positive("Profit before staff", Gain(Outcome("profit_before_staff"), "care", "silence"), "yuan"),
            negative("Profit", Gain(Outcome("profit"), "care", "silence"), "yuan"),
        ),
    ),
    Claim(
        "41",
        "Without rules members copy who breaks them: adverts spread, talk fades, groups die out.",
        "unmanaged-group",
        {"no rules": _LONG % "", "rules": _LONG % ", {kind: group_rules}"},
        (
            positive(
                "Members' adverts in the last two weeks", Gain(_SPAM_LATE, "no rules", "rules"), "adverts"
            ),
            less("Messages in the last week", Outcome("messages"), "no rules", "rules"),
            less("Members at the end", Outcome("members"), "no rules", "rules"),
            negative("Groups with talk at the end", Gain(LivelyGroups(), "no rules", "rules")),
        ),
    ),
    Claim(
        "42",
        "Rules must be enforced: announced and left alone they help at first and fail later.",
        "unmanaged-group",
        {
            "announced": _LONG % ", {kind: group_rules, enforced: false}",
            "enforced": _LONG % ", {kind: group_rules}",
            "none": _LONG % "",
        },
        (
            less("Members' adverts in the first two weeks", _SPAM_EARLY, "announced", "none"),
            positive(
                "Members' adverts in the last two weeks", Gain(_SPAM_LATE, "announced", "enforced"), "adverts"
            ),
            more("Left", Days("left"), "announced", "enforced"),
        ),
    ),
    Claim(
        "43",
        "Rules stated from the first day spare early adverts and early leaving.",
        "unmanaged-group",
        {
            "from day 0": "strategies: [{kind: group_rules}]",
            "from day 21": "strategies: [{kind: group_rules, starts: 21}]",
        },
        (
            less("Members' adverts in three weeks", Days("spam", last=20), "from day 0", "from day 21"),
            less("Left in three weeks", Days("left", last=20), "from day 0", "from day 21"),
            alike("Left afterwards", Days("left", first=28), "from day 0", "from day 21", within=0.1),
        ),
    ),
)
