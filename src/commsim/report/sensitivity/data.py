"""A sensitivity as plain data, CSV and a folder; money in yuan, shares between 0 and 1."""

import json
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.sensitivity import Analysis, Policies, Sensitivity
from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.report.data import FORMAT, to_csv
from commsim.report.folder import write_csv
from commsim.report.sensitivity.figures import write_figures
from commsim.report.sensitivity.tables import sensitivity_verdict


def sensitivity_data(found: Sensitivity) -> dict[str, Any]:
    """All of it; null for limits that can't be had."""
    return {
        "format": FORMAT,
        "design": found.name,
        "outcome": found.measure.name,
        "unit": found.measure.unit,
        "confidence": CONFIDENCE,
        "repetitions": found.repetitions,
        "verdict": sensitivity_verdict(found),
        "notes": list(found.notes),
        "policies": _policies(found.policies) if found.policies else [],
        "analyses": [_analysis(analysis) for analysis in found.analyses],
    }


def _policies(policies: Policies) -> list[dict[str, Any]]:
    """Best first; ``difference`` is from the best, over the same worlds, for all pairs together."""
    return [
        {
            "levers": label,
            "mean": float(policies.values[k].mean()),
            "difference": _interval(policies.behind[k]) if policies.behind else None,
            "share_best": float(policies.shares_best[k]),
            "regret": float(policies.regrets[k]),
            "target": None
            if not policies.chances or (one := policies.chances[k]) is None
            else _interval(one),
        }
        for k, label in enumerate(policies.labels)
    ]


def _analysis(analysis: Analysis) -> dict[str, Any]:
    return {
        "about": analysis.about,
        "method": analysis.method,
        "points": analysis.points,
        "influences": [
            {
                "parameter": one.name,
                "role": one.role,
                **{name: _interval(i) for name, i in one.measures.items()},
            }
            for one in analysis.influences
        ],
    }


def _interval(interval: Interval) -> dict[str, float | None]:
    limits = {"mean": interval.mean, "low": interval.low, "high": interval.high}
    return {name: limit if isfinite(limit) else None for name, limit in limits.items()}


def influences_csv(found: Sensitivity) -> str:
    """One row per quantity, parameter and measure, strongest parameter first."""
    header = ("about", "method", "parameter", "role", "measure", "mean", "low", "high")
    rows = [
        (analysis.about, analysis.method, one.name, one.role, name, *_interval(interval).values())
        for analysis in found.analyses
        for one in analysis.influences
        for name, interval in one.measures.items()
    ]
    return to_csv(header, rows)


def policies_csv(found: Sensitivity) -> str:
    """One row per policy, best first."""
    header = ("levers", "mean", "difference", "low", "high", "share_best", "regret")
    rows = []
    for row in _policies(found.policies) if found.policies else []:
        gap = (row["difference"] or dict.fromkeys(("mean", "low", "high"))).values()
        rows.append((row["levers"], row["mean"], *gap, row["share_best"], row["regret"]))
    return to_csv(header, rows)


def write_sensitivity(found: Sensitivity, folder: Path, command: Sequence[str]) -> None:
    """Write into an existing empty folder; see `commsim.records.folder.new_folder`.

    influences.csv, policies.csv (if policies were compared), sensitivity.json, and a figure
    sensitivity-1.png and so on per quantity.
    """
    with writing(folder):
        write_csv(influences_csv(found), folder / "influences.csv")
        if found.policies:
            write_csv(policies_csv(found), folder / "policies.csv")
        data = json.dumps(sensitivity_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "sensitivity.json").write_text(data + "\n", encoding="utf-8")
        write_figures(found, folder)
        about = {"design": found.name, "outcome": found.measure.name}
        write_manifest(folder, {"kind": "sensitivity", **about, **provenance(command)})
