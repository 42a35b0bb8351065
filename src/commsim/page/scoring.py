"""The scoring of a round beside the server: ladders that narrow, then ideas, each as soon as it is there."""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commsim.analysis.league import League, played
from commsim.core.errors import CommsimError
from commsim.experiments.limits import Limits
from commsim.scenario.schema import Scenario

FIRST_LOOKS = (8, 40)
"""Worlds after which a ladder is shown that is not the last one."""
IDEAS_IN = 8
"""Worlds in which each team's plan is explained while a class waits."""
_OFTEN = 0.3
"""Seconds between two words about how far it is."""
_PATIENCE = 3.0
"""Seconds in which a round that is given up may end by itself."""


@dataclass(frozen=True)
class Rules:
    """What is played for, and on how many worlds."""

    budget: float | None
    worlds: int
    metric: str
    explained: bool

    def command(self, plans: Sequence[str], seed: int) -> list[str]:
        """What makes the ladder of plans in files once more."""
        numbers = ["--seed", str(seed), "--worlds", str(self.worlds), "--metric", self.metric]
        budget = [] if self.budget is None else ["--budget", f"{self.budget:g}"]
        return ["commsim", "league", *plans, *numbers, *budget, *([] if self.explained else ["--no-why"])]


@dataclass(frozen=True)
class Step:
    """One word from a scoring.

    what: ``progress`` (done, of, and whether of ideas), ``ladder``, ``end``, or ``failed``.
    """

    what: str
    done: int = 0
    of: int = 0
    ideas: bool = False
    found: League | None = None
    last: bool = False
    error: CommsimError | None = None


class _GivenUp(Exception):
    """Nobody waits for it any more."""


class Scoring:
    """A league that is being played in a thread, whose runs other processes make.

    hear: is called in the loop that begins it.
    """

    def __init__(
        self,
        plans: list[Scenario],
        rules: Rules,
        seed: int,
        limits: Limits,
        workers: int | None,
        hear: Callable[[Step], None],
    ) -> None:
        self._plans, self._rules, self._seed = plans, rules, seed
        self._limits, self._workers = limits, workers
        self._hear, self._loop = hear, asyncio.get_running_loop()
        self._given_up, self._told = threading.Event(), 0.0
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def give_up(self) -> None:
        """End it, and the processes."""
        self._given_up.set()
        self._thread.join(_PATIENCE)

    def _say(self, step: Step) -> None:
        if not self._given_up.is_set():
            self._loop.call_soon_threadsafe(self._hear, step)

    def _play(self) -> None:
        rules = self._rules
        sizes = [*(size for size in FIRST_LOOKS if size < rules.worlds), rules.worlds]
        try:
            self._say(Step("progress", 0, rules.worlds))
            for found in played(
                self._plans,
                budget=rules.budget,
                sizes=sizes,
                seed=self._seed,
                metric=rules.metric,
                ideas_in=IDEAS_IN if rules.explained else 0,
                workers=self._workers,
                limits=self._limits,
                progress=self._progress,
            ):
                last = found.comparison.worlds == rules.worlds
                self._say(Step("ladder", found=found, last=last))
            self._say(Step("end"))
        except _GivenUp:
            return
        except CommsimError as error:
            self._say(Step("failed", error=error))
        except Exception:
            self._say(Step("failed", error=CommsimError("the plans could not be scored")))
            raise

    def _progress(self, what: str, done: int, of: int) -> None:
        if self._given_up.is_set():
            raise _GivenUp
        now = time.monotonic()
        if now - self._told > _OFTEN or done == of:
            self._told = now
            self._say(Step("progress", done, of, what != "worlds"))
