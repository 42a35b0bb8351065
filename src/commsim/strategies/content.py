"""Content and topics: what a group is worth looking into for."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from commsim.core import effects
from commsim.core.effects import Account, Effect, Spend, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.wear import WEAR
from commsim.core.units import Fen, Portion, described, param
from commsim.core.view import View
from commsim.strategies.audience import Names
from commsim.strategies.base import Phase, Purpose, Strategy

NO_THEME = ("",)
"""The one theme of all content that names none."""


class Content(Strategy):
    """Posts something useful or entertaining that sells nothing: tips, news, buyers' shows, questions.

    It makes a look worthwhile, gives members something to talk about, and earns trust slowly.
    The second post of a day adds less than the first, whichever strategy it comes from: the square root
    of their number counts.  Members tire of what is always of the same kind: with every post of a theme more
    of it wears off but for the share that is `fresh`, and while a theme rests it recovers.  Several `themes`
    take turns, post by post; strategies that post the same theme wear the same thing.
    """

    kind: Literal["content"] = "content"
    purpose: ClassVar[Purpose] = "retention"
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (WEAR,)
    by_hand: ClassVar[bool] = True
    takes_part: ClassVar[bool] = False
    by_calendar: ClassVar[bool] = True
    posts: int = param(
        1, "Posts a day", unit="posts/day", low=1, high=10, source="operator's choice", grade="D"
    )
    quality: float = param(
        0.3,
        "What one post adds to the value of a look (a real deal adds 0.4)",
        unit="value",
        low=0.0,
        high=2.0,
        plausible=(0.1, 0.8),
        source="assumed",
        grade="D",
        assumed=True,
    )
    topics: float = param(
        0.12,
        "What one post adds to the topics of a group",
        unit="topics",
        low=0.0,
        high=1.2,
        plausible=(0.05, 0.3),
        source="tuned on the stylised facts",
        grade="D",
        assumed=True,
    )
    trust: float = param(
        0.002,
        "Trust won by who sees a post, x (1 - trust)",
        unit="trust",
        low=0.0,
        high=0.1,
        plausible=(0.001, 0.01),
        source="assumed: a tenth of a good delivery",
        grade="D",
        assumed=True,
    )
    fresh: Portion = param(
        0.4,
        "Share of each post that is new in kind, and does not wear; puts in that what is new does not tire",
        unit="share",
        low=0.0,
        high=1.0,
        source="operator's choice",
        grade="D",
    )
    themes: Names = described(
        (),
        "What posts are about, in turns: each theme wears by itself; one theme, the same for all content "
        "without any, if empty",
        unit="names",
    )
    cost: Fen = param(
        0,
        "Cost of making one post, for all groups together",
        unit="yuan",
        low=0,
        plausible=(0, 200),
        source="operator's choice",
        grade="D",
    )

    def act(self, view: View, memory: None) -> Iterable[Effect]:
        """Post, pay for the making and the posting; there is no warm-up for it."""
        if self.phase(view) is Phase.WARM_UP:
            return
        worth = self.quality, self.topics, self.trust, self.posts
        yield effects.Content(self.hour, *worth, self.themes or NO_THEME, self.fresh)
        if self.cost:
            yield Spend(Account.CONTENT, self.posts * self.cost)
        yield Work(self.staff_minutes)
