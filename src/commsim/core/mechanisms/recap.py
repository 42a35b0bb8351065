"""Recaps of sales, as strategies see them: a post that says how many bought at the last one."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import NOTHING, Effect, effect
from commsim.core.limits import Groups, Share
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.units import Portion, param


class RecapBehaviour(Part):
    """How long members have in mind what was sold."""

    counts: Portion = param(
        0.5,
        "Share of the buyers told of that count like buyers seen; puts in that a recap works",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 1.0),
        source="assumed: less than those who are seen to buy (buying.first_buyer, buying.more_buyers)",
        grade="D",
        neutral=0.0,
    )
    half_life: float = param(
        7.0,
        "Days after which half of that number is forgotten; puts in that it is",
        unit="days",
        low=0.1,
        high=1000.0,
        plausible=(2.0, 14.0),
        source="assumed",
        grade="D",
    )


@effect(cost=NOTHING)
class Tell(Effect):
    """Members who look in today read how many of their group ordered at yesterday's sales.

    If nobody did in any, the strategy posts nothing today and does no work.
    """

    reach: Share = 1.0
    groups: Groups = None


RECAP = Mechanism(
    "recap",
    "A post on the day after a sale says how many bought; who reads it has that in mind at the next.",
    engine="commsim.simulation.mechanisms.recap:Recaps",
    columns=(
        Column(
            "in_mind", np.float32, "buyers of earlier sales whom they have in mind", range="from 0", kept=True
        ),
    ),
    daily=(Column("told_sold", np.int32, "members who read a recap of sales"),),
    behaviour=RecapBehaviour,
    words={
        "pathway.recap.counts": ("being told of buyers makes buy", "看到战报跟着买"),
        "kind.recap": ("Recap of sales", "活动战报"),
        "field.recap.worth": ("Worth to readers", "内容含量（0 空广告，1 真优惠）"),
        "daily.told_sold": ("Members who read a recap", "看到战报的成员"),
    },
)
