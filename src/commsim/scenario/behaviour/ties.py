"""Habits, and friends who bring friends."""

from commsim.core.part import Part
from commsim.core.units import param


class Habit(Part):
    """Habits of check-ins and of weekly sales, per occasion (Lally et al. 2010)."""

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
    missed: float = param(
        0.005,
        "Share lost per missed occasion",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.02),
        source="one miss is harmless (Lally et al. 2010)",
        grade="C",
    )


class Invite(Part):
    """Friends bring friends."""

    dispersion: float = param(
        0.15,
        "Gamma shape of sociability across people",
        unit="shape",
        low=0.01,
        high=10.0,
        plausible=(0.05, 0.5),
        source="Goel et al. 2012: 70-95 % of cascades are lone",
        grade="B",
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
        "Value of a referred member's buying rate",
        unit="factor",
        low=0.5,
        high=2.0,
        plausible=(1.0, 1.25),
        source="Schmitt et al. 2011",
        grade="B",
    )
    spread_effort: float = param(
        0.6,
        "Effort of who joins a team, against who launches it",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.5, 0.7),
        source="assumed: with less, teams of five and ten never fill",
        grade="D",
    )
    last_partner: float = param(
        0.3,
        "Weight of asking the last partner again",
        unit="factor",
        low=0.0,
        high=1.0,
        source="BeiBei: 2.3 % same partner",
        grade="B",
    )
