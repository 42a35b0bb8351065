"""The list of a trial: its groups with their arms, and what was planned before anybody knew the outcome."""

from dataclasses import dataclass, fields
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.pilot import tables
from commsim.analysis.pilot.lots import Lots, draw
from commsim.analysis.pilot.outcomes import find
from commsim.analysis.pilot.power import adjusted, design_effect
from commsim.analysis.pilot.result import Pilot, Reading
from commsim.analysis.pilot.tables import Sheet
from commsim.core.errors import InputError

ARMS = ("A", "B")
_ALIKE = 1.25
"""Factor between sizes of groups up to which those of the model stand for the real ones."""


@dataclass(frozen=True)
class Plan:
    """What is planned, the same in every row of the list.

    outcome, days: what decides, and after how long.  before_days: of the baseline.  model_difference,
    model_doubt: what the model says of a group of ``plan_a`` less one of ``plan_b``, and its standard
    deviation over what nobody knows.  model_sd: between groups; model_r: correlation with the baseline.
    likeness: allowed for.
    """

    plan_a: str
    plan_b: str
    outcome: str
    days: int
    before_days: int
    seed: int
    model_difference: float
    model_doubt: float
    model_sd: float
    model_r: float
    likeness: float

    def spread(self, members: float) -> float:
        """Standard deviation between groups that the model foresees, with the allowance for likeness."""
        return adjusted(self.model_sd, self.model_r) * float(design_effect(members, self.likeness) ** 0.5)


@dataclass(frozen=True)
class Registered:
    """The groups as they were drawn, and the plan of the trial.

    ratio: of the mean size of the groups to that of the model's.
    """

    lots: Lots
    plan: Plan
    ratio: float = 1.0

    @property
    def is_unlike(self) -> bool:
        """Whether the model's groups have another size, so that what it says is of other groups."""
        return not 1 / _ALIKE <= self.ratio <= _ALIKE


def register_pilot(
    found: Pilot, groups: str | Path, outcome: str | None = None, days: int | None = None, seed: int = 0
) -> Registered:
    """Draw the groups of a file into the arms of a trial, and write down what will decide.

    groups: CSV with a column ``group``, and ``members`` and ``before`` (the baseline of the outcome) if
    known. outcome, days: what decides; what shows a difference soonest if None.  What the model says is
    scaled to the mean size of the groups.  Raises `InputError`.
    """
    one = _chosen(found, outcome, days)
    sheet = Sheet(groups)
    members, before = (sheet.all_or_none(names) for names in (tables.MEMBERS, tables.BEFORE))
    for row in np.flatnonzero(members <= 0):
        raise InputError(
            f"{sheet.names[row]} has no members", where=sheet.place(int(row)), remedy="leave the group out"
        )
    lots = draw(sheet.names, members, before, seed)
    mean, doubt = one.prior
    ratio = float(members.mean()) / found.members if np.isfinite(members).all() else 1.0
    plan = Plan(
        plan_a=found.plans[0],
        plan_b=found.plans[1],
        outcome=one.outcome.name,
        days=one.days,
        before_days=found.before,
        seed=seed,
        model_difference=ratio * mean,
        model_doubt=ratio * doubt,
        model_sd=sqrt(ratio) * one.sd,
        model_r=one.r,
        likeness=found.likeness[-1] if found.likeness else 0.0,
    )
    return Registered(lots, plan, ratio)


def _chosen(found: Pilot, outcome: str | None, days: int | None) -> Reading:
    if days is not None and days not in found.lengths:
        told = ", ".join(map(str, found.lengths))
        raise InputError(f"the trial is not read after {days} days", remedy=f"choose one of: {told}")
    easy = found.easiest if outcome is None else found.easiest_of(find(outcome).name)
    if days is None:
        days = max(found.lengths) if easy is None else easy.days
    name = outcome or ("profit" if easy is None else easy.outcome.name)
    return found.of(name, days)


def list_rows(registered: Registered) -> list[dict[str, Any]]:
    """A row per group, in the order given; what is planned stands in each."""
    lots, plan = registered.lots, registered.plan
    planned = {field.name: getattr(plan, field.name) for field in fields(plan)}
    return [
        {
            "group": name,
            "arm": ARMS[lots.arms[k]],
            "plan": (plan.plan_a, plan.plan_b)[lots.arms[k]],
            "block": int(lots.blocks[k]) + 1,
            "members": _known(lots.members[k]),
            "before": _known(lots.before[k]),
            **planned,
        }
        for k, name in enumerate(lots.names)
    ]


def _known(value: float) -> float | int | None:
    if np.isnan(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def read_list(file: str | Path) -> Registered:
    """A list as it was drawn.  Raises `InputError` if it was changed since, and says which group moved."""
    sheet = Sheet(file)
    members, before = (sheet.all_or_none(names) for names in (tables.MEMBERS, tables.BEFORE))
    plan = Plan(**{field.name: _same(sheet, field.name, field.type) for field in fields(Plan)})
    find(plan.outcome)
    lots = draw(sheet.names, members, before, plan.seed)
    for row, arm in enumerate(sheet.texts(tables.ARM)):
        if arm != ARMS[lots.arms[row]]:
            raise InputError(
                f"{sheet.names[row]} is in arm {arm!r}, and the lots of seed {plan.seed} put it into "
                f"{ARMS[lots.arms[row]]}: the list was changed after the draw",
                where=sheet.place(row),
                remedy="put back the list as it was drawn; a group that moved counts where the lot put it",
            )
    return Registered(lots, plan)


def _same(sheet: Sheet, name: str, kind: Any) -> Any:
    """What stands in a column, the same in all rows."""
    cells = sheet.texts((name,))
    for row, cell in enumerate(cells):
        if cell != cells[0]:
            raise InputError(
                f"{name} is {cell!r}, and {cells[0]!r} in the first row",
                where=sheet.place(row),
                remedy="put back the list as it was drawn",
            )
    try:
        value = kind(cells[0])
        if _can_be(name, value):
            return value
        raise ValueError
    except ValueError:
        raise InputError(
            f"{name} is {cells[0]!r}", where=f"{sheet.file}:2", remedy="put back the list as it was drawn"
        ) from None


def _can_be(name: str, value: Any) -> bool:
    """Whether a draw may have written it; of texts it is not asked here."""
    match name:
        case "days":
            return bool(value >= 1)
        case "before_days":
            return bool(value >= 0)
        case "seed":
            return bool(0 <= value < 1 << 63)
        case "model_sd" | "model_doubt":
            return bool(0 <= value < np.inf)
        case "model_r":
            return bool(-1 <= value <= 1)
        case "likeness":
            return bool(0 <= value <= 1)
        case "model_difference":
            return bool(np.isfinite(value))
    return True
