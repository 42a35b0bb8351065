"""What to try in one's groups where data of their everyday tell nothing: as in ``docs/limits.md``."""

EXPERIMENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Invite half of the customers who qualify, drawn by lot; compare orders of the invited and the "
        "others",
        ("buying.touch",),
    ),
    (
        "Adverts every day in some groups, weekly in others, drawn by lot, for eight weeks; leavers and "
        "mutes by group",
        (
            "buying.advert",
            "buying.adstock",
            "fatigue.response",
            "fatigue.half_life",
            "stay.leave_message",
            "stay.mute_message",
            "activity.advert",
        ),
    ),
    (
        "Envelopes in half of the groups, drawn by lot; amounts caught and sent on",
        ("look.envelope", "look.habituation", "activity.envelope", "talk.envelope", "red_envelope.preset"),
    ),
    (
        "A check-in in half of the groups, drawn by lot",
        ("look.check_in", "check_in.base", "habit.speed", "habit.missed"),
    ),
    (
        "Rules enforced in half of the groups, drawn by lot; members' adverts counted",
        ("spam.growth", "spam.control", "trust.spam", "activity.spam", "group_rules.enforcement"),
    ),
    (
        "Two posts of content a day, one, or none, by group, drawn by lot",
        ("content.quality", "content.topics", "content.trust", "activity.learning", "wear.per_post"),
    ),
    (
        "For each team: when it was launched, who was asked, who joined and when",
        ("group_buying.accept", "group_buying.accept_late", "invite.spread_effort"),
    ),
    (
        "Inviter and newcomer, with dates and orders",
        ("invite.spread", "invite.trust", "invite.lasting", "invite.fade", "distributor_rebate.base"),
    ),
    (
        "Different discounts in groups drawn by lot",
        ("buying.elasticity", "buying.borrowed", "buying.reference_speed"),
    ),
    (
        "A year of messages, members, joins and leaves per group and day, of several groups",
        ("talk.half_life", "talk.bond_spread", "talk.lurkers", "activity.half_life"),
    ),
)
"""What to do, and which unknowns it would settle."""


def experiments(names: set[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Those that would tell any of these unknowns, and which."""
    found = [(what, tuple(name for name in told if name in names)) for what, told in EXPERIMENTS]
    return [(what, told) for what, told in found if told]
