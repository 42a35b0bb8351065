"""Talk: who looked may write; topics and replies feed it, adverts of members damp it."""

import numpy as np

from commsim.core.compiled import njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp, log
from commsim.simulation import columns as c
from commsim.simulation.dials import TALK
from commsim.simulation.kernels.streams import poisson, stream

_TALK = int(Purpose.TALK)
ENVELOPE_HOUR = 0.1  # share of a day's talk that falls into the hour after an envelope: an evening hour


@njit()
def talk(day, seed, people, groups, starts, dials, p, out):  # type: ignore[no-untyped-def]
    """Messages of the day, per person (added up) and per group (``out.messages``); returns the writers."""
    key = stream(seed, _TALK, day, 0)
    t = p.talk
    lively = 1.0 + (t.envelope - 1.0) * ENVELOPE_HOUR
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
        spark *= t.level * exp(-t.size * log(groups.size[g] / 200.0) - t.spam_damping * groups.spam[g])
        lookers = out.rows[c.LOOKERS, starts[g] : starts[g + 1]]
        luck = draws[: len(lookers)]
        for k in range(len(lookers)):
            luck[k] = uniform(key, lookers[k])
        for k in range(len(lookers)):
            i = lookers[k]
            rate = people.traits[c.TALK_RATE, i] * spark * (lively if out.flags[c.LIVELY, i] else 1.0)
            if dials.at[TALK] >= 0:
                rate *= exp(dials.turned[dials.at[TALK], i])
            n = poisson(luck[k], rate)
            if n > 0:
                people.counts[c.MESSAGES, i] += n
                out.messages[g] += n
                writers += 1
    return writers
