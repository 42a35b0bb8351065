"""A sale: what its offer moves a person to, and the orders of those who come, while stock lasts."""

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import LOG_COUNT, exp, log
from commsim.simulation import columns as c
from commsim.simulation.dials import BUY, SEEN
from commsim.simulation.kernels.attending import attend, minute_of
from commsim.simulation.kernels.buying import FIRST_RUNG, SLACK, buying_draw, customer, luck_of, order, wants
from commsim.simulation.kernels.streams import stream
from commsim.simulation.kernels.uplifts import (
    advert_effect,
    elsewhere,
    offer,
    own_price,
    price_effect,
    touch_effect,
    trust_effect,
)

_AGAIN = int(Purpose.AGAIN)


@njit(counted=False)
def promotion(people, i, sales, j, seen, luck, p):  # type: ignore[no-untyped-def]
    """Log uplift of an offer that borrows from later: price, scarcity, and those who seem to have bought."""
    elasticity, reference, b = people.traits[c.ELASTICITY, i], people.reals[c.REFERENCE, i], p.buying
    price = own_price(sales.rows[j].price, j, luck, i)
    u = price_effect(elasticity, reference, price, b.reference_gain, b.reference_loss) + sales.rows[j].cue
    if seen > 0:
        u += p.buying.first_buyer + p.buying.more_buyers * LOG_COUNT[min(seen, 512)]
    return u


@njit(inline="always")
def logs(p):  # type: ignore[no-untyped-def]
    """What `takes_up` needs, the same for all: logs of touch, of an advert, and of how one wears out."""
    return log(1.0 + p.buying.touch), log(p.buying.advert), log(p.fatigue.response)


@njit(counted=False)
def goodwill_of(people, i, by, p):  # type: ignore[no-untyped-def]
    """Log uplift of an announcement, which works like an advert, of trust, touch and earlier adverts.

    by: see `logs`.
    """
    touch, advert, worn = by
    goodwill = trust_effect(people.reals[c.TRUST, i], p.buying.trust, p.trust.start, p.trust.scale)
    goodwill += touch_effect(people.reals[c.CONTACT, i], touch, p.buying.touch_full)
    goodwill += people.reals[c.ADSTOCK, i]
    goodwill += advert_effect(people.reals[c.FATIGUE, i], people.reals[c.ANNOYANCE, i], advert, worn)
    return goodwill


@njit(counted=False)
def wanted(people, i, sales, j, promoted, goodwill, p):  # type: ignore[no-untyped-def]
    """Hazard of taking an offer of who is there: rate x need x both uplifts, and a first sample."""
    appeal = sales.appeal[j, people.tiny[c.CUSTOMER, i]]
    sample = sales.rows[j].sample if appeal > 0.0 and people.tiny[c.SAMPLED, i] == 0 else 0.0
    return wants(people, i) * min(p.buying.cap, appeal * exp(promoted + goodwill)) + sample


@borrowing
def takes_up(people, i, sales, j, promoted, by, luck, p, out):  # type: ignore[no-untyped-def]
    """Whether who is there takes an offer, promoted so much; by: see `logs`.

    Part of what it moves may be bought elsewhere, which is reckoned for those alone who might buy.
    """
    goodwill, nudged = goodwill_of(people, i, by, p) + sales.rows[j].lift, luck.dials.at[BUY]
    least = offer(promoted + goodwill, luck.dials, i, out)
    bound = wanted(people, i, sales, j, promoted, goodwill - least, p)
    if nudged >= 0:
        bound *= exp(luck.dials.turned[nudged, i])
    if uniform(luck.key, i) > bound + SLACK:
        return False
    left = goodwill - elsewhere(promoted + goodwill, luck.dials, i)
    return buying_draw(luck, i) < 1.0 - exp(-wanted(people, i, sales, j, promoted, left, p))


@borrowing
def in_mind(luck, i):  # type: ignore[no-untyped-def]
    """Buyers whom a person who comes has in mind."""
    at = luck.dials.at[SEEN]
    return np.int64(max(0.0, luck.dials.turned[at, i])) if at >= 0 else np.int64(0)


@borrowing
def _shown_to(groups, shown):  # type: ignore[no-untyped-def]
    """Buyers whom a stream shows that there are not, over the groups that it is for."""
    total = 0
    for g in range(len(shown)):
        total += shown[g] if groups[g] else 0
    return total


@njit()
def sell(day, handle, j):  # type: ignore[no-untyped-def]
    """A timed offer, the j-th sale by its hour: stock goes to the first who come.

    Each sees how many seem to have bought, of their group, or in a stream of all.  Where the last minutes
    are counted down, some of those who did not order look again then.
    """
    state, today = handle.state, handle.today
    seed, people, p, out = state.seed, state.people, state.params[0], state.out
    sales, habits, luck = today.sales, today.habits, luck_of(day, seed, today.dials)
    sold = out.by_group[c.SOLD]
    sold[:] = 0
    row, by, shown = sales.rows[j], logs(p), luck.dials.shown
    stock, pooled, few = row.stock, row.pooled, row.few
    shown_to_all = _shown_to(sales.groups[j], shown) if pooled else 0
    again = stream(seed, _AGAIN, day, row.stream)
    there = attend(day, seed, people, sales, j, habits, luck, p, out)
    for turn in range(2 if row.countdown > 0.0 else 1):
        for i in there:
            if turn > 0 and (out.flags[c.BOUGHT, i] or uniform(again, i) >= p.look.again):
                continue
            g = people.counts[c.GROUP, i]
            at = 0 if pooled else g
            seen = sold[at] + (shown_to_all if pooled else shown[g]) + in_mind(luck, i)
            promoted = promotion(people, i, sales, j, seen, luck, p)
            if turn > 0:
                promoted += p.buying.countdown
            if 0 < stock <= few:
                promoted += p.buying.few_left
            if not takes_up(people, i, sales, j, promoted, by, luck, p, out):
                continue
            if stock == 0:
                regret = p.buying.regret if turn == 0 else 0.0
                people.reals[c.TRUST, i] = np.float32(max(0.0, people.reals[c.TRUST, i] - regret))
                continue
            stock -= 1
            sold[at] += 1
            stays = customer(day, seed, people, i, row.sample, p)
            minute = minute_of(day, seed, np.int64(i), row, luck, p.look.rush, turn > 0)
            order(people, np.int64(i), j, FIRST_RUNG, row.product, promoted, minute, stays, p, out)
