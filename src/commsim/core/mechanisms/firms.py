"""Buyers who decide for weeks, such as firms, as readers of results see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

FIRMS = Mechanism(
    "firms",
    "Buyers who decide for weeks, such as firms: what they want is ordered later, and hardly on an impulse.",
    engine="commsim.simulation.mechanisms.firms:Firms",
    columns=(
        Column(
            "deciding",
            np.int16,
            "days until a firm orders what it has decided to buy, -1 for nothing",
            start=-1,
            agent=True,
            kept=True,
        ),
    ),
    daily=(Column("under_way", np.int32, "firms that have decided to buy and not ordered yet"),),
    words={"daily.under_way": ("Decided, not ordered yet", "已决定未下单的企业")},
)
