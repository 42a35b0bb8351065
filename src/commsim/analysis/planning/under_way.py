"""A search for the best plan under way: search, limits, race, last look; what an interrupt leaves of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

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
from commsim.analysis.planning.trials import Over, Trials, Weighted, scales_of
from commsim.analysis.planning.weights import STEPS, weights_of
from commsim.experiments.space import Choices
from commsim.experiments.sweep import Manner

SEARCH, FINALS, EXAM = 0.5, 0.25, 0.2
SEARCH_OF_FRONT = 0.6
"""Shares of the runs; what is left is for points where all is otherwise."""
MOST_FINALISTS, FEW_FINALISTS, LOOK = 20, 4, 10
"""Plans for the fresh worlds, also after an interrupt, and worlds that each is run in at least."""
MOST_STARTS = 12
OF_THE_BASE = 28
"""Runs of the base beside those of a search, in all of its worlds."""

Told = Callable[[int, str], None]
"""Hears the number of runs that are done, and what is being done."""
_T = TypeVar("_T")


class Planning:
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
            drawn=work.beliefs is not None,
        )
