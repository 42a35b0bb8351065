"""What needs, a solved problem, desire and known pains do to members: put in, not found."""

from commsim.core.part import Part
from commsim.core.units import Portion, param

_GUIDES = "operators' guides; no study with a size is known"


class WantBehaviour(Part):
    """All of it is assumed: signs by operators' guides, sizes by nobody."""

    unmet: float = param(
        0.405,
        "Log of the factor on leaving of who has none of their needs met: put in, not found",
        unit="log",
        low=0.0,
        high=5.0,
        plausible=(0.0, 1.1),
        source=f"{_GUIDES}; a factor of 1.5 assumed",
        grade="D",
        neutral=0.0,
    )
    met: Portion = param(
        0.1,
        "Supply of a need, as a share of days, below which it is not met",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.05, 0.3),
        source="assumed",
        grade="D",
    )
    memory: float = param(
        7.0,
        "Half-life of what a group has lately supplied",
        unit="days",
        low=0.1,
        high=1000.0,
        plausible=(3.0, 21.0),
        source="assumed",
        grade="D",
    )
    talk: float = param(
        0.05,
        "Messages a member and day that meet the need for company",
        unit="messages",
        low=0.0001,
        high=100.0,
        plausible=(0.01, 0.2),
        source="assumed",
        grade="D",
    )
    solved: float = param(
        0.3,
        "Worth of a look in a group that solves a problem of its members in full: put in, not found",
        unit="worth",
        low=0.0,
        high=10.0,
        plausible=(0.1, 0.6),
        source=f"{_GUIDES}; about a good post a day assumed",
        grade="D",
        neutral=0.0,
    )
    gain: Portion = param(
        0.2,
        "Way that desire goes to full with one story of quality 1",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.05, 0.4),
        source="assumed",
        grade="D",
    )
    half_life: float = param(
        3.0,
        "Half-life of desire",
        unit="days",
        low=0.1,
        high=1000.0,
        plausible=(1.0, 14.0),
        source="assumed",
        grade="D",
    )
    desire: float = param(
        0.25,
        "Log of what full desire adds to the rate of buying, for who is not tired: put in, not found",
        unit="log",
        low=-5.0,
        high=5.0,
        plausible=(0.0, 0.5),
        source=_GUIDES,
        grade="D",
        neutral=0.0,
    )
    shows: float = param(
        5.0,
        "Orders delivered in a group within a week from which on its buyers' shows are as good as told",
        unit="orders",
        low=0.1,
        high=10_000.0,
        plausible=(1.0, 20.0),
        source="assumed: half of the effect at so many, by a falling curve",
        grade="D",
    )
    recognise: Portion = param(
        0.15,
        "Chance that who hears a story of quality 1 about a pain knows it from then on",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.05, 0.4),
        source="assumed",
        grade="D",
    )
    first: float = param(
        0.693,
        "Log of the factor on the rate of a first order of who knows the problem: put in, not found",
        unit="log",
        low=-5.0,
        high=5.0,
        plausible=(0.0, 1.1),
        source=f"{_GUIDES}; a factor of 2 assumed",
        grade="D",
        neutral=0.0,
    )
    pushed: float = param(
        0.405,
        "Log of the factor on leaving and muting of who was sold to yesterday and does not know the problem, "
        "where a plan says that they don't (`wants.pains`): put in, not found",
        unit="log",
        low=0.0,
        high=5.0,
        plausible=(0.0, 1.1),
        source=f"{_GUIDES}; a factor of 1.5 assumed",
        grade="D",
        neutral=0.0,
    )
