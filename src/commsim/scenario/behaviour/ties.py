"""Habits, and friends who bring friends."""

from commsim.scenario.behaviour.section import Section, number


class Habit(Section):
    """Habits of check-in and of weekly events, per occasion (Lally et al. 2010)."""

    speed: float = number(
        0.045,
        "Median gain per occasion, x (1 - habit)",
        "per occasion",
        "median 66 d to 95 % (Lally et al. 2010)",
        "C",
        0.0,
        1.0,
        (0.012, 0.167),
    )
    speed_spread: float = number(
        0.66,
        "Log standard deviation of it across people",
        "log",
        "range 18-254 d (Lally et al. 2010)",
        "C",
        0.0,
        2.0,
    )
    missed: float = number(
        0.005,
        "Share lost per missed occasion",
        "share",
        "one miss is harmless (Lally et al. 2010)",
        "C",
        0.0,
        1.0,
        (0.0, 0.02),
    )


class Invite(Section):
    """Friends bring friends."""

    dispersion: float = number(
        0.15,
        "Gamma shape of sociability across people",
        "shape",
        "Goel et al. 2012: 70-95 % of cascades are lone",
        "B",
        0.01,
        10.0,
        (0.05, 0.5),
    )
    delay: float = number(4.0, "Mean days from being asked to joining", "days", "assumed", "D", 1.0, 60.0)
    lasting: float = number(
        1.16,
        "Value of a referred member's buying rate",
        "factor",
        "Schmitt et al. 2011",
        "B",
        0.5,
        2.0,
        (1.0, 1.25),
    )
    spread_effort: float = number(
        0.6,
        "Effort of who joins a team, against who launches it",
        "share",
        "assumed: with less, teams of five and ten never fill",
        "D",
        0.0,
        1.0,
        (0.5, 0.7),
    )
    last_partner: float = number(
        0.3, "Weight of asking the last partner again", "factor", "BeiBei: 2.3 % same partner", "B", 0.0, 1.0
    )
