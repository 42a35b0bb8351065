"""Who takes up an offer that is paid ahead: what it is worth to each against its price, and trust."""

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.core.compiled import njit
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home


def looking(home: Home) -> Bools:
    """Members who look in today; to be asked from midday on."""
    looks: Bools = (home.people.looks & np.uint32(1)) != 0
    here: Bools = looks & (home.people.status == MEMBER)
    return here


def fen_a_day(home: Home) -> Floats:
    """What each person spends here a day by themselves, at usual prices: rate x mean price on the shelf."""
    shelf, usual = home.state.shelf, home.state.goods.usual
    price, below = np.zeros(len(shelf.factor)), np.zeros(len(shelf.factor))
    for product, fen in enumerate(usual):
        price += (shelf.below[:, product] - below) * fen
        below = shelf.below[:, product]
    rate = home.state.people.reals[c.RATE].astype(np.float64)
    spent: Floats = rate * (shelf.factor * price)[home.people.customer]
    return spent


@njit()
def chances(worth, price, trust, steepness, pull, about, chance):  # type: ignore[no-untyped-def]
    """Chance of yes by person: even odds where the worth is the price; nobody buys what is worth nothing.

    worth, price: fen, one each per person.  trust: by person.  about: usual trust and its standard
    deviation.  Trust counts within -2 and 1 standard deviations, as in buying.
    """
    usual, scale = about
    for i in range(len(chance)):
        chance[i] = 0.0
        if worth[i] > 0.0:
            t = min(1.0, max(-2.0, (trust[i] - usual) / scale))
            chance[i] = 1.0 / (1.0 + exp(-(steepness * log(worth[i] / price[i]) + pull * t)))
