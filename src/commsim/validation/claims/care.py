"""Claims about rules, service, and the work that care takes."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, alike, less, more, negative, positive
from commsim.validation.claims.happenings import EarlyLeavers
from commsim.validation.claims.measures import Days, LivelyGroups, Outcome

_SPAM_EARLY, _SPAM_LATE = Days("spam", last=13), Days("spam", first=106)
_LONG = "days: 120\nstrategies: [{kind: content}%s]"
_COMING = "community: {arrivals_per_day: 10}\n"
_WELCOME = "{kind: service, hours: 0.5, questions: [], welcome: 1}"

_GONE = EarlyLeavers(14)

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
        "Rules stated beforehand and a welcome spare early adverts, and newcomers leave less in their first "
        "weeks. (That a welcome holds them is put in by service.welcomed.)",
        "unmanaged-group",
        {
            "rules and welcome": _COMING + "strategies: [{kind: group_rules}, " + _WELCOME + "]",
            "rules": _COMING + "strategies: [{kind: group_rules}]",
            "later": _COMING + "strategies: [{kind: group_rules, starts: 21}]",
            "nothing": _COMING,
        },
        (
            less("Members' adverts in three weeks", Days("spam", last=20), "rules", "later"),
            less("Left in three weeks", Days("left", last=20), "rules", "later"),
            negative("Newcomers gone in two weeks, by rules", Gain(_GONE, "rules", "nothing"), "share"),
            negative("The same, by a welcome besides", Gain(_GONE, "rules and welcome", "rules"), "share"),
            alike("Left afterwards", Days("left", first=28), "rules", "later", within=0.1),
        ),
        full=True,
    ),
)
