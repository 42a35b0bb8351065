"""Limits of a platform on posts, as readers of results see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

BEYOND = Column("posts_beyond", np.int32, "posts beyond the platform's limits, over all groups")
REFUSED = Column("messages_beyond", np.int32, "messages to single people beyond what each may get")
TOUCHES = Mechanism(
    "touches",
    "Limits on the operator's posts in each group, and on all that a member gets: a day, a week, a month.",
    engine="commsim.simulation.mechanisms.touches:Touches",
    daily=(BEYOND, REFUSED),
    words={
        "daily.posts_beyond": ("Posts beyond the platform's limits", "超出平台触达上限的群发"),
        "daily.messages_beyond": ("Messages beyond a member's limits", "超出成员触达上限的私信、短信、电话"),
    },
)
