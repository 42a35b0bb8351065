"""Win-back: who has left or fallen silent is asked to come back."""

from collections.abc import Iterable
from typing import Any, Literal

from commsim.core.effects import Effect
from commsim.core.mechanisms.contacts import LONGEST_SILENCE, Whom
from commsim.core.units import param
from commsim.core.view import View
from commsim.strategies.base import Phase
from commsim.strategies.outside import OneByOne, Way


class WinBack(OneByOne):
    """Asks who is lost to come back, some times: by text, by phone or by private message.

    Some do, more of those who trusted the shop, fewer of those who left annoyed; the others are bothered.
    """

    kind: Literal["win_back"] = "win_back"
    by: Way = param(
        "message",
        "Way: text (a short message), call (by phone), message (private, on WeChat)",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    to: Literal["left", "silent", "lost"] = param(
        "lost",
        "Whom: who has left, members who have fallen silent, or both (lost)",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    after: int = param(
        14,
        "Days since they left, or without a look, after which they count as lost",
        unit="days",
        low=1,
        high=LONGEST_SILENCE,
        source="operator's choice",
        grade="D",
    )
    attempts: int = param(
        2, "Attempts for one person", unit="attempts", low=1, high=20, source="operator's choice", grade="D"
    )
    every: int = param(
        14, "Days between attempts", unit="days", low=1, high=3650, source="operator's choice", grade="D"
    )
    staff_minutes: float = param(
        0.0,
        "Staff time on a day on which anybody is got at, for all together, beside that of each",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="operator's choice",
        grade="D",
    )

    @property
    def addresses_left(self) -> bool:
        """Whether it goes to who has left."""
        return self.to != "silent"

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Ask whose turn it is; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield self.contact(
            self.by, Whom(self.to), days=self.after, every=self.every, most=self.attempts, back=True
        )
