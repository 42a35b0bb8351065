"""A validation as plain data, CSV and a folder; shares are between 0 and 1."""

import json
from math import isfinite
from pathlib import Path
from typing import Any

from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.records.store import Origin
from commsim.report.data import FORMAT, to_csv
from commsim.report.folder import write_csv
from commsim.report.validation.figures import write_figures
from commsim.validation.facts.validate import Validation
from commsim.validation.facts.verdict import Finding


def validation_data(found: Validation) -> dict[str, Any]:
    """Facts with their evidence, statistics, verdicts and the value of every world; null where none is."""
    return {
        "format": FORMAT,
        "scenario": found.scenario,
        "seed": found.seed,
        "worlds": found.effort.worlds,
        "groups": found.effort.groups,
        "failed_gates": list(found.failed_gates),
        "facts": [_fact(finding) for finding in found.findings],
        "left_out": [{"id": o.id, "claim": o.claim, "reason": o.reason} for o in found.left_out],
    }


def _fact(finding: Finding) -> dict[str, Any]:
    fact = finding.fact
    return {
        "id": fact.id,
        "claim": fact.claim,
        "setup": fact.setup.about,
        "verdict": finding.verdict,
        "gate": fact.gate,
        "tuned": fact.tuned,
        "source": fact.source,
        "grade": fact.grade,
        "statistics": [_statistic(finding, k) for k in range(len(fact.statistics))],
    }


def _statistic(finding: Finding, k: int) -> dict[str, Any]:
    statistic, interval = finding.fact.statistics[k], finding.intervals[k]
    return {
        "label": statistic.label,
        "band_low": _told(statistic.low),
        "band_high": _told(statistic.high),
        "median": _told(interval.mean),
        "low": _told(interval.low),
        "high": _told(interval.high),
        "verdict": finding.verdicts[k],
        "values": [_told(float(value)) for value in finding.values[k]],
    }


def _told(value: float) -> float | None:
    return value if isfinite(value) else None


_NUMBERS = ("band_low", "band_high", "median", "low", "high", "verdict")


def validation_csv(found: Validation) -> str:
    """One row per statistic."""
    header = ("fact", "claim", "statistic", *_NUMBERS, "gate", "tuned", "source", "grade", "setup")
    rows = [
        (
            fact["id"],
            fact["claim"],
            statistic["label"],
            *(statistic[name] for name in _NUMBERS),
            *(fact[name] for name in ("gate", "tuned", "source", "grade", "setup")),
        )
        for fact in validation_data(found)["facts"]
        for statistic in fact["statistics"]
    ]
    return to_csv(header, rows)


def worlds_csv(found: Validation) -> str:
    """One row per statistic and world."""
    rows = [
        (fact["id"], statistic["label"], world, value)
        for fact in validation_data(found)["facts"]
        for statistic in fact["statistics"]
        for world, value in enumerate(statistic["values"])
    ]
    return to_csv(("fact", "statistic", "world", "value"), rows)


def write_validation(found: Validation, folder: Path, origin: Origin) -> None:
    """Write a validation into an existing empty folder; see `commsim.records.folder.new_folder`.

    facts.csv and facts.json: see `validation_data`.  worlds.csv: every value.  figures:
    a picture per fact.  scenario.yaml: the resolved scenario whose people the facts were measured on.
    """
    with writing(folder):
        (folder / "scenario.yaml").write_text(origin.scenario, encoding="utf-8")
        write_csv(validation_csv(found), folder / "facts.csv")
        write_csv(worlds_csv(found), folder / "worlds.csv")
        data = json.dumps(validation_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "facts.json").write_text(data + "\n", encoding="utf-8")
        (folder / "figures").mkdir()
        write_figures(found, folder / "figures")
        about = {"scenario_hash": origin.scenario_hash, "seed": found.seed, "worlds": found.effort.worlds}
        write_manifest(folder, {"kind": "validation", **about, **provenance(origin.command)})
