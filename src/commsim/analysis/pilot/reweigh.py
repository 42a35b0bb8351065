"""Draws of a calibration weighed anew by how well each foresaw what a trial has shown.

A draw is a set of values of all unknowns together; the statement before the trial says what difference each
foresees.  Its weight is the density of the difference that was found around that one, with the error of the
trial (sampling, importance resampling; Rubin 1987).  Draws that foresaw it are kept several times, others
not at all.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.beliefs import FILE, read_data
from commsim.analysis.pilot.found import Trial
from commsim.analysis.pilot.registered import Plan
from commsim.core.arrays import Floats, Ints
from commsim.core.errors import InputError
from commsim.experiments.store import put_text
from commsim.records.folder import writing

STATEMENT = "pilot.json"
"""What a statement says, in the folder of its runs."""

FEWEST = 5.0
"""Draws that must carry the result: fewer say that none of them foresaw it."""
_AGAIN = "calibrate anew, with more simulations, or let the trial's statement have more --points"


def reweigh_pilot(behaviour: str | Path, statement: str | Path, trial: Trial, out: str | Path) -> float:
    """Write a calibration that has heard of a trial; how many of its draws carry what it now says.

    behaviour: the calibration that the statement went on from.  statement: the folder that keeps its runs.
    out: a folder, in which a calibration is replaced.  Raises `InputError` if they do not belong together,
    or hardly any draw foresaw what was found.
    """
    leads = foreseen(Path(statement) / STATEMENT, trial.plan)
    data, carry = reweighed(read_data(behaviour), leads, trial)
    folder = Path(out)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        put_text(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n", folder / FILE)
    return carry


def foreseen(file: Path, planned: Plan) -> Floats:
    """The differences that the points of a statement foresee for a trial, from its ``pilot.json``.

    Scaled to the trial's groups, not a number where there is none.  Raises `InputError`.
    """
    remedy = "give the folder of --out of the statement that the list was drawn with"
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        wanted = (planned.outcome, planned.days)
        row = next(one for one in data["readings"] if (one["outcome"], one["days"]) == wanted)
        plans, leads = data["plans"], np.array(row["leads"], np.float64)
    except (OSError, ValueError, TypeError, KeyError, StopIteration) as error:
        raise InputError("is no statement of this trial", where=str(file), remedy=remedy) from error
    if plans != [planned.plan_a, planned.plan_b]:
        raise InputError(f"is of {' and '.join(plans)}", where=str(file), remedy=remedy)
    mean = row["over_ranges"]
    return np.asarray(leads * (planned.model_difference / mean if mean else 1.0))


def weights(leads: Floats, draws: int, trial: Trial) -> Floats:
    """Weight of each draw, of which the sum is 1; point k is of draw k modulo their number.

    Raises `InputError` for fewer points than draws: those without one would count for nothing.
    """
    if len(leads) < draws:
        raise InputError(
            f"the statement has {len(leads)} points, and the calibration {draws} draws: those without a "
            "point would count for nothing",
            where=STATEMENT,
            remedy=f"make the statement with --points {draws}",
        )
    known = max(trial.gap.half_width / 1.959963984540054, 1e-12)
    far = (leads - trial.gap.mean) / known
    usable = np.isfinite(far)
    if not usable.any():
        raise InputError("the statement has no points", where="pilot.json", remedy="run it with --points 60")
    each = np.where(usable, np.exp(-0.5 * (np.where(usable, far, 0.0) ** 2 - np.nanmin(far**2))), 0.0)
    found = np.bincount(np.arange(len(leads)) % draws, weights=each, minlength=draws)
    return np.asarray(found / found.sum())


def carried(weight: Floats) -> float:
    """Draws of equal weight that would say as much (Kish)."""
    return float(1.0 / (weight**2).sum())


def reweighed(calibration: Mapping[str, Any], leads: Floats, trial: Trial) -> tuple[dict[str, Any], float]:
    """The data of a calibration that has heard of a trial, and how many draws carry it.

    leads: the difference of the trial that each point of its statement foresees.  Raises `InputError` if
    hardly any draw foresaw what was found.
    """
    rows = np.array(calibration["draws"]["values"], np.float64)
    if not len(rows):
        raise InputError("the calibration has no draws", where="--behaviour", remedy=_AGAIN)
    weight = weights(leads, len(rows), trial)
    enough = carried(weight)
    if enough < FEWEST:
        raise InputError(
            f"only {enough:.1f} of {len(rows)} draws foresaw what the trial has found", remedy=_AGAIN
        )
    kept = rows[_chosen(weight)]
    names, plan = calibration["draws"]["names"], trial.plan
    told = f"{plan.plan_a} against {plan.plan_b} by {plan.outcome} over {plan.days} days"
    rest = (1.0 - calibration["confidence"]) / 2
    unknowns = []
    for one in calibration["unknowns"]:
        new = dict(one)
        if one["identified"] and one["name"] in names:
            column = kept[:, names.index(one["name"])]
            low, high = np.quantile(column, [rest, 1.0 - rest]).tolist()
            new |= {"estimate": float(column.mean()), "low": low, "high": high}
        unknowns.append(new)
    evidence = f"{calibration['evidence']}; and on a trial in {len(trial.values)} groups of {told}"
    draws = {"names": names, "values": kept.tolist()}
    return {**calibration, "evidence": evidence, "unknowns": unknowns, "draws": draws}, enough


def _chosen(weight: Floats) -> Ints:
    """Numbers of draws, each as often as its weight says, the heaviest first (systematic resampling)."""
    order = np.argsort(-weight, kind="stable")
    count = len(weight)
    edges = np.cumsum(weight[order])
    ticks = (np.arange(count) + 0.5) / count * edges[-1]
    return np.asarray(order[np.minimum(np.searchsorted(edges, ticks), count - 1)])
