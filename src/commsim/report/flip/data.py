"""What would turn a comparison round, as plain data and CSV."""

from math import isnan
from typing import Any

from commsim.analysis.flip import Flip
from commsim.analysis.flip.leads import Estimate
from commsim.analysis.intervals import Interval
from commsim.report.data import FORMAT, to_csv
from commsim.report.flip.figures import flip_figures
from commsim.report.flip.tables import flip_grids
from commsim.report.flip.verdict import flip_verdict
from commsim.report.flip.words import rival
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language


def flip_data(found: Flip) -> dict[str, Any]:
    """All of it, unknowns from the one that moves the lead most; what is not known is null."""
    return {
        "format": FORMAT,
        "plans": list(found.plans),
        "days": found.days,
        "metric": found.metric,
        "unit": found.measure.unit,
        "confidence": found.confidence,
        "verdict": flip_verdict(found),
        "lead": _interval(found.lead),
        "counts": dict(found.counts),
        "unknowns": [unknown_row(found, number) for number in range(len(found.ranked))],
        "joint": _joint(found),
        "ranges": {
            "points": found.doubt.points,
            "drawn": found.drawn,
            "nine_in_ten": [found.doubt.low, found.doubt.high],
            "ahead": _interval(found.doubt.ahead),
            "even": found.doubt.even,
            "leads": found.leads.tolist(),
        },
        "worth": _worth(found),
        "map": _map(found),
        "runs": found.runs,
        "seeds": list(found.seeds),
    }


def unknown_row(found: Flip, place: int) -> dict[str, Any]:
    """An unknown by its place among those that move the lead most."""
    row = found.row(found.ranked[place])
    return {key: None if isinstance(told, float) and isnan(told) else told for key, told in row.items()}


def _interval(interval: Interval) -> dict[str, float]:
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {"mean": estimate.mean, "error": estimate.error}


def _joint(found: Flip) -> dict[str, Any] | None:
    joint = found.joint
    if joint is None:
        return None
    steps = [
        {"unknown": s.unknown.name, "from": s.unknown.value, "to": s.value, "share": s.share}
        for s in joint.steps
    ]
    return {"distance": joint.distance, "lead": _estimate(joint.lead), "steps": steps}


def _worth(found: Flip) -> dict[str, Any] | None:
    worths = found.worths
    if worths is None:
        return None
    told = [{"unknown": one.unknown.name, **_interval(one.worth)} for one in worths.told]
    return {"everything": worths.everything, "by_chance": worths.null, "unknowns": told}


def _map(found: Flip) -> dict[str, Any] | None:
    field = found.map
    if field is None:
        return None
    return {
        "rows": {"unknown": field.down.name, "values": list(field.rows)},
        "columns": {"unknown": field.across.name, "values": list(field.columns)},
        "leads": field.leads.tolist(),
    }


def flip_csv(found: Flip) -> str:
    """A row per unknown."""
    rows = [unknown_row(found, number) for number in range(len(found.ranked))]
    header = tuple(rows[0]) if rows else ("unknown",)
    return to_csv(header, [["" if told is None else told for told in row.values()] for row in rows])


def flip_statement(found: Flip, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    figures = flip_figures(found, say)
    return Statement(
        kicker=say("What would turn it round"),
        name=say("{first} against {second}", first=found.plans[0], second=rival(found, say)),
        facts=(
            say("{count} unknowns", count=len(found.found.ends)),
            say("{worlds} worlds", worlds=len(found.seeds)),
            say("{count} runs", count=f"{found.runs:,}"),
        ),
        verdict=flip_verdict(found, say),
        heading=say("What moves the lead"),
        figures=[panel for panels in figures.values() for panel in panels],
        grids=flip_grids(found, say),
    )
