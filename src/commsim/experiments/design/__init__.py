"""Designs: levers and uncertainties over base scenarios, and the points at which they are tried.

`load_design` reads one, `Design.points` are its points, `Design.scenario` is what runs at a point, and
`run_seed` the world of a repetition, which all points share.
"""

from commsim.experiments.design.axes import Axis, Column, Role, Value
from commsim.experiments.design.build import over_scenarios
from commsim.experiments.design.design import Design
from commsim.experiments.design.load import from_resolved, load_design
from commsim.experiments.design.points import Block, Point, Points
from commsim.experiments.worlds import world_seed as run_seed

__all__ = [
    "Axis",
    "Block",
    "Column",
    "Design",
    "Point",
    "Points",
    "Role",
    "Value",
    "from_resolved",
    "load_design",
    "over_scenarios",
    "run_seed",
]
