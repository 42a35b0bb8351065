"""What a report is made from: the plans, what was compared, and a close look at each plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.closeup import Closeup, gather
from commsim.analysis.comparison import Comparison
from commsim.analysis.explain import Explanation
from commsim.analysis.explained import parts
from commsim.analysis.reached import Reached, reached
from commsim.analysis.sensitivity import Sensitivity
from commsim.analysis.study import warnings
from commsim.core.errors import InputError
from commsim.experiments.effort import CLOSE_WORLDS
from commsim.experiments.worlds import world_seed
from commsim.records.folder import read_manifest
from commsim.records.records import Records
from commsim.records.store import SCENARIO, read_run
from commsim.report.folder import read_comparison, read_limits
from commsim.report.language import Language
from commsim.report.rival import plans_called, with_names
from commsim.scenario.given import as_given
from commsim.scenario.load import load
from commsim.scenario.schema import Scenario

MOST_PLANS = 6
"""Plans that a report goes into, the best ones: more can't be told apart in a figure."""
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Case:
    """Plans with a close look at each.

    names: unique names of the plans, the best first in a comparison.  comparison: None for a single run.
    origin: manifest of the folder, or what one made now would say.  seed: as given on the command line.
    sweep: what a sweep around these plans says of what their result hangs on.  explained: why the best
    plan that does something earns what it earns, if that was asked for.
    """

    names: tuple[str, ...]
    closeups: tuple[Closeup, ...] = field(repr=False)
    comparison: Comparison | None
    origin: Mapping[str, Any] = field(repr=False)
    seed: int
    sweep: Sensitivity | None = field(default=None, repr=False)
    explained: Explanation | None = field(default=None, repr=False)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The plans themselves."""
        return tuple(closeup.scenario for closeup in self.closeups)

    @property
    def explained_plan(self) -> str:
        """Name of the plan that is explained: the first one with strategies or sources, or the first."""
        acting = (name for name, plan in zip(self.names, self.scenarios, strict=True) if parts(plan))
        return next(acting, self.names[0])

    @property
    def targets(self) -> tuple[tuple[Reached, ...], ...]:
        """What is said of each plan's target, over all worlds of a comparison."""
        if self.comparison is None:
            return tuple(reached(one.scenario.target, one.outcome, one.alone) for one in self.closeups)
        told = dict(zip(self.comparison.plans, self.comparison.targets, strict=False))
        return tuple(told.get(name, ()) for name in self.names)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Why the plans may not be comparable, and what is unlawful in them."""
        of_all = () if self.comparison is None else self.comparison.warnings
        return tuple(dict.fromkeys((*warnings(self.scenarios), *of_all)))  # those of a folder have no parts

    def called_in(self, say: Language) -> "Case":
        """The same with the names that its plans have in a language."""
        compared = None if self.comparison is None else with_names(self.comparison, say)
        return replace(self, names=plans_called(self.names, say), comparison=compared)

    @property
    def worlds(self) -> int:
        """Worlds that were looked at closely."""
        return self.closeups[0].worlds


def run_case(
    scenario: Scenario,
    seed: int,
    origin: Mapping[str, Any],
    *,
    worlds: int = CLOSE_WORLDS,
    workers: int | None = None,
    progress: Progress = lambda done: None,
) -> Case:
    """A plan in the world of a run and in others beside it, for what is luck and what the plan causes."""
    seeds = [seed, *(world_seed(seed, world) for world in range(worlds - 1))]
    closeups = gather([scenario], seeds, typical=seed, workers=workers, progress=progress)
    return Case((scenario.name,), closeups, None, origin, seed)


def comparison_case(
    comparison: Comparison,
    scenarios: Sequence[Scenario],
    origin: Mapping[str, Any],
    *,
    worlds: int = CLOSE_WORLDS,
    workers: int | None = None,
    progress: Progress = lambda done: None,
    explained: Explanation | None = None,
) -> Case:
    """The best plans of a comparison in its first worlds; the typical one has the usual lead."""
    means = comparison.of(comparison.metric).mean(axis=1)
    chosen = [int(plan) for plan in np.argsort(-means, kind="stable")[:MOST_PLANS]]
    seeds = comparison.seeds[:worlds]
    typical = seeds[_typical(comparison, len(seeds))]
    plans = [scenarios[plan] for plan in chosen]
    closeups = gather(plans, seeds, typical=typical, workers=workers, progress=progress)
    names = tuple(comparison.plans[plan] for plan in chosen)
    return Case(names, closeups, comparison, origin, comparison.seed, explained=explained)


def _typical(comparison: Comparison, among: int) -> int:
    """The world in which the plans do most nearly as they do on average."""
    values = comparison.of(comparison.metric)
    off = (values - values.mean(axis=1, keepdims=True)) / np.maximum(values.std(axis=1, keepdims=True), 1e-9)
    return int(np.argmin((off[:, :among] ** 2).sum(axis=0)))


def read_case(
    folder: str | Path,
    *,
    worlds: int = CLOSE_WORLDS,
    workers: int | None = None,
    progress: Progress = lambda done: None,
) -> Case:
    """The case of a folder that ``commsim run`` or ``commsim compare`` wrote.

    The runs are made again, so that everything can be told that the folder does not hold; InputError if
    this version gives other numbers, or if the run was stopped early.
    """
    place, manifest = Path(folder), read_manifest(folder)
    options: dict[str, Any] = {"worlds": worlds, "workers": workers, "progress": progress}
    if manifest.get("kind") == "run":
        case = _case_of_run(place, manifest, options)
    elif manifest.get("kind") == "comparison":
        comparison = read_comparison(place)
        told = manifest.get("given") or [()] * len(comparison.plans)
        plans = [_kept(place / f"plan-{k}.yaml", one) for k, one in enumerate(told, start=1)]
        comparison = replace(comparison, limits=read_limits(place, comparison.plans, plans))
        case = comparison_case(comparison, plans, manifest, **options)
        _check_same(case, place)
    else:
        raise InputError(
            "no report can be made of this", where=str(folder), remedy="give the --out of run or compare"
        )
    return case


def _kept(file: Path, told: Sequence[Mapping[str, Any]]) -> Scenario:
    """A plan of a folder as it was written; folders of 0.1 do not say which settings it gave."""
    plan = load(file)
    return as_given(plan, told) if told else plan


def _case_of_run(place: Path, manifest: Mapping[str, Any], options: dict[str, Any]) -> Case:
    if not manifest["complete"]:
        done, days = manifest["days_done"], manifest["days"]
        raise InputError(
            f"the run was stopped after {done} of {days} days",
            where=str(place),
            remedy=f"run it to its end, or with --days {done}",
        )
    kept = read_run(place)
    case = run_case(_kept(place / SCENARIO, manifest.get("given", ())), kept.seed, manifest, **options)
    if _profit(case.closeups[0].typical) != _profit(kept):
        raise _other_numbers(place, manifest)
    return case


def _check_same(case: Case, place: Path) -> None:
    """The worlds that were run again must give what the folder says."""
    comparison = case.comparison
    assert comparison is not None
    for name, closeup in zip(case.names, case.closeups, strict=True):
        plan = comparison.plans.index(name)
        if not np.array_equal(closeup.outcome("profit"), comparison.of("profit")[plan, : closeup.worlds]):
            raise _other_numbers(place, case.origin)


def _profit(records: Records) -> int:
    return int(records.ledger["fen"].sum())


def _other_numbers(place: Path, manifest: Mapping[str, Any]) -> InputError:
    version = manifest.get("versions", {}).get("commsim", "?")
    return InputError(
        f"this version gives other numbers than the folder holds, which commsim {version} wrote",
        where=str(place),
        remedy="run it again with --force, and report that",
    )
