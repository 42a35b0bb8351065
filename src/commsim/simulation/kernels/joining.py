"""Arrivals: who was invited, or comes uninvited, takes a place in a group."""

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform, uniform_pair
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.kernels.streams import stream

RESERVED = np.int16(32001)
"""Day of joining, after all others, of who comes by no way but their channel."""
_PLACE, _DELAY = int(Purpose.PLACE), int(Purpose.DELAY)


@borrowing
def _place(person, wanted, size, cap, place_stream):  # type: ignore[no-untyped-def]
    """The inviter's group if it has room, else the open group that wins the draw, else a new one."""
    if wanted >= 0 and size[wanted] < cap[wanted]:
        return wanted
    best, best_draw, empty = -1, -1.0, -1
    for g in range(len(size)):
        if size[g] == 0 and empty < 0:
            empty = g
        if 0 < size[g] < cap[g]:
            draw = uniform_pair(place_stream, person, g)
            if draw > best_draw:
                best, best_draw = g, draw
    return best if best >= 0 else empty


@njit()
def join(day, handle, cap, own_rate):  # type: ignore[no-untyped-def]
    """Let the day's newcomers in; returns their number and fills the row of newcomers.

    cap: most members by group.
    """
    state = handle.state
    seed, people, groups, joined = state.seed, state.people, state.groups, state.out.rows[c.NEWCOMERS]
    come = stream(seed, _DELAY, day, 0)
    place_stream = stream(seed, _PLACE, 0, 0)
    p, n = state.params[0], 0
    for i in range(people.reals.shape[1]):
        if people.tiny[c.STATUS, i] != STRANGER:
            continue
        due = people.shorts[c.DUE, i]
        if due != day and not (own_rate > 0.0 and due != RESERVED and uniform(come, i) < own_rate):
            continue
        inviter = people.counts[c.INVITER, i]
        wanted = (
            people.counts[c.GROUP, inviter]
            if inviter >= 0 and people.tiny[c.STATUS, inviter] == MEMBER
            else -1
        )
        g = _place(i, wanted, groups.size, cap, place_stream)
        if g < 0:
            continue
        groups.size[g] += 1
        people.tiny[c.STATUS, i] = MEMBER
        people.counts[c.GROUP, i] = g
        people.shorts[c.JOINED, i] = day
        fresh = p.activity.start * (0.5 + people.traits[c.SHARE, i])
        people.reals[c.ACTIVITY, i] = np.float32(min(1.0, fresh))
        if inviter >= 0:
            people.shorts[c.RECRUITS, inviter] += 1
            people.reals[c.REFERRAL, i] = np.float32(p.invite.lasting)
        joined[n] = i
        n += 1
    return n
