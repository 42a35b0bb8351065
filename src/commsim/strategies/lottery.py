"""A lottery: prizes drawn among members who enter for nothing, with a ticket for each friend they bring."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Account, Announce, Effect, Pay, Work
from commsim.core.events import Happened
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.bait import BAIT, Lure
from commsim.core.mechanisms.lottery import LOTTERY, WON, Raffle
from commsim.core.part import Part
from commsim.core.units import Fen, described, param, to_fen, to_yuan
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy

MOST_WORTH = to_fen(50_000)
"""Of a prize that is drawn, by the law of China against unfair competition (article 10, 2019)."""
MOST_PRIZES = 100_000


class Prizes(Part):
    """So many prizes of one kind."""

    number: int = param(
        ..., "Number of them", unit="prizes", low=1, high=MOST_PRIZES, source="operator's choice", grade="D"
    )
    worth: Fen = param(
        ..., "What each costs the operator", unit="yuan", low=0.01, source="operator's choice", grade="D"
    )


class Lottery(Strategy):
    """Lets members enter a draw for some days, for nothing, and draws the prizes on the evening of the last.

    Who enters may bring friends, for a ticket each; these come for the prize, buy little, and many are
    soon silent or gone.  Prizes are owed from the first day on, whoever enters.
    """

    kind: Literal["lottery"] = "lottery"
    purpose: ClassVar[Purpose] = "fission"
    by_hand: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (BAIT, LOTTERY)
    prizes: tuple[Prizes, ...] = described(
        ({"number": 100, "worth": 3}, {"number": 1, "worth": 300}), "Prizes, in any order", unit="list"
    )
    open_days: int = param(
        7,
        "Days from the first on which one can enter to the draw, on the evening of the last",
        unit="days",
        low=1,
        high=60,
        plausible=(1, 14),
        source="operator's choice",
        grade="D",
    )
    every: int | None = param(
        None,
        "Days from the start of one draw to that of the next; a single draw if empty",
        unit="days",
        low=1,
        high=3650,
        source="operator's choice",
        grade="D",
    )
    invite: bool = param(
        True, "Whether a friend who joins is another ticket", unit="yes/no", source="-", grade="D"
    )
    posts: int = param(
        1,
        "Announcements on the first day of a draw and on its last",
        unit="posts",
        low=0,
        high=20,
        source="operator's choice",
        grade="D",
    )

    @model_validator(mode="after")
    def _can_be_drawn(self) -> Self:
        if not self.prizes:
            raise ValueError("there is nothing to win; give at least one prize")
        if sum(kind.number for kind in self.prizes) > MOST_PRIZES:
            raise ValueError(f"more than {MOST_PRIZES:,} prizes; give fewer")
        if max(kind.worth for kind in self.prizes) > MOST_WORTH:
            raise ValueError(
                f"a prize that is drawn is unlawful above {to_yuan(MOST_WORTH):,} yuan; give smaller ones"
            )
        if self.every is not None and self.every < self.open_days:
            raise ValueError(f"a draw takes {self.open_days} days; begin the next after that many or more")
        return self

    @property
    def promised(self) -> int:
        """Fen that the prizes of one draw cost."""
        return sum(kind.number * kind.worth for kind in self.prizes)

    def held(self, days: Iterable[int], run: int) -> list[int]:
        """Days of a run of so many days on which a draw is open, if it acts on some days and can pay."""
        held: list[int] = []
        last, opened = min(self.last_day(run), run - 1), -1
        for day in days:
            due = opened < 0 or (self.every is not None and day >= opened + self.every)
            if due and (not held or day > held[-1]):
                opened = day
                held += range(day, max(day, min(last, day + self.open_days - 1)) + 1)
        return held

    def start(self, view: View) -> "Opened":
        """No draw has been opened yet."""
        return Opened()

    def act(self, view: View, memory: "Opened") -> Iterable[Effect]:
        """Let people enter, and open a draw where none is open and one is due; preview it in the warm-up."""
        if self.phase(view) is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, reach=self.reach)
            return
        if view.day > memory.ends and not self._open(view, memory):
            return
        if self.posts and view.day in (memory.day, memory.ends):
            yield Announce(self.hour, self.posts, worth=1.0, reach=self.reach)
        worths = sorted((kind.worth for kind in self.prizes for _ in range(kind.number)), reverse=True)
        yield Raffle(tuple(worths), memory.ends - view.day, self.invite, self.reach)
        yield Work(self.staff_minutes)

    def _open(self, view: View, memory: "Opened") -> bool:
        """Open a draw today if one is due; the strategy's last day is the last to hold it."""
        due = memory.day < 0 or (self.every is not None and view.day >= memory.day + self.every)
        if due:
            last = max(view.day, min(self.last_day(view.days), view.days - 1))
            memory.day, memory.ends = view.day, min(last, view.day + self.open_days - 1)
        return due

    def react(self, happened: Happened, view: View, memory: "Opened") -> Iterable[Effect]:
        """Pay the prizes; who came for them stays until they are drawn."""
        newcomers = happened.joined[happened.join_cause == view.me]
        if newcomers.size:
            yield Lure(newcomers, max(0, memory.ends - view.day))
        won = happened.of(WON)
        if won.persons.size and view.day == memory.ends:
            yield Pay(Account.GIFTS, won.persons, won.fen)


@dataclass
class Opened:
    """The first day of the last draw, and its last; none yet below 0."""

    day: int = -1
    ends: int = -1
