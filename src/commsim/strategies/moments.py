"""Posts in Moments, which friends of the operator's account may see."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Effect
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.contacts import CONTACTS, Channel, Contact, Whom
from commsim.core.units import Hour, Probability, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Moments(Strategy):
    """Posts in Moments: seen by some of the account's friends, members and those who have left alike."""

    kind: Literal["moments"] = "moments"
    purpose: ClassVar[Purpose] = "retention"
    by_hand: ClassVar[bool] = True
    takes_part: ClassVar[bool] = False
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (CONTACTS,)
    by_calendar: ClassVar[bool] = True
    posts: int = param(
        2,
        "Posts a day",
        unit="posts/day",
        low=1,
        high=20,
        plausible=(1, 6),
        source="operators' practice",
        grade="D",
    )
    announces_sales: bool = param(
        False,
        "They tell of the sales of the three hours after, and call who sees them",
        unit="yes or no",
        source="operator's choice",
        grade="D",
    )
    reach: Probability = param(
        0.7,
        "Share of people who are friends of the account",
        unit="share",
        source="assumed",
        grade="D",
        assumed=True,
    )
    hour: Hour = param(18, "Hour of the day", unit="hour", source="operator's choice", grade="D")
    staff_minutes: float = param(
        5.0,
        "Staff time a post, for all friends together",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    @property
    def addresses_left(self) -> bool:
        """Friends stay friends when they leave the group."""
        return True

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Post; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        of = Channel.MOMENTS, Whom.EVERYBODY, self.hour
        minutes = self.staff_minutes * self.posts
        friends, tells = self.reach, self.announces_sales
        yield Contact(*of, posts=self.posts, writing=minutes, reach=friends, days=1, calls=tells)
