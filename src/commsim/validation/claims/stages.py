"""Claims about first effects, stages, and what members buy the second and the third time."""

from dataclasses import dataclass

import numpy as np

from commsim.records.tables import ORDER, event_kinds
from commsim.validation.claims.claim import Claim, Run
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    Minus,
    Per,
    Ratio,
    at_least,
    more,
    negative,
    positive,
)
from commsim.validation.claims.measures import Days, Last

LATE = 60
"""Day of a campaign for friends that waits for the first effects."""
WAIT = 120
"""Days within which the next order counts."""


@dataclass(frozen=True, slots=True)
class FriendsAMember:
    """Friends who accepted, for each member whom a campaign of one day asks: who looks in then."""

    cause: str
    day: int

    def __call__(self, run: Run) -> float:
        of = run.records
        mine = of.events["kind"] == event_kinds().index("invitation")
        friends = np.count_nonzero(of.events["cause"][mine] == of.causes.index(self.cause))
        return float(friends / max(1, of.daily["looked"][self.day]))


@dataclass(frozen=True, slots=True)
class OrdersAgain:
    """Of persons with so many orders (the last one `WAIT` days before the end), who ordered again in time."""

    number: int

    def __call__(self, run: Run) -> float:
        days, followed = _by_person(run), []
        for ordered in days:
            if len(ordered) >= self.number and ordered[self.number - 1] < run.records.days - WAIT:
                next_one = ordered[self.number] if len(ordered) > self.number else np.inf
                followed.append(next_one - ordered[self.number - 1] <= WAIT)
        return float(np.mean(followed))


@dataclass(frozen=True, slots=True)
class LaterOrders:
    """Share of the revenue of customers that comes with their second and later orders."""

    def __call__(self, run: Run) -> float:
        orders = run.records.events["kind"] == ORDER
        persons, fen = run.records.events["person"][orders], run.records.events["fen"][orders]
        _, first = np.unique(persons, return_index=True)
        return 1.0 - float(fen[first].sum()) / float(fen.sum())


def _by_person(run: Run) -> list[np.ndarray]:
    orders = run.records.events["kind"] == ORDER
    persons, days = run.records.events["person"][orders], run.records.events["day"][orders]
    order = np.argsort(persons, kind="stable")
    starts = np.flatnonzero(np.diff(persons[order], prepend=-1))
    return np.split(days[order], starts[1:])


_CAMPAIGN = (
    "products: {coffee: {effect_days: 7}}\ndays: 80\nstrategies: {distributor_rebate: {starts: %d, ends: %d, "
    "warm_up: 0, weekdays: [mon, fri], budget: null}}"
)
_NO_CAMPAIGN = "products: {coffee: {effect_days: 7}}\ndays: 80\nstrategies: []"
_PUT_OUT = "\nbehaviour: {first_effect: {asked: 1, asked_before: 1, pressed: 1}}"
_EARLY, _LATER = FriendsAMember("distributor_rebate", 0), FriendsAMember("distributor_rebate", LATE)
_HALF_YEAR = "days: 180\nproducts: {coffee: {effect_days: %d}}\nstrategies: []"
_JOINED = Days("joined")

_NEW = "days: 365\ncommunity: {segments: {all: {buyers: 0}}}"
_ALIKE = "\nbehaviour: {buying: {shape: 10, trial_shape: 10, lapse_a: 10, lapse_b: 50}}"
"""People who hardly differ in how often they buy, in when they begin, and in when an order is their last."""
_SALE = "days: 187\nrivals: [{name: next door, share: 0.7%s}]\nstrategies: [%s]"
_LOWER = ", sales: [{starts: 180, days: 7, discount: 0.3}]"
_FRIENDLY = "{kind: personal_contact, per_month: 8}"
_THAT_WEEK = Days("orders", 180, 186)

STAGES = (
    Claim(
        "23",
        "Don't ask for friends before trust is there and an effect was seen; that who has seen it brings "
        "more when asked, and who has not leaves, is put in (first_effect.asked, asked_before, pressed).",
        "distributor-rebate",
        {
            "trusted": "community: {segments: {all: {trust: 0.1}}}",
            "doubted": "community: {segments: {all: {trust: -0.1}}}",
            "at once": _CAMPAIGN % (0, 0),
            "after two months": _CAMPAIGN % (LATE, LATE),
            "no campaign": _NO_CAMPAIGN,
            "at once, put out": _CAMPAIGN % (0, 0) + _PUT_OUT,
            "after two months, put out": _CAMPAIGN % (LATE, LATE) + _PUT_OUT,
        },
        (
            more("Joined", _JOINED, "trusted", "doubted"),
            positive(
                "Friends of a member who is asked, after two months minus at once",
                Minus(Level(_LATER, "after two months"), Level(_EARLY, "at once")),
                "persons",
            ),
            positive(
                "Left by a campaign in its first two weeks, at once minus later",
                Minus(
                    Gain(Days("left", 0, 13), "at once", "no campaign"),
                    Gain(Days("left", LATE, LATE + 13), "after two months", "no campaign"),
                ),
                "persons",
            ),
            positive(
                "Of that, by the factors",
                Minus(
                    Minus(Level(_LATER, "after two months"), Level(_EARLY, "at once")),
                    Minus(Level(_LATER, "after two months, put out"), Level(_EARLY, "at once, put out")),
                ),
                "persons",
            ),
        ),
        full=True,
    ),
    Claim(
        "46",
        "Friendship, not cold business: who is close to the operator minds prices less, so that fewer go "
        "when another shop is cheaper; that they do is put in (tie.softens).",
        "unmanaged-group",
        {
            "friends": _SALE % ("", _FRIENDLY),
            "friends, the other cheaper": _SALE % (_LOWER, _FRIENDLY),
            "strangers": _SALE % ("", ""),
            "strangers, the other cheaper": _SALE % (_LOWER, ""),
            "put out": _SALE % ("", _FRIENDLY) + "\nbehaviour: {tie: {softens: 0}}",
            "put out, the other cheaper": _SALE % (_LOWER, _FRIENDLY) + "\nbehaviour: {tie: {softens: 0}}",
        },
        (
            at_least("Tie after half a year", Level(Last("mean_tie"), "friends"), 0.4),
            negative("Lost to the cheaper", Ratio(_THAT_WEEK, "strangers, the other cheaper", "strangers")),
            positive(
                "Of these, kept by friendship",
                Minus(
                    Ratio(_THAT_WEEK, "friends, the other cheaper", "friends"),
                    Ratio(_THAT_WEEK, "strangers, the other cheaper", "strangers"),
                ),
            ),
            positive(
                "Of these, by what is put in",
                Minus(
                    Ratio(_THAT_WEEK, "friends, the other cheaper", "friends"),
                    Ratio(_THAT_WEEK, "put out, the other cheaper", "put out"),
                ),
            ),
        ),
    ),
    Claim(
        "47",
        "Who has seen the effect spreads the word: the sooner it shows, the more friends come unasked; that "
        "they tell of it is put in (first_effect.unasked).",
        "unmanaged-group",
        {
            "after 3 days": _HALF_YEAR % 3,
            "after 45 days": _HALF_YEAR % 45,
            "nobody tells": _HALF_YEAR % 3 + "\nbehaviour: {first_effect: {unasked: 0}}",
        },
        (
            more("Friends unasked", Days("unasked"), "after 3 days", "after 45 days"),
            more("Joined", _JOINED, "after 3 days", "after 45 days"),
            more("Orders", Days("orders"), "after 3 days", "after 45 days"),
            more("Orders, by what is told alone", Days("orders"), "after 3 days", "nobody tells"),
        ),
    ),
    Claim(
        "80",
        "Earn on the second, third and later sale: customers are worth more from order to order, and it is "
        "the order that makes them so more than who they are.",
        "unmanaged-group",
        {"new customers": _NEW, "all alike": _NEW + _ALIKE},
        (
            at_least("Revenue of second and later orders", Level(LaterOrders(), "new customers"), 0.5),
            positive(
                f"Order again within {WAIT} days, after the second minus after the first",
                Minus(Level(OrdersAgain(2), "new customers"), Level(OrdersAgain(1), "new customers")),
            ),
            positive(
                "The same, after the fourth minus after the second",
                Minus(Level(OrdersAgain(4), "new customers"), Level(OrdersAgain(2), "new customers")),
            ),
            at_least(
                "Of the first rise, what is left where people hardly differ: by the order itself",
                Per(
                    Minus(Level(OrdersAgain(2), "all alike"), Level(OrdersAgain(1), "all alike")),
                    Minus(Level(OrdersAgain(2), "new customers"), Level(OrdersAgain(1), "new customers")),
                ),
                0.5,
            ),
        ),
        full=True,
    ),
)
