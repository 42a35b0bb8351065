"""Agents: members who sell to groups of their own, at a wholesale margin."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.agents import AGENTS, Appoint
from commsim.core.units import Fen, Portion, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Agents(Strategy):
    """Gives groups to agents, who do the work there and keep a margin of what their customers pay.

    Each group that it is for gets one agent among its members whom `who` addresses, up to `number`.  Half
    of them never do anything.  Leave the shop's own work out of their groups (`groups: {other_than:
    agents}`): where the shop sells to their customers itself, they get no margin and do less.
    """

    kind: Literal["agents"] = "agents"
    purpose: ClassVar[Purpose] = "conversion"
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (AGENTS,)
    by_calendar: ClassVar[bool] = True
    number: int = param(
        20, "Agents, one to a group", unit="persons", low=1, high=10_000,
        source="operators' guides: 20 and more", grade="D",
    )  # fmt: skip
    margin: Portion = param(
        0.3,
        "Part of what their customers pay that agents keep",
        unit="share",
        low=0.0,
        high=0.95,
        plausible=(0.1, 0.5),
        source="operator's choice",
        grade="D",
    )
    material: Fen = param(
        100,
        "Cost of material for each agent a month",
        unit="yuan",
        low=0,
        high=100_000,
        plausible=(0, 500),
        source="operators' guides: the firm gives material; sum assumed",
        grade="D",
    )
    entry: Fen = param(
        0,
        "What each pays once to become an agent; members do whom it seems worth it",
        unit="yuan",
        low=0,
        high=1_000_000,
        plausible=(0, 3000),
        source="operator's choice",
        grade="D",
    )
    passed_on: Portion = param(
        0.0,
        "Part of their margin that agents who do anything give to who buys from them, as a lower price",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.5),
        source="operator's choice: leaders pass on a small part",
        grade="D",
    )
    brings: float = param(
        0.0,
        "People from outside whom each brings at full effort; puts in that they have customers of their own",
        unit="persons",
        low=0.0,
        high=1000.0,
        plausible=(0.0, 50.0),
        source="operator's choice: whom it takes as agents",
        grade="D",
    )
    posts_per_week: float = param(
        0.0,
        "Adverts a week of their own that each posts in their group at full effort, for nothing",
        unit="posts",
        low=0.0,
        high=7.0,
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        0.5,
        "Staff time per group and day, to look after agents",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    @model_validator(mode="after")
    def _every_day(self) -> Self:
        if not self.is_daily or self.reach < 1.0:
            raise ValueError("agents are there every day and for all; leave out weekdays and reach")
        return self

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Have agents; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        terms = self.number, self.margin, self.material, self.entry, self.passed_on
        yield Appoint(*terms, self.brings, self.posts_per_week, self.hour)
        if self.staff_minutes:
            yield Work(self.staff_minutes)
