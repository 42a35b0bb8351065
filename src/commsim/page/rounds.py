"""A round of a live league that is being scored: what there is to see of it so far."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from commsim.analysis.league import League
from commsim.core.errors import CommsimError
from commsim.experiments.limits import Limits
from commsim.page.classroom import Team
from commsim.page.scoring import Rules, Scoring, Step
from commsim.page.standing import results, standing
from commsim.scenario.schema import Scenario

_log = logging.getLogger(__name__)


class Round:
    """The plans of some teams, by token, under rules, in the worlds of a seed.

    found, ladder, progress: as far as it is, for the trainer's page.  results: of each team, by token, from
    the last ladder on.  busy: until its end.
    """

    def __init__(self, teams: Mapping[str, Team], rules: Rules, seed: int) -> None:
        self.plans: list[Scenario] = [
            team.plan.model_copy(update={"name": team.name}) for team in teams.values() if team.plan
        ]
        self.busy = True
        self.found: League | None = None
        self.ladder: dict[str, Any] | None = None
        self.progress: dict[str, Any] | None = _progress(Step("progress", 0, rules.worlds))
        self.results: dict[str, dict[str, Any]] = {}
        self._tokens, self._rules, self._seed = list(teams), rules, seed
        self._scoring: Scoring | None = None

    async def play(
        self, limits: Limits, workers: int | None, tell: Callable[[dict[str, Any]], Awaitable[None]]
    ) -> CommsimError | None:
        """Score it; ``tell`` hears of each step.  Gives the error that it ended with before its end."""
        steps: asyncio.Queue[Step] = asyncio.Queue()
        try:
            self._scoring = Scoring(self.plans, self._rules, self._seed, limits, workers, steps.put_nowait)
            error = await self._follow(steps, tell)
        except Exception:
            _log.exception("a round of a league could not be followed")
            error = CommsimError("the plans could not be scored")
        self.busy, self.progress = False, None
        if error is not None and self.ladder is not None:
            for row in self.ladder["rows"]:
                row["waits"] = False  # no idea is looked for any more
        return error

    async def _follow(
        self, steps: "asyncio.Queue[Step]", tell: Callable[[dict[str, Any]], Awaitable[None]]
    ) -> CommsimError | None:
        while True:
            step = await steps.get()
            if step.what == "progress":
                self.progress = _progress(step)
                await tell({"type": "progress", **self.progress})
            elif step.found is not None:
                ladder = standing(step.found, self._rules.worlds, ideas=self._rules.explained)
                self.found, self.ladder = step.found, ladder
                if step.last:
                    self.results = dict(zip(self._tokens, results(step.found), strict=True))
                await tell({"type": "ladder", "ladder": self.ladder})
            else:
                return step.error

    def give_up(self) -> None:
        """End it, and its processes."""
        if self._scoring is not None:
            self._scoring.give_up()


def _progress(step: Step) -> dict[str, Any]:
    """How far it is, for the trainer's page."""
    return {"done": step.done, "of": step.of, "ideas": step.ideas}
