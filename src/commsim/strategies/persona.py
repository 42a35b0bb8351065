"""The owner as a person: posts about who runs the shop, and not about what it sells."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Content, Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.tie import TIE, Appear
from commsim.core.mechanisms.wear import WEAR
from commsim.core.units import Fen, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy

THEME = ("the owner",)
"""What all posts about the owner are about: they wear as one theme, whoever makes them."""
TOPICS = 0.12
"""What one adds to the topics of a group: as other content."""


class Persona(Strategy):
    """The owner shows themself as a person: posts about their life and work, and sells nothing by them.

    Who looks in comes to know them, and the tie grows by a little with each post.  It takes the owner's time,
    the posts wear as any content does, and who has seen too many of them in a week is less close again.
    """

    kind: Literal["persona"] = "persona"
    purpose: ClassVar[Purpose] = "retention"
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (TIE, WEAR)
    by_hand: ClassVar[bool] = True
    takes_part: ClassVar[bool] = False
    by_calendar: ClassVar[bool] = True
    posts: int = param(
        1, "Posts a day", unit="posts/day", low=1, high=20, source="operator's choice", grade="D"
    )
    quality: float = param(
        0.3,
        "What one post adds to the value of a look, as of other content (a real deal adds 0.4)",
        unit="value",
        low=0.0,
        high=2.0,
        plausible=(0.1, 0.8),
        source="assumed",
        grade="D",
        assumed=True,
    )
    minutes: float = param(
        30.0,
        "Time of the owner's to make one post, for all groups together",
        unit="minutes",
        low=0.0,
        high=600.0,
        plausible=(5.0, 120.0),
        source="operator's choice",
        grade="D",
    )
    wage: Fen | None = param(
        None,
        "What an hour of the owner's is worth; operator.wage_per_hour if empty",
        unit="yuan",
        low=0,
        plausible=(29, 200),
        source="operator's choice",
        grade="D",
    )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Post, and count the time that it takes; there is no warm-up for it."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Content(self.hour, self.quality, TOPICS, 0.0, self.posts, THEME, 0.0)
        yield Appear(self.posts)
        yield Work(self.posts * self.minutes, wage=self.wage, in_all=True)
        if self.staff_minutes:
            yield Work(self.staff_minutes, wage=self.wage)
