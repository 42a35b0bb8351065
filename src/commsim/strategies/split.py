"""Groups that are split and formed anew, likes with likes."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.aim import AIM, MOST_BANDS, Regroup
from commsim.core.mechanisms.levels import LEVELS
from commsim.core.units import Name, described, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Split(Strategy):
    """Puts members into groups of their own, once, on the evening of its first day: likes with likes.

    Who is moved loses some activity; the new groups have no topics yet, and bonds drawn anew.
    """

    kind: Literal["split"] = "split"
    purpose: ClassVar[Purpose] = "conversion"
    takes_part: ClassVar[bool] = False
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (AIM,)
    by: Literal["spent", "per_order", "orders", "activity", "segment", "tag", "level", "lot"] = param(
        "spent",
        "What sorts members; lot is nothing but chance",
        unit="choice",
        source="operators' guides: split by average purchase price, not by region",
        grade="D",
    )
    at: tuple[float, ...] = param(
        (),
        "Bounds of bands, rising: 300, 800 makes three; without them members are put together in order",
        unit="numbers",
        source="operator's choice",
        grade="D",
    )
    tags: tuple[Name, ...] = described((), "Tags that are bands, by tag; the rest is one more", unit="names")
    max: int = param(
        200,
        "Most members of a group, of those too that open later",
        unit="persons",
        low=2,
        high=500,
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        10.0,
        "Staff time per group and occurrence",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    @model_validator(mode="after")
    def _bands(self) -> Self:
        if any(high <= low for low, high in pairwise(self.at)) or len(self.at) >= MOST_BANDS:
            raise ValueError(f"bounds of bands rise, and there are fewer than {MOST_BANDS}")
        if self.at and self.by in ("segment", "tag", "lot"):
            raise ValueError(f"members are not sorted by numbers if it is by {self.by}; leave out at")
        if bool(self.tags) != (self.by == "tag"):
            raise ValueError("by tag needs tags, and nothing else does; give both or neither")
        return self

    @property
    def needs(self) -> tuple[Mechanism, ...]:
        """Levels too, where they sort members."""
        return (*super().needs, *([LEVELS] if self.by == "level" else []))

    @property
    def forms_groups_of(self) -> int | None:
        """Most members of the groups that it forms."""
        return self.max

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Split on the first day."""
        if view.day == self.starts and self.phase(view) is not Phase.WARM_UP:
            yield Regroup(self.by, self.at, self.tags, self.max)
            if self.staff_minutes:
                yield Work(self.staff_minutes)
