"""From a need to an order: sales in order of arrival, then the shelf."""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.compiled import njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import LOG_COUNT, exp, log
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import BUY, EARLY, PRICE, Dials
from commsim.simulation.kernels.blocks import BLOCK, all_strangers, block_at, list_rows
from commsim.simulation.kernels.looking import received
from commsim.simulation.kernels.sorting import in_order
from commsim.simulation.kernels.streams import stream
from commsim.simulation.state import BUYER, LAPSED

_PRESENT, _ARRIVE = int(Purpose.PRESENT), int(Purpose.ARRIVE)
_SHELF, _LAPSE = int(Purpose.SHELF), int(Purpose.LAPSE)
_SAMPLE = int(Purpose.SAMPLE)
# typed, or `order` is compiled once for each number
SHELF, NO_MINUTE, _FIRST_RUNG = np.int64(-1), np.int64(-1), np.int64(0)
_SLACK = 1e-9  # far above the error of `exp`


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
    """Orders a day at the usual price, unprompted: the person's rate x need, and what a referral adds."""
    return people.reals[c.RATE, i] * people.reals[c.NEED, i] * people.reals[c.REFERRAL, i]


@njit(inline="always")
def buying_draw(luck, i):  # type: ignore[no-untyped-def]
    """A person's luck with buying today: they buy if it is below the chance of their hazard.

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
def trained(habit, done, speed, missed):  # type: ignore[no-untyped-def]
    """A habit grows with every occasion that is used and hardly suffers from one that is missed."""
    return habit + np.float32(speed * (1.0 - habit)) if done else habit * np.float32(1.0 - missed)


@njit(inline="always")
def price_effect(elasticity, reference, price, gain, loss):  # type: ignore[no-untyped-def]
    """Log uplift of a price (log ratio to the usual one): elasticity, and gain or loss on the reference."""
    against = price - reference
    return -elasticity * price - (gain if against < 0.0 else loss) * against


@njit(inline="always")
def trust_effect(trust, effect, usual, scale):  # type: ignore[no-untyped-def]
    """Log uplift of trust, by its distance from the usual in standard deviations."""
    return effect * min(1.0, max(-2.0, (trust - usual) / scale))


@njit(inline="always")
def touch_effect(contact, effect, full):  # type: ignore[no-untyped-def]
    """Log uplift of being in touch with a run group, in full from some contact on."""
    return effect * min(1.0, contact / full)


@njit(inline="always")
def advert_effect(fatigue, annoyance, advert, worn):  # type: ignore[no-untyped-def]
    """Log uplift of having seen an advert today, worn by passing and lasting fatigue."""
    return advert * exp(fatigue * worn - annoyance)


@njit(inline="always")
def customer(day, seed, people, i, sample, p):  # type: ignore[no-untyped-def]
    """Whether an order makes a customer of who was none; a sample, which is noted, does so by chance."""
    if sample == 0.0:
        return True
    people.tiny[c.SAMPLED, i] = 1
    return uniform(stream(seed, _SAMPLE, day, 0), i) < p.buying.sample_convert


@njit()
def order(people, i, sale, rung, product, promoted, minute, stays, p, out):  # type: ignore[no-untyped-def]
    """Place an order: need is used up beyond what was wanted; who was no customer is one now, if they stay.

    promoted: log uplift by price, scarcity and others' orders, part of which is borrowed from later.
    minute: since the opening of the sale, or `NO_MINUTE`.
    """
    n = out.tally[c.N_ORDERS]
    out.rows[c.ORDER_PERSON, n], out.rows[c.ORDER_MINUTE, n] = i, minute
    out.shorts[c.ORDER_SALE, n], out.shorts[c.ORDER_RUNG, n] = sale, rung
    out.shorts[c.ORDER_PRODUCT, n] = product
    out.tally[c.N_ORDERS] = n + 1
    out.flags[c.BOUGHT, i] = True
    if promoted > 0.0:
        people.reals[c.NEED, i] = np.float32(
            max(0.0, people.reals[c.NEED, i] - p.buying.borrowed * (1.0 - exp(-promoted)))
        )
    people.counts[c.ORDERS, i] += 1
    if stays:
        people.tiny[c.BUYS, i] = BUYER
        people.reals[c.RATE, i] = people.reals[c.BUY_RATE, i]


@njit(inline="always")
def _draw(luck, at, draws):  # type: ignore[no-untyped-def]
    """Everybody's luck with buying in a block, before nudges."""
    first = at.start
    for k in range(at.stop - first):
        draws[k] = uniform(luck.key, first + k)


@njit(inline="always")
def _nudge(luck, at, draws):  # type: ignore[no-untyped-def]
    """From their luck to `buying_draw` of everybody in a block."""
    if luck.dials.at[BUY] >= 0:
        odds = luck.dials.turned[luck.dials.at[BUY], at]
        for k in range(len(odds)):
            draws[k] = 1.0 - exp(log(1.0 - draws[k]) * exp(-odds[k]))


@njit(inline="always")
def _chances(sales, j, look):  # type: ignore[no-untyped-def]
    """Chances of being at a sale, given a look: by group, favourite part of the day, and knowing of it."""
    chances, rate = np.empty((sales.calls.shape[1], 4, 2)), sales.rows[j].attendance
    for g in range(len(chances)):
        called = 1.0 + sales.calls[j, g]
        for slot in range(4):
            chances[g, slot, 0] = 1.0 - exp(-rate[slot] * called)
            chances[g, slot, 1] = 1.0 - exp(-rate[slot] * called * (1.0 + look.preview))
    return chances


@njit(inline="always")
def _knowing(people, at, sales, j, knows):  # type: ignore[no-untyped-def]
    """Mark who looked in on a day on which a post that reached them told of the sale."""
    looks, group = people.bits[c.LOOKS, at], people.counts[c.GROUP, at]
    previewed, one, first = np.uint32(sales.rows[j].previewed), np.uint32(1), at.start
    for k in range(len(looks)):
        knows[k] = (looks[k] & previewed) != 0
    for h in range(sales.number[1]):
        if sales.hints[h].sale != j:
            continue
        days, reach, key = np.uint32(sales.hints[h].days), sales.hints[h].reach, sales.hints[h].stream
        for k in range(len(looks)):
            read = ((looks[k] >> days) & one != 0) & sales.hinted[h, group[k]]
            knows[k] |= read & (uniform(key, first + k) < reach)


@njit(inline="always")
def _reached(people, at, sales, j, chances, knows, chance, found):  # type: ignore[no-untyped-def]
    """Mark the members whom the announcement reaches; ``chance`` of being there, if they look in."""
    row = sales.rows[j]
    group, status, slot = people.counts[c.GROUP, at], people.tiny[c.STATUS, at], people.tiny[c.SLOT, at]
    for k in range(len(status)):
        found[k] = (status[k] == MEMBER) & sales.groups[j, group[k]]
        chance[k] = chances[group[k], slot[k], 1 if knows[k] else 0]
    if row.reach < 1.0:
        for k in range(len(status)):
            found[k] &= uniform(row.reach_stream, at.start + k) < row.reach


@njit(inline="always")
def _present(people, at, there, habit, any_habit, likely, p, chance, found):  # type: ignore[no-untyped-def]
    """Mark who of those reached is there, as looker or by habit alone; all of them train their habits.

    habit: of this weekday and hour.  any_habit: of the strategy at any, part of which holds here.
    """
    looks, speed, first = people.bits[c.LOOKS, at], people.traits[c.HABIT_SPEED, at], at.start
    ceiling, missed, transfer, one = p.look.ceiling, p.habit.missed, p.habit.transfer, np.uint32(1)
    for k in range(len(looks)):
        h = habit[k] + transfer * max(0.0, any_habit[k] - habit[k])
        q = chance[k]
        q = min(ceiling, q * (1.0 + h)) if looks[k] & one else q * h * likely[k]
        present = uniform(there, first + k) < q
        habit[k] = trained(habit[k], present, speed[k], missed) if found[k] else habit[k]
        any_habit[k] = trained(any_habit[k], present, speed[k], missed) if found[k] else any_habit[k]
        found[k] &= present


@njit(inline="always")
def _wanting(people, at, draws, cap, sample, bought, found):  # type: ignore[no-untyped-def]
    """Unmark who bought today or whose draw is above any chance they could have: their rate x the cap."""
    rate, need, referral = people.reals[c.RATE, at], people.reals[c.NEED, at], people.reals[c.REFERRAL, at]
    for k in range(len(rate)):
        found[k] &= (not bought[k]) & (draws[k] < cap * (rate[k] * need[k] * referral[k]) + sample)


@njit(inline="always")
def _arrival(i, key, luck):  # type: ignore[no-untyped-def]
    """When a person comes to a sale: a draw, from which the dial is taken off."""
    u, early = uniform(key, i), luck.dials.at[EARLY]
    return u - luck.dials.turned[early, i] if early >= 0 else u


@njit()
def minute_of(day, seed, i, row, luck, rush):  # type: ignore[no-untyped-def]
    """Whole minutes from the opening of a sale to a person's arrival: most come soon, and fewer later."""
    u = min(1.0, max(0.0, _arrival(i, stream(seed, _ARRIVE, day, row.stream), luck)))
    left = (1.0 - u) + u * exp(-row.hours / rush)
    return np.int64(-60.0 * rush * log(left))


@njit()
def attend(day, seed, people, sales, j, habits, luck, p, out):  # type: ignore[no-untyped-def]
    """Who is at the sale and may want something, in order of arrival.

    Returns their rows.  Everybody reached trains their habits.  Nobody is listed whose draw
    is above any chance that they could have, which changes nothing.
    """
    row = sales.rows[j]
    there = stream(seed, _PRESENT, day, row.stream)
    arrive = stream(seed, _ARRIVE, day, row.stream)
    chances, knows = _chances(sales, j, p.look), np.empty(BLOCK, np.bool_)
    chance, draws, found = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK, np.bool_)
    n, persons = 0, len(people.muted)
    for first in range(0, persons, BLOCK):
        at = block_at(first, persons)
        if all_strangers(people.tiny[c.STATUS, at]):
            continue
        _knowing(people, at, sales, j, knows)
        _reached(people, at, sales, j, chances, knows, chance, found)
        trained_here, trained_any = habits[row.habit, at], habits[row.any_habit, at]
        _present(people, at, there, trained_here, trained_any, out.reals[c.CHANCE, at], p, chance, found)
        _draw(luck, at, draws)
        _nudge(luck, at, draws)
        _wanting(people, at, draws, p.buying.cap, row.sample, out.flags[c.BOUGHT, at], found)
        n = list_rows(found[: at.stop - first], first, out.rows[c.QUEUE], n)
    persons = out.rows[c.QUEUE, :n]
    times = np.empty(n)
    for k in range(n):
        times[k] = _arrival(persons[k], arrive, luck)
    return persons[in_order(times, n)]


@njit(inline="always")
def promotion(people, i, sales, j, sold, luck, p):  # type: ignore[no-untyped-def]
    """Log uplift of an offer that borrows from later: price, scarcity, and those who bought before."""
    elasticity, reference, b = people.traits[c.ELASTICITY, i], people.reals[c.REFERENCE, i], p.buying
    price = own_price(sales.rows[j].price, luck, i)
    u = price_effect(elasticity, reference, price, b.reference_gain, b.reference_loss) + sales.rows[j].cue
    if sold > 0:
        u += p.buying.first_buyer + p.buying.more_buyers * LOG_COUNT[min(sold, 512)]
    return u


@njit(inline="always")
def wanted(people, i, sales, j, promoted, worn, p):  # type: ignore[no-untyped-def]
    """Hazard of taking an offer, promoted so much, of who is there: rate x need x uplift, and a first sample.

    The announcement works on them like an advert, beside trust, touch and what is left of earlier adverts.
    """
    fatigue, annoyance = people.reals[c.FATIGUE, i], people.reals[c.ANNOYANCE, i]
    goodwill = trust_effect(people.reals[c.TRUST, i], p.buying.trust, p.trust.start, p.trust.scale)
    goodwill += touch_effect(people.reals[c.CONTACT, i], log(1.0 + p.buying.touch), p.buying.touch_full)
    goodwill += people.reals[c.ADSTOCK, i]
    goodwill += advert_effect(fatigue, annoyance, log(p.buying.advert), worn)
    appeal = sales.appeal[j, people.tiny[c.SEGMENT, i]]
    sample = sales.rows[j].sample if appeal > 0.0 and people.tiny[c.SAMPLED, i] == 0 else 0.0
    return wants(people, i) * min(p.buying.cap, appeal * exp(promoted + goodwill)) + sample


@njit()
def sell(day, seed, people, sales, j, habits, luck, sold, p, out):  # type: ignore[no-untyped-def]
    """A timed offer: each who comes sees how many of their group bought before; stock goes to the first."""
    worn = log(p.fatigue.response)
    stock = sales.rows[j].stock
    for i in attend(day, seed, people, sales, j, habits, luck, p, out):
        g = people.counts[c.GROUP, i]
        promoted = promotion(people, i, sales, j, sold[g], luck, p)
        if buying_draw(luck, i) >= 1.0 - exp(-wanted(people, i, sales, j, promoted, worn, p)):
            continue
        if stock == 0:
            people.reals[c.TRUST, i] = np.float32(max(0.0, people.reals[c.TRUST, i] - p.buying.regret))
            continue
        stock -= 1
        sold[g] += 1
        stays = customer(day, seed, people, i, sales.rows[j].sample, p)
        minute = minute_of(day, seed, np.int64(i), sales.rows[j], luck, p.look.rush)
        order(people, np.int64(i), j, _FIRST_RUNG, sales.rows[j].product, promoted, minute, stays, p, out)


@njit(inline="always")
def _shelf_product(i, segment, key, shelf):  # type: ignore[no-untyped-def]
    """Which product on the shelf, by weight; -1 if none is sold to their segment."""
    u = uniform(key, i)
    for k in range(shelf.below.shape[1]):
        if u < shelf.below[segment, k]:
            return k
    return -1


@njit(inline="always")
def _prices(people, at, dials, p, promoted):  # type: ignore[no-untyped-def]
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


@njit(inline="always")
def _goodwill(people, at, p, goodwill):  # type: ignore[no-untyped-def]
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


@njit(inline="always")
def _see_adverts(people, at, posts, narrow, p, seen, goodwill):  # type: ignore[no-untyped-def]
    """Add the log uplift of an advert for those members who saw one today."""
    received(people, at, posts, narrow, seen)
    status, looks = people.tiny[c.STATUS, at], people.bits[c.LOOKS, at]
    fatigue, annoyance = people.reals[c.FATIGUE, at], people.reals[c.ANNOYANCE, at]
    advert, worn = log(p.buying.advert), log(p.fatigue.response)
    for k in range(len(status)):
        saw = (status[k] == MEMBER) & ((looks[k] & np.uint32(1)) != 0) & (seen[k] > 0.0)
        effect = advert_effect(fatigue[k], annoyance[k], advert, worn)  # for all: a branch costs more
        goodwill[k] += effect if saw else 0.0


@njit(inline="always")
def _hazards(people, at, shelf, promoted, goodwill, p, hazard):  # type: ignore[no-untyped-def]
    """Hazards of buying from the shelf today."""
    segment, rate, need = people.tiny[c.SEGMENT, at], people.reals[c.RATE, at], people.reals[c.NEED, at]
    referral, cap = people.reals[c.REFERRAL, at], p.buying.cap
    for k in range(len(segment)):
        hazard[k] = shelf.factor[segment[k]]
    for k in range(len(segment)):
        uplift = min(cap, exp(promoted[k] + goodwill[k]))
        hazard[k] = rate[k] * need[k] * referral[k] * hazard[k] * uplift


@njit(inline="always")
def _would_order(people, at, luck, due):  # type: ignore[no-untyped-def]
    """Mark who would order today if nothing had ever disturbed them: by the same luck as their orders."""
    usual = people.reals[c.USUAL, at]
    for k in range(len(usual)):
        due[k] = luck[k] < usual[k]


@njit(inline="always")
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
def shop(day, seed, people, shelf, notices, narrow, luck, p, out):  # type: ignore[no-untyped-def]
    """Purchases from the shelf by members and former members who have not bought at a sale today; lapses.

    One of the products sold to their segment is picked by its appeal.
    """
    key, lapsing, persons = stream(seed, _SHELF, day, 0), stream(seed, _LAPSE, day, 0), len(people.muted)
    advertised = len(narrow.rows) > 0
    for g in range(notices.shape[1]):
        advertised |= notices[c.POSTS, g] > 0.0
    draws, due = np.empty(BLOCK), np.empty(BLOCK, np.bool_)
    promoted, goodwill, hazard = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    for first in range(0, persons, BLOCK):
        at = block_at(first, persons)
        if all_strangers(people.tiny[c.STATUS, at]):
            continue
        _draw(luck, at, draws)
        _would_order(people, at, draws, due)
        _nudge(luck, at, draws)
        _prices(people, at, luck.dials, p, promoted)
        _goodwill(people, at, p, goodwill)
        if advertised:
            _see_adverts(people, at, notices[c.POSTS], narrow, p, hazard, goodwill)
        _hazards(people, at, shelf, promoted, goodwill, p, hazard)
        for k in range(at.stop - first):
            # 1 - exp(-h) is below h, so few are left for whom it has to be known
            if draws[k] > hazard[k] + _SLACK or people.tiny[c.STATUS, first + k] == STRANGER:
                continue
            if out.flags[c.BOUGHT, first + k] or draws[k] >= 1.0 - exp(-hazard[k]):
                continue
            product = _shelf_product(first + k, people.tiny[c.SEGMENT, first + k], key, shelf)
            if product >= 0:
                order(people, first + k, SHELF, _FIRST_RUNG, product, promoted[k], NO_MINUTE, True, p, out)
        n = list_rows(due[: at.stop - first], first, out.rows[c.QUEUE], 0)
        _lapse(people, out.rows[c.QUEUE, :n], lapsing, p.fatigue.to_lapse)
