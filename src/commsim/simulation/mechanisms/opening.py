"""How members open red envelopes: who is quick enough, what each share is, who sends one on."""

import math

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, mix, uniform_pair
from commsim.core.maths import exp
from commsim.simulation import columns as c
from commsim.simulation.kernels.sorting import in_order
from commsim.simulation.kernels.streams import stream

_PRESENT, _CATCH = int(Purpose.PRESENT), int(Purpose.CATCH)
_SPLIT, _RESEND = int(Purpose.SPLIT), int(Purpose.RESEND)
LUCKIEST = 1.3  # factor on sending on for who drew most: Yuan et al. 2024 (1.5 with its own mean), grade B


@njit(inline="always")
def split(total, shares, key, out):  # type: ignore[no-untyped-def]
    """Random shares of an envelope in fen: each uniform up to twice the mean of what is left.

    The platform's doubled-mean rule: every share is at least 1 fen and the sum is the total.
    """
    left = total
    for k in range(shares - 1):
        most = 2 * left // (shares - k) - 1
        draw = 1 + int(uniform_pair(key, k, 0) * most)
        out[k] = min(draw, left - (shares - k - 1))
        left -= out[k]
    out[shares - 1] = left


@njit(inline="always")
def _arrivals(day, seed, people, envelopes, e, persons, lookers, times):  # type: ignore[no-untyped-def]
    """When each looker of the group opens the envelope: in its own hour, later in the day, or never."""
    present = stream(seed, _PRESENT, day, envelopes[e].stream)
    arrive = stream(seed, _CATCH, day, envelopes[e].stream)
    sender = envelopes[e].sender
    for k in range(len(lookers)):
        i = lookers[k]
        there = uniform_pair(present, i, sender) < envelopes[e].presence[people.tiny[c.SLOT, i]]
        never = i == sender or (envelopes[e].audience >= 0 and not persons[envelopes[e].audience, i])
        times[k] = uniform_pair(arrive, i, sender) + (0.0 if there else 1.0) + (5.0 if never else 0.0)


@borrowing
def _largest(amounts, taken):  # type: ignore[no-untyped-def]
    """The first of the largest shares that are taken."""
    luckiest = 0
    for k in range(taken):
        if amounts[k] > amounts[luckiest]:
            luckiest = k
    return luckiest


@borrowing
def _worn(sent, g, habituation):  # type: ignore[no-untyped-def]
    """What the envelopes of the last seven days leave of another one's effect on a group."""
    worn = 1.0
    for weekday in range(7):
        for _ in range(sent[weekday, g]):
            worn *= habituation
    return worn


@njit()
def open_envelopes(day, handle, sent, envelopes, catches):  # type: ignore[no-untyped-def]
    """Open all envelopes of the day; returns the number of rows of ``catches``.

    A row is (person, fen, envelope, whether they send one on).  Who catches gains value and a push on
    activity; who does so in the hour of the envelope writes more in it.
    """
    state = handle.state
    p, seed, people, out = state.params[0], state.seed, state.people, state.out
    starts = out.by_group[c.STARTS]
    n = 0
    most = 0
    for g in range(len(starts) - 1):
        most = max(most, starts[g + 1] - starts[g])
    times, amounts = np.empty(most), np.empty(100, np.int64)
    for e in range(len(envelopes)):
        g = envelopes[e].group
        lookers = out.rows[c.LOOKERS, starts[g] : starts[g + 1]]
        persons = handle.today.narrow.persons
        _arrivals(day, seed, people, envelopes, e, persons, lookers, times[: len(lookers)])
        order = in_order(times[: len(lookers)], envelopes[e].shares)
        splitting = stream(seed, _SPLIT, day, envelopes[e].stream)
        shares = envelopes[e].shares
        split(
            envelopes[e].total,
            shares,
            mix(mix(splitting + np.uint64(g)) + np.uint64(envelopes[e].sender + 1)),
            amounts,
        )
        taken = min(shares, len(lookers))
        luckiest = _largest(amounts, taken)
        size = math.sqrt(envelopes[e].total / 1000.0) * _worn(sent, g, p.look.habituation)
        push = 1.0 - exp(-p.activity.push * size)
        again = stream(seed, _RESEND, day, envelopes[e].stream)
        for k in range(taken):
            i = lookers[order[k]]
            if times[order[k]] >= 5.0:  # nobody opens their own, or one that is for others
                continue
            chance = envelopes[e].resend + envelopes[e].slope * amounts[k] / 100.0
            if k == luckiest:
                chance *= LUCKIEST
            people.reals[c.ACTIVITY, i] += np.float32((1.0 - people.reals[c.ACTIVITY, i]) * push)
            out.reals[c.GAIN, i] += p.activity.envelope * size
            if times[order[k]] < 1.0:
                out.bits[c.LIVELY, i] |= np.uint32(1 << envelopes[e].hour)
            catches[n, 0], catches[n, 1], catches[n, 2] = i, amounts[k], e
            catches[n, 3] = uniform_pair(again, i, envelopes[e].sender) < chance
            n += 1
        sent[day % 7, g] += 1
    return n
