"""Friends bring friends: lookers are asked once per campaign, and some invitations are accepted."""

import numpy as np
from numba import njit

from commsim.core.luck import Purpose, uniform, uniform_pair
from commsim.core.maths import log
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation.kernels.streams import poisson, stream

_INVITE, _PICK, _DELAY = int(Purpose.INVITE), int(Purpose.PICK), int(Purpose.DELAY)


@njit(cache=True)
def _invite(day, person, n, people, graph, drives, c, pick, delay, p, out):  # type: ignore[no-untyped-def]
    """Bind ``n`` outsiders among a person's friends to join within days."""
    offsets, neighbours = graph
    friends = neighbours[offsets[person] : offsets[person + 1]]
    draws = np.empty(len(friends))
    for k in range(len(friends)):
        draws[k] = uniform_pair(pick, person, friends[k])
    for k in np.argsort(draws):
        f = friends[k]
        if n == 0:
            return
        if people.status[f] != STRANGER or people.due[f] >= 0:
            continue
        # geometric delay with the stated mean, at least a day
        u = uniform_pair(delay, person, f)
        wait = 1 + (int(log(1.0 - u) / log(1.0 - 1.0 / p.invite.delay)) if p.invite.delay > 1.0 else 0)
        people.due[f], people.inviter[f] = min(32000, day + wait), person
        people.join_cause[f] = drives.rows[c].cause
        people.buy_rate[f] = np.float32(people.buy_rate[f] * drives.rows[c].quality * p.invite.lasting)
        m = out.count[3]
        out.invited[m] = f
        out.count[3] = m + 1
        n -= 1


@njit(cache=True)
def invite(day, seed, people, graph, drives, p, out):  # type: ignore[no-untyped-def]
    """Lookers whom a campaign reaches for the first time draw how many friends will come."""
    one = np.uint32(1)
    for c in range(len(drives.rows)):
        number = stream(seed, _INVITE, 0, drives.rows[c].stream)
        pick, delay = (
            stream(seed, _PICK, 0, drives.rows[c].stream),
            stream(seed, _DELAY, 0, drives.rows[c].stream),
        )
        bit = one << drives.rows[c].bit
        for i in range(len(people.status)):
            if people.status[i] != MEMBER or not people.looks[i] & one or people.asked[i] & bit:
                continue
            if (
                not drives.groups[c, people.group[i]]
                or uniform(drives.rows[c].reach_stream, i) >= drives.rows[c].reach
            ):
                continue
            people.asked[i] |= bit
            n = poisson(uniform(number, i), drives.rows[c].mean * people.sociability[i])
            if n > 0:
                _invite(day, i, n, people, graph, drives, c, pick, delay, p, out)
