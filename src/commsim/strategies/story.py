"""Stories: of the product, of its buyers, of what it is good against."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Account, Announce, Content, Effect, Spend, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.wants import WANTS, About, Narrate
from commsim.core.units import Fen, Probability, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy

WORTH = 0.3
"""Of a story about a pain, for who has it: as a good post."""


class Story(Strategy):
    """Tells stories: they raise desire for days, or let people know what they need it for.

    Of the product or its buyers they are posts that sell; of a pain they sell nothing.  Buyers' shows are as
    good as there are orders delivered in the group within the week before.
    """

    kind: Literal["story"] = "story"
    purpose: ClassVar[Purpose] = "conversion"
    takes_part: ClassVar[bool] = False
    by_hand: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (WANTS,)
    by_calendar: ClassVar[bool] = True
    about: Literal["product", "buyers", "pains"] = param(
        "product",
        "About: product, buyers (their photos and words), or pains (the problem that it solves)",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    quality: Probability = param(
        0.5, "How good a story is, 1 for the best", unit="share", source="operator's choice", grade="D"
    )
    posts: int = param(
        1, "Stories a day", unit="posts/day", low=1, high=20, source="operator's choice", grade="D"
    )
    cost: Fen = param(
        20, "Cost of making each, for all groups together", unit="yuan", low=0, source="assumed", grade="D"
    )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Narrate, and pay for the making; there is no warm-up for it."""
        if self.phase(view) is Phase.WARM_UP:
            return
        if self.about == "pains":
            yield Content(self.hour, WORTH * self.quality, 0.0, 0.0, self.posts)
        else:
            yield Announce(self.hour, self.posts, self.quality, self.reach)
        yield Narrate(About(self.about), self.quality, self.posts, self.reach)
        if self.cost:
            yield Spend(Account.CONTENT, self.posts * self.cost)
        yield Work(self.staff_minutes)
