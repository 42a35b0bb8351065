"""Patience: how long people stay, and what tires them."""

from commsim.core.part import Part
from commsim.core.units import Portion, param


class Stay(Part):
    """Muting and leaving, on commercial messages received."""

    leave: float = param(
        0.00045,
        "Leave hazard without messages; puts in how many leave a quiet group",
        unit="per day",
        low=0.0,
        high=1.0,
        plausible=(0.0002, 0.004),
        source="operators' figures 9-28 % a month are high; set with at least two who fall silent for one "
        "who leaves in view",
        grade="C",
    )
    leave_message: float = param(
        0.001,
        "Leave hazard per message received",
        unit="per message",
        low=0.0,
        high=1.0,
        plausible=(0.001, 0.005),
        source="vendors' e-mail benchmarks: .001-.005 opt out per campaign",
        grade="C",
        neutral=0.0,
        pathway="leaving",
    )
    mute_message: float = param(
        0.0045,
        "Mute hazard per message received; puts in that messages silence people",
        unit="per message",
        low=0.0,
        high=1.0,
        plausible=(0.001, 0.01),
        source="set so that .5 to .8 are muted in the long run",
        grade="D",
        neutral=0.0,
        pathway="messages_mute",
    )
    unmute: float = param(
        0.003,
        "Chance that a muted member lets the group ring again, x the worth of its learned value; "
        "puts in that some come back",
        unit="per day",
        low=0.0,
        high=1.0,
        plausible=(0.0005, 0.01),
        source="assumed: a quarter in a year where a look is worth much",
        grade="D",
        neutral=0.0,
        pathway="unmuting",
    )
    crowding: Portion = param(
        0.75,
        "Both hazards rise by this share per message a day above one",
        unit="share",
        low=0.0,
        high=5.0,
        source="3 pushes a day or more: x2.5 (vendor)",
        grade="C",
        neutral=0.0,
        pathway="crowding",
    )
    crowded: float = param(
        4.0,
        "Messages a day above which they rise no more",
        unit="messages",
        low=1.0,
        high=100.0,
        source="assumed",
        grade="D",
    )
    spam: Portion = param(
        0.25,
        "How much an advert of a member counts beside a post of the operator",
        unit="share",
        low=0.0,
        high=1.0,
        source="assumed: skipped more easily than what the shop posts",
        grade="D",
    )
    forgiving: Portion = param(
        0.5,
        "Share of the hazards that full value takes away",
        unit="share",
        low=0.0,
        high=1.0,
        source="assumed: a group that is worth a look is forgiven more",
        grade="D",
        neutral=0.0,
        pathway="forgiving",
    )
    heard_muted: Portion = param(
        0.25,
        "Share of messages that count for a muted member",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.4),
        source="as look.muted (China Youth Daily 2020)",
        grade="C",
    )
    leave_muted: float = param(
        0.5,
        "Factor on leaving by messages when muted",
        unit="factor",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
    )
    anger: float = param(
        0.25,
        "Annoyance that leaving because of the shop's posts adds; puts in that it does",
        unit="annoyance",
        low=0.0,
        high=10.0,
        plausible=(0.0, 0.5),
        source="assumed: at most a sixth fewer orders than from who never joined",
        grade="D",
        neutral=0.0,
        pathway="annoyance",
    )
    invited: float = param(
        0.82,
        "Factor on leaving when invited by a friend",
        unit="factor",
        low=0.0,
        high=1.0,
        plausible=(0.75, 0.95),
        source="Schmitt et al. 2011",
        grade="B",
        neutral=1.0,
        pathway="friends_stay",
    )
    recruiter: float = param(
        0.7,
        "Factor on leaving for who has recruited",
        unit="factor",
        low=0.0,
        high=1.0,
        plausible=(0.37, 1.0),
        source="Garnefeld et al. 2013 (matched)",
        grade="B",
        neutral=1.0,
        pathway="friends_stay",
    )


class Fatigue(Part):
    """Two-part fatigue on commercial messages seen (Ferecatu et al. 2024: passing and lasting)."""

    response: float = param(
        0.85,
        "Factor on an announcement's log effect per message of passing fatigue",
        unit="factor",
        low=0.01,
        high=1.0,
        plausible=(0.75, 0.95),
        source="form Ferecatu et al. 2024, size assumed",
        grade="C",
        neutral=1.0,
        pathway="fatigue",
    )
    half_life: float = param(
        2.5,
        "Half-life of passing fatigue",
        unit="days",
        low=0.1,
        high=60.0,
        plausible=(1.0, 7.0),
        source="assumed",
        grade="D",
    )
    annoyance: float = param(
        0.006,
        "Lasting annoyance per empty post of the shop seen",
        unit="annoyance",
        low=0.0,
        high=1.0,
        source="form Ferecatu et al. 2024, size assumed",
        grade="D",
        neutral=0.0,
        pathway="annoyance",
    )
    useful: Portion = param(
        0.25,
        "How much a post with worth annoys beside an empty one",
        unit="share",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
    )
    annoyance_half_life: float = param(
        180.0,
        "Half-life of annoyance",
        unit="days",
        low=1.0,
        high=10_000.0,
        plausible=(60.0, 720.0),
        source="assumed: months, as passing fatigue lasts days",
        grade="D",
    )
    to_trust: float = param(
        1.0,
        "Log of what annoyance takes off the trust that a person tends to; puts in that it does",
        unit="exponent",
        low=0.0,
        high=10.0,
        plausible=(0.0, 2.0),
        source="sign Ferecatu et al. 2024 (solicitations lower later response for good), size assumed",
        grade="D",
    )
    to_lapse: float = param(
        0.5,
        "Log of what annoyance adds to the chance to lapse; puts in that it does",
        unit="exponent",
        low=0.0,
        high=10.0,
        plausible=(0.0, 1.5),
        source="sign Ferecatu et al. 2024 (solicitations raise attrition for good), size assumed",
        grade="D",
    )
