"""Coupons that holders pass on to friends, of whom some are not yet members."""

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.compiled import njit
from commsim.core.luck import key, purpose, uniform_pair, uniforms, uniforms_pair
from commsim.core.mechanisms.coupon_behaviour import CouponBehaviour
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home
from commsim.simulation.mechanisms.campaign import Campaign

_PASSES, _TO = purpose("coupons, who passes one on"), purpose("coupons, to which friends")
_JOINS = purpose("coupons, who joins for one")


def pass_on(one: Campaign, holders: Ints, home: Home, b: CouponBehaviour, day: int) -> Ints:
    """Let some of those who got theirs today pass it on; returns who got one from a friend.

    A friend who has or had one gains nothing; a friend outside takes it if they join for it, tomorrow.
    """
    salt, people = int(home.salts[one.cause]), home.people
    passes, to, joins = (key(home.seed, what, day, salt) for what in (_PASSES, _TO, _JOINS))
    givers = holders[uniforms(passes, holders) < b.pass_on]
    found = np.empty((len(givers) * one.terms.friends, 2), np.int64)
    pairs = found[: choose_friends(givers, one.terms.friends, to, *home.state.graph, found)]
    giver, friend = pairs[:, 0], pairs[:, 1]
    outside = (people.status[friend] == STRANGER) & (people.due[friend] < 0)
    outside &= uniforms_pair(joins, giver, friend) < b.joins
    takes = ((people.status[friend] == MEMBER) | outside) & one.may_have(day)[friend]
    whom = home.audience(one.cause, one.terms.reach)
    if whom is not None:
        takes &= whom[friend]
    got, first = np.unique(friend[takes], return_index=True)
    _invite(got, giver[takes][first], outside[takes][first], one.cause, home, day)
    one.give(got, day, passed=True)
    return got


def _invite(got: Ints, by: Ints, outside: Ints, cause: int, home: Home, day: int) -> None:
    """Let friends from outside join tomorrow, brought by who passed it on."""
    people, out = home.people, home.out
    rows = got[outside]
    people.due[rows], people.inviter[rows], people.join_cause[rows] = day + 1, by[outside], cause
    n = out.tally[c.N_INVITED]
    out.invited[n : n + len(rows)] = rows
    out.tally[c.N_INVITED] = n + len(rows)


@njit()
def choose_friends(givers, number, to, offsets, neighbours, found):  # type: ignore[no-untyped-def]
    """So many friends of each giver, those with the lowest draws: rows of (giver, friend); how many."""
    n = 0
    for i in givers:
        low = -1.0
        for _ in range(number):
            best, chosen = 2.0, -1
            for friend in neighbours[offsets[i] : offsets[i + 1]]:
                u = uniform_pair(to, i, friend)
                if low < u < best:
                    best, chosen = u, friend
            if chosen < 0:
                break
            found[n, 0], found[n, 1] = i, chosen
            low, n = best, n + 1
    return n
