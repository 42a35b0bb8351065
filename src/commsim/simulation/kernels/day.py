"""One day in its order, in a few compiled calls, of which a plan compiles those that it needs.

First who looks in; then, after the mechanisms that give lookers something (`commsim.simulation.mechanics`),
each sale, invitations if there are any, and at last what happens on every day.
"""

from commsim.core.compiled import njit
from commsim.core.luck import Purpose
from commsim.simulation import columns as c
from commsim.simulation.kernels.buying import Luck
from commsim.simulation.kernels.evening import close_groups, close_people
from commsim.simulation.kernels.inviting import invite
from commsim.simulation.kernels.looking import look
from commsim.simulation.kernels.selling import sell
from commsim.simulation.kernels.shopping import shop
from commsim.simulation.kernels.streams import stream
from commsim.simulation.kernels.talking import talk
from commsim.simulation.kernels.teams import gather_teams

_BUY = int(Purpose.BUY)


@njit()
def _fresh(out):  # type: ignore[no-untyped-def]
    """Clear what belongs to one day."""
    out.tally[:] = 0
    out.by_group[:, :] = 0
    out.reals[c.GAIN, :] = 0.0
    out.bits[c.LIVELY, :] = 0
    out.hours[:] = 0
    out.flags[c.BOUGHT, :] = False
    out.flags[c.TEAMED, :] = False


@njit()
def look_in(day, handle):  # type: ignore[no-untyped-def]
    """Who looks in, mutes and leaves; lookers are listed group by group.  Fills ``out`` (see `scratch`)."""
    state, today = handle.state, handle.today
    p, out = state.params[0], state.out
    _fresh(out)
    people, groups = state.people, state.groups
    look(day, state.seed, people, groups, today.notices, today.narrow, today.dials, p, out)


@njit()
def open_teams(day, handle, j):  # type: ignore[no-untyped-def]
    """A sale of today at which teams gather, the j-th by its hour."""
    state, today = handle.state, handle.today
    out, luck = state.out, Luck(stream(state.seed, _BUY, day, 0), today.dials)
    of, sold = (state.people, state.graph, today.sales), out.by_group[c.SOLD]
    sold[:] = 0
    gather_teams(day, state.seed, *of, j, today.habits, luck, sold, state.params[0], out)


@njit()
def open_sale(day, handle, j):  # type: ignore[no-untyped-def]
    """A sale of today, the j-th by its hour."""
    state, today = handle.state, handle.today
    out, luck = state.out, Luck(stream(state.seed, _BUY, day, 0), today.dials)
    sold = out.by_group[c.SOLD]
    sold[:] = 0
    sell(day, state.seed, state.people, today.sales, j, today.habits, luck, sold, state.params[0], out)


@njit()
def bring_friends(day, handle):  # type: ignore[no-untyped-def]
    """Lookers whom a campaign asks bring friends."""
    state, today = handle.state, handle.today
    invite(day, state.seed, state.people, state.graph, today.asking, today.dials, state.params[0], state.out)


@njit()
def live(day, handle):  # type: ignore[no-untyped-def]
    """Shelf and talk of who looked in; then everybody's evening."""
    state, today = handle.state, handle.today
    p, seed, out, dials = state.params[0], state.seed, state.out, today.dials
    people, groups = state.people, state.groups
    luck = Luck(stream(seed, _BUY, day, 0), dials)
    shop(day, seed, people, state.shelf, today.notices, today.narrow, luck, p, out)
    out.tally[c.N_WRITERS] = talk(day, seed, people, groups, out.by_group[c.STARTS], dials, p, out)
    close_people(people, groups, today.notices, today.narrow, dials, p, out)
    close_groups(groups, today.notices, dials, p, out)
