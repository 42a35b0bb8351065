"""Spaces of plans: what an operator may choose about a plan, as levers of a design over it.

`load_space` reads one, `default_space` makes one of a plan, `Space.scenario` is the plan of some choices.
"""

from commsim.experiments.space.default import default_space
from commsim.experiments.space.load import from_data, load_space
from commsim.experiments.space.schema import SpaceFile
from commsim.experiments.space.space import NOTHING, Choices, Lever, Space

__all__ = [
    "NOTHING",
    "Choices",
    "Lever",
    "Space",
    "SpaceFile",
    "default_space",
    "from_data",
    "load_space",
]
