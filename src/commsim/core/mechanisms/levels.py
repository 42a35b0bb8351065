"""Levels of membership, as strategies see them."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import Portion, param
from commsim.core.view import View

MOST_LEVELS = 99
"""Of one ladder; a level is a number of 8 bits."""


class LevelsBehaviour(Part):
    """How members take a level of membership, beside the prices that it gives them."""

    status: float = param(
        0.0488,
        "Log of what a level adds to the rate of buying by itself: put in, not found",
        unit="log",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.14),
        source="tiers raise share of wallet (Viswanathan 2022); size assumed: 5 % a level",
        grade="D",
        neutral=0.0,
    )
    heavy: float = param(
        0.3,
        "Factor on that for the tenth who buy most",
        unit="factor",
        low=0.0,
        high=1.0,
        plausible=(0.0, 1.0),
        source="heavy buyers don't change, light and moderate ones do (Liu 2007)",
        grade="B",
    )
    gradient: Portion = param(
        0.2,
        "Share by which buying rises just below the next level, from halfway on with the square of the way",
        unit="share",
        low=0.0,
        high=2.0,
        plausible=(0.0, 0.4),
        source="goal gradient of Kivetz et al. 2006, halved",
        grade="C",
        neutral=0.0,
    )
    fall: float = param(
        1.5,
        "What falling a level takes away, in what a level adds",
        unit="levels",
        low=0.0,
        high=10.0,
        plausible=(1.0, 2.5),
        source="losing a tier hurts more than winning it helps (Wagner et al. 2009)",
        grade="C",
    )
    fall_half_life: float = param(
        30.0,
        "Days after which half of that is over",
        unit="days",
        low=0.1,
        high=1000.0,
        plausible=(7.0, 90.0),
        source="assumed",
        grade="D",
    )


@effect(cost=DEPENDS)
class Rank(Effect):
    """Levels of membership hold today: what members have paid in the last days gives them rights.

    window: days.  at: fen paid within them from which each level is held, rising.  discounts: share off
    every price, by level.  early: who is let into events first, by level.
    """

    window: Annotated[int, Within(1, 3650)]
    at: Annotated[tuple[int, ...], Within(1, money=True)]
    discounts: Annotated[tuple[float, ...], Within(0, 0.9)]
    early: tuple[bool, ...]

    def mismatch(self, view: View) -> str | None:
        """Levels that do not rise, or have no rights of their own."""
        rises = all(low < high for low, high in zip(self.at, self.at[1:], strict=False))
        if rises and 0 < len(self.at) == len(self.discounts) == len(self.early) <= MOST_LEVELS:
            return None
        return "each level needs a higher sum than the one before, a discount, and a yes or no"


LEVEL = Column(
    "level", np.int8, "level of membership, 0 for none", range="from 0", seen=True, agent=True, kept=True
)
ROSE = Event("rose", "members who hold a higher level than yesterday", kept=True)
FELL = Event("fell", "members who hold a lower level than yesterday", kept=True)
LEVELS = Mechanism(
    "levels",
    "Levels of membership by what was spent lately: a discount, early access, status.",
    engine="commsim.simulation.mechanisms.levels:Levels",
    columns=(
        LEVEL,
        Column("lately", np.int64, "paid within the window of the levels", money=True, kept=True),
        Column("fallen", np.float32, "log of the rate of buying that a lost level still takes away"),
    ),
    events=(ROSE, FELL),
    daily=(Column("levelled", np.int32, "members who hold a level of membership"),),
    behaviour=LevelsBehaviour,
    sources=(
        Source(
            "Liu 2007",
            "observational data",
            "Liu: The long-term impact of loyalty programs on consumer purchase behavior and loyalty. "
            "Journal of Marketing 71(4), 19-35. Abstract read",
        ),
        Source(
            "Viswanathan 2022",
            "observational data",
            "Viswanathan et al.: tiers of loyalty programmes and share of wallet. Abstract read",
        ),
        Source(
            "Wagner et al. 2009",
            "small study",
            "Wagner, Hennig-Thurau, Rudolph: Does customer demotion jeopardize loyalty? Journal of Marketing "
            "73(3), 69-85. Abstract read",
        ),
    ),
    words={
        "pathway.levels.status": ("a level is worth something by itself", "等级本身带动购买"),
        "pathway.levels.gradient": ("people buy more just below the next level", "快升级时买得更多"),
        "kind.levels": ("Levels of membership", "会员等级"),
        "field.levels.window": ("Days of spending that count", "计算消费的天数"),
        "field.levels.at": ("Levels", "等级"),
        "field.levels.spent": ("Spent within these days", "期间消费满"),
        "field.levels.discount": ("Discount", "优惠比例"),
        "field.levels.early_access": ("First into events", "优先抢购"),
        "daily.levelled": ("Members with a level", "有等级的会员"),
        "event.rose": ("Rose a level.", "升了级。"),
        "event.fell": ("Fell a level.", "降了级。"),
    },
)
