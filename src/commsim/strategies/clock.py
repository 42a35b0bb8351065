"""What sales with a clock have in common, in a group or in a stream."""

from commsim.core.units import param
from commsim.strategies.base import Strategy


class Clocked(Strategy):
    """Strategies whose sales may be counted down, and whose stock members may see."""

    countdown: float = param(
        0.0,
        "Last minutes that are counted down, in which who did not order may look again; none if 0",
        unit="minutes",
        low=0.0,
        high=60.0,
        plausible=(0.0, 15.0),
        source="operator's choice",
        grade="D",
    )
    counter: bool = param(
        False,
        "Whether members see how much of the stock is left",
        unit="yes/no",
        source="operator's choice",
        grade="D",
    )
