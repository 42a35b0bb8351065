"""All arrays of a run, and a handle that compiled functions take instead of them.

To hand over an array costs about a third of a microsecond, hot, and there are thirty: with one call for the
looks, one for the sales, one for the money and so on that was a seventh of the day of a small community.  A
handle costs as much as a number.
"""

from typing import Any, NamedTuple

import numpy as np
from numba.core import types
from numba.core.extending import overload_attribute
from numba.experimental import structref
from numpy.typing import NDArray

from commsim.core.compiled import njit
from commsim.simulation.notices import Today
from commsim.simulation.scratch import OutBlocks
from commsim.simulation.state import Groups, PeopleBlocks


class State(NamedTuple):
    """What kernels take of a run: it is made once, and its arrays are never replaced by others.

    graph: offsets and neighbours.  shelf: see `kernels.shopping.Shelf`.  goods: see `kernels.settling.Goods`.
    params: one record.  out: what the day leaves.  sheets, sums: money and
    numbers by day, see `kernels.recording`.
    """

    seed: int
    people: PeopleBlocks
    groups: Groups
    graph: tuple[NDArray[Any], NDArray[Any]]
    shelf: Any
    goods: Any
    params: NDArray[np.void]
    out: OutBlocks
    sheets: Any
    sums: Any


@structref.register
class _HandleType(types.StructRef):  # type: ignore[misc,name-defined]
    """The type of handles in compiled code."""


class Handle(structref.StructRefProxy):  # type: ignore[misc]
    """A reference to a `State` and the day's tables, which others follow where an array has to be replaced.

    Compiled code and Python read ``handle.state`` and ``handle.today``.  In compiled code these are the
    handle itself, so that a kernel fetches what it names alone, as ``handle.state.people``, and counts
    references to that: before its loops, not in them.
    """

    state: State
    today: Today

    def __new__(cls, state: State, today: Today) -> "Handle":
        """Make one; by a function that is kept compiled, unlike that of the base class."""
        made: Handle = _handle(state, today)
        made.state, made.today = state, today
        return made

    def lay_out(self, today: Today) -> None:
        """Let all read other tables from now on."""
        self.today = today
        _lay_out(self, today)


structref.define_proxy(Handle, _HandleType, [*State._fields, *Today._fields])


@overload_attribute(_HandleType, "state")
@overload_attribute(_HandleType, "today")
def _itself(handle):  # type: ignore[no-untyped-def]
    return lambda handle: handle


@njit()
def _handle(state, today):  # type: ignore[no-untyped-def]
    return Handle(  # type: ignore[call-arg]
        state.seed, state.people, state.groups, state.graph, state.shelf, state.goods, state.params,
        state.out, state.sheets, state.sums,
        today.notices, today.narrow, today.dials, today.sales, today.asking, today.habits,
    )  # fmt: skip


@njit()
def _lay_out(handle, today):  # type: ignore[no-untyped-def]
    handle.notices, handle.narrow, handle.dials = today.notices, today.narrow, today.dials
    handle.sales, handle.asking, handle.habits = today.sales, today.asking, today.habits
