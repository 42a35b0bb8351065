"""Steps that members have taken: offers of which strategies, as strategies and readers see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

MOST_STRATEGIES = 62
"""Of a plan with chains: what a person has taken is kept in the bits of a number."""

TOOK = Column(
    "took", np.int64, "strategies whose offers they have taken: bought or paid for; the k-th in bit k",
    range="bits", kept=True,
)  # fmt: skip
STEPS = Mechanism(
    "steps",
    "Which strategies' offers each member has taken, so that the next one can be for them.",
    engine="commsim.simulation.mechanisms.steps:Steps",
    columns=(TOOK,),
    daily=(Column("first_steps", np.int32, "offers of strategies taken by persons for the first time"),),
    words={"daily.first_steps": ("Steps taken", "首次参与（人次）")},
)
