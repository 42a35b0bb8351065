"""Bargaining with friends: the goods for nothing, or next to it, to who gets enough of them to help."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Announce, Effect, Work
from commsim.core.events import Happened
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.bait import BAIT, Lure
from commsim.core.mechanisms.bargain import BARGAIN, Haggle
from commsim.core.units import Fen, described, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Bargain(Strategy):
    """Lets members bargain for a product: each friend who helps cuts the price, and enough of them all of it.

    With too few helpers in time there is nothing.  Some helpers join, who came for their friend and for what
    is free; they buy less, and many are soon silent or gone.
    """

    kind: Literal["bargain"] = "bargain"
    purpose: ClassVar[Purpose] = "fission"
    by_hand: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (BAIT, BARGAIN)
    by_calendar: ClassVar[bool] = True
    product: str = described("", "What is bargained for; the first product if empty", unit="name")
    to: Fen = param(
        0,
        "Price when enough have helped, at most the unit cost",
        unit="yuan",
        low=0,
        source="operators' guides: bargain to 0 yuan",
        grade="C",
    )
    helpers: int = param(
        10, "Helpers it takes", unit="persons", low=1, high=1000, source="operator's choice", grade="D"
    )
    hours: float = param(
        24.0,
        "Hours in which they must have helped",
        unit="hours",
        low=0.25,
        high=720.0,
        plausible=(12.0, 72.0),
        source="operators' guides",
        grade="C",
    )
    ask: int = param(
        30,
        "Friends whom each asks",
        unit="persons",
        low=1,
        high=1000,
        plausible=(10, 60),
        source="assumed",
        grade="D",
        assumed=True,
    )
    stock: int | None = param(
        None,
        "Pieces in all; no limit if empty",
        unit="pieces",
        low=0,
        high=100_000_000,
        source="operator's choice",
        grade="D",
    )
    again: int = param(
        30,
        "Days after which who has bargained may again",
        unit="days",
        low=1,
        high=3650,
        source="operator's choice",
        grade="D",
    )
    posts: int = param(
        1, "Announcements per day", unit="posts", low=0, high=20, source="operator's choice", grade="D"
    )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Let people bargain; in the warm-up announce it only."""
        if self.phase(view) is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, reach=self.reach)
            return
        product = view.product(self.product)
        if self.posts:
            yield Announce(self.hour, self.posts, worth=1.0, reach=self.reach)
        yield Haggle(product, self.to, self.helpers, self.hours, self.ask, self.stock, self.again, self.reach)
        yield Work(self.staff_minutes)

    def react(self, happened: Happened, view: View, memory: Any) -> Iterable[Effect]:
        """Who was brought came for one bargain, which is over."""
        newcomers = happened.joined[happened.join_cause == view.me]
        if newcomers.size:
            yield Lure(newcomers, 0)
