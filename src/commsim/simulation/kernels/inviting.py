"""Friends bring friends: lookers are asked once per occasion, and some invitations are accepted."""

from typing import NamedTuple

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform, uniform_pair
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import INVITE
from commsim.simulation.kernels.sorting import in_order
from commsim.simulation.kernels.streams import poisson, stream
from commsim.simulation.kernels.uplifts import trust_effect

_INVITE, _PICK, _DELAY = int(Purpose.INVITE), int(Purpose.PICK), int(Purpose.DELAY)
_MEET = int(Purpose.MEET)
NO_END = np.int64(32000)
"""The last day on which anybody can join."""
SURE, UNASKED = -1, -2
"""In ``people.asked_by``: of a stranger whom one friend moves, and of another whom nobody has asked yet."""


@borrowing
def _free(people, f):  # type: ignore[no-untyped-def]
    """Whether a person is a stranger whom nobody has brought yet."""
    return people.tiny[c.STATUS, f] == STRANGER and people.shorts[c.DUE, f] < 0


class Asked(NamedTuple):
    """Who is brought by whom and when: the streams of a campaign.

    last: the day by which all have joined.  outsiders: rows of the first person from outside, and after the
    last.
    """

    pick: np.uint64
    delay: np.uint64
    meet: np.uint64
    last: np.int64
    outsiders: tuple[int, int]


@borrowing
def _bind(day, person, f, people, row, asked, p, out):  # type: ignore[no-untyped-def]
    """Bind a stranger to join within days: a geometric delay with the stated mean, at least a day."""
    u = uniform_pair(asked.delay, person, f)
    wait = 1 + (int(log(1.0 - u) / log(1.0 - 1.0 / p.invite.delay)) if p.invite.delay > 1.0 else 0)
    people.shorts[c.DUE, f], people.counts[c.INVITER, f] = min(asked.last, day + wait), person
    people.shorts[c.JOIN_CAUSE, f] = row.cause
    for rate in (c.BUY_RATE, c.RATE, c.USUAL):
        people.reals[rate, f] = np.float32(people.reals[rate, f] * row.quality)
    m = out.tally[c.N_INVITED]
    out.rows[c.INVITED, m] = f
    out.tally[c.N_INVITED] = m + 1


@borrowing
def _hesitates(people, person, f):  # type: ignore[no-untyped-def]
    """Whether a stranger waits for another to ask them, too; it is kept who asked first."""
    first = people.counts[c.ASKED_BY, f]
    if first == SURE or (first != UNASKED and first != person):
        return False
    people.counts[c.ASKED_BY, f] = person
    return True


@njit(inline="always")
def _bring_friends(day, person, n, people, graph, row, asked, p, out):  # type: ignore[no-untyped-def]
    """Bind up to n strangers among a person's friends; returns how many of n are left.

    Who has no friends at all knows nobody to bring: none are left.  Who waits for a second friend counts
    among the n of the first, who does not ask them again.
    """
    offsets, neighbours = graph
    friends = neighbours[offsets[person] : offsets[person + 1]]
    draws = np.empty(len(friends))
    for k in range(len(friends)):
        draws[k] = uniform_pair(asked.pick, person, friends[k])
    for k in in_order(draws, len(draws)):
        if n > 0 and _free(people, friends[k]) and people.counts[c.ASKED_BY, friends[k]] != person:
            if not _hesitates(people, person, friends[k]):
                _bind(day, person, friends[k], people, row, asked, p, out)
            n -= 1
    return n if len(friends) > 0 else 0


@borrowing
def _somebody(people, outside, u):  # type: ignore[no-untyped-def]
    """The free stranger next to where u in [0, 1) points among the outsiders, -1 if none is left."""
    first, end = outside
    at, outsiders = first + int(u * (end - first)), end - first
    for k in range(outsiders):
        f = at + k if at + k < end else at + k - outsiders
        if _free(people, f):
            return f
    return -1


@njit(inline="always")
def _bring(day, person, n, people, graph, row, asked, p, out):  # type: ignore[no-untyped-def]
    """Bind n strangers: a person's friends, then strangers at large, while there are any."""
    if n > 0:
        n = _bring_friends(day, person, n, people, graph, row, asked, p, out)
    while n > 0:
        f = _somebody(people, asked.outsiders, uniform_pair(asked.meet, person, n))
        if f < 0:
            break
        if not _hesitates(people, person, f):
            _bind(day, person, f, people, row, asked, p, out)
        n -= 1


@borrowing
def _readiness(people, i, mean, dials, p):  # type: ignore[no-untyped-def]
    """Friends whom a person brings in the mean, where one of average sociability brings ``mean``."""
    # trust counts twice: who has more asks more friends, and these follow more readily
    twice, trust = 2.0 * p.invite.trust, people.reals[c.TRUST, i]
    mean *= people.traits[c.SOCIABILITY, i]
    mean *= exp(trust_effect(trust, twice, p.trust.start, p.trust.scale))
    if dials.at[INVITE] >= 0:
        mean *= exp(dials.turned[dials.at[INVITE], i])
    return mean


@njit()
def invite(day, handle):  # type: ignore[no-untyped-def]
    """Lookers whom an occasion of a campaign reaches for the first time draw how many friends will come.

    Who has more acceptances than free friends brings strangers at large, while there are any.
    """
    state, asking, dials = handle.state, handle.today.asking, handle.today.dials
    seed, people, graph, p, out = state.seed, state.people, state.graph, state.params[0], state.out
    one = np.uint32(1)
    for d in range(len(asking.rows)):
        row = asking.rows[d]
        asked = asking.asked[row.row]
        pick, delay = stream(seed, _PICK, 0, row.stream), stream(seed, _DELAY, 0, row.stream)
        for i in range(people.reals.shape[1]):
            if people.tiny[c.STATUS, i] != MEMBER or not people.bits[c.LOOKS, i] & one:
                continue
            occasion = asking.occasions[d, people.counts[c.GROUP, i]]
            if asked[i] >= occasion or (row.audience >= 0 and not asking.persons[row.audience, i]):
                continue
            asked[i] = occasion
            number = stream(seed, _INVITE, occasion, row.stream)
            n = poisson(uniform(number, i), _readiness(people, i, row.mean, dials, p))
            meet = stream(seed, _MEET, occasion, row.stream)
            by = Asked(pick, delay, meet, NO_END, asking.outsiders)
            _bring(day, i, n, people, graph, row, by, p, out)


@njit()
def accepting(handle, rows, occasion, persons, numbers):  # type: ignore[no-untyped-def]
    """How many friends accept the invitation of each person: fills ``numbers``.

    rows: one record of `notices.ASKING`, of a mechanism that asks.
    """
    state, dials, row = handle.state, handle.today.dials, rows[0]
    number, people, p = stream(state.seed, _INVITE, occasion, row.stream), state.people, state.params[0]
    for k in range(len(persons)):
        i = persons[k]
        mean = _readiness(people, i, row.mean, dials, p)
        numbers[k] = poisson(uniform(number, i), mean)


@njit()
def bring(day, handle, rows, occasion, last, outsiders, persons, numbers):  # type: ignore[no-untyped-def]
    """Let each person bring so many newcomers, who join by a day; ``rows`` as in `accepting`.

    outsiders: as in `Asked`.
    """
    state, row = handle.state, rows[0]
    seed, p, salt = state.seed, state.params[0], row.stream
    people, graph, out = state.people, state.graph, state.out
    pick, delay = stream(seed, _PICK, 0, salt), stream(seed, _DELAY, 0, salt)
    by = Asked(pick, delay, stream(seed, _MEET, occasion, salt), last, outsiders)
    for k in range(len(persons)):
        i = np.int64(persons[k])
        _bring(day, i, np.int64(numbers[k]), people, graph, row, by, p, out)
