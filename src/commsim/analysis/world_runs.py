"""The runs of a comparison, kept in a folder from which it goes on, whatever ended it."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from commsim.analysis.study import WorldFound, run_world
from commsim.experiments.asked import Asked, answered
from commsim.experiments.asked import goes_on as still_begun
from commsim.experiments.engine import engine
from commsim.experiments.limits import Loss
from commsim.experiments.pool import WorkersDied
from commsim.experiments.sweep import Manner
from commsim.records.folder import check_place
from commsim.scenario.data_files import hashes
from commsim.scenario.load import deciding
from commsim.scenario.schema import Scenario
from commsim.simulation.warm_up import prepare_engine

RUNS = "worlds"
"""In the folder of a comparison, the folder of its runs."""
EXPLAINED = "explained"
"""In that one, the folder of the runs that explain a plan."""


@contextmanager
def world_runs(
    plans: Sequence[Scenario], out: str | Path | None, manner: Manner
) -> Iterator[Asked[WorldFound]]:
    """What makes the runs of plans, and keeps them below a folder, if one is given.

    Raises `InputError` if the folder holds other things, and as `commsim.experiments.asked.answered`.
    """
    with ExitStack() as stack:
        if out is None:
            out = stack.enter_context(tempfile.TemporaryDirectory(prefix="commsim-compare-"))
        check_place(Path(out), RUNS)
        place, begun, revive = Path(out) / RUNS, _begun(plans), WorldFound.revive
        yield stack.enter_context(
            answered(run_world, tuple(plans), place, manner, begun, revive, _refuse, prepare_engine)
        )


def goes_on(plans: Sequence[Scenario], out: str | Path) -> bool:
    """Whether a comparison of these plans can go on in a folder, or begin there."""
    place, runs = Path(out), Path(out) / RUNS
    is_new = not place.is_dir() or not any(place.iterdir())
    return is_new or (runs.is_dir() and still_begun(runs, _begun(plans)))


def _begun(plans: Sequence[Scenario]) -> dict[str, Any]:
    """All that a run depends on besides what is asked for."""
    files = [dict(hashes(plan)) for plan in plans]
    return {"plans": [deciding(plan) for plan in plans], "files": files, "engine": engine()}


def _refuse(loss: Loss) -> WorldFound:
    """Nothing is kept of a run that its process died of: it is made again by who goes on."""
    raise WorkersDied(f"a run was ended: {loss.message}", remedy="the same command goes on")
