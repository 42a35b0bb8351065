"""What a person would order today at usual prices, by themselves: the hazard of their needs."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.compiled import vectorize
from commsim.core.maths import exp, log
from commsim.simulation.mechanics import Home


def usual_hazard(home: Home, rows: Ints) -> Floats:
    """Of some persons, by row: rate x need x what is sold that suits them, moved by trust and touch alone."""
    people, b, t = home.people, home.scenario.behaviour.buying, home.scenario.behaviour.trust
    wants = (people.rate[rows] * people.need[rows] * people.referral[rows]).astype(np.float64)
    wants = wants * home.state.shelf.factor[people.customer[rows]]
    trust = (people.trust[rows].astype(np.float64) - t.start) / t.scale
    goodwill = b.trust * np.minimum(1.0, np.maximum(-2.0, trust))
    touch = np.minimum(1.0, people.contact[rows].astype(np.float64) / b.touch_full)
    goodwill += log(1.0 + b.touch) * touch
    return np.asarray(wants * exps(goodwill))


@vectorize(["float64(float64)"])
def exps(values):  # type: ignore[no-untyped-def]
    """`commsim.core.maths.exp` of each."""
    return exp(values)


@vectorize(["float64(float64)"])
def logs(values):  # type: ignore[no-untyped-def]
    """`commsim.core.maths.log` of each."""
    return log(values)
