"""Which of the things that nobody knows would turn a comparison round."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.beliefs import Beliefs, places_of, unknowns_of
from commsim.analysis.flip.ends import FIRST_STAGE, AllEnds, find_ends
from commsim.analysis.flip.field import Field, find_field
from commsim.analysis.flip.joint import find_joint
from commsim.analysis.flip.result import Flip
from commsim.analysis.flip.turns import find_turns
from commsim.analysis.flip.worth import Worths, find_worths
from commsim.analysis.intervals import CONFIDENCE
from commsim.analysis.reached import same_run
from commsim.analysis.study import NOTHING, doing_nothing
from commsim.analysis.suppositions import Engine, Rehearsal
from commsim.analysis.uncertainty import doubt, steadied
from commsim.analysis.unknowns import Unknown
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.luck import whole_seed
from commsim.core.measures import DECIDING
from commsim.experiments.effort import FLIP_POINTS, FLIP_WORLDS
from commsim.experiments.sweep import Manner
from commsim.experiments.worlds import world_seed
from commsim.scenario.explain import did_you_mean
from commsim.scenario.schema import Scenario
from commsim.simulation.warm_up import prepare_engine

FOR_WORTHS = 100
"""Points from which on a regression on one unknown is worth its name."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Worlds for the plans as they are, points over the ranges, and the confidence of all that is said."""

    worlds: int = FLIP_WORLDS
    points: int = FLIP_POINTS
    confidence: float = CONFIDENCE


def flip(
    first: Scenario | str | Path,
    second: Scenario | str | Path = NOTHING,
    *,
    only: Sequence[str] = (),
    metric: str = "profit",
    worlds: int = FLIP_WORLDS,
    points: int = FLIP_POINTS,
    confidence: float = CONFIDENCE,
    beliefs: Beliefs | None = None,
    seed: int = 0,
    out: str | Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int, str], None] = lambda pairs, stage: None,
) -> Flip:
    """Say what would have to be true for the other of two plans to be ahead.

    first, second: scenarios, or paths or shipped names of them; ``"nothing"`` for the second is the first
    one left alone.  only: unknowns by their names, or by beginnings such as ``buying``; all if none is given.
    metric: what they are compared by, a name in `commsim.core.measures.DECIDING`.  worlds: of the plans as
    they are, and at most of each end.  points: over all ranges at once.  beliefs: of a calibration
    (`commsim.analysis.beliefs`): its values are put into the plans, its intervals are the ranges of what
    it told, and its draws are the points.  out: folder that keeps the runs, and from which the same call
    goes on.  workers, scheduler: as for `commsim.sweep`; neither changes the result.
    progress: hears how many pairs of runs are done, and of which stage.
    Raises `InputError` for a number of worlds or points that is too small, another metric or name, or plans
    of different lengths; `commsim.analysis.suppositions.RunsFailed`.
    """
    plans = _both(first, second, beliefs)
    _check(plans, metric, worlds, points, confidence)
    known = _chosen(unknowns_of(plans, beliefs), only)
    with ExitStack() as stack:
        if out is None:
            out = stack.enter_context(tempfile.TemporaryDirectory(prefix="commsim-flip-"))
        _check_place(Path(out))
        root, manner = whole_seed(seed), Manner(workers, scheduler)
        engine = stack.enter_context(
            Engine(plans, known, metric, root, Path(out), manner, prepare_engine, progress)
        )
        found = find_out(engine, known, root, Effort(worlds, points, confidence), beliefs)
        runs = 2 * engine.pairs
    return Flip(
        plans=(plans[0].name, plans[1].name),
        days=plans[0].days,
        metric=metric,
        confidence=confidence,
        seeds=tuple(world_seed(whole_seed(seed), world) for world in range(worlds)),
        runs=runs,
        drawn=beliefs is not None,
        **found,
    )


def _both(
    first: Scenario | str | Path, second: Scenario | str | Path, beliefs: Beliefs | None
) -> tuple[Scenario, Scenario]:
    refuse_nothing(first)
    one = first if isinstance(first, Scenario) else Scenario.load(first)
    one = beliefs.put_into(one) if beliefs else one
    if second == NOTHING:
        other = doing_nothing(one)
    else:
        other = second if isinstance(second, Scenario) else Scenario.load(second)
        other = beliefs.put_into(other) if beliefs else other
    if same_run(one, other):
        what = "the two plans come to the same whatever is true, so nothing can turn that round"
        raise InputError(what, where=f"{one.name}, {other.name}", remedy="give two plans that differ")
    if other.name == one.name:
        other = other.model_copy(update={"name": f"{other.name} (2)"})
    return one, other


def refuse_nothing(first: Scenario | str | Path) -> None:
    """InputError where doing nothing is given for the first plan."""
    if first == NOTHING:
        what = f"{NOTHING!r} is the second plan: the first one left alone"
        raise InputError(what, remedy="give the plan first, and nothing after it")


def _chosen(known: tuple[Unknown, ...], only: Sequence[str]) -> tuple[Unknown, ...]:
    """The unknowns of these names or sections."""
    names = [one.name for one in known]
    for wanted in only:
        if not any(_is_of(name, wanted) for name in names):
            hint = did_you_mean(wanted, [*names, *{name.partition(".")[0] for name in names}])
            remedy = f"{hint} commsim flip without it has them all".strip()
            raise InputError(f"nothing that is unknown of these plans is called {wanted!r}", remedy=remedy)
    return tuple(one for one in known if not only or any(_is_of(one.name, wanted) for wanted in only))


def _is_of(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith((f"{wanted}.", f"{wanted} ("))


def _check_place(folder: Path) -> None:
    """InputError if the folder is a file, or holds anything else than runs of a flip."""
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file, not a folder", where=str(folder), remedy="give another --out")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / FIRST_STAGE).is_dir():
        raise InputError(
            "the folder holds other things than such runs", where=str(folder), remedy="give another --out"
        )


def _check(
    plans: tuple[Scenario, Scenario], metric: str, worlds: int, points: int, confidence: float
) -> None:
    if metric not in DECIDING:
        raise InputError(
            f"plans can't be ranked by {metric!r}", remedy=f"choose one of: {', '.join(DECIDING)}"
        )
    if plans[0].days != plans[1].days:
        lengths = f"{plans[0].days} and {plans[1].days}"
        raise InputError(f"the plans run for {lengths} days", remedy="give --days, the same for both")
    if worlds < 4:
        raise InputError(f"{worlds} worlds are too few to tell luck apart", remedy="ask for 16 or more")
    if points < 2:
        raise InputError(f"{points} points can't cover the ranges", remedy="ask for 100 or more")
    if not 0.5 <= confidence < 1:
        raise InputError(f"a confidence of {confidence:g} is none", remedy="give 0.9, 0.95 or 0.99")


def find_out(
    place: Rehearsal,
    known: Sequence[Unknown],
    seed: int,
    effort: Effort,
    beliefs: Beliefs | None = None,
) -> dict[str, Any]:
    """All of it but names and runs: the fields of `Flip`."""
    found = find_ends(place, known, effort.worlds, effort.confidence)
    where, leads = _spread(place, found.usual, *places_of(known, effort.points, seed, beliefs))
    enough = effort.points >= FOR_WORTHS
    worths = find_worths(known, where, leads, seed, effort.confidence) if enough else None
    turning = [one for one in found.ends if one.answer == "flips"]
    return {
        "found": found,
        "turns": find_turns(place, turning, found.usual, effort.confidence),
        "joint": find_joint(place, found, effort.confidence),
        "doubt": doubt(leads, effort.confidence),
        "positions": where,
        "leads": leads,
        "worths": worths,
        "map": _map(place, found, worths),
    }


def _spread(
    place: Rehearsal, usual: Floats, where: Floats, rows: list[dict[str, float]]
) -> tuple[Floats, Floats]:
    """Where points lie in all ranges, and the leads there without the luck of their worlds."""
    count = len(rows)
    with place.stage("ranges", rows, 1, dealt=len(usual)) as ask:
        leads = ask([(row, 0) for row in range(count)])
    same = usual[np.arange(count) % len(usual)]
    return where, steadied(leads, same, float(usual.mean()))


def _map(place: Rehearsal, found: AllEnds, worths: Worths | None) -> Field | None:
    """Over the two that are worth most to know, or else move the lead most."""
    chosen = [one.unknown for one in (worths.told if worths else ())][:2]
    for one in sorted(found.ends, key=lambda one: -abs(one.swing)):
        if len(chosen) < 2 and one.unknown not in chosen and one.swing:
            chosen.append(one.unknown)
    return find_field(place, chosen[0], chosen[1], found.usual) if len(chosen) == 2 else None
