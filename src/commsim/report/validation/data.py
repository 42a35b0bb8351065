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
    """Facts with their evidence, readings, verdicts and the value of every world; null where none is."""
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
        "setting": fact.setting.about,
        "verdict": finding.verdict,
        "gate": fact.gate,
        "tuned": fact.tuned,
        "source": fact.source,
        "grade": fact.grade,
        "readings": [_reading(finding, k) for k in range(len(fact.readings))],
    }


def _reading(finding: Finding, k: int) -> dict[str, Any]:
    reading, interval = finding.fact.readings[k], finding.intervals[k]
    return {
        "label": reading.label,
        "band_low": _told(reading.low),
        "band_high": _told(reading.high),
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
    """One row per reading."""
    header = ("fact", "claim", "reading", *_NUMBERS, "gate", "tuned", "source", "grade", "setting")
    rows = [
        (
            fact["id"],
            fact["claim"],
            reading["label"],
            *(reading[name] for name in _NUMBERS),
            *(fact[name] for name in ("gate", "tuned", "source", "grade", "setting")),
        )
        for fact in validation_data(found)["facts"]
        for reading in fact["readings"]
    ]
    return to_csv(header, rows)


def worlds_csv(found: Validation) -> str:
    """One row per reading and world."""
    rows = [
        (fact["id"], reading["label"], world, value)
        for fact in validation_data(found)["facts"]
        for reading in fact["readings"]
        for world, value in enumerate(reading["values"])
    ]
    return to_csv(("fact", "reading", "world", "value"), rows)


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
