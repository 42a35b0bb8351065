"""Friends bring friends: lookers are asked once per occasion, and some invitations are accepted."""

import numpy as np

from commsim.core.compiled import njit
from commsim.core.luck import Purpose, uniform, uniform_pair
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import INVITE
from commsim.simulation.kernels.sorting import in_order
from commsim.simulation.kernels.streams import poisson, stream

_INVITE, _PICK, _DELAY = int(Purpose.INVITE), int(Purpose.PICK), int(Purpose.DELAY)


@njit(inline="always")
def _invite(day, person, n, people, graph, asking, d, pick, delay, p, out):  # type: ignore[no-untyped-def]
    """Bind ``n`` outsiders among a person's friends to join within days."""
    offsets, neighbours = graph
    friends = neighbours[offsets[person] : offsets[person + 1]]
    draws = np.empty(len(friends))
    for k in range(len(friends)):
        draws[k] = uniform_pair(pick, person, friends[k])
    for k in in_order(draws, len(draws)):
        f = friends[k]
        if n == 0:
            return
        if people.tiny[c.STATUS, f] != STRANGER or people.shorts[c.DUE, f] >= 0:
            continue
        # geometric delay with the stated mean, at least a day
        u = uniform_pair(delay, person, f)
        wait = 1 + (int(log(1.0 - u) / log(1.0 - 1.0 / p.invite.delay)) if p.invite.delay > 1.0 else 0)
        people.shorts[c.DUE, f], people.counts[c.INVITER, f] = min(32000, day + wait), person
        people.shorts[c.JOIN_CAUSE, f] = asking.rows[d].cause
        people.reals[c.BUY_RATE, f] = np.float32(
            people.reals[c.BUY_RATE, f] * asking.rows[d].quality * p.invite.lasting
        )
        m = out.tally[c.N_INVITED]
        out.rows[c.INVITED, m] = f
        out.tally[c.N_INVITED] = m + 1
        n -= 1


@njit()
def invite(day, seed, people, graph, asking, dials, p, out):  # type: ignore[no-untyped-def]
    """Lookers whom an occasion of a campaign reaches for the first time draw how many friends will come."""
    one = np.uint32(1)
    for d in range(len(asking.rows)):
        row = asking.rows[d]
        asked = asking.asked[row.row]
        pick, delay = stream(seed, _PICK, 0, row.stream), stream(seed, _DELAY, 0, row.stream)
        for i in range(people.reals.shape[1]):
            if people.tiny[c.STATUS, i] != MEMBER or not people.bits[c.LOOKS, i] & one:
                continue
            occasion = asking.occasions[d, people.counts[c.GROUP, i]]
            if asked[i] >= occasion or uniform(row.reach_stream, i) >= row.reach:
                continue
            asked[i] = occasion
            number = stream(seed, _INVITE, occasion, row.stream)
            mean = row.mean * people.traits[c.SOCIABILITY, i]
            if dials.at[INVITE] >= 0:
                mean *= exp(dials.turned[dials.at[INVITE], i])
            n = poisson(uniform(number, i), mean)
            if n > 0:
                _invite(day, i, n, people, graph, asking, d, pick, delay, p, out)
