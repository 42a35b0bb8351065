"""How well a plan is carried out, as readers of results see it."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

EXECUTION = Mechanism(
    "execution",
    "How well staff carry a plan out: what they forget, what comes late, how good it is.",
    engine="commsim.simulation.mechanisms.execution:Execution",
    daily=(
        Column("forgotten", np.int32, "strategies that staff should have carried out and forgot"),
        Column("late", np.int32, "strategies carried out today that were due on a day before"),
    ),
    words={
        "daily.forgotten": ("Forgotten by staff", "漏做的动作"),
        "daily.late": ("Done late", "迟做的动作"),
    },
)
