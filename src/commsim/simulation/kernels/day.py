"""One day in its order, compiled as one call."""

from commsim.core.compiled import njit
from commsim.core.luck import Purpose
from commsim.simulation import columns as c
from commsim.simulation.kernels.buying import Luck, sell, shop
from commsim.simulation.kernels.checkin import check_in
from commsim.simulation.kernels.envelopes import open_envelopes
from commsim.simulation.kernels.evening import close_groups, close_people
from commsim.simulation.kernels.inviting import invite
from commsim.simulation.kernels.looking import BUY, look, sort_lookers
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
    out.flags[c.CAUGHT, :] = False
    out.flags[c.BOUGHT, :] = False
    out.flags[c.TEAMED, :] = False


@njit()
def live(  # type: ignore[no-untyped-def]
    day, seed, people, groups, graph, notices, narrow, lift, nudges, packets, sales, drives, check_row,
    check_base, check_pull, habits, shelf, params, out, catches,
):  # fmt: skip
    """The members' day.  What happened is left in ``out`` (see `scratch.Out`)."""
    p = params[0]
    _fresh(out)
    luck = Luck(stream(seed, _BUY, day, 0), nudges.any[BUY], nudges.odds[BUY])
    n_left, n_muted = look(
        day, seed, people, groups, notices, narrow, lift, habits, check_row, nudges, p, out
    )
    out.tally[c.N_LEFT], out.tally[c.N_MUTED] = n_left, n_muted
    out.tally[c.N_LOOKERS] = sort_lookers(people, out.rows[c.LOOKERS], out.by_group[c.STARTS])
    out.tally[c.N_CATCHES] = open_envelopes(
        day, seed, people, groups, packets, out.by_group[c.STARTS], p, out, catches
    )
    if check_row >= 0:
        out.tally[c.N_CHECKED] = check_in(
            day, seed, people, check_base, check_pull, habits[check_row], p, out
        )
    for j in range(len(sales.rows)):
        out.by_group[c.SOLD, :] = 0
        if sales.sizes[j, 0] > 0:
            gather_teams(day, seed, people, graph, sales, j, habits, luck, out.by_group[c.SOLD], p, out)
        else:
            sell(day, seed, people, sales, j, habits, luck, out.by_group[c.SOLD], p, out)
    shop(day, seed, people, shelf, notices, narrow, luck, p, out)
    invite(day, seed, people, graph, drives, p, out)
    out.tally[c.N_WRITERS] = talk(day, seed, people, groups, out.by_group[c.STARTS], nudges, p, out)
    close_people(people, groups, notices, narrow, p, out)
    close_groups(day, groups, notices, p, out)
