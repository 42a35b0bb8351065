"""What a search found, as data and CSV."""

from typing import Any

from commsim.analysis.intervals import Interval
from commsim.analysis.planning.planned import Candidate, Change, Planned
from commsim.analysis.uncertainty import Doubt
from commsim.core.measures import find
from commsim.report.best import best_data
from commsim.report.data import FORMAT, to_csv
from commsim.report.limits import limit_data
from commsim.report.planned.verdict import planned_verdict


def planned_data(found: Planned) -> dict[str, Any]:
    """All of it, and the plan as it can be run."""
    from commsim.scenario.load import plain

    return {
        "format": FORMAT,
        "base": found.base,
        "metrics": list(found.metrics),
        "unit": find(found.metric).unit,
        "verdict": planned_verdict(found),
        "better": found.is_better,
        "lead": _interval(found.lead),
        "over_nothing": _interval(found.over_nothing),
        "changes": [_change(one) for one in found.changes],
        "limits": limit_data(found.limits),
        "drawn": found.drawn,
        "doubt": _doubt(found.doubt),
        "doubt_over_nothing": _doubt(found.doubt_nothing),
        "runners_up": [_candidate(found, one) for one in found.runners],
        "front": [_candidate(found, one) for one in found.front],
        "race": best_data(found.race) if found.race else None,
        "searches": [one._asdict() for one in found.starts],
        "stopped": found.stopped,
        "runs": found.runs,
        "seed": found.seed,
        "seeds": list(found.seeds),
        "plan": plain(found.scenario) if found.scenario else None,
    }


def _interval(interval: Interval | None) -> dict[str, float] | None:
    if interval is None:
        return None
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}


def _change(change: Change) -> dict[str, Any]:
    return {
        "lever": change.lever,
        "before": change.before,
        "after": change.after,
        "worth": _interval(change.worth),
        "at_edge": change.at_edge,
        "needed": change.needed,
    }


def _doubt(doubt: Doubt | None) -> dict[str, Any] | None:
    if doubt is None:
        return None
    ahead = _interval(doubt.ahead)
    return {"points": doubt.points, "low": doubt.low, "high": doubt.high, "ahead": ahead, "even": doubt.even}


def _candidate(found: Planned, plan: Candidate) -> dict[str, Any]:
    leads = {name: _interval(lead) for name, lead in zip(found.metrics, plan.leads, strict=True)}
    changes = [_change(one) for one in plan.changes]
    return {"name": plan.name, "leads": leads, "changes": changes}


def planned_csv(found: Planned) -> str:
    """A row per choice that is not as in the base."""
    header = ("lever", "before", "after", "worth", "low", "high", "at_edge")
    rows = [
        (
            one.lever,
            str(one.before),
            str(one.after),
            *((one.worth.mean, one.worth.low, one.worth.high) if one.worth else (None, None, None)),
            one.at_edge,
        )
        for one in found.changes
    ]
    return to_csv(header, rows)
