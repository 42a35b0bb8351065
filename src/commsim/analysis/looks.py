"""Plans read on other days than their last: whether an answer holds for longer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from commsim.analysis.intervals import Interval, joint_confidence_of, t_interval
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.units import MOST_DAYS
from commsim.scenario.schema import Scenario

LATER = (180, 365)
"""Days on which a comparison looks at its plans as well, where nobody says on which."""
AT_MOST = 7
"""Times the plans' own length up to which it does so unasked."""
LOOKED_AT = 8
"""Worlds in which it does so unasked, the first ones; with fewer in all it does not."""


@dataclass(frozen=True)
class Look:
    """The plans, and each left alone, after so many days: plans x worlds x measures.

    The worlds are the first ones of the comparison.  alone: no plans where they were not run left alone.
    """

    days: int
    values: Floats = field(repr=False)
    alone: Floats = field(repr=False)

    @property
    def worlds(self) -> int:
        """Number of worlds looked at."""
        return int(self.values.shape[1])


@dataclass(frozen=True)
class Lead:
    """How far a plan is ahead of another one, or of doing nothing (None), after so many days."""

    plan: int
    rival: int | None
    days: int
    worlds: int
    interval: Interval


def leads(look: Look, column: int, best: int, acting: Sequence[int]) -> list[Lead]:
    """How far the best plan is ahead of each other one, and each of ``acting`` of doing nothing.

    The intervals of a look hold together.  column: the metric's, among the measures.
    """
    values = look.values[:, :, column]
    pairs: list[tuple[int, int | None, Floats]] = [
        (best, rival, values[best] - values[rival]) for rival in range(len(values)) if rival != best
    ]
    if len(look.alone):
        alone = look.alone[:, :, column]
        pairs += [
            (plan, None, values[plan] - alone[plan]) for plan in acting if not _is_told(look, best, plan)
        ]
    each = joint_confidence_of(len(pairs))
    return [Lead(plan, rival, look.days, look.worlds, t_interval(gaps, each)) for plan, rival, gaps in pairs]


def _is_told(look: Look, best: int, plan: int) -> bool:
    """Whether a plan against doing nothing is among the pairs already: one of the plans does nothing."""
    idle = [k for k, values in enumerate(look.values) if np.array_equal(values, look.alone[plan])]
    return best in idle or (plan == best and bool(idle))


def later_days(plans: Sequence[Scenario]) -> tuple[int, ...]:
    """Days on which to look at plans unasked; none of plans of several lengths."""
    own = {plan.days for plan in plans}
    if len(own) > 1:
        return ()
    return tuple(days for days in LATER if min(own) < days <= AT_MOST * min(own))


def lengths(days: int | Sequence[int] | None) -> tuple[int, ...]:
    """The lengths asked for, the first as it was given and the others in order; InputError for bad ones."""
    if days is None:
        return ()
    given = [days] if isinstance(days, int | np.integer) else list(days)
    if not given or any(not 1 <= one <= MOST_DAYS for one in given):
        raise InputError(
            f"{', '.join(map(str, given)) or 'nothing'}: a run takes 1 to {MOST_DAYS} days",
            where="days",
            remedy="give one number of days or several, such as 60,180,365",
        )
    first, *others = map(int, given)
    return (first, *sorted(set(others) - {first}))
