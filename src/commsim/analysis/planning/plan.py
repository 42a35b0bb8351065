"""The best plan that a search finds within limits, and what fresh worlds say of it."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from commsim.analysis.beliefs import Beliefs
from commsim.analysis.best import Best
from commsim.analysis.planning.examine import FEWEST_WORLDS, MOST_TRIED, MOST_WORLDS, Examined, examine
from commsim.analysis.planning.finals import (
    LIMIT_WORLDS,
    Finalist,
    finalists,
    put_to_limits,
    run_race,
)
from commsim.analysis.planning.front import front_of
from commsim.analysis.planning.planned import Planned, Start, Stopped
from commsim.analysis.planning.swaps import Lots, at_random, climb, starts_for
from commsim.analysis.planning.trials import Allowance, Over, Trials, Weighted, scales_of
from commsim.analysis.planning.weights import STEPS, weights_of
from commsim.analysis.planning.work import Work, answer
from commsim.core.errors import InputError
from commsim.core.luck import whole_seed
from commsim.core.measures import DECIDING, NAMES
from commsim.experiments.asked import asked
from commsim.experiments.effort import PLAN_DOUBTS, PLAN_RUNS
from commsim.experiments.engine import engine
from commsim.experiments.space import Choices, Space, default_space, load_space
from commsim.experiments.space.space import with_limits
from commsim.experiments.sweep import Manner
from commsim.scenario.data_files import hashes
from commsim.scenario.limits import PlanLimits
from commsim.scenario.load import plain
from commsim.scenario.schema import Scenario
from commsim.simulation.warm_up import prepare_engine

SEARCH, FINALS, EXAM = 0.5, 0.25, 0.2
SEARCH_OF_FRONT = 0.6
"""Shares of the runs; what is left is for points where all is otherwise."""
FEWEST_RUNS = 220
MOST_FINALISTS, FEW_FINALISTS, LOOK = 20, 4, 10
"""Plans for the fresh worlds, also after an interrupt, and worlds that each is run in at least."""
MOST_STARTS = 12
OF_THE_BASE = 28
"""Runs of the base beside those of a search, in all of its worlds."""

Told = Callable[[int, str], None]
"""Hears the number of runs that are done, and what is being done."""
_T = TypeVar("_T")


def plan(
    base: Scenario | str | Path,
    space: Space | str | Path | None = None,
    *,
    limits: PlanLimits | dict[str, Any] | None = None,
    objective: str | Sequence[str] = "profit",
    runs: int = PLAN_RUNS,
    seconds: float | None = None,
    doubts: int = PLAN_DOUBTS,
    beliefs: Beliefs | None = None,
    seed: int = 0,
    out: str | Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Told | None = None,
) -> Planned:
    """Search a space of plans around a base for the best one within limits, and try it in fresh worlds.

    base: a scenario, or its path or shipped name.  space: a `commsim.experiments.space.Space`, the path or
    shipped name of one, or None for one that is made of the base.  limits: instead of those of the space and
    the base; numbers in the units of YAML.  objective: a measure, or two for the plans none of which is
    beaten in both.  runs: of all parts together.  seconds: end then.  doubts: points where what nobody
    knows is otherwise; 0 for none.  beliefs: of a calibration (`commsim.analysis.beliefs`): its values are
    put into the base, and its draws are these points.  seed: of all luck.  out: folder that keeps the runs,
    and from which the same call goes on.  workers, scheduler: as for `commsim.sweep`; neither changes the
    result, and a script calls it under ``if __name__ == "__main__":``.
    Raises `InputError`.
    """
    scenario = base if isinstance(base, Scenario) else Scenario.load(base)
    scenario = beliefs.put_into(scenario) if beliefs else scenario
    chosen = _space(space, scenario, limits)
    metrics = (objective,) if isinstance(objective, str) else tuple(objective)
    _check(metrics, runs, doubts)
    work = Work(chosen, metrics, doubts, whole_seed(seed), beliefs)
    manner = Manner(workers, scheduler)
    with tempfile.TemporaryDirectory(prefix="commsim-plan-") as folder:
        place = Path(folder) / "runs" if out is None else Path(out)
        with asked(answer, work, place, manner, _begun(work), prepare_engine) as made:
            tell = progress or (lambda done, what: None)
            return _Planning(Trials(work, made, Allowance(runs, seconds)), runs, place, manner, tell).find()


def _space(
    space: Space | str | Path | None, base: Scenario, limits: PlanLimits | dict[str, Any] | None
) -> Space:
    if space is None:
        found = default_space(base)
    else:
        found = space if isinstance(space, Space) else load_space(space, base)
    if isinstance(limits, dict):
        known = found.limits.model_dump(mode="json", exclude_none=True) if found.limits else {}
        limits = _limits({**known, **limits})
    found.refuse_impossible()
    return found if limits is None else with_limits(found, limits)


def _limits(data: dict[str, Any]) -> PlanLimits:
    try:
        return PlanLimits.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise InputError(first["msg"], where=f"limits.{name}", remedy="give a number or 15%") from error


def _check(metrics: tuple[str, ...], runs: int, doubts: int) -> None:
    for name in metrics:
        if name not in NAMES:
            raise InputError(f"there is no measure {name!r}", remedy=f"choose one of: {', '.join(NAMES)}")
    if len(metrics) == 1 and metrics[0] not in DECIDING:
        remedy = f"choose one of: {', '.join(DECIDING)}"
        raise InputError(f"plans can't be ranked by {metrics[0]!r} alone", remedy=remedy)
    if not 1 <= len(metrics) <= 2 or len(set(metrics)) < len(metrics):
        raise InputError(
            "an objective is one measure or two different ones", remedy="give profit or profit,left"
        )
    if runs < FEWEST_RUNS:
        raise InputError(f"{runs} runs are too few for a search", remedy=f"allow {FEWEST_RUNS} or more")
    if doubts < 0:
        raise InputError("there are no fewer points than none", remedy="give 0 or more")


def _begun(work: Work) -> dict[str, Any]:
    """All that an answer depends on besides the question."""
    limits, base = work.space.limits, work.space.design.bases[""]
    return {
        "space": work.space.design.file.model_dump(mode="json"),
        "base": plain(base),
        "files": dict(hashes(base)),
        "levers": [[lever.name, list(lever.options), lever.start] for lever in work.space.levers],
        "limits": limits.model_dump(mode="json") if limits else None,
        "metrics": list(work.metrics),
        "doubts": work.doubts,
        "seed": work.seed,
        "engine": engine(),
        "beliefs": None if work.beliefs is None else work.beliefs.fingerprint,
    }


class _Planning:
    """A search under way."""

    def __init__(self, trials: Trials, runs: int, place: Path, manner: Manner, tell: Told) -> None:
        self._trials, self._runs, self._place, self._manner = trials, runs, place, manner
        self._space, self._allowance, self._tell = trials.space, trials.allowance, tell
        self._starts: list[Start] = []
        self._stopped: Stopped = "done"
        self._last: Choices = trials.space.start

    def find(self) -> Planned:
        """Search, race, examine."""
        problem = self._search()
        left, before = int(FINALS * self._runs), self._allowance.made
        kept = self._or_shorter(lambda: self._finalists(problem, left))
        left -= self._allowance.made - before
        if len(self._trials.work.metrics) > 1:
            return self._result(self._or_shorter(lambda: self._front(kept)))
        race, racers = self._or_shorter(lambda: self._race(kept, left))
        self._allowance.made += race.runs if race else 0
        if race and race.stopped == "interrupted":
            self._stopped = self._stopped if self._short else "cut short"
        found = self._or_shorter(lambda: self._examine(race, racers))
        if found.cut_short and not self._short:
            self._stopped = "cut short"
        return self._result(found)

    @property
    def _short(self) -> bool:
        """Whether somebody has interrupted it, and wants to know what is known so far."""
        return self._stopped in ("interrupted", "cut short")

    def _or_shorter(self, part: Callable[[], _T]) -> _T:
        """A part; if it is interrupted, the same with less to do, of which a second interrupt is the end."""
        try:
            return part()
        except KeyboardInterrupt:
            if self._short:
                raise
            self._stopped = "cut short"
            return part()

    def _finalists(self, problem: Weighted, runs: int) -> list[Finalist]:
        """The few that fresh worlds decide among, held to the limits in some of them."""
        self._say("limits in fresh worlds")
        most = runs // (LOOK + (LIMIT_WORLDS if self._trials.has_limits_of_outcomes else 0))
        most = min(FEW_FINALISTS if self._short else MOST_FINALISTS, most)
        chosen = finalists(self._trials, problem, most=max(2, most))
        self._allowance.share(None, float("inf"))
        return put_to_limits(self._trials, chosen)

    def _race(self, kept: list[Finalist], runs: int) -> tuple[Best | None, list[Choices]]:
        """Of those that keep the limits, in fresh worlds."""
        self._say("finalists in fresh worlds")
        seconds = self._allowance.until(0.75)
        return run_race(self._trials, kept, runs, self._place, self._manner, seconds, self._note)

    def _examine(self, race: Best | None, racers: list[Choices]) -> Examined:
        self._say("the plan and what undoing each choice costs")
        worlds = self._worlds()
        self._allowance.share(max(int(EXAM * self._runs), (2 + MOST_TRIED) * worlds), float("inf"))
        return examine(self._trials, race, racers, worlds, short=self._short)

    def _worlds(self) -> int:
        """Fresh worlds for the last look: all that its runs suffice for with a dozen plans."""
        found = max(FEWEST_WORLDS, min(MOST_WORLDS, int(EXAM * self._runs) // 14))
        if self._stopped == "cut short":
            return FEWEST_WORLDS
        return min(found, 20) if self._short else found

    def _note(self, done: int, what: str) -> None:
        self._tell(self._allowance.made + done, what)

    def _say(self, what: str) -> None:
        self._allowance.tell = lambda runs: self._tell(runs, what)
        self._tell(self._allowance.made, what)

    def _search(self) -> Weighted:
        """All starts; what was seen stands in the problem of the last weights."""
        self._say("searching")
        self._allowance.share(None, float("inf"))
        scales = scales_of(self._trials)
        seen: dict[Choices, int] = {}
        problem = Weighted(self._trials, weights_of(self._trials.work.metrics, 0), scales)
        total = int((SEARCH if len(scales) == 1 else SEARCH_OF_FRONT) * self._runs) - OF_THE_BASE
        count = starts_for(self._space.levers, total) if len(scales) == 1 else STEPS
        try:
            for number in range(MOST_STARTS):
                left = total - self._allowance.made
                if left < 4:
                    self._stopped = "runs"
                    break
                self._allowance.share(left // max(1, count - number), min(0.5, 0.5 * (number + 1) / count))
                weights = weights_of(self._trials.work.metrics, number)
                problem = Weighted(self._trials, weights, scales)
                problem.seen = seen
                self._start(problem, number)
                if self._late():
                    self._stopped = "seconds"
                    break
        except KeyboardInterrupt:
            self._stopped = "interrupted"
        return problem

    def _late(self) -> bool:
        self._allowance.share(None, 0.5)
        try:
            self._allowance.check_time()
        except Over:
            return True
        return False

    def _start(self, problem: Weighted, number: int) -> None:
        lots, before = Lots(self._trials.work.seed, number), self._allowance.made
        ended, at = False, self._space.start
        origin, first = self._origin(problem, number, lots)
        try:
            for changed in climb(problem, first, lots):
                at = changed
                self._say(f"from {origin}: {self._gain(problem, at):,.4g} ahead in its own worlds")
            ended = True
        except Over:
            pass
        runs, self._last = self._allowance.made - before, at
        self._starts.append(Start(origin, runs, self._gain(problem, at), ended))

    def _origin(self, problem: Weighted, number: int, lots: Lots) -> tuple[str, Choices]:
        """Where a search begins: the base, nothing, at random; of two measures where the last one ended."""
        if number == 0:
            return "the base", problem.canonical(self._space.start)
        if len(self._trials.work.metrics) > 1:
            return "the last one's end", self._last
        if number == 1:
            return "doing nothing", problem.canonical(self._space.emptied)
        return "at random", at_random(problem, lots, self._space.start)

    def _gain(self, problem: Weighted, plan: Choices) -> float:
        """Over the base in the worlds that the plan was seen in, of which the base has some."""
        worlds = min(problem.seen.get(plan, 0), problem.seen.get(problem.canonical(self._space.start), 0))
        if worlds < 1:
            return 0.0
        plans = [plan, problem.canonical(self._space.start)]
        numbers = self._trials.numbers(plans, self._trials.seeds("search", worlds))[:, :, 0]
        return float((numbers[0] - numbers[1]).mean())

    def _front(self, kept: list[Finalist]) -> Examined:
        self._say("the front in fresh worlds")
        self._allowance.share(None, float("inf"))
        return front_of(self._trials, kept, self._worlds())

    def _result(self, found: Examined) -> Planned:
        base, work = self._space.design.bases[""], self._trials.work
        return Planned(
            base=base.name,
            days=base.days,
            metrics=work.metrics,
            confidence=found.race.confidence if found.race else 0.95,
            scenario=found.scenario,
            changes=found.changes,
            lead=found.lead,
            over_nothing=found.over_nothing,
            race=found.race,
            runners=found.runners,
            front=found.front,
            limits=found.limits,
            doubt=found.doubt,
            doubt_nothing=found.doubt_nothing,
            starts=tuple(self._starts),
            stopped=self._stopped,
            runs=self._allowance.made,
            seconds=self._allowance.seconds,
            seed=work.seed,
            seeds=found.seeds,
            worlds=found.worlds,
            levers=len(self._space.levers),
            combinations=self._space.size,
        )
