"""Content and topics: what a group is worth looking into for."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from commsim.core import effects, maths
from commsim.core.effects import Account, Effect, Spend, Work
from commsim.core.units import Fen, Portion, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Content(Strategy):
    """Posts something useful or entertaining that sells nothing: tips, news, buyers' shows, questions.

    It makes a look worthwhile, gives members something to talk about, and earns trust slowly.
    The second post of a day adds less than the first, whichever strategy it comes from: the square root
    of their number counts.  And what is always of the same kind wears: only the share that is `fresh` keeps
    its effects, and the rest loses half of them in each `half_life` of days since it started, week by week.
    Content under another name is of another kind, with a start of its own.
    """

    kind: Literal["content"] = "content"
    purpose: ClassVar[Purpose] = "retention"
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
        "Share of posts that are new in kind, and do not wear",
        unit="share",
        low=0.0,
        high=1.0,
        source="operator's choice",
        grade="D",
    )
    half_life: float = param(
        75.0,
        "Days after which half of what the others add is worn off",
        unit="days",
        low=1.0,
        high=3650.0,
        plausible=(60.0, 90.0),
        source="assumed; most groups are quiet within two months though content is posted (WeCom groups)",
        grade="D",
        assumed=True,
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

    def start(self, view: View) -> int:
        """The day on which content of this kind begins."""
        return self.starts

    def act(self, view: View, memory: int) -> Iterable[Effect]:
        """Post, pay for the making and the posting; there is no warm-up for it."""
        if self.phase(view) is Phase.WARM_UP:
            return
        weeks = view.day // 7 - memory // 7
        worn = maths.exp(maths.LOG_HALF * 7 * weeks / self.half_life)
        left = float(self.fresh + (1.0 - self.fresh) * worn)
        worth = (left * self.quality, left * self.topics, left * self.trust)
        yield effects.Content(self.hour, *worth, self.posts)
        if self.cost:
            yield Spend(Account.CONTENT, self.posts * self.cost)
        yield Work(self.staff_minutes)
