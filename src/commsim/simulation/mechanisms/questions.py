"""Questions of members that wait for an answer, first come first served, and what answers do to them.

A queue has columns: who asks, on which day, and what, as an index of `QUESTIONS`; the first of them are in
use.  Desks are rows of which questions they take, and of whom (see `deciding.for_whom`).
"""

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import purpose, stream, uniform, uniform_pair
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.kernels.sorting import in_order

_ASKS, _FIRST = purpose("service, who asks"), purpose("service, who of a day comes first")


@njit()
def come(day, handle, bad, chances, queue, n):  # type: ignore[no-untyped-def]
    """Add the day's questions to a queue of ``n``, in the order in which they come; returns its end.

    bad: who has got a bad parcel.  chances: that a look, an order or such a parcel brings a question.
    """
    state, end = handle.state, n
    status, out, turn = state.people.tiny[c.STATUS], state.out, stream(state.seed, _FIRST, day, 0)
    lookers = out.rows[c.LOOKERS, : out.tally[c.N_LOOKERS]]
    buyers = out.rows[c.ORDER_PERSON, : out.tally[c.N_ORDERS]]
    for kind in range(3):
        asks = stream(state.seed, _ASKS, day, kind)
        for k in range(len(lookers) if kind == 0 else len(buyers) if kind == 1 else len(bad)):
            i = np.int64(lookers[k] if kind == 0 else buyers[k] if kind == 1 else bad[k])
            if status[i] == MEMBER and uniform(asks, i) < chances[kind]:
                queue[0, end], queue[1, end], queue[2, end] = i, day, kind
                end += 1
    draws, new = np.empty(end - n), queue[:, n:end].copy()
    for k in range(len(draws)):
        draws[k] = uniform_pair(turn, new[0, k], new[2, k])
    order = in_order(draws, len(draws))
    for k in range(len(order)):
        queue[0, n + k], queue[2, n + k] = new[0, order[k]], new[2, order[k]]
    return end


@borrowing
def _move(queue, k, to):  # type: ignore[no-untyped-def]
    queue[0, to], queue[1, to], queue[2, to] = queue[0, k], queue[1, k], queue[2, k]


@borrowing
def _mine(queue, k, desk, takes, whom):  # type: ignore[no-untyped-def]
    return takes[desk, queue[2, k]] and (len(whom) == 0 or whom[desk, queue[0, k]])


@njit()
def keep(handle, queue, first, end, takes, whom, satisfaction, learning):  # type: ignore[no-untyped-def]
    """Keep those from ``first`` to ``end`` that some desk takes, of members; returns their end.

    What no desk takes of anybody any more is never answered: that is learned, and counted.  Others are
    answered as they were before there was a desk.
    """
    left, never, status = first, 0, handle.state.people.tiny[c.STATUS]
    for k in range(first, end):
        if status[queue[0, k]] != MEMBER:
            continue
        kept = some = False
        for desk in range(len(takes)):
            some |= takes[desk, queue[2, k]]
            kept |= _mine(queue, k, desk, takes, whom)
        if kept:
            _move(queue, k, left)
            left += 1
        elif not some:
            _feel(satisfaction, queue[0, k], 0.0, learning)
            never += 1
    return left, never


@njit()
def answer(day, queue, n, desk, takes, whom, most, worth, satisfaction, learning):  # type: ignore[no-untyped-def]
    """Let a desk answer at most so many of a queue of ``n``: of those that it takes, who waits longest.

    worth: of an answer on the same day, and the days after which it is worth 1/e of that.  Returns how many
    it answered, the days that these had waited, how many stay before the first that is not looked at,
    which that is, and whether any for this desk stays.
    """
    left = done = waited = k = 0
    while k < n and done < most:
        if _mine(queue, k, desk, takes, whom):
            waits = day - queue[1, k]
            _feel(satisfaction, queue[0, k], worth[0] * exp(-waits / worth[1]), learning)
            done, waited = done + 1, waited + waits
        else:
            _move(queue, k, left)
            left += 1
        k += 1
    more = False
    for later in range(k, n):
        more = _mine(queue, later, desk, takes, whom)
        if more:
            break
    return done, waited, left, k, more


@borrowing
def _feel(satisfaction, i, outcome, learning):  # type: ignore[no-untyped-def]
    now = np.float64(satisfaction[i])
    satisfaction[i] = np.float32(now + learning * (outcome - now))


@njit()
def feel(satisfaction, persons, outcomes, learning):  # type: ignore[no-untyped-def]
    """Move satisfaction by outcomes, in their order where somebody has several."""
    for k in range(len(persons)):
        _feel(satisfaction, persons[k], outcomes[k], learning)


@njit()
def fade(handle, satisfaction, usual, fading, among):  # type: ignore[no-untyped-def]
    """Satisfaction goes back to the usual; lists that of members: how many, and whether any is another."""
    status, n, moved = handle.state.people.tiny[c.STATUS], 0, False
    for i in range(len(satisfaction)):
        satisfaction[i] += fading * (usual - satisfaction[i])
        if status[i] == MEMBER:
            among[n] = satisfaction[i]
            moved |= satisfaction[i] != usual
            n += 1
    return n, moved


@njit()
def act(handle, satisfaction, usual, least, powers, buy, leave, invite):  # type: ignore[no-untyped-def]
    """Add what satisfaction does to dials of members; what is below the least counts as the least."""
    status, (buying, leaving, friends) = handle.state.people.tiny[c.STATUS], powers
    for i in range(len(satisfaction)):
        if status[i] == MEMBER and satisfaction[i] != np.float32(usual):
            more = log(max(least, np.float64(satisfaction[i])) / usual)
            buy[i] += more * buying
            leave[i] += more * leaving
            invite[i] += more * friends
