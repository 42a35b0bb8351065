"""Habits, and friends who bring friends."""

from commsim.core.part import Part
from commsim.core.units import Portion, param


class Habit(Part):
    """Habits of check-ins and of sales, per occasion (Lally et al. 2010)."""

    speed: float = param(
        0.045,
        "Median gain per occasion, x (1 - habit)",
        unit="per occasion",
        low=0.0,
        high=1.0,
        plausible=(0.012, 0.167),
        source="median 66 d to 95 % (Lally et al. 2010)",
        grade="C",
    )
    speed_spread: float = param(
        0.66,
        "Log standard deviation of it across people",
        unit="log",
        low=0.0,
        high=2.0,
        source="range 18-254 d (Lally et al. 2010)",
        grade="C",
    )
    missed: Portion = param(
        0.005,
        "Share lost per missed occasion",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.02),
        source="one miss is harmless (Lally et al. 2010)",
        grade="C",
    )
    transfer: Portion = param(
        0.1,
        "Share of the habit of a strategy's sales that holds at another weekday or hour; "
        "puts in that a fixed slot pays",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.3),
        source="sign Lally et al. 2010 (a habit is tied to its cue), size assumed",
        grade="D",
    )


class Invite(Part):
    """Friends bring friends."""

    spread: float = param(
        1.8,
        "Log standard deviation of sociability across people; puts in how uneven inviters are",
        unit="log",
        low=0.0,
        high=3.0,
        plausible=(1.2, 2.2),
        source="Goel et al. 2012: 70-95 % of cascades are lone; 2016: the largest trees dwarf the median",
        grade="B",
    )
    trust: float = param(
        0.3,
        "Log of friends asked, and of how readily they follow, per standard deviation of the inviter's trust",
        unit="log",
        low=0.0,
        high=2.0,
        plausible=(0.0, 0.6),
        source="assumed: who trusts a shop speaks for it, and is believed",
        grade="D",
        neutral=0.0,
        pathway="trusted_invite",
    )
    doubtful: Portion = param(
        0.0,
        "Share of strangers who come only when a second one has asked them; 0 if one is enough for all; "
        "puts in that some wait for a second",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.5),
        source="sign Centola 2010 (a second signal adds most), share assumed",
        grade="D",
        neutral=0.0,
        pathway="doubt",
    )
    delay: float = param(
        4.0,
        "Mean days from being asked to joining",
        unit="days",
        low=1.0,
        high=60.0,
        source="assumed",
        grade="D",
    )
    lasting: float = param(
        1.16,
        "Factor on the rates of buying of who was brought by a friend, on the day of joining",
        unit="factor",
        low=0.5,
        high=2.0,
        plausible=(1.0, 1.25),
        source="Schmitt et al. 2011",
        grade="B",
        neutral=1.0,
        pathway="brought",
    )
    fade: float = param(
        120.0,
        "Half-life of what that factor is above 1; puts in that it fades",
        unit="days",
        low=1.0,
        high=3650.0,
        plausible=(60.0, 365.0),
        source="Schmitt et al. 2011: the lead in margin shrinks with age; speed assumed",
        grade="C",
    )
    spread_effort: Portion = param(
        0.6,
        "Effort of who joins a team, against who launches it",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.5, 0.7),
        source="assumed: with less, teams of five and ten never fill",
        grade="D",
    )
    team_rate: float = param(
        0.3,
        "Exponent of a friend's rate of buying in their chance to join a team",
        unit="exponent",
        low=0.0,
        high=2.0,
        plausible=(0.0, 1.0),
        source="assumed: who buys oftener joins oftener, though who asks matters more",
        grade="D",
        neutral=0.0,
        pathway="team_rate",
    )
    last_partner: float = param(
        0.2,
        "Weight of asking the last partner again",
        unit="factor",
        low=0.0,
        high=1.0,
        source="BeiBei: 2.3 % same partner",
        grade="B",
    )
