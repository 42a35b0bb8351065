"""One visitor's panels: which plans they hold, and what each message does to them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from commsim.core.errors import CommsimError, InputError
from commsim.core.units import MAX_NAME
from commsim.page.advise import Doubted, Rivals, judged, reasons
from commsim.page.desk import Desk
from commsim.page.messages import (
    MOST_PANELS,
    Branch,
    Change,
    Close,
    Judge,
    Message,
    Outlook,
    Save,
    Start,
    Story,
    Suggest,
    Why,
)
from commsim.page.outlook import outlook
from commsim.page.story import Asked, stories, suggestions
from commsim.page.story import Story as Telling
from commsim.page.trace import Wanted, trace
from commsim.scenario.change import changed, read_strategy
from commsim.scenario.load import dump
from commsim.scenario.schema import Scenario

Reply = dict[str, Any] | bytes
"""JSON, or a trace."""


@dataclass(frozen=True)
class Program:
    """What a server shows: the plans of the command line, and the plans of each step of the lesson."""

    plans: tuple[Scenario, ...]
    lesson: tuple[tuple[Scenario, ...], ...] = ()


class Session:
    """The panels of one visitor; replies come in the order of what was asked."""

    def __init__(self, program: Program, desk: Desk) -> None:
        self._program, self._desk = program, desk
        self._plans: list[Scenario] = []
        self._roots: list[str] = []  # what each panel's plan was called when it came
        self._seed = 0
        self.turn = 0
        """How often the panels have become others."""

    async def answer(self, message: Message) -> AsyncIterator[Reply]:
        """Carry a message out.  Raises InputError for what can't be done; the panels stay as they were."""
        match message:
            case Start(seed=seed, step=step):
                self._plans, self._seed = self._beginning(step), seed
                self._roots = [plan.name for plan in self._plans]
                self.turn += 1
                yield {"type": "panels", "names": [plan.name for plan in self._plans], "seed": seed}
                for panel, plan in enumerate(self._plans):
                    yield await self._trace(panel, plan)
            case Change():
                plan = self._change(message)
                reply = await self._trace(message.panel, plan)
                self._plans[message.panel] = plan
                self.turn += 1
                yield reply
            case Branch():
                plan = self._branch(message)
                reply = await self._trace(len(self._plans), plan)
                self._plans.append(plan)
                self._roots.append(self._roots[message.panel])
                self.turn += 1
                yield reply
            case Close(panel=panel):
                self._close(panel)
                yield {"type": "closed", "panel": panel}
            case Story(person=person):
                yield {"type": "story", "person": person, "panels": await self._stories(person)}
            case Suggest():
                yield {"type": "suggested", "found": await self._suggestions()}
            case Judge():
                yield {"type": "judged", "told": await self._judged()}
            case Outlook(panel=panel):
                yield {"type": "outlook", "panel": panel, "found": await self._outlook(panel)}
            case Why(panel=panel, whole=whole):
                told = await self._desk.work(reasons, Doubted(self._plan(panel), self._seed, whole))
                yield {"type": "why", "panel": panel, "whole": whole, "told": told}
            case Save(panel=panel):
                plan = self._plan(panel)
                yield {"type": "plan", "panel": panel, "name": plan.name, "yaml": dump(plan)}

    def _beginning(self, step: int | None) -> list[Scenario]:
        if step is None:
            return list(self._program.plans)
        if step >= len(self._program.lesson):
            raise InputError(f"the lesson has no step {step + 1}")
        return list(self._program.lesson[step])

    def _plan(self, panel: int) -> Scenario:
        if panel >= len(self._plans):
            raise InputError(f"there is no panel {panel + 1}")
        return self._plans[panel]

    def _change(self, message: Change) -> Scenario:
        plan = self._plan(message.panel)
        if message.day >= plan.days:
            raise InputError("the run is over", remedy="go back to an earlier day, and change the plan there")
        strategy = None
        if message.settings is not None:
            whom = _whom(plan, message)
            strategy = read_strategy(whom | message.settings | {"name": message.name})
        plan = changed(plan, message.day, message.name, strategy)
        return self._called(plan, message.panel, f"{message.name} {message.day + 1}")

    def _branch(self, message: Branch) -> Scenario:
        if len(self._plans) >= MOST_PANELS:
            raise InputError(f"there are {MOST_PANELS} panels already", remedy="close one first")
        plan = self._plan(message.panel)
        if message.day > plan.days:
            raise InputError("the run is over", remedy="go back to an earlier day, and branch there")
        return self._called(plan, message.panel, str(message.day + 1))

    def _called(self, plan: Scenario, panel: int, what: str) -> Scenario:
        """The plan by the name of the one it came from, and what is new in it on which day (from 1)."""
        taken = {other.name for other in self._plans}
        for number in range(1, MOST_PANELS + 2):
            ending = f" / {what}"[: MAX_NAME // 2] + (f" ({number})" if number > 1 else "")
            name = self._roots[panel][: MAX_NAME - len(ending)] + ending
            if name not in taken:
                break
        return plan.model_copy(update={"name": name})

    def _close(self, panel: int) -> None:
        self._plan(panel)
        if len(self._plans) == 1:
            raise InputError("this is the last panel")
        del self._plans[panel], self._roots[panel]
        self.turn += 1

    async def _trace(self, panel: int, plan: Scenario) -> bytes:
        """A plan's trace, behind the number of its panel."""
        return bytes([panel, 0, 0, 0]) + await self._desk.work(trace, Wanted(plan, self._seed))

    async def _judged(self) -> dict[str, str]:
        """Nobody asked for it, so what can't be compared is passed over."""
        try:
            return await self._desk.work(judged, Rivals(tuple(self._plans), self._seed))
        except CommsimError:
            return {}

    async def _outlook(self, panel: int) -> dict[str, Any]:
        """Nobody asked for this either."""
        try:
            return await self._desk.work(outlook, Wanted(self._plan(panel), self._seed))
        except CommsimError:
            return {}

    async def _stories(self, person: int) -> Telling:
        """The story in every panel; None where its community has no such person."""
        asked = Asked(tuple(self._plans), self._seed, (person,))
        return (await self._desk.work(stories, asked))[person]

    async def _suggestions(self) -> dict[str, Any]:
        """Nobody asked for these."""
        try:
            return await self._desk.work(suggestions, Asked(tuple(self._plans), self._seed))
        except CommsimError:
            return {}


def _whom(plan: Scenario, message: Change) -> dict[str, Any]:
    """Whom the strategy addresses until now, which the page does not ask for and so keeps."""
    settings = message.settings or {}
    kept = [one for one in plan.strategies if one.name == message.name and one.kind == settings.get("kind")]
    return kept[-1].model_dump(mode="json", include={"who", "groups"}, exclude_unset=True) if kept else {}
