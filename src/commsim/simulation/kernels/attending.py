"""Who comes to a sale: whom it reaches, who is present, who may want something, and when they arrive."""

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import AWAY, EARLY
from commsim.simulation.kernels.blocks import BLOCK, all_strangers, block_at, list_rows
from commsim.simulation.kernels.buying import SLACK, most_nudged
from commsim.simulation.kernels.habits import trained
from commsim.simulation.kernels.sorting import in_order
from commsim.simulation.kernels.streams import stream

_PRESENT, _ARRIVE = int(Purpose.PRESENT), int(Purpose.ARRIVE)


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


@borrowing
def _knowing(people, at, sales, j, knows):  # type: ignore[no-untyped-def]
    """Mark who looked in on a day on which a post that reached them told of the sale."""
    looks, group = people.bits[c.LOOKS, at], people.counts[c.GROUP, at]
    previewed, one, first = np.uint32(sales.rows[j].previewed), np.uint32(1), at.start
    for k in range(len(looks)):
        knows[k] = (looks[k] & previewed) != 0
    for h in range(sales.number[1]):
        if sales.hints[h].sale != j:
            continue
        days, audience = np.uint32(sales.hints[h].days), sales.hints[h].audience
        for k in range(len(looks)):
            read = ((looks[k] >> days) & one != 0) & sales.hinted[h, group[k]]
            knows[k] |= read & (audience < 0 or sales.persons[audience, first + k])


@borrowing
def _reached(people, at, sales, j, chances, knows, chance, found):  # type: ignore[no-untyped-def]
    """Mark the members whom the announcement reaches; ``chance`` of being there, if they look in."""
    row = sales.rows[j]
    group, status, slot = people.counts[c.GROUP, at], people.tiny[c.STATUS, at], people.tiny[c.SLOT, at]
    for k in range(len(status)):
        found[k] = (status[k] == MEMBER) & sales.groups[j, group[k]]
        chance[k] = chances[group[k], slot[k], 1 if knows[k] else 0]
    if row.audience >= 0:
        for k in range(len(status)):
            found[k] &= sales.persons[row.audience, at.start + k]


@borrowing
def _heed(people, at, sales, j, look, knows, chance):  # type: ignore[no-untyped-def]
    """Raise the chance of those whom calls have reached that not everybody heard."""
    row, group, slot = sales.rows[j], people.counts[c.GROUP, at], people.tiny[c.SLOT, at]
    for k in range(len(group)):
        called = 0.0
        for h in range(sales.number[2]):
            if sales.some[h].sale == j and sales.persons[sales.some[h].audience, at.start + k]:
                called += sales.some_called[h, group[k]]
        if called > 0.0:
            rate = row.attendance[slot[k]] * (1.0 + (sales.calls[j, group[k]] + called))
            chance[k] = 1.0 - exp(-rate * (1.0 + look.preview) if knows[k] else -rate)


@borrowing
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


@borrowing
def _wanting(people, at, sample, bought, found):  # type: ignore[no-untyped-def]
    """Unmark who bought today or wants no such goods."""
    rate, need, referral = people.reals[c.RATE, at], people.reals[c.NEED, at], people.reals[c.REFERRAL, at]
    for k in range(len(rate)):
        found[k] &= (not bought[k]) & ((rate[k] * need[k] * referral[k] > 0.0) | (sample > 0.0))


@borrowing
def _lucky(people, at, luck, cap, sample, found):  # type: ignore[no-untyped-def]
    """Unmark whose draw is above any chance they could have: their rate x the cap, times nudges."""
    rate, need, referral = people.reals[c.RATE, at], people.reals[c.NEED, at], people.reals[c.REFERRAL, at]
    more, first = exp(most_nudged(luck, at)), at.start
    for k in range(len(rate)):
        most = (cap * (rate[k] * need[k] * referral[k]) + sample) * more
        found[k] &= uniform(luck.key, first + k) < most + SLACK


@borrowing
def _arrival(i, key, luck):  # type: ignore[no-untyped-def]
    """When a person comes to a sale: a draw, from which the dial is taken off."""
    u, early = uniform(key, i), luck.dials.at[EARLY]
    return u - luck.dials.turned[early, i] if early >= 0 else u


@borrowing
def minute_of(day, seed, i, row, luck, rush, late):  # type: ignore[no-untyped-def]
    """Whole minutes from the opening of a sale to a person's arrival: most come soon, and fewer later.

    late: it is their second look, in the minutes that are counted down, in the order of the first.
    """
    u = min(1.0, max(0.0, _arrival(i, stream(seed, _ARRIVE, day, row.stream), luck)))
    if late:
        return np.int64(max(0.0, 60.0 * row.hours - row.countdown) + u * min(60.0 * row.hours, row.countdown))
    left = (1.0 - u) + u * exp(-row.hours / rush)
    return np.int64(-60.0 * rush * log(left))


@njit(inner=True)
def attend(day, seed, people, sales, j, habits, luck, p, out):  # type: ignore[no-untyped-def]
    """Who is at the sale and may want something, in order of arrival.

    Returns their rows, and notes how many are there at all.  Everybody reached trains their habits.
    Nobody is listed whose draw is above any chance that they could have, which changes nothing; where people
    buy elsewhere too, all who want such goods at all are, since what an offer takes from others is counted.
    """
    row = sales.rows[j]
    there = stream(seed, _PRESENT, day, row.stream)
    arrive = stream(seed, _ARRIVE, day, row.stream)
    chances, knows = _chances(sales, j, p.look), np.empty(BLOCK, np.bool_)
    chance, found = np.empty(BLOCK), np.empty(BLOCK, np.bool_)
    n, persons, there_in_all = 0, len(people.muted), 0
    for first in range(0, persons, BLOCK):
        at = block_at(first, persons)
        if all_strangers(people.tiny[c.STATUS, at]):
            continue
        _knowing(people, at, sales, j, knows)
        _reached(people, at, sales, j, chances, knows, chance, found)
        if sales.number[2] > 0:
            _heed(people, at, sales, j, p.look, knows, chance)
        trained_here, trained_any = habits[row.habit, at], habits[row.any_habit, at]
        _present(people, at, there, trained_here, trained_any, out.reals[c.CHANCE, at], p, chance, found)
        for k in range(at.stop - first):
            there_in_all += found[k]
        _wanting(people, at, row.sample, out.flags[c.BOUGHT, at], found)
        if luck.dials.at[AWAY] < 0:
            _lucky(people, at, luck, p.buying.cap, row.sample, found)
        n = list_rows(found[: at.stop - first], first, out.rows[c.QUEUE], n)
    sales.there[j] = there_in_all
    persons = out.rows[c.QUEUE, :n]
    times = np.empty(n)
    for k in range(n):
        times[k] = _arrival(persons[k], arrive, luck)
    return persons[in_order(times, n)]
