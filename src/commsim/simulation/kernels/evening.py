"""The close of the day: value, activity, fatigue, trust, need, prices in mind, topics, adverts."""

import math

import numpy as np
from numba import njit

from commsim.core.maths import exp
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation.kernels.looking import narrow_posts, worth


@njit(cache=True, inline="always")
def _impression(people, i, g, talk_value, empty, notices, adverts, p, out):  # type: ignore[no-untyped-def]
    """What today's look was worth, and how it moves trust."""
    value = talk_value + notices.content[g] + out.gain[i]
    value += (
        p.activity.deal * min(1.0, notices.deals[g]) - p.activity.spam * adverts - p.activity.advert * empty
    )
    people.value[i] += np.float32(p.activity.learning * (value - people.value[i]))
    t = people.trust[i]
    t += notices.trust[g] * (1.0 - t) - (p.trust.spam * adverts + p.trust.advert * empty) * t
    people.trust[i] = np.float32(min(1.0, max(0.0, t)))
    price = notices.price[g]
    people.reference[i] += np.float32(p.buying.reference_speed * (price - people.reference[i]))


@njit(cache=True)
def close_people(people, groups, notices, narrow, p, out):  # type: ignore[no-untyped-def]
    """Update every person's state from the day that was; sum up what the records keep."""
    out.sums[:] = 0.0
    out.muted_in[:] = 0
    a = p.activity
    one = np.uint32(1)
    rested = 0.5 ** (1.0 / p.fatigue.half_life)
    adverts = groups.spam * groups.size / 100.0
    out.sums[2] = adverts.sum()
    talk_value = np.empty(len(groups.size))
    for g in range(len(groups.size)):
        seen = a.readable * (1.0 - exp(-out.messages[g] / a.readable))
        talk_value[g] = a.talk * seen * math.sqrt(groups.bond[g])
    for i in range(len(people.status)):
        if people.status[i] == STRANGER:
            continue
        if people.need[i] < 1.0:
            back = people.buy_rate[i] * (1.0 - people.need[i])
            people.need[i] = np.float32(min(1.0, people.need[i] + back))
        if people.status[i] != MEMBER:
            continue
        g = people.group[i]
        people.fatigue[i] *= np.float32(rested)
        people.trust[i] += np.float32(p.trust.recovery * (people.trust_base[i] - people.trust[i]))
        if people.looks[i] & one:
            empty = notices.empty[g] + narrow_posts(i, g, narrow, True)
            seen = notices.posts[g] + narrow_posts(i, g, narrow, False) + adverts[g]
            people.fatigue[i] += np.float32(seen)
            people.annoyance[i] += np.float32(
                p.fatigue.annoyance * (1.0 - 0.5 * worth(people.value[i])) * seen
            )
            _impression(people, i, g, talk_value[g], empty, notices, adverts[g], p, out)
        rest = a.floor + (people.share[i] - a.floor) * worth(people.value[i])
        people.activity[i] += np.float32((rest - people.activity[i]) * (1.0 - people.keep[i]))
        out.sums[0] += people.activity[i]
        out.sums[1] += people.trust[i]
        out.muted_in[g] += people.muted[i]


@njit(cache=True)
def close_groups(day, groups, notices, p, out):  # type: ignore[no-untyped-def]
    """Topics fade unless content renews them; members' adverts spread unless rules are enforced."""
    s = p.spam
    for g in range(len(groups.size)):
        topics = groups.topics[g] * groups.keep[g] + notices.topics[g]
        groups.topics[g] = np.float32(min(p.talk.most_topics, topics))
        if notices.rules[g] >= 0.0:
            groups.rules[g] = np.float32(notices.rules[g])
        e, now = groups.rules[g], groups.spam[g]
        now += now * (s.growth * (1.0 - now / s.ceiling) * (1.0 - e) - s.control * e)
        groups.spam[g] = np.float32(min(s.ceiling, max(s.floor, now)))
        groups.heard[g] = out.messages[g]
        groups.packets[(day + 1) % 7, g] = 0
