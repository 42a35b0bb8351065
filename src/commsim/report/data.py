"""Results as plain data: JSON objects with stable keys, and CSV that a spreadsheet can't misread.

Money is in yuan, shares are between 0 and 1.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from commsim.analysis.cash import cash_days
from commsim.analysis.comparison import Comparison
from commsim.analysis.counts import Counts, counts
from commsim.analysis.intervals import CONFIDENCE
from commsim.analysis.measures import outcomes
from commsim.analysis.outlook import outlook
from commsim.analysis.products import product_data
from commsim.analysis.reached import Reached
from commsim.core.harmless import for_csv
from commsim.core.measures import MEASURES, Measure
from commsim.records.records import Records
from commsim.report.agents import agent_data
from commsim.report.beyond import beyond_data, plain
from commsim.report.channels import channel_data
from commsim.report.counted import beyond_nothing
from commsim.report.limits import limit_data
from commsim.report.parties import party_data
from commsim.report.partners import partner_data
from commsim.report.stages import stage_data
from commsim.report.targets.data import run_target_data, target_data
from commsim.report.verdict import verdict

FORMAT = 1


def run_data(
    records: Records, days: int, goals: Sequence[Reached] = (), warnings: Sequence[str] = ()
) -> dict[str, Any]:
    """One run: scenario, seed, days, whether it is complete, per measure its unit and value, its target.

    warnings: what every result of its plan has to say.  Of a plan with channels, at full detail, it has also
    where newcomers came from, of one with partners what these got.
    """
    found = outcomes(records)
    counted = counts(records)
    return {
        "format": FORMAT,
        "scenario": records.scenario,
        "seed": records.seed,
        "days": records.days,
        "complete": records.days == days,
        "measures": {m.name: {"unit": m.unit, "value": found[m.name]} for m in MEASURES},
        "target": run_target_data(goals),
        "warnings": list(warnings),
        "cash": cash_days(records),
        **stage_data(counted),
        "products": product_data(records),
        **_counted(counted),
    }


def _counted(counted: Counts, beyond: float | None = None) -> dict[str, Any]:
    """Who is paid, where newcomers came from and what partners got, of plans in which that is anything."""
    found = {
        "parties": party_data(counted),
        "channels": channel_data(counted),
        "partners": partner_data(counted),
        "agents": agent_data(counted, beyond),
    }
    return {name: rows for name, rows in found.items() if rows}


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """A comparison: what decided, how precisely, the verdict, and per plan every measure.

    ``difference`` is plan minus best plan over the same worlds, with limits that hold for all pairs
    of plans together at ``confidence``; ``beyond`` is plan minus the plan left alone.  ``without`` is what
    the best plan gains without one strategy, ``looks`` the plans after other numbers of days; see
    `commsim.report.beyond`.
    """
    return {
        "format": FORMAT,
        "metric": comparison.metric,
        "unit": comparison.measure.unit,
        "confidence": CONFIDENCE,
        "seed": comparison.seed,
        "worlds": comparison.worlds,
        "target_half_width": comparison.target,
        "half_width": comparison.half_width,
        "precise": comparison.precise,
        "best": comparison.plans[comparison.best],
        "verdict": verdict(comparison),
        "warnings": list(comparison.warnings),
        "plans": [_plan(comparison, plan) for plan in range(len(comparison.plans))],
        **beyond_data(comparison),
    }


def _plan(comparison: Comparison, plan: int) -> dict[str, Any]:
    return {
        "name": comparison.plans[plan],
        "days": comparison.days[plan],
        "share_best": float(comparison.shares_best[plan]),
        "measures": {measure.name: _measure(comparison, plan, measure) for measure in MEASURES},
        "target": target_data(comparison.targets[plan]) if comparison.targets else None,
        "limits": limit_data(comparison.limits[plan]) if comparison.limits else None,
        "cash": found.plain() if (found := outlook(comparison, plan)) else None,
        **(
            stage_data(comparison.counts[plan])
            | _counted(comparison.counts[plan], beyond_nothing(comparison, plan))
            if comparison.counts
            else {}
        ),
    }


def _measure(comparison: Comparison, plan: int, measure: Measure) -> dict[str, Any]:
    interval = comparison.differences[measure.name][plan]
    return {
        "unit": measure.unit,
        "mean": float(comparison.of(measure.name)[plan].mean()),
        "difference": plain(interval),
        "beyond": plain(comparison.beyond[measure.name][plan]) if comparison.beyond else None,
    }


def comparison_csv(comparison: Comparison) -> str:
    """One row per plan and measure: mean, difference from the best plan with its limits, and target.

    At the end of a row what the plan adds to doing nothing, with its limits, and the days; rows of looks at
    other numbers of days come last.

    Of a target: what is wanted, and the chance with its limits.  A last row of a plan, ``target``, has the
    chance of all its goals together.
    """
    header = ("plan", "measure", "unit", "mean", "difference", "low", "high")
    of_target = ("wanted", "chance", "chance_low", "chance_high")
    at_last = ("beyond", "beyond_low", "beyond_high", "days")
    rows: list[tuple[Any, ...]] = []
    data = comparison_data(comparison)
    for plan in data["plans"]:
        target = plan["target"] or {"goals": []}
        goals = {goal["measure"]: (goal["told"], *_limits(goal)) for goal in target["goals"]}
        for name, found in plan["measures"].items():
            last = (*_beyond(found), plan["days"])
            rows.append((plan["name"], name, *_numbers(found), *goals.get(name, ("",) * 4), *last))
        if goals:
            of_all = _limits(target["all"])
            rows.append((plan["name"], "target", "worlds", *[""] * 5, *of_all, *[""] * 3, plan["days"]))
    rows += [
        (plan["name"], name, *_numbers(found), *[""] * 4, *_beyond(found), look["days"])
        for look in data["looks"]
        for plan in look["plans"]
        for name, found in plan["measures"].items()
    ]
    return to_csv((*header, *of_target, *at_last), rows)


def _numbers(found: dict[str, Any]) -> tuple[Any, ...]:
    return found["unit"], found["mean"], *found["difference"].values()


def _beyond(found: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(found["beyond"].values()) if found["beyond"] else ("",) * 3


def _limits(found: dict[str, float]) -> tuple[float, float, float]:
    return found["chance"], found["low"], found["high"]


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV text, texts in quotes and harmless."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([for_csv(value) for value in row] for row in (header, *rows))
    return stream.getvalue()
