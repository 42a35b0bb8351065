"""Attention: looking in, the activity that it sustains, and talk."""

from commsim.scenario.behaviour.section import TUNED, Section, number


class Look(Section):
    """Whether a member looks into the group on a day: the gate of all that he sees."""

    ceiling: float = number(0.97, "Highest chance of a look", "probability", "assumed", "D", 0.0, 1.0)
    muted: float = number(
        0.25,
        "Factor on looking when the group is muted",
        "factor",
        "China Youth Daily 2020: 26 % regularly read shopping groups",
        "C",
        0.0,
        1.0,
        (0.1, 0.4),
    )
    envelope: float = number(
        0.07,
        "Lift of looking on a day with an envelope",
        "share",
        "assumed, sign after Yuan et al. 2017",
        "D",
        0.0,
        1.0,
        (0.0, 0.2),
    )
    habituation: float = number(
        0.90,
        "Factor on it per envelope in the last 7 days",
        "factor",
        "operators' lore on shape",
        "D",
        0.0,
        1.0,
        (0.85, 1.0),
    )
    check_in: float = number(
        0.25,
        "Lift of looking on a day with a check-in, x the habit of checking in",
        "share",
        "company figures: raw 15-30 % after a check-in, a third to a half of it causal; habits are about .4",
        "D",
        0.0,
        1.0,
        (0.08, 0.6),
    )
    attention: float = number(
        3.0,
        "Presence at an event is 1 - exp(-attention x weight of its hours)",
        "rate",
        "assumed",
        "D",
        0.0,
        20.0,
    )
    preview: float = number(
        0.25,
        "Lift of the weight for who saw a warm-up post",
        "share",
        "operators' guides, size assumed",
        "D",
        0.0,
        2.0,
    )
    own_hours: float = number(
        2.0, "Factor on presence in a person's favourite part of the day", "factor", "assumed", "D", 1.0, 2.8
    )


class Activity(Section):
    """Value learned from looking, and the activity that it sustains."""

    learning: float = number(
        0.15, "Weight of today's look in the learned value", "share", "assumed", "D", 0.0, 1.0
    )
    floor: float = number(
        0.02, "Activity without any value", "probability", "app retention floor (Adjust 2022)", "C", 0.0, 0.5
    )
    talk: float = number(0.1, "Value per message seen", "value", TUNED, "D", 0.0, 2.0)
    readable: float = number(
        60.0,
        "Messages a day that a member can read",
        "messages",
        "limited attention; size assumed",
        "D",
        1.0,
        1000.0,
    )
    envelope: float = number(
        0.5, "Value of a caught share from an envelope of 10 yuan", "value", "assumed", "D", 0.0, 5.0
    )
    deal: float = number(0.4, "Value of a real deal seen", "value", "assumed", "D", 0.0, 5.0)
    spam: float = number(
        0.12,
        "Value lost per member's advert seen",
        "value",
        "sign China Youth Daily 2020 (87 % see much junk), size assumed",
        "D",
        0.0,
        5.0,
    )
    advert: float = number(
        0.10,
        "Value lost per empty advert seen",
        "value",
        "sign China Youth Daily 2016, size assumed",
        "D",
        0.0,
        5.0,
    )
    half_life: float = number(
        10.0,
        "Median half-life of activity",
        "days",
        "groups live 1 week to 6 months (Qiu Ye 2015)",
        "C",
        0.5,
        365.0,
        (4.0, 30.0),
    )
    half_life_spread: float = number(
        0.5, "Log standard deviation of it across people", "log", "assumed", "D", 0.0, 2.0
    )
    start: float = number(
        0.6,
        "Activity at joining is this x (0.5 + share), 1 at most",
        "probability",
        "app day-1 analogue (Adjust 2022), scaled up",
        "C",
        0.0,
        0.9,
    )
    push: float = number(
        0.04,
        "Push on activity from an envelope share of 10 yuan",
        "rate",
        "next-day carry-over +7 %, assumed",
        "D",
        0.0,
        1.0,
    )


class Talk(Section):
    """Who writes, and how talk feeds on topics and on talk."""

    spread: float = number(
        1.8,
        "Log standard deviation of talk rates across people",
        "log",
        "van Mierlo 2014; IRC counts",
        "B",
        0.0,
        3.0,
        (1.5, 2.2),
    )
    lurkers: float = number(
        0.25,
        "Share of people who never write; the others write so much more",
        "share",
        "van Mierlo 2014: over 75 % never post, most of them because they hardly look",
        "C",
        0.0,
        0.95,
        (0.2, 0.33),
    )
    topics: float = number(
        0.55, "Messages per looker from bond and topics", "messages", TUNED, "D", 0.0, 10.0
    )
    reply: float = number(
        2.0,
        "Replies per message a head",
        "messages",
        "54 % of messages are replies (one WhatsApp group)",
        "D",
        0.0,
        10.0,
    )
    saturation: float = number(
        0.6, "Messages a head at which replies halve", "messages", TUNED, "D", 0.01, 10.0
    )
    size: float = number(
        0.15,
        "Talk per head falls with group size to this power",
        "exponent",
        "mixed evidence: Panek et al. 2018",
        "C",
        0.0,
        1.0,
        (0.0, 0.35),
    )
    bond_spread: float = number(
        0.8,
        "Log standard deviation of bonds across groups",
        "log",
        "bimodal lifetimes (Qiu et al. 2016), size assumed",
        "D",
        0.0,
        2.0,
    )
    half_life: float = number(
        10.0, "Median half-life of topics", "days", "Qiu Ye 2015", "C", 0.5, 365.0, (4.0, 30.0)
    )
    half_life_spread: float = number(
        0.9,
        "Log standard deviation of it across groups",
        "log",
        "bimodal lifetimes (Qiu et al. 2016), size assumed",
        "D",
        0.0,
        2.0,
    )
    most_topics: float = number(1.2, "Topics never exceed this", "topics", "assumed", "D", 0.0, 10.0)
    spam_damping: float = number(
        0.35, "Talk falls by exp(-this x spam per 100 members)", "rate", TUNED, "D", 0.0, 5.0
    )
    envelope: float = number(
        4.0,
        "Factor on talk of catchers for the hour after",
        "factor",
        "sign Yuan et al. 2017, size assumed",
        "D",
        1.0,
        20.0,
        (2.0, 8.0),
    )
