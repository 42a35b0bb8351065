"""The shelf: orders at the usual price on any day, and the lapses of buyers."""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import AWAY, BUY, PRICE, PULL
from commsim.simulation.kernels.blocks import BLOCK, all_strangers, block_at, list_rows
from commsim.simulation.kernels.buying import (
    FIRST_RUNG,
    NO_MINUTE,
    SLACK,
    buying_draw,
    draw_block,
    luck_of,
    order,
)
from commsim.simulation.kernels.looking import received
from commsim.simulation.kernels.streams import stream
from commsim.simulation.kernels.uplifts import (
    advert_effect,
    price_effect,
    taken,
    touch_effect,
    trust_effect,
)
from commsim.simulation.state import BUYER, LAPSED

_SHELF, _LAPSE = int(Purpose.SHELF), int(Purpose.LAPSE)
_NO_SALE = np.int64(-1)  # typed, as what stands beside it in an order


class Shelf(NamedTuple):
    """What can be bought any day.  below: cumulative shares of the products, by kind of customer and product.

    factor: on the buying rate, by kind of customer: that of the most appealing product.
    """

    below: Floats
    factor: Floats


def on_shelf(appeal: Floats) -> Shelf:
    """From the appeal by kind of customer and product; 0 where it is not on the shelf."""
    total = appeal.sum(axis=1, keepdims=True)
    below = np.cumsum(appeal, axis=1) / np.where(total > 0.0, total, 1.0)
    return Shelf(np.ascontiguousarray(below), appeal.max(axis=1))


@borrowing
def _shelf_product(i, customer, key, shelf):  # type: ignore[no-untyped-def]
    """Which product on the shelf, by weight; -1 if none is sold to their kind."""
    u = uniform(key, i)
    for k in range(shelf.below.shape[1]):
        if u < shelf.below[customer, k]:
            return k
    return -1


@njit()
def picks(day, handle, persons):  # type: ignore[no-untyped-def]
    """Which product each of some persons would take from the shelf today; -1 if none is sold to them."""
    people, shelf = handle.state.people, handle.state.shelf
    key, found = stream(handle.state.seed, _SHELF, day, 0), np.empty(len(persons), np.int64)
    for k in range(len(persons)):
        i = persons[k]
        found[k] = _shelf_product(i, people.tiny[c.CUSTOMER, i], key, shelf)
    return found


@borrowing
def prices(people, at, dials, p, promoted):  # type: ignore[no-untyped-def]
    """The log uplift of the shelf's prices."""
    reference, elasticity = people.reals[c.REFERENCE, at], people.traits[c.ELASTICITY, at]
    gain, loss = p.buying.reference_gain, p.buying.reference_loss
    for k in range(len(reference)):
        promoted[k] = 0.0
    if dials.at[PRICE] >= 0:
        own = dials.turned[dials.at[PRICE], at]
        for k in range(len(own)):
            promoted[k] += own[k]
    for k in range(len(reference)):
        promoted[k] = price_effect(elasticity[k], reference[k], promoted[k], gain, loss)


@borrowing
def shelf_goodwill(people, at, p, goodwill):  # type: ignore[no-untyped-def]
    """The log uplift of trust, of touch with a run group, and of adverts seen before."""
    trust, contact, adstock = (
        people.reals[c.TRUST, at],
        people.reals[c.CONTACT, at],
        people.reals[c.ADSTOCK, at],
    )
    by_trust, usual, scale = p.buying.trust, p.trust.start, p.trust.scale
    touch, full = log(1.0 + p.buying.touch), p.buying.touch_full
    for k in range(len(trust)):
        goodwill[k] = trust_effect(trust[k], by_trust, usual, scale)
        goodwill[k] += touch_effect(contact[k], touch, full)
        goodwill[k] += adstock[k]


@borrowing
def see_adverts(people, at, posts, narrow, p, seen, goodwill):  # type: ignore[no-untyped-def]
    """Add the log uplift of an advert for those members who saw one today."""
    received(people, at, posts, narrow, seen)
    status, looks = people.tiny[c.STATUS, at], people.bits[c.LOOKS, at]
    fatigue, annoyance = people.reals[c.FATIGUE, at], people.reals[c.ANNOYANCE, at]
    advert, worn = log(p.buying.advert), log(p.fatigue.response)
    for k in range(len(status)):
        saw = (status[k] == MEMBER) & ((looks[k] & np.uint32(1)) != 0) & (seen[k] > 0.0)
        effect = advert_effect(fatigue[k], annoyance[k], advert, worn)  # for all: a branch costs more
        goodwill[k] += effect if saw else 0.0


@borrowing
def _share(at, dials, promoted, goodwill, out, least):  # type: ignore[no-untyped-def]
    """Note what is offered to those who buy elsewhere too; the least that other shops can take off it."""
    away, offered = dials.turned[dials.at[AWAY], at], out.reals[c.OFFERED, at]
    for k in range(len(away)):
        offered[k] = max(offered[k], np.float32(promoted[k] + goodwill[k]))
        least[k] = 0.0
    if dials.at[PULL] >= 0:
        pull = dials.turned[dials.at[PULL], at]
        for k in range(len(away)):
            least[k] = min(1.0, max(0.0, away[k])) * pull[k]


@borrowing
def exact(k, i, dials, promoted, goodwill, unit, p):  # type: ignore[no-untyped-def]
    """The hazard of a person, of which others may take a part; unit: of no uplift."""
    by, away, left = dials.at[PULL], dials.at[AWAY], goodwill[k]
    if away >= 0:
        pull = dials.turned[by, i] if by >= 0 else 0.0
        left -= taken(promoted[k] + goodwill[k], dials.turned[away, i], pull)
    return unit[k] * min(p.buying.cap, exp(promoted[k] + left))


@borrowing
def bounds(people, at, shelf, promoted, goodwill, least, luck, p, unit, bound):  # type: ignore[no-untyped-def]
    """Hazards of no uplift, and a bound on those of today: less the least that others take, times nudges."""
    customer, rate, need = people.tiny[c.CUSTOMER, at], people.reals[c.RATE, at], people.reals[c.NEED, at]
    referral, cap = people.reals[c.REFERRAL, at], log(p.buying.cap)
    for k in range(len(customer)):
        unit[k] = shelf.factor[customer[k]]
    for k in range(len(customer)):
        bound[k] = min(cap, promoted[k] + goodwill[k] - least[k])
    if luck.dials.at[BUY] >= 0:
        odds = luck.dials.turned[luck.dials.at[BUY], at]
        for k in range(len(odds)):
            bound[k] += odds[k]
    for k in range(len(customer)):
        unit[k] = rate[k] * need[k] * referral[k] * unit[k]
        bound[k] = unit[k] * exp(bound[k])


@borrowing
def _would_order(people, at, luck, due):  # type: ignore[no-untyped-def]
    """Mark who would order today if nothing had ever disturbed them: by the same luck as their orders."""
    usual = people.reals[c.USUAL, at]
    for k in range(len(usual)):
        due[k] = luck[k] < usual[k]


@borrowing
def _lapse(people, due, lapsing, by_annoyance):  # type: ignore[no-untyped-def]
    """Buyers whose usual order is due may lapse for good, whatever they ordered; the annoyed sooner."""
    for i in due:
        buyer = people.tiny[c.BUYS, i] == BUYER and people.tiny[c.STATUS, i] != STRANGER
        if not buyer:
            continue
        chance = people.traits[c.LAPSE, i] * exp(by_annoyance * people.reals[c.ANNOYANCE, i])
        if uniform(lapsing, i) < chance:
            people.tiny[c.BUYS, i], people.reals[c.RATE, i] = LAPSED, np.float32(0.0)


@njit()
def shop(day, handle):  # type: ignore[no-untyped-def]
    """Purchases from the shelf by members and former members who have not bought at a sale today; lapses.

    One of the products sold to them is picked by its appeal.
    """
    state, today = handle.state, handle.today
    seed, people, shelf, p, out = state.seed, state.people, state.shelf, state.params[0], state.out
    notices, narrow, luck = today.notices, today.narrow, luck_of(day, seed, today.dials)
    key, lapsing, persons = stream(seed, _SHELF, day, 0), stream(seed, _LAPSE, day, 0), len(people.muted)
    advertised = len(narrow.rows) > 0
    for g in range(notices.shape[1]):
        advertised |= notices[c.POSTS, g] > 0.0
    draws, due = np.empty(BLOCK), np.empty(BLOCK, np.bool_)
    promoted, goodwill, bound = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    unit, least, shared = np.empty(BLOCK), np.zeros(BLOCK), luck.dials.at[AWAY] >= 0
    for first in range(0, persons, BLOCK):
        at = block_at(first, persons)
        if all_strangers(people.tiny[c.STATUS, at]):
            continue
        draw_block(luck, at, draws)
        _would_order(people, at, draws, due)
        prices(people, at, luck.dials, p, promoted)
        shelf_goodwill(people, at, p, goodwill)
        if advertised:
            see_adverts(people, at, notices[c.POSTS], narrow, p, bound, goodwill)
        if shared:
            _share(at, luck.dials, promoted, goodwill, out, least)
        bounds(people, at, shelf, promoted, goodwill, least, luck, p, unit, bound)
        for k in range(at.stop - first):
            # 1 - exp(-h) is below h, so few are left for whom it has to be known
            if draws[k] > bound[k] + SLACK or people.tiny[c.STATUS, first + k] == STRANGER:
                continue
            if out.flags[c.BOUGHT, first + k]:
                continue
            hazard = exact(k, first + k, luck.dials, promoted, goodwill, unit, p)
            if buying_draw(luck, first + k) >= 1.0 - exp(-hazard):
                continue
            product = _shelf_product(first + k, people.tiny[c.CUSTOMER, first + k], key, shelf)
            if product >= 0:
                order(people, first + k, _NO_SALE, FIRST_RUNG, product, promoted[k], NO_MINUTE, True, p, out)
        n = list_rows(due[: at.stop - first], first, out.rows[c.QUEUE], 0)
        _lapse(people, out.rows[c.QUEUE, :n], lapsing, p.fatigue.to_lapse)
