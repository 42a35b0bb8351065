"""Simulations of the user's groups, each made once and kept; killed and gone on with they are the same."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from commsim.analysis.calibration.own_groups import Own
from commsim.analysis.calibration.summaries import summaries
from commsim.core.arrays import Floats
from commsim.core.errors import CommsimError, Exit
from commsim.experiments.asked import Question, asked
from commsim.experiments.engine import engine
from commsim.experiments.results import Result, failure
from commsim.experiments.sweep import Manner
from commsim.records.observed import Observed
from commsim.scenario.data_files import hashes
from commsim.scenario.load import deciding
from commsim.simulation.warm_up import prepare_engine

MOST_FAILED = 0.05
"""Share of simulations that may fail, because a plan can't have some values together."""
SUMMARIES = 2
"""Number of the summaries' definition; another one begins anew."""


class TooManyFailed(CommsimError):
    """So many simulations failed that the others are no picture of the ranges."""

    exit_code = Exit.RUNS_FAILED


class Simulations(NamedTuple):
    """names: of the summaries.  rows: simulations x summaries.  positions: simulations x unknowns."""

    names: tuple[str, ...]
    rows: Floats
    positions: Floats


def simulations(
    own: Own, runs: int, out: Path | None, manner: Manner, heard: Callable[[int], None]
) -> Simulations:
    """Make so many, or take them from the folder.  Raises as `asked`, and `TooManyFailed`."""
    names = tuple(_summaries(own, own.live(0)))
    with ExitStack() as stack:
        folder = out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="commsim-calibrate-")))
        runner = asked(answer, own, folder, manner, _begun(own, names), prepare_engine)
        made = stack.enter_context(runner).answers([(number,) for number in range(runs)], heard)
    kept = [number for number, result in enumerate(made) if not result.failed]
    if len(kept) < (1.0 - MOST_FAILED) * runs:
        error = next(result.error for result in made if result.error)
        raise TooManyFailed(
            f"{runs - len(kept)} of {runs} simulations failed",
            where=own.plan.name,
            remedy=f"the first: {': '.join(error)}",
        )
    numbers = np.array(kept, np.int64)
    return Simulations(names, np.array([made[number].values for number in kept]), own.positions(numbers))


def answer(own: Own, question: Question) -> Result:
    """The summaries of a simulation; an error in it is its result."""
    try:
        (number,) = question
        assert isinstance(number, int)
        return Result(tuple(_summaries(own, own.live(number)).values()))
    except Exception as error:
        return failure(error)


def _summaries(own: Own, seen: Observed) -> dict[str, float]:
    """Those that say something: when people came is given, where the plan does not bring them."""
    given = () if own.comings is None else ("joins.",)
    return {name: value for name, value in summaries(seen).items() if not name.startswith(given)}


def _begun(own: Own, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "calibrate": SUMMARIES,
        "engine": engine(),
        "seed": own.seed,
        "plan": deciding(own.plan),
        "files": dict(hashes(own.plan)),
        "comings": None if own.comings is None else list(own.comings),
        "ranges": {one.name: [one.low, one.high, one.logarithmic] for one in own.known},
        "summaries": list(names),
    }
