"""Other shops that sell the same, as strategies and readers see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import param


class RivalsBehaviour(Part):
    """What else decides between shops, beside offers and goodwill."""

    pool: float = param(
        0.1,
        "Pull of a pool of customers that has grown, as an exponent of its growth against the other's: put "
        "in, not found",
        unit="exponent",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.2),
        source="operators' guides (the larger pool dominates); size assumed",
        grade="D",
        neutral=0.0,
    )


AWAY = Column(
    "away",
    np.float32,
    "share of their need that rivals fill while nobody promotes anything",
    range="0 to 1",
    agent=True,
    kept=True,
)
RIVALS = Mechanism(
    "rivals",
    "Other shops that sell the same: what is taken from them, and what they take.",
    engine="commsim.simulation.mechanisms.rivals:Rivals",
    columns=(AWAY,),
    daily=(
        Column("rival_orders", np.float64, "orders expected from our people at rivals"),
        Column("lost_to_rivals", np.float64, "orders that rivals cost us by drawing more than usual"),
        Column(
            "won_from_rivals",
            np.float64,
            "orders that our offers and goodwill take from rivals, and that we have since they draw less",
        ),
        Column("share_of_need", np.float64, "our orders among ours and theirs", range="0 to 1"),
    ),
    behaviour=RivalsBehaviour,
    sources=(
        Source(
            "Goodhardt et al. 1984",
            "observational data",
            "Goodhardt, Ehrenberg, Chatfield: The Dirichlet: a comprehensive model of buying behaviour. "
            "Journal of the Royal Statistical Society A 147(5), 621-655. Not re-read here",
        ),
        Source(
            "Ehrenberg et al. 2004",
            "observational data",
            "Ehrenberg, Uncles, Goodhardt: Understanding brand performance measures: using Dirichlet "
            "benchmarks. Journal of Business Research 57(12), 1307-1325. Abstract read",
        ),
    ),
    words={
        "pathway.rivals.pool": ("the larger pool of customers draws", "客群大的店更吸引人"),
        "daily.rival_orders": ("Orders at rivals", "会员在竞品的订单"),
        "daily.lost_to_rivals": ("Orders lost to rivals", "被竞品抢走的订单"),
        "daily.won_from_rivals": ("Orders won from rivals", "从竞品抢来的订单"),
        "daily.share_of_need": ("Share of what members buy of such goods", "会员钱包份额"),
    },
)
