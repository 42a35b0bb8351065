"""One day in its order, in two compiled calls: who looks in, and all that follows from it.

Between the two stand the mechanisms that give lookers something (`commsim.simulation.mechanics`).
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
def live(day, handle):  # type: ignore[no-untyped-def]
    """Sales, shelf, invitations and talk of who looked in; then everybody's evening."""
    state, today = handle.state, handle.today
    sales, habits, dials = today.sales, today.habits, today.dials
    p, seed, out = state.params[0], state.seed, state.out
    people, groups = state.people, state.groups
    luck = Luck(stream(seed, _BUY, day, 0), dials)
    sold = out.by_group[c.SOLD]
    for j in range(sales.number[0]):
        sold[:] = 0
        if sales.sizes[j, 0] > 0:
            gather_teams(day, seed, people, state.graph, sales, j, habits, luck, sold, p, out)
        else:
            sell(day, seed, people, sales, j, habits, luck, sold, p, out)
    shop(day, seed, people, state.shelf, today.notices, today.narrow, luck, p, out)
    invite(day, seed, people, state.graph, today.asking, dials, p, out)
    out.tally[c.N_WRITERS] = talk(day, seed, people, groups, out.by_group[c.STARTS], dials, p, out)
    close_people(people, groups, today.notices, today.narrow, dials, p, out)
    close_groups(groups, today.notices, p, out)
