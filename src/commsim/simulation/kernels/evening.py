"""The close of the day: value, activity, fatigue, trust, need, prices in mind, topics, adverts."""

import math

import numpy as np

from commsim.core.compiled import njit
from commsim.core.maths import exp
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import TRUST
from commsim.simulation.kernels.looking import narrow_posts, worth


@njit(inline="always")
def _impression(people, i, g, talk_value, empty, notices, adverts, dials, p, out):  # type: ignore[no-untyped-def]
    """What today's look was worth, and how it moves trust."""
    value = talk_value + notices[c.CONTENT, g] + out.reals[c.GAIN, i]
    value += (
        p.activity.deal * min(1.0, notices[c.DEALS, g])
        - p.activity.spam * adverts
        - p.activity.advert * empty
    )
    people.reals[c.VALUE, i] += np.float32(p.activity.learning * (value - people.reals[c.VALUE, i]))
    t = people.reals[c.TRUST, i]
    gain = notices[c.NEW_TRUST, g] * (1.0 - t)
    if dials.at[TRUST] >= 0:
        gain *= exp(dials.turned[dials.at[TRUST], i])
    t += gain - (p.trust.spam * adverts + p.trust.advert * empty) * t
    people.reals[c.TRUST, i] = np.float32(min(1.0, max(0.0, t)))
    price = notices[c.PRICE, g]
    people.reals[c.REFERENCE, i] += np.float32(
        p.buying.reference_speed * (price - people.reals[c.REFERENCE, i])
    )


@njit()
def close_people(people, groups, notices, narrow, dials, p, out):  # type: ignore[no-untyped-def]
    """Update every person's state from the day that was; sum up what the records keep."""
    out.sums[:] = 0.0
    a = p.activity
    one, some_narrow = np.uint32(1), len(narrow.rows) > 0
    rested = 0.5 ** (1.0 / p.fatigue.half_life)
    adverts = groups.spam * groups.size / 100.0
    talk_value = np.empty(len(groups.size))
    for g in range(len(groups.size)):
        seen = a.readable * (1.0 - exp(-out.messages[g] / a.readable))
        out.sums[c.ALL_SPAM] += adverts[g]
        talk_value[g] = a.talk * seen * math.sqrt(np.float64(groups.bond[g]))
    for i in range(people.reals.shape[1]):
        if people.tiny[c.STATUS, i] == STRANGER:
            continue
        if people.reals[c.NEED, i] < 1.0:
            back = people.reals[c.BUY_RATE, i] * (1.0 - people.reals[c.NEED, i])
            people.reals[c.NEED, i] = np.float32(min(1.0, people.reals[c.NEED, i] + back))
        people.reals[c.TRUST, i] += np.float32(
            p.trust.recovery * (people.traits[c.TRUST_BASE, i] - people.reals[c.TRUST, i])
        )
        if people.tiny[c.STATUS, i] != MEMBER:
            continue
        g = people.counts[c.GROUP, i]
        people.reals[c.FATIGUE, i] *= np.float32(rested)
        if people.bits[c.LOOKS, i] & one:
            empty, seen = notices[c.EMPTY, g], notices[c.POSTS, g] + adverts[g]
            if some_narrow:
                empty += narrow_posts(i, g, narrow, True)
                seen += narrow_posts(i, g, narrow, False)
            people.reals[c.FATIGUE, i] += np.float32(seen)
            people.reals[c.ANNOYANCE, i] += np.float32(
                p.fatigue.annoyance * (1.0 - 0.5 * worth(people.reals[c.VALUE, i])) * seen
            )
            _impression(people, i, g, talk_value[g], empty, notices, adverts[g], dials, p, out)
        rest = a.floor + (people.traits[c.SHARE, i] - a.floor) * worth(people.reals[c.VALUE, i])
        people.reals[c.ACTIVITY, i] += np.float32(
            (rest - people.reals[c.ACTIVITY, i]) * (1.0 - people.reals[c.KEEP, i])
        )
        out.sums[c.ALL_ACTIVITY] += people.reals[c.ACTIVITY, i]
        out.sums[c.ALL_TRUST] += people.reals[c.TRUST, i]
        out.by_group[c.MUTED_IN, g] += people.muted[i]


@njit()
def close_groups(groups, notices, p, out):  # type: ignore[no-untyped-def]
    """Topics fade unless content renews them; members' adverts spread unless rules are enforced."""
    s = p.spam
    for g in range(len(groups.size)):
        if groups.size[g] == 0:
            continue
        topics = groups.topics[g] * groups.keep[g] + notices[c.NEW_TOPICS, g]
        groups.topics[g] = np.float32(min(p.talk.most_topics, topics))
        if notices[c.NEW_RULES, g] >= 0.0:
            groups.rules[g] = np.float32(notices[c.NEW_RULES, g])
        e, now = groups.rules[g], groups.spam[g]
        now += now * (s.growth * (1.0 - now / s.ceiling) * (1.0 - e) - s.control * e)
        groups.spam[g] = np.float32(min(s.ceiling, max(s.floor, now)))
        groups.heard[g] = out.messages[g]
