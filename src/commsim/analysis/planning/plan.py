"""The best plan that a search finds within limits, and what fresh worlds say of it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from commsim.analysis.beliefs import Beliefs
from commsim.analysis.planning.planned import Planned
from commsim.analysis.planning.trials import Allowance, Trials
from commsim.analysis.planning.under_way import Planning, Told
from commsim.analysis.planning.work import Work, answer
from commsim.core.errors import InputError
from commsim.core.luck import whole_seed
from commsim.core.measures import DECIDING, NAMES
from commsim.experiments.asked import asked
from commsim.experiments.effort import PLAN_DOUBTS, PLAN_RUNS
from commsim.experiments.engine import engine
from commsim.experiments.space import Space, default_space, load_space
from commsim.experiments.space.space import with_limits
from commsim.experiments.sweep import Manner
from commsim.scenario.change import refusal
from commsim.scenario.data_files import hashes
from commsim.scenario.limits import PlanLimits
from commsim.scenario.load import deciding
from commsim.scenario.schema import Scenario
from commsim.simulation.warm_up import prepare_engine

FEWEST_RUNS = 220


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
            return Planning(Trials(work, made, Allowance(runs, seconds)), runs, place, manner, tell).find()


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
        raise refusal(PlanLimits, data, error, "limits.") from error


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
        "base": deciding(base),
        "files": dict(hashes(base)),
        "levers": [[lever.name, list(lever.options), lever.start] for lever in work.space.levers],
        "limits": limits.model_dump(mode="json") if limits else None,
        "metrics": list(work.metrics),
        "doubts": work.doubts,
        "seed": work.seed,
        "engine": engine(),
        "beliefs": None if work.beliefs is None else work.beliefs.fingerprint,
    }
