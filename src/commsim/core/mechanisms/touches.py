"""Limits of a platform on posts, as readers of results see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

BEYOND = Column("posts_beyond", np.int32, "posts beyond the platform's limits, over all groups")
TOUCHES = Mechanism(
    "touches",
    "Limits of a platform on the operator's posts in each group: a day, a week, a month.",
    engine="commsim.simulation.mechanisms.touches:Touches",
    daily=(BEYOND,),
    words={"daily.posts_beyond": ("Posts beyond the platform's limits", "超出平台触达上限的群发")},
)
