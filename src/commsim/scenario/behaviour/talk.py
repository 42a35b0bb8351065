"""What members write: talk, and adverts of their own."""

from commsim.core.part import Part
from commsim.core.units import Portion, param
from commsim.scenario.behaviour.attention import TUNED


class Talk(Part):
    """Who writes, and how talk feeds on topics and on talk."""

    level: float = param(
        0.1,
        "Factor on everybody's rate of writing; puts in how much members write",
        unit="factor",
        low=0.0,
        high=5.0,
        plausible=(0.03, 0.3),
        source="67 WeCom groups: 27 % of messages are by customers, the rest by the shop; 1 is the talk of "
        "groups of common interest",
        grade="C",
    )
    answered: Portion = param(
        0.0,
        "Share of members' messages that staff answer in a group in which they work on the day",
        unit="share",
        low=0.0,
        high=1.0,
        source="assumed: what a shop writes beside its posts is counted with them",
        grade="D",
    )
    spread: float = param(
        1.8,
        "Log standard deviation of talk rates across people",
        unit="log",
        low=0.0,
        high=3.0,
        plausible=(1.5, 2.2),
        source="van Mierlo 2014; IRC counts",
        grade="B",
    )
    lurkers: Portion = param(
        0.25,
        "Share of people who never write; the others write so much more",
        unit="share",
        low=0.0,
        high=0.95,
        plausible=(0.2, 0.33),
        source="van Mierlo 2014: over 75 % never post, most of them because they hardly look",
        grade="C",
    )
    topics: float = param(
        0.55,
        "Messages per looker from bond and topics",
        unit="messages",
        low=0.0,
        high=10.0,
        source=TUNED,
        grade="D",
    )
    reply: float = param(
        2.0,
        "Replies per message a head",
        unit="messages",
        low=0.0,
        high=10.0,
        source="54 % of messages are replies (one WhatsApp group)",
        grade="D",
        neutral=0.0,
        pathway="replies",
    )
    saturation: float = param(
        0.6,
        "Messages a head at which replies halve",
        unit="messages",
        low=0.01,
        high=10.0,
        source=TUNED,
        grade="D",
    )
    size: float = param(
        0.15,
        "Talk per head falls with group size to this power",
        unit="exponent",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.35),
        source="mixed evidence: Panek et al. 2018",
        grade="C",
        neutral=0.0,
        pathway="group_size",
    )
    bond_spread: float = param(
        0.8,
        "Log standard deviation of bonds across groups",
        unit="log",
        low=0.0,
        high=2.0,
        source="bimodal lifetimes (Qiu et al. 2016), size assumed",
        grade="D",
    )
    half_life: float = param(
        10.0,
        "Median half-life of topics",
        unit="days",
        low=0.5,
        high=365.0,
        plausible=(4.0, 30.0),
        source="Qiu Ye 2015",
        grade="C",
    )
    half_life_spread: float = param(
        0.9,
        "Log standard deviation of it across groups",
        unit="log",
        low=0.0,
        high=2.0,
        source="bimodal lifetimes (Qiu et al. 2016), size assumed",
        grade="D",
    )
    most_topics: float = param(
        1.2, "Topics never exceed this", unit="topics", low=0.0, high=10.0, source="assumed", grade="D"
    )
    spam_damping: float = param(
        0.35,
        "Talk falls by exp(-this x spam per 100 members)",
        unit="rate",
        low=0.0,
        high=5.0,
        source=TUNED,
        grade="D",
    )
    envelope: float = param(
        4.0,
        "Factor on talk of catchers for the hour after",
        unit="factor",
        low=1.0,
        high=20.0,
        plausible=(2.0, 8.0),
        source="sign Yuan et al. 2017, size assumed",
        grade="D",
        neutral=1.0,
        pathway="envelopes",
    )


class Spam(Part):
    """Members' adverts: copied where nobody acts, held down where rules are enforced."""

    start: float = param(
        0.5,
        "Adverts by members per day per 100 members at the start",
        unit="adverts",
        low=0.0,
        high=2.0,
        plausible=(0.1, 2.0),
        source="operators' lore",
        grade="D",
        neutral=0.0,
        pathway="members_adverts",
    )
    growth: float = param(
        0.099,
        "Daily growth without enforcement (doubles in a week); puts in that adverts by members spread",
        unit="per day",
        low=0.0,
        high=1.0,
        source="operators' lore",
        grade="D",
    )
    control: float = param(
        0.5,
        "Daily fall under full enforcement",
        unit="per day",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
    )
    floor: float = param(
        0.05,
        "Never falls below",
        unit="adverts",
        low=0.0,
        high=2.0,
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="members_adverts",
    )
    ceiling: float = param(
        2.0,
        "Never rises above; puts in how bad it gets",
        unit="adverts",
        low=0.01,
        high=50.0,
        source="assumed",
        grade="D",
    )
