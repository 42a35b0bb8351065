"""A calibration as data, and as a plan that goes on from it."""

from typing import Any

from commsim.analysis.calibration.result import Calibration, row
from commsim.core.harmless import for_terminal
from commsim.report.calibration.tables import calibration_verdict
from commsim.report.data import FORMAT, to_csv
from commsim.scenario.load import as_yaml


def calibration_data(found: Calibration) -> dict[str, Any]:
    """All of it; what ``--behaviour`` reads."""
    return {
        "format": FORMAT,
        "calibration": found.plan,
        "evidence": found.evidence,
        "verdict": calibration_verdict(found),
        "refused": found.refused,
        "chance": found.chance,
        "odd": [one._asdict() for one in found.odd],
        "data": {
            "source": found.data.source,
            "start": found.data.start,
            "days": found.data.days,
            "groups": [{"name": name, "members": members} for name, members in found.data.groups],
            "missing": list(found.data.missing),
        },
        "runs": found.runs,
        "confidence": found.confidence,
        "unknowns": [row(one) for one in found.told],
        "lost": list(found.lost),
        "draws": {
            "names": list(found.draws[0]) if found.draws else [],
            "values": [list(draw.values()) for draw in found.draws],
        },
    }


def calibration_csv(found: Calibration) -> str:
    """A row per unknown."""
    rows = [row(one) for one in found.told]
    return to_csv(tuple(rows[0]), [tuple(one.values()) for one in rows]) if rows else ""


def calibrated_plan(found: Calibration) -> str:
    """A plan that extends the one that was calibrated, with what the data tell and its evidence."""
    lines = [f"# {found.evidence[0].upper()}{found.evidence[1:]}."]
    lines += [
        f"#   {one.name}: {one.estimate:g}, {found.confidence:.0%} interval {one.low:g} to {one.high:g}"
        for one in found.identified
    ]
    parts: dict[str, Any] = {"extends": found.source} if found.source else {}
    parts["name"] = f"{found.plan[:60]}, calibrated"
    for one in found.identified:
        for keys in one.keys:
            here = parts
            for key in keys[:-1]:
                here = here.setdefault(key, {})
            here[keys[-1]] = round(one.estimate) if one.unknown.whole else one.estimate
    return "\n".join(map(for_terminal, lines)) + "\n" + as_yaml(parts)
