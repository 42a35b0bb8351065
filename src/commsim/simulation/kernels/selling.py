"""A sale: what its offer moves a person to, and the orders of those who come, while stock lasts."""

import numpy as np

from commsim.core.compiled import njit
from commsim.core.maths import LOG_COUNT, exp, log
from commsim.simulation import columns as c
from commsim.simulation.kernels.attending import attend, minute_of
from commsim.simulation.kernels.buying import FIRST_RUNG, buying_draw, customer, order, wants
from commsim.simulation.kernels.uplifts import (
    advert_effect,
    elsewhere,
    own_price,
    price_effect,
    touch_effect,
    trust_effect,
)


@njit(inline="always")
def promotion(people, i, sales, j, seen, luck, p):  # type: ignore[no-untyped-def]
    """Log uplift of an offer that borrows from later: price, scarcity, and those who seem to have bought."""
    elasticity, reference, b = people.traits[c.ELASTICITY, i], people.reals[c.REFERENCE, i], p.buying
    price = own_price(sales.rows[j].price, j, luck, i)
    u = price_effect(elasticity, reference, price, b.reference_gain, b.reference_loss) + sales.rows[j].cue
    if seen > 0:
        u += p.buying.first_buyer + p.buying.more_buyers * LOG_COUNT[min(seen, 512)]
    return u


@njit(inline="always")
def wanted(people, i, sales, j, promoted, worn, luck, p, out):  # type: ignore[no-untyped-def]
    """Hazard of taking an offer, promoted so much, of who is there: rate x need x uplift, and a first sample.

    The announcement works on them like an advert, beside trust, touch and what is left of earlier adverts;
    part of what all that moves may be bought elsewhere.
    """
    fatigue, annoyance = people.reals[c.FATIGUE, i], people.reals[c.ANNOYANCE, i]
    goodwill = trust_effect(people.reals[c.TRUST, i], p.buying.trust, p.trust.start, p.trust.scale)
    goodwill += touch_effect(people.reals[c.CONTACT, i], log(1.0 + p.buying.touch), p.buying.touch_full)
    goodwill += people.reals[c.ADSTOCK, i]
    goodwill += advert_effect(fatigue, annoyance, log(p.buying.advert), worn)
    goodwill -= elsewhere(promoted + goodwill, luck.dials, i, out)
    appeal = sales.appeal[j, people.tiny[c.CUSTOMER, i]]
    sample = sales.rows[j].sample if appeal > 0.0 and people.tiny[c.SAMPLED, i] == 0 else 0.0
    return wants(people, i) * min(p.buying.cap, appeal * exp(promoted + goodwill)) + sample


@njit()
def sell(day, seed, people, sales, j, habits, luck, sold, p, out):  # type: ignore[no-untyped-def]
    """A timed offer: each who comes sees how many of their group seem to have; stock goes to the first."""
    worn = log(p.fatigue.response)
    stock = sales.rows[j].stock
    for i in attend(day, seed, people, sales, j, habits, luck, p, out):
        g = people.counts[c.GROUP, i]
        promoted = promotion(people, i, sales, j, sold[g] + luck.dials.shown[g], luck, p)
        if buying_draw(luck, i) >= 1.0 - exp(-wanted(people, i, sales, j, promoted, worn, luck, p, out)):
            continue
        if stock == 0:
            people.reals[c.TRUST, i] = np.float32(max(0.0, people.reals[c.TRUST, i] - p.buying.regret))
            continue
        stock -= 1
        sold[g] += 1
        stays = customer(day, seed, people, i, sales.rows[j].sample, p)
        minute = minute_of(day, seed, np.int64(i), sales.rows[j], luck, p.look.rush)
        order(people, np.int64(i), j, FIRST_RUNG, sales.rows[j].product, promoted, minute, stays, p, out)
