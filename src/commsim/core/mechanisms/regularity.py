"""Customers whose orders come evenly, as readers of results see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

REGULARITY = Mechanism(
    "regularity",
    "Customers of an order history who order evenly: hardly soon after an order, then more and more.",
    engine="commsim.simulation.mechanisms.regularity:Regularity",
    columns=(
        Column(
            "regularity",
            np.int8,
            "events that make an order of theirs: 1 at random, more for who orders evenly",
            start=1,
        ),
        Column("so_far", np.int8, "of these events, those since their last order"),
    ),
)
