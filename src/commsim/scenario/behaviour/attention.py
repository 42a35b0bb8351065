"""Attention: looking in, and the activity that it sustains."""

from commsim.core.part import Part
from commsim.core.units import Portion, param

TUNED = "tuned so that groups live and die as they were seen to; measured nowhere"
"""Source of what nobody has measured, and groups were held against."""


class Look(Part):
    """Whether a member looks into the group on a day: the gate of all that they see."""

    ceiling: Portion = param(
        0.97, "Highest chance of a look", unit="probability", low=0.0, high=1.0, source="assumed", grade="D"
    )
    muted: float = param(
        0.25,
        "Factor on looking when the group is muted",
        unit="factor",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.4),
        source="China Youth Daily 2020: 26 % regularly read shopping groups",
        grade="C",
        neutral=1.0,
        pathway="muting",
    )
    envelope: Portion = param(
        0.07,
        "Lift of looking on a day with an envelope",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.2),
        source="assumed, sign after Yuan et al. 2017",
        grade="D",
        neutral=0.0,
        pathway="envelopes",
    )
    habituation: float = param(
        0.90,
        "Factor on it per envelope in the last 7 days",
        unit="factor",
        low=0.0,
        high=1.0,
        plausible=(0.85, 1.0),
        source="operators' lore on shape",
        grade="D",
    )
    check_in: Portion = param(
        0.25,
        "Lift of looking on a day with a check-in, x the habit of checking in",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.08, 0.6),
        source="company figures: raw 15-30 % after a check-in, a third to a half of it causal; "
        "habits are about .4",
        grade="D",
        neutral=0.0,
        pathway="check_in",
    )
    attention: float = param(
        3.0,
        "Presence at a sale is 1 - exp(-attention x weight of its hours)",
        unit="rate",
        low=0.0,
        high=20.0,
        source="assumed",
        grade="D",
    )
    preview: Portion = param(
        0.25,
        "Lift of the weight for who saw a warm-up post, or another that announced the sale",
        unit="share",
        low=0.0,
        high=2.0,
        source="operators' guides, size assumed",
        grade="D",
        neutral=0.0,
        pathway="announcing",
    )
    gather: Portion = param(
        0.3,
        "Lift of the weight of a sale by an envelope of 10 yuan in the group in the 3 hours before; "
        "puts in that it gathers people",
        unit="share",
        low=0.0,
        high=3.0,
        plausible=(0.0, 1.0),
        source="operators send one an hour before a sale to gather people; size assumed",
        grade="D",
        neutral=0.0,
        pathway="envelopes",
    )
    reminder: Portion = param(
        0.2,
        "Lift of the weight of a sale by a post in the group in the 3 hours before; "
        "puts in that it reminds people",
        unit="share",
        low=0.0,
        high=3.0,
        plausible=(0.0, 0.5),
        source="operators remind members shortly before a sale; size assumed",
        grade="D",
        neutral=0.0,
        pathway="announcing",
    )
    rush: float = param(
        0.75,
        "Time in which attendance at a sale falls to 1/e; puts in that people come at once",
        unit="hours",
        low=0.05,
        high=24.0,
        plausible=(0.3, 1.5),
        source="flash windows are back to base after one or two hours (vendor)",
        grade="C",
    )
    again: Portion = param(
        0.3,
        "Chance that who came to a sale and did not order looks again when its last minutes are counted "
        "down; puts in that a countdown calls them back",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.5),
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="countdown",
    )
    own_hours: float = param(
        2.0,
        "Factor on presence in a person's favourite part of the day",
        unit="factor",
        low=1.0,
        high=2.8,
        source="assumed",
        grade="D",
        neutral=1.0,
        pathway="own_hours",
    )


class Activity(Part):
    """Value learned from looking, and the activity that it sustains."""

    learning: Portion = param(
        0.15,
        "Weight of today's look in the learned value",
        unit="share",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
    )
    floor: Portion = param(
        0.02,
        "Activity without any value",
        unit="probability",
        low=0.0,
        high=0.5,
        source="app retention floor (Adjust 2022)",
        grade="C",
    )
    talk: float = param(
        0.1,
        "Value per message seen",
        unit="value",
        low=0.0,
        high=2.0,
        source=TUNED,
        grade="D",
        neutral=0.0,
        pathway="talk",
    )
    readable: float = param(
        60.0,
        "Messages a day that a member can read",
        unit="messages",
        low=1.0,
        high=1000.0,
        source="limited attention; size assumed",
        grade="D",
    )
    envelope: float = param(
        0.5,
        "Value of a caught share from an envelope of 10 yuan",
        unit="value",
        low=0.0,
        high=5.0,
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="envelopes",
    )
    deal: float = param(
        0.4,
        "Value of a real deal seen",
        unit="value",
        low=0.0,
        high=5.0,
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="deals",
    )
    answer: float = param(
        0.4,
        "Value of an answer of the staff seen, to what others asked or oneself",
        unit="value",
        low=0.0,
        high=5.0,
        source="assumed: as a real deal",
        grade="D",
        neutral=0.0,
        pathway="answers",
    )
    spam: float = param(
        0.12,
        "Value lost per member's advert seen",
        unit="value",
        low=0.0,
        high=5.0,
        source="sign China Youth Daily 2020 (87 % see much junk), size assumed",
        grade="D",
    )
    advert: float = param(
        0.10,
        "Value lost per empty advert seen",
        unit="value",
        low=0.0,
        high=5.0,
        source="sign China Youth Daily 2016, size assumed",
        grade="D",
        neutral=0.0,
        pathway="empty_posts",
    )
    half_life: float = param(
        13.0,
        "Median half-life of activity",
        unit="days",
        low=0.5,
        high=365.0,
        plausible=(4.0, 30.0),
        source="groups live 1 week to 6 months (Qiu Ye 2015)",
        grade="C",
    )
    half_life_spread: float = param(
        0.5,
        "Log standard deviation of it across people",
        unit="log",
        low=0.0,
        high=2.0,
        source="assumed",
        grade="D",
    )
    start: Portion = param(
        0.6,
        "Activity at joining is this x (0.5 + share), 1 at most",
        unit="probability",
        low=0.0,
        high=0.9,
        source="app day-1 analogue (Adjust 2022), scaled up",
        grade="C",
    )
    push: float = param(
        0.04,
        "Push on activity from an envelope share of 10 yuan",
        unit="rate",
        low=0.0,
        high=1.0,
        source="next-day carry-over +7 %, assumed",
        grade="D",
        neutral=0.0,
        pathway="envelopes",
    )
