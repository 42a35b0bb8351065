"""How hard it is to take part in what a strategy does, as readers of results see it."""

from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import param


class DifficultyBehaviour(Part):
    """Whom rules that are hard to grasp leave behind."""

    per_step: float = param(
        0.25,
        "Log by which each step more that has to be grasped or done lowers the share who take part: put in, "
        "not found",
        unit="log",
        low=0.0,
        high=5.0,
        plausible=(0.05, 0.5),
        source="Choi et al. 2009: one form instead of several steps, 35 against 8 % enrol; number of steps "
        "and size for a shop assumed",
        grade="D",
        neutral=0.0,
    )


DIFFICULTY = Mechanism(
    "difficulty",
    "How hard it is to take part: who does not grasp the rules gets the posts and nothing else.",
    engine="commsim.simulation.mechanisms.difficulty:Difficulty",
    behaviour=DifficultyBehaviour,
    sources=(
        Source(
            "Choi et al. 2009",
            "observational data",
            "Choi, Laibson, Madrian: Reducing the complexity costs of 401(k) participation through quick "
            "enrollment. Developments in the Economics of Aging, 57-82. Summary read",
        ),
    ),
    words={"pathway.difficulty.per_step": ("hard rules leave people behind", "规则复杂劝退参与")},
)
