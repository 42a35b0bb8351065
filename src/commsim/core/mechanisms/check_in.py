"""The daily check-in, as strategies see it."""

from typing import Annotated

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Share, Within
from commsim.core.mechanism import Event, Mechanism


@effect(word="check_in", cost=DEPENDS)
class CheckIn(Effect):
    """The daily check-in is open; who does it is told as `CHECKED_IN`.

    pull: per person, log-odds added to the chance of checking in (nearness of a prize, a
    broken streak).  The base chance of a looker is ``base``; habit adds to it.
    """

    base: Share
    pull: Annotated[Floats, Within(-30, 30)]


CHECKED_IN = Event("checked_in", "members who checked in")
CHECK_IN = Mechanism(
    "check_in",
    "A daily check-in, whose habit brings people to look in.",
    engine="commsim.simulation.mechanisms.check_in:CheckIns",
    events=(CHECKED_IN,),
    daily=(Column("checked_in", np.int32, "members who checked in"),),
)
