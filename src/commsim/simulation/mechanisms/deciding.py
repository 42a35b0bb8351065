"""Who takes up an offer that is paid ahead: what it is worth to each against its price, and trust."""

from collections.abc import Iterable

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.core.compiled import borrowing, njit
from commsim.core.maths import exp, log
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home

_EVERYBODY = np.zeros((0, 0), np.bool_)


def fen_by_kind(home: Home) -> Floats:
    """What a customer of each kind spends for each order they want: the mean price on the shelf."""
    shelf, usual = home.state.shelf, home.state.goods.usual
    price, below = np.zeros(len(shelf.factor)), np.zeros(len(shelf.factor))
    for product, fen in enumerate(usual):
        price += (shelf.below[:, product] - below) * fen
        below = shelf.below[:, product]
    return np.asarray(shelf.factor * price)


def for_whom(home: Home, causes: Iterable[int]) -> Bools:
    """Whom each strategy addresses: a row each, and no rows where all of them address everybody."""
    masks = [home.audience(cause) for cause in causes]
    if all(mask is None for mask in masks):
        return _EVERYBODY
    everybody = np.ones(len(home.people.status), np.bool_)
    return np.array([everybody if mask is None else mask for mask in masks])


@borrowing
def fen_a_day(people, i, fen):  # type: ignore[no-untyped-def]
    """What a person spends here a day by themselves, at usual prices; fen: by kind of customer."""
    return np.float64(people.reals[c.RATE, i]) * fen[people.tiny[c.CUSTOMER, i]]


@njit(inline="always")
def chance_of_yes(worth, price, trust, steepness, pull, p):  # type: ignore[no-untyped-def]
    """Chance that a person takes it up: even odds where the worth is the price, none where it is nothing.

    worth, price: fen.  pull: of trust, which counts within -2 and 1 standard deviations, as in buying.
    """
    if worth <= 0.0:
        return 0.0
    t = min(1.0, max(-2.0, (np.float64(trust) - p.trust.start) / p.trust.scale))
    return 1.0 / (1.0 + exp(-(steepness * log(worth / price) + pull * t)))
