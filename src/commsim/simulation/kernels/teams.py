"""Group buying: teams gather along the ties of friends, fill or fail within the window."""

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform_pair
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import TEAM
from commsim.simulation.kernels.attending import attend, minute_of
from commsim.simulation.kernels.buying import NO_MINUTE, customer, luck_of, order
from commsim.simulation.kernels.selling import in_mind, logs, promotion, takes_up
from commsim.simulation.kernels.sorting import in_order
from commsim.simulation.kernels.streams import stream
from commsim.simulation.kernels.uplifts import elsewhere, offer, own_price, trust_effect
from commsim.simulation.state import LAPSED

_ASK, _PICK = int(Purpose.ASK), int(Purpose.PICK)
# The chances to join (group_buying.accept, .accept_late) are a mean member's, seen at the discounts that are
# usual in group buying; that these are a fifth off, ln 0.8, is assumed (grade D).
_USUAL_PRICE = -0.2231435513142097
_MOST_PULL = 1.5


@borrowing
def _largest(sizes, j):  # type: ignore[no-untyped-def]
    """Size at which a team is full: the last rung of its ladder."""
    most = 0
    for r in range(sizes.shape[1]):
        most = max(most, sizes[j, r])
    return most


@njit(inner=True)
def _choose(i, asks, graph, people, pick, weight, chosen):  # type: ignore[no-untyped-def]
    """The friends asked: those with the highest draws of the pair; the last partner seldom again."""
    offsets, neighbours = graph
    friends = neighbours[offsets[i] : offsets[i + 1]]
    draws = np.empty(len(friends))
    for k in range(len(friends)):
        draws[k] = uniform_pair(pick, i, friends[k])
        if friends[k] == people.counts[c.PARTNER, i] and draws[k] > weight:
            draws[k] = -1.0
    ranked = in_order(draws, len(draws))
    n = 0
    for r in range(min(asks, len(friends))):
        k = ranked[len(friends) - 1 - r]
        if draws[k] >= 0.0:
            chosen[n] = friends[k]
            n += 1
    return n


@njit(inline="always")
def _readiness(rate, power):  # type: ignore[no-untyped-def]
    """How readily somebody with such a rate of buying joins a team."""
    return exp(power * log(rate)) if rate > 0.0 or power == 0.0 else 0.0


@njit()
def mean_readiness(rates, power):  # type: ignore[no-untyped-def]
    """Over all who buy at all; 1 where nobody does."""
    total, n = 0.0, 0
    for rate in rates:
        if rate > 0.0:
            total += _readiness(rate, power)
            n += 1
    return total / n if n > 0 else 1.0


@borrowing
def _pull(people, f, price, j, luck, p, out):  # type: ignore[no-untyped-def]
    """Factor on a friend's chance to join: by price, against the usual in teams; need, rate and trust.

    Where they buy elsewhere too, the usual price of teams is what others' are against.
    """
    against = own_price(price, j, luck, f) - _USUAL_PRICE
    pull = min(_MOST_PULL, exp(-people.traits[c.ELASTICITY, f] * against))
    pull *= people.reals[c.NEED, f] * _readiness(people.reals[c.RATE, f], p.invite.team_rate)
    goodwill = trust_effect(people.reals[c.TRUST, f], p.buying.trust, p.trust.start, p.trust.scale)
    uplift = goodwill - people.traits[c.ELASTICITY, f] * against
    offer(uplift, luck.dials, f, out)
    goodwill -= elsewhere(uplift, luck.dials, f)
    pull *= exp(goodwill)
    at = luck.dials.at[TEAM]
    return pull * exp(luck.dials.turned[at, f]) if at >= 0 else pull


@borrowing
def _open(people, f, outside, sales, j, out):  # type: ignore[no-untyped-def]
    """Whether a friend can join a team today."""
    if out.flags[c.BOUGHT, f] or out.flags[c.TEAMED, f] or sales.appeal[j, people.tiny[c.CUSTOMER, f]] <= 0.0:
        return False
    if people.tiny[c.STATUS, f] == MEMBER:
        return people.tiny[c.BUYS, f] != LAPSED
    return outside and people.tiny[c.STATUS, f] == STRANGER and people.shorts[c.DUE, f] < 0


@borrowing
def _gather(day, seed, launcher, people, graph, sales, j, luck, p, out, team, waiting, chosen):  # type: ignore[no-untyped-def]
    """Grow one team from its launcher; returns its size.

    Whoever joins asks their own friends with part of the effort; those who wait for a sure thing join once
    the first rung is reached.  j: row of the sale.  team: gets rows of (who joined, who asked them), in the
    order of joining.  waiting, chosen: room for those who wait, and for the friends whom one person asks.
    """
    ask, pick = stream(seed, _ASK, day, sales.rows[j].stream), stream(seed, _PICK, day, sales.rows[j].stream)
    asks, first = sales.rows[j].asks, sales.sizes[j, 0]
    most = _largest(sales.sizes, j)
    # The team is its own queue: `at` is the next of those who have joined to ask friends, so that friends of
    # the launcher come before friends of friends, and a full team stops asking.
    team[0, 0], team[0, 1] = launcher, -1
    out.flags[c.TEAMED, launcher] = True
    size, waits, at = 1, 0, 0
    while at < size and size < most:
        i = team[at, 0]
        effort = asks if at == 0 else int(asks * p.invite.spread_effort + 0.5)
        for k in range(_choose(i, effort, graph, people, pick, p.invite.last_partner, chosen)):
            f = chosen[k]
            if size >= most or not _open(people, f, sales.rows[j].outside, sales, j, out):
                continue
            # One draw a pair decides both: below `yes` they join at once, below `wait` once the team is safe.
            u, pull = uniform_pair(ask, i, f), _pull(people, f, sales.rows[j].price, j, luck, p, out)
            if u < sales.rows[j].yes * pull or (u < sales.rows[j].wait * pull and size >= first):
                team[size, 0], team[size, 1] = f, i
                out.flags[c.TEAMED, f] = True
                size += 1
            elif u < sales.rows[j].wait * pull and waits < len(waiting):
                waiting[waits, 0], waiting[waits, 1] = f, i
                waits += 1
        at += 1
        if size >= first:
            for k in range(waits):  # who waits may have joined since, asked by another
                if size < most and _open(people, waiting[k, 0], sales.rows[j].outside, sales, j, out):
                    team[size, 0], team[size, 1] = waiting[k, 0], waiting[k, 1]
                    out.flags[c.TEAMED, waiting[k, 0]] = True
                    size += 1
            waits = 0
    return size


@borrowing
def _settle(day, seed, people, sales, j, team, size, promoted, luck, p, out):  # type: ignore[no-untyped-def]
    """Close a team: orders at the highest rung reached, and strangers bound for the group; else nothing.

    It is known when it was launched, not when others joined.
    """
    rung = -1
    for r in range(sales.sizes.shape[1]):
        if 0 < sales.sizes[j, r] <= size:
            rung = r
    out.tally[c.N_TEAMS] += 1
    if rung < 0:
        out.tally[c.N_FAILED] += 1
        return 0
    for k in range(size):
        i = team[k, 0]
        minute = NO_MINUTE
        if k > 0:  # who joins is tempted by the price as who launches, and borrows as much from later
            promoted = promotion(people, i, sales, j, 0, luck, p)
        else:
            minute = minute_of(day, seed, i, sales.rows[j], luck, p.look.rush, False)
        stays = customer(day, seed, people, i, sales.rows[j].sample, p)
        order(people, i, j, rung, sales.rows[j].product, promoted, minute, stays, p, out)
        if k > 0:
            people.counts[c.PARTNER, i], people.counts[c.PARTNER, team[k, 1]] = team[k, 1], i
        if people.tiny[c.STATUS, i] == STRANGER:
            people.shorts[c.DUE, i], people.counts[c.INVITER, i], people.shorts[c.JOIN_CAUSE, i] = (
                day + 1,
                team[k, 1],
                sales.rows[j].cause,
            )
            n = out.tally[c.N_INVITED]
            out.rows[c.INVITED, n] = i
            out.tally[c.N_INVITED] = n + 1
    return size


@njit()
def gather_teams(day, handle, j):  # type: ignore[no-untyped-def]
    """A team offer, the j-th sale by its hour: who launches decides as for one at the first rung's price."""
    state, today = handle.state, handle.today
    seed, people, graph, p, out = state.seed, state.people, state.graph, state.params[0], state.out
    sales, habits, luck = today.sales, today.habits, luck_of(day, seed, today.dials)
    sold = out.by_group[c.SOLD]
    sold[:] = 0
    by = logs(p)
    most = _largest(sales.sizes, j)
    team, waiting = np.empty((most, 2), np.int64), np.empty((64, 2), np.int64)
    chosen = np.empty(max(1, sales.rows[j].asks), np.int64)
    for i in attend(day, seed, people, sales, j, habits, luck, p, out):
        if out.flags[c.BOUGHT, i] or out.flags[c.TEAMED, i]:
            continue
        g = people.counts[c.GROUP, i]
        seen = sold[g] + luck.dials.shown[g] + in_mind(luck, i)
        promoted = promotion(people, i, sales, j, seen, luck, p)
        if not takes_up(people, i, sales, j, promoted, by, luck, p, out):
            continue
        size = _gather(day, seed, i, people, graph, sales, j, luck, p, out, team, waiting, chosen)
        sold[g] += _settle(day, seed, people, sales, j, team, size, promoted, luck, p, out)
