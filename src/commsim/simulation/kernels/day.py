"""One day in its order, compiled as one call."""

from numba import njit

from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp, log
from commsim.simulation.kernels.buying import sell, shop
from commsim.simulation.kernels.checkin import check_in
from commsim.simulation.kernels.envelopes import open_envelopes
from commsim.simulation.kernels.evening import close_groups, close_people
from commsim.simulation.kernels.inviting import invite
from commsim.simulation.kernels.looking import BUY, look, sort_lookers
from commsim.simulation.kernels.streams import stream
from commsim.simulation.kernels.talking import talk
from commsim.simulation.kernels.teams import gather_teams
from commsim.simulation.notices import Notices
from commsim.simulation.scratch import unpack_out
from commsim.simulation.state import unpack_people

_BUY = int(Purpose.BUY)


@njit(cache=True)
def _fresh(day, seed, nudges, out):  # type: ignore[no-untyped-def]
    """Clear what belongs to one day; draw everybody's luck with buying."""
    key = stream(seed, _BUY, day, 0)
    out.count[:] = 0
    out.gain[:] = 0.0
    out.caught[:] = False
    out.bought[:] = False
    out.teamed[:] = False
    for i in range(len(out.draws)):
        out.draws[i] = uniform(key, i)
    if nudges.any[BUY]:  # u < 1 - exp(-h e^x) is the same as 1 - (1 - u)^(e^-x) < 1 - exp(-h)
        for i in range(len(out.draws)):
            out.draws[i] = 1.0 - exp(log(1.0 - out.draws[i]) * exp(-nudges.odds[BUY, i]))


@njit(cache=True)
def live(
    day, seed, blocks, groups, graph, notice_block, narrow, lift, nudges, packets, sales, drives, check_row,
    check_base, check_pull, habits, shelf, params, out_blocks, catches,
):  # type: ignore[no-untyped-def]  # fmt: skip
    """The members' day.  What happened is left in ``out``; its counters are

    0 orders, 1 teams launched, 2 teams failed, 3 invitations, 4 left, 5 muted, 6 lookers,
    7 catches, 8 check-ins, 9 writers.
    """
    people, out, p = unpack_people(blocks), unpack_out(out_blocks), params[0]
    b = notice_block
    notices = Notices(b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7])
    _fresh(day, seed, nudges, out)
    n_left, n_muted = look(day, seed, people, groups, notices, narrow, lift, nudges, p, out)
    out.count[4], out.count[5] = n_left, n_muted
    out.count[6] = sort_lookers(people, out.lookers, out.starts)
    out.count[7] = open_envelopes(day, seed, people, groups, packets, out.starts, p, out, catches)
    if check_row >= 0:
        out.count[8] = check_in(day, seed, people, check_base, check_pull, habits[check_row], p, out)
    else:
        out.checked[:] = False
    for j in range(len(sales.rows)):
        out.sold[:] = 0
        if sales.sizes[j, 0] > 0:
            gather_teams(day, seed, people, graph, sales, j, habits, out.draws, out.sold, p, out)
        else:
            sell(day, seed, people, sales, j, habits, out.draws, out.sold, p, out)
    shop(day, seed, people, shelf, notices, narrow, out.draws, p, out)
    invite(day, seed, people, graph, drives, p, out)
    out.count[9] = talk(day, seed, people, groups, out.starts, nudges, p, out)
    close_people(people, groups, notices, narrow, p, out)
    close_groups(day, groups, notices, p, out)
