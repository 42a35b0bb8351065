"""A lottery, as strategies see it: a draw that members enter without buying, with tickets for friends."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Share, Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import param
from commsim.core.view import View


class LotteryBehaviour(Part):
    """What a lottery does to people."""

    enter: float = param(
        0.5,
        "Chance that who looks in enters, once per draw",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.2, 0.8),
        source="assumed",
        grade="D",
    )
    friends: float = param(
        0.05,
        "Friends brought by who enters, times ln(1 + largest prize / 10 yuan)",
        unit="persons",
        low=0.0,
        high=5.0,
        plausible=(0.01, 0.2),
        source="assumed: 300 yuan that one may win bring as many as 8 yuan that one gets",
        grade="D",
        neutral=0.0,
    )
    quality: float = param(
        0.3,
        "Factor on the rate of buying of who is brought: put in, not found",
        unit="factor",
        low=0.0,
        high=2.0,
        plausible=(0.1, 0.6),
        source="sign Biswas et al. 2025 (who came for a promotion spends less), size assumed",
        grade="D",
        neutral=1.0,
    )
    lift: float = param(
        0.2,
        "Log of what winning adds to the rate of buying for a while, whatever the prize",
        unit="log",
        low=-2.0,
        high=2.0,
        plausible=(0.0, 0.4),
        source="Kubota 2025: any prize brings orders, a large one no more than a small one; size assumed",
        grade="C",
        neutral=0.0,
    )
    lift_days: int = param(
        14,
        "For so many days",
        unit="days",
        low=1,
        high=365,
        plausible=(7, 30),
        source="Kubota 2025: no difference afterwards",
        grade="C",
    )


@effect(word="lottery", cost=DEPENDS)
class Raffle(Effect):
    """Members who look today can enter a draw; who enters may bring friends, for a ticket each.

    prizes: one entry each, fen, from large to small.  days: until they are drawn, 0 for this evening.  All of
    them are owed from the first day of a draw on; those of later days only let more people in.
    """

    prizes: Annotated[tuple[int, ...], Within(1, money=True)]
    days: Annotated[int, Within(0, 365)]
    invite: bool = True
    reach: Share = 1.0

    def mismatch(self, view: View) -> str | None:
        """Nothing to win, or prizes in no order."""
        falls = all(large >= small for large, small in zip(self.prizes, self.prizes[1:], strict=False))
        return None if self.prizes and falls else "a draw needs prizes, the largest first"


WON = Event("won", "who won a prize of a lottery, and its worth", kept=True)
LOTTERY = Mechanism(
    "lottery",
    "A draw that members enter without buying, and to which they bring friends for more tickets.",
    engine="commsim.simulation.mechanisms.lottery:Lottery",
    columns=(
        Column("tickets", np.int16, "tickets for the next draw", range="from 0"),
        Column("lucky", np.int16, "days for which a prize still moves them to buy", range="from 0"),
    ),
    events=(WON,),
    daily=(
        Column("entered", np.int32, "members who entered a lottery"),
        Column("promised", np.int64, "prizes promised and not yet drawn", money=True),
    ),
    behaviour=LotteryBehaviour,
    sources=(
        Source(
            "Kubota 2025",
            "randomised experiment",
            "Kubota: lotteries of a shop, prizes by lot. Innovative Marketing 21(2), "
            "10.21511/im.21(2).2025.18. Abstract read",
        ),
        Source(
            "Biswas et al. 2025",
            "observational data",
            "Biswas et al.: customers who came for a promotion, and unprompted. arXiv 2508.00208. "
            "Abstract read",
        ),
    ),
    words={
        "pathway.lottery.friends": ("who enters brings friends", "参与抽奖的人带来好友"),
        "pathway.lottery.quality": ("friends won by a lottery buy less", "抽奖带来的好友买得少"),
        "pathway.lottery.lift": ("winning makes buy", "中奖后买得更多"),
        "kind.lottery": ("Lottery", "抽奖"),
        "story.deed.lottery": ("{name} open", "{name}进行中"),
        "field.lottery.prizes": ("Prizes", "奖品"),
        "field.lottery.number": ("Number of them", "数量"),
        "field.lottery.worth": ("Worth of each", "单价"),
        "field.lottery.open_days": ("Days on which one can enter", "参与天数"),
        "field.lottery.every": ("Days until the next", "间隔天数"),
        "field.lottery.invite": ("Tickets for friends", "邀请好友加抽奖次数"),
        "field.lottery.posts": ("Announcements", "群发条数"),
        "daily.entered": ("Members who entered a lottery", "参与抽奖人数"),
        "daily.promised": ("Prizes promised, not yet drawn", "待开奖的奖品"),
        "event.won": ("Won a prize.", "中了奖。"),
    },
)
