"""Patience: muting, leaving, fatigue, members' adverts, and trust."""

from commsim.scenario.behaviour.section import Section, number


class Stay(Section):
    """Muting and leaving, on commercial messages received."""

    leave: float = number(
        0.0015,
        "Leave hazard without messages",
        "per day",
        "operators' figures 9-28 % a month are high",
        "C",
        0.0,
        1.0,
        (0.0005, 0.004),
    )
    leave_message: float = number(
        0.002,
        "Leave hazard per message received",
        "per message",
        "vendors' e-mail benchmarks: .001-.005 opt out per campaign",
        "C",
        0.0,
        1.0,
        (0.001, 0.005),
    )
    mute_message: float = number(
        0.003,
        "Mute hazard per message received",
        "per message",
        "set so that .5 to .8 are muted in the long run",
        "D",
        0.0,
        1.0,
        (0.001, 0.01),
    )
    crowding: float = number(
        0.75,
        "Both hazards rise by this share per message a day above one",
        "share",
        "3 pushes a day or more: x2.5 (vendor)",
        "C",
        0.0,
        5.0,
    )
    crowded: float = number(
        4.0, "Messages a day above which they rise no more", "messages", "assumed", "D", 1.0, 100.0
    )
    spam: float = number(
        0.25,
        "How much an advert of a member counts beside a post of the operator",
        "share",
        "assumed: skipped more easily than what the shop posts",
        "D",
        0.0,
        1.0,
    )
    forgiving: float = number(
        0.5,
        "Share of the hazards that full value takes away",
        "share",
        "assumed: a group that is worth a look is forgiven more",
        "D",
        0.0,
        1.0,
    )
    heard_muted: float = number(
        0.25,
        "Share of messages that count for a muted member",
        "share",
        "as look.muted (China Youth Daily 2020)",
        "C",
        0.0,
        1.0,
        (0.1, 0.4),
    )
    leave_muted: float = number(
        0.5, "Factor on leaving by messages when muted", "factor", "assumed", "D", 0.0, 1.0
    )
    invited: float = number(
        0.82,
        "Factor on leaving when invited by a friend",
        "factor",
        "Schmitt et al. 2011",
        "B",
        0.0,
        1.0,
        (0.75, 0.95),
    )
    recruiter: float = number(
        0.7,
        "Factor on leaving for who has recruited",
        "factor",
        "Garnefeld et al. 2013 (matched)",
        "B",
        0.0,
        1.0,
        (0.37, 1.0),
    )


class Fatigue(Section):
    """Two-part fatigue on commercial messages seen (Ferecatu et al. 2024: passing and lasting)."""

    response: float = number(
        0.85,
        "Factor on an announcement's log effect per message of passing fatigue",
        "factor",
        "form Ferecatu et al. 2024, size assumed",
        "C",
        0.01,
        1.0,
        (0.75, 0.95),
    )
    half_life: float = number(
        2.5, "Half-life of passing fatigue", "days", "assumed", "D", 0.1, 60.0, (1.0, 7.0)
    )
    annoyance: float = number(
        0.006,
        "Lasting annoyance per message seen",
        "annoyance",
        "form Ferecatu et al. 2024, size assumed",
        "D",
        0.0,
        1.0,
    )


class Spam(Section):
    """Members' adverts: copied where nobody acts, held down where rules are enforced."""

    start: float = number(
        0.5,
        "Adverts by members per day per 100 members at the start",
        "adverts",
        "operators' lore",
        "D",
        0.0,
        2.0,
        (0.1, 2.0),
    )
    growth: float = number(
        0.099,
        "Daily growth without enforcement (doubles in a week)",
        "per day",
        "operators' lore",
        "D",
        0.0,
        1.0,
    )
    control: float = number(0.5, "Daily fall under full enforcement", "per day", "assumed", "D", 0.0, 1.0)
    floor: float = number(0.05, "Never falls below", "adverts", "assumed", "D", 0.0, 2.0)
    ceiling: float = number(2.0, "Never rises above", "adverts", "assumed", "D", 0.01, 50.0)


class Trust(Section):
    """Slow to win, quick to lose."""

    start: float = number(
        0.5, "Mean trust of a member at the start", "trust", "assumed: middle of the scale", "D", 0.0, 1.0
    )
    spread: float = number(0.12, "Standard deviation of it across people", "trust", "assumed", "D", 0.0, 0.5)
    good: float = number(0.02, "Gain from a good delivery, x (1 - trust)", "trust", "assumed", "D", 0.0, 1.0)
    bad: float = number(
        0.15, "Loss from a bad one, x trust", "trust", "assumed: negativity bias, 5-8 x", "D", 0.0, 1.0
    )
    past_bad: float = number(
        0.03,
        "Share of bad deliveries in what customers bought before the start",
        "share",
        "assumed",
        "D",
        0.0,
        1.0,
    )
    spam: float = number(0.0015, "Loss per member's advert seen, x trust", "trust", "assumed", "D", 0.0, 1.0)
    advert: float = number(0.001, "Loss per empty advert seen, x trust", "trust", "assumed", "D", 0.0, 1.0)
    recovery: float = number(0.01, "Daily return to a person's own base", "per day", "assumed", "D", 0.0, 1.0)
    scale: float = number(
        0.15, "One standard deviation in the trust uplift", "trust", "assumed", "D", 0.01, 1.0
    )
