"""From a need to an order: events in order of arrival, then the shelf."""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.compiled import njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import LOG_COUNT, exp, log
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import BUY, EARLY, PRICE, Dials
from commsim.simulation.kernels.looking import narrow_posts
from commsim.simulation.kernels.sorting import in_order
from commsim.simulation.kernels.streams import stream
from commsim.simulation.state import BUYER, LAPSED

_PRESENT, _ARRIVE = int(Purpose.PRESENT), int(Purpose.ARRIVE)
_SHELF, _LAPSE = int(Purpose.SHELF), int(Purpose.LAPSE)
SHELF = -1


class Shelf(NamedTuple):
    """What can be bought any day.  below: cumulative shares of the products, by segment and product.

    factor: on the buying rate, by segment: that of the most appealing product.
    """

    below: Floats
    factor: Floats


class Luck(NamedTuple):
    """Everybody's luck with buying today: a stream of draws, and the dials that turn it."""

    key: np.uint64
    dials: Dials


@njit(inline="always")
def wants(people, i):  # type: ignore[no-untyped-def]
    """Orders a day at the usual price, unprompted: the person's rate x need."""
    return people.reals[c.RATE, i] * people.reals[c.NEED, i]


@njit(inline="always")
def buying_draw(luck, i):  # type: ignore[no-untyped-def]
    """A person's luck with buying today: he buys if it is below the chance of his hazard.

    A nudge x works on the draw: u < 1 - exp(-h e^x) is the same as 1 - (1 - u)^(e^-x) < 1 - exp(-h).
    """
    u = uniform(luck.key, i)
    at = luck.dials.at[BUY]
    return 1.0 - exp(log(1.0 - u) * exp(-luck.dials.turned[at, i])) if at >= 0 else u


@njit(inline="always")
def own_price(price, luck, i):  # type: ignore[no-untyped-def]
    """The log price of an offer for a person who may have a price of their own."""
    at = luck.dials.at[PRICE]
    return price + luck.dials.turned[at, i] if at >= 0 else price


@njit(inline="always")
def train(habit, i, done, speed, missed):  # type: ignore[no-untyped-def]
    """A habit grows with every occasion that is used and hardly suffers from one that is missed."""
    h = habit[i]
    habit[i] = h + np.float32(speed * (1.0 - h)) if done else h * np.float32(1.0 - missed)


@njit(inline="always")
def price_effect(people, i, price, b):  # type: ignore[no-untyped-def]
    """Log uplift of a price (log ratio to the usual one): elasticity, and gain or loss on the reference."""
    against = price - people.reals[c.REFERENCE, i]
    return (
        -people.traits[c.ELASTICITY, i] * price
        - (b.reference_gain if against < 0.0 else b.reference_loss) * against
    )


@njit(inline="always")
def trust_effect(people, i, p):  # type: ignore[no-untyped-def]
    """Log uplift of trust, in standard deviations from the usual."""
    return p.buying.trust * min(1.0, max(-2.0, (people.reals[c.TRUST, i] - p.trust.start) / p.trust.scale))


@njit(inline="always")
def advert_effect(people, i, worn, p):  # type: ignore[no-untyped-def]
    """Log uplift of having seen an advert today, worn by passing and lasting fatigue."""
    return log(p.buying.advert) * exp(people.reals[c.FATIGUE, i] * worn - people.reals[c.ANNOYANCE, i])


@njit()
def order(day, seed, people, i, sale, rung, product, promoted, p, out):  # type: ignore[no-untyped-def]
    """Place an order: need is used up beyond what was wanted, and the person may lapse for good.

    promoted: log uplift by price, adverts and others' orders, part of which is borrowed from later.
    """
    n = out.tally[c.N_ORDERS]
    out.rows[c.ORDER_PERSON, n], out.shorts[c.ORDER_SALE, n], out.shorts[c.ORDER_RUNG, n] = i, sale, rung
    out.shorts[c.ORDER_PRODUCT, n] = product
    out.tally[c.N_ORDERS] = n + 1
    out.flags[c.BOUGHT, i] = True
    if promoted > 0.0:
        people.reals[c.NEED, i] = np.float32(
            max(0.0, people.reals[c.NEED, i] - p.buying.borrowed * (1.0 - exp(-promoted)))
        )
    people.counts[c.ORDERS, i] += 1
    lapsed = uniform(stream(seed, _LAPSE, day, 0), i) < people.traits[c.LAPSE, i]
    people.tiny[c.BUYS, i] = LAPSED if lapsed else BUYER
    people.reals[c.RATE, i] = np.float32(0.0) if lapsed else people.reals[c.BUY_RATE, i]


@njit()
def attend(day, seed, people, sales, j, habits, luck, p, out):  # type: ignore[no-untyped-def]
    """Who is at the event and may want something, in order of arrival.

    Returns their rows.  Everybody reached trains his weekly habit.  Nobody is listed whose draw
    is above any chance that he could have (his rate x the cap), which changes nothing.
    """
    row = sales.rows[j]
    there = stream(seed, _PRESENT, day, row.stream)
    arrive = stream(seed, _ARRIVE, day, row.stream)
    one = np.uint32(1)
    habit = habits[row.habit]
    n = 0
    for i in range(people.reals.shape[1]):
        if people.tiny[c.STATUS, i] != MEMBER or not sales.groups[j, people.counts[c.GROUP, i]]:
            continue
        if row.reach < 1.0 and uniform(row.reach_stream, i) >= row.reach:
            continue
        seen = 1 if people.bits[c.LOOKS, i] & np.uint32(row.previewed) else 0
        q = row.presence[people.tiny[c.SLOT, i], seen]
        h = habit[i]
        q = (
            min(p.look.ceiling, q * (1.0 + h))
            if people.bits[c.LOOKS, i] & one
            else q * h * out.reals[c.CHANCE, i]
        )
        present = q > 0.0 and uniform(there, i) < q
        train(habit, i, present, people.traits[c.HABIT_SPEED, i], p.habit.missed)
        if present and not out.flags[c.BOUGHT, i] and buying_draw(luck, i) < p.buying.cap * wants(people, i):
            out.rows[c.QUEUE, n] = i
            n += 1
    persons = out.rows[c.QUEUE, :n]
    times, early = np.empty(n), luck.dials.at[EARLY]
    for k in range(n):
        times[k] = uniform(arrive, persons[k])
        if early >= 0:
            times[k] -= luck.dials.turned[early, persons[k]]
    return persons[in_order(times)]


@njit(inline="always")
def promotion(people, i, sales, j, sold, luck, worn, p):  # type: ignore[no-untyped-def]
    """Log uplift of an offer for who is there: price, advert, scarcity, and those who bought before."""
    u = price_effect(people, i, own_price(sales.rows[j].price, luck, i), p.buying)
    u += advert_effect(people, i, worn, p) + sales.rows[j].cue
    if sold > 0:
        u += p.buying.first_buyer + p.buying.more_buyers * LOG_COUNT[min(sold, 512)]
    return u


@njit(inline="always")
def wanted(people, i, sales, j, promoted, p):  # type: ignore[no-untyped-def]
    """Hazard of taking an offer, promoted so much: rate x need x uplift, trust included."""
    uplift = sales.appeal[j, people.tiny[c.SEGMENT, i]] * exp(promoted + trust_effect(people, i, p))
    return wants(people, i) * min(p.buying.cap, uplift)


@njit()
def sell(day, seed, people, sales, j, habits, luck, sold, p, out):  # type: ignore[no-untyped-def]
    """A timed offer: each who comes sees how many of his group bought before him; stock goes to the first."""
    worn = log(p.fatigue.response)
    stock = sales.rows[j].stock
    for i in attend(day, seed, people, sales, j, habits, luck, p, out):
        g = people.counts[c.GROUP, i]
        # fatigue shrinks the announcement's own log effect: ln 1.8 x .85^f e^-A
        promoted = promotion(people, i, sales, j, sold[g], luck, worn, p)
        if buying_draw(luck, i) >= 1.0 - exp(-wanted(people, i, sales, j, promoted, p)):
            continue
        if stock == 0:
            people.reals[c.TRUST, i] = np.float32(max(0.0, people.reals[c.TRUST, i] - p.buying.regret))
            continue
        stock -= 1
        sold[g] += 1
        order(day, seed, people, i, j, 0, sales.rows[j].product, promoted, p, out)


@njit(inline="always")
def _shelf_product(i, segment, key, shelf):  # type: ignore[no-untyped-def]
    """Which product on the shelf, by weight; -1 if none is sold to his segment."""
    u = uniform(key, i)
    for k in range(shelf.below.shape[1]):
        if u < shelf.below[segment, k]:
            return k
    return -1


@njit()
def shop(day, seed, people, shelf, notices, narrow, luck, p, out):  # type: ignore[no-untyped-def]
    """Purchases from the shelf by members and former members who have not bought at an event today.

    One of the products sold to his segment is picked by its appeal.
    """
    key = stream(seed, _SHELF, day, 0)
    worn = log(p.fatigue.response)
    one = np.uint32(1)
    for i in range(people.reals.shape[1]):
        if people.tiny[c.STATUS, i] == STRANGER or out.flags[c.BOUGHT, i]:
            continue
        basis = wants(people, i) * shelf.factor[people.tiny[c.SEGMENT, i]]
        draw = buying_draw(luck, i)
        if draw >= p.buying.cap * basis:
            continue
        k = _shelf_product(i, people.tiny[c.SEGMENT, i], key, shelf)
        if k < 0:
            continue
        aware = p.buying.aware
        promoted = price_effect(people, i, own_price(0.0, luck, i), p.buying)
        if people.tiny[c.STATUS, i] != LEFT:
            aware += (1.0 - p.buying.aware) * min(1.0, people.reals[c.ACTIVITY, i] / p.buying.aware_activity)
            g = people.counts[c.GROUP, i]
            if people.bits[c.LOOKS, i] & one:
                seen = notices[c.POSTS, g] + narrow_posts(i, g, narrow, False)
                if seen > 0.0:
                    promoted += advert_effect(people, i, worn, p)
        uplift = min(p.buying.cap, exp(promoted + trust_effect(people, i, p)))
        if draw < 1.0 - exp(-basis * aware * uplift):
            order(day, seed, people, i, SHELF, 0, k, promoted, p, out)
