"""An operator who leaves the groups to themselves from a day on, as readers of results see it."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

BY_ITSELF = Column(
    "by_itself", np.int8, "1 from the day on that the operator leaves the groups to themselves"
)
HANDS_OFF = Mechanism(
    "hands_off",
    "The operator does nothing any more from a day on, and the groups run by themselves as long as they do.",
    engine="commsim.simulation.mechanisms.hands_off:HandsOff",
    daily=(BY_ITSELF,),
    words={"daily.by_itself": ("Left to themselves", "放手自运转")},
)
