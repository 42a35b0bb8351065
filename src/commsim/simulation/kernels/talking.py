"""Talk: who looked may write; topics and replies feed it, adverts of members damp it; by the hour."""

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform, uniform_pair
from commsim.core.maths import exp, log
from commsim.simulation import columns as c
from commsim.simulation.clock import HOUR_WEIGHT, HOURS, SLOT_OF, SLOT_SHARE
from commsim.simulation.dials import TALK
from commsim.simulation.kernels.streams import poisson, stream

_TALK, _HOUR = int(Purpose.TALK), int(Purpose.HOUR)


@njit(inline="always")
def _by_hour(own):  # type: ignore[no-untyped-def]
    """Share of a day's messages that falls into each hour, by favourite part of the day (rows)."""
    shares = np.empty((len(SLOT_SHARE), HOURS))
    for favourite in range(len(SLOT_SHARE)):
        total = 0.0
        for hour in range(HOURS):
            share = SLOT_SHARE[SLOT_OF[hour]]
            liking = own if SLOT_OF[hour] == favourite else (1.0 - own * share) / (1.0 - share)
            shares[favourite, hour] = HOUR_WEIGHT[hour] * liking
            total += shares[favourite, hour]
        for hour in range(HOURS):
            shares[favourite, hour] /= total
    return shares


@borrowing
def _liven(shares, lively, factor, weights):  # type: ignore[no-untyped-def]
    """Weigh the hours of one writer, those in which they are lively more; returns the sum."""
    total = 0.0
    for hour in range(HOURS):
        weights[hour] = shares[hour] * (factor if lively >> np.uint32(hour) & np.uint32(1) else 1.0)
        total += weights[hour]
    return total


@borrowing
def _time(key, person, n, weights, total, hours):  # type: ignore[no-untyped-def]
    """Count each of a person's messages in an hour."""
    for k in range(n):
        u, hour = uniform_pair(key, person, k) * total, 0
        below = weights[0]
        while u >= below and hour < HOURS - 1:
            hour += 1
            below += weights[hour]
        hours[hour] += 1


@njit()
def talk(day, handle):  # type: ignore[no-untyped-def]
    """Messages of the day, per person (added up), group (``out.messages``) and hour; counts the writers."""
    state, dials = handle.state, handle.today.dials
    seed, people, groups, p, out = state.seed, state.people, state.groups, state.params[0], state.out
    starts = out.by_group[c.STARTS]
    key, timing = stream(seed, _TALK, day, 0), stream(seed, _HOUR, day, 0)
    t, shares, weights = p.talk, _by_hour(p.look.own_hours), np.empty(HOURS)
    most = 0
    for g in range(len(groups.size)):
        most = max(most, groups.size[g])
    writers, draws = 0, np.empty(most)
    for g in range(len(groups.size)):
        out.messages[g] = 0.0
        if groups.size[g] <= 0:
            continue
        heard = groups.heard[g] / groups.size[g]
        spark = t.topics * groups.bond[g] * groups.topics[g]
        spark += t.reply * heard / (1.0 + heard / t.saturation)
        spark *= groups.level[g] * exp(
            -t.size * log(groups.size[g] / 200.0) - t.spam_damping * groups.spam[g]
        )
        lookers = out.rows[c.LOOKERS, starts[g] : starts[g + 1]]
        luck = draws[: len(lookers)]
        for k in range(len(lookers)):
            luck[k] = uniform(key, lookers[k])
        for k in range(len(lookers)):
            i = lookers[k]
            lively, slot = out.bits[c.LIVELY, i], people.tiny[c.SLOT, i]
            rate = people.traits[c.TALK_RATE, i] * spark
            if lively:
                rate *= _liven(shares[slot], lively, t.envelope, weights)
            if dials.at[TALK] >= 0:
                rate *= exp(dials.turned[dials.at[TALK], i])
            n = poisson(luck[k], rate)
            if n > 0:
                people.counts[c.MESSAGES, i] += n
                out.messages[g] += n
                writers += 1
                total = _liven(shares[slot], lively, t.envelope, weights)
                _time(timing, i, n, weights, total, out.hours)
    out.tally[c.N_WRITERS] = writers
