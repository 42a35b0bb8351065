"""Claims as plain data, CSV and a folder of files.  Shares are between 0 and 1."""

import json
from collections.abc import Iterator, Sequence
from math import isinf
from pathlib import Path
from typing import Any

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.report.data import FORMAT, to_csv
from commsim.report.folder import write_csv
from commsim.validation.claims.claim import Claim, Expectation, Verdict
from commsim.validation.claims.lines import lines
from commsim.validation.claims.missing import MISSING
from commsim.validation.claims.trial import Trial

_COLUMNS = ("claim", "says", "verdict", "measured", "unit", "above", "below", "mean", "low", "high", "so")
_WORLDS = ("claim", "measured", "unit", "world", "seed", "value")


def claims_data(trials: Sequence[Trial], seed: int) -> dict[str, Any]:
    """Per claim its verdict and plans (YAML), and each expectation with the interval of its mean contrast.

    ``above`` and ``below`` are the limits between which the mean must lie, null for none.
    """
    return {
        "format": FORMAT,
        "confidence": CONFIDENCE,
        "seed": seed,
        "worlds": len(trials[0].seeds),
        "claims": [{**_about(trial.claim), **_found(trial)} for trial in trials],
    }


def _about(claim: Claim) -> dict[str, Any]:
    return {"claim": claim.id, "says": claim.says, "base": claim.base, "plans": dict(claim.plans)}


def _found(trial: Trial) -> dict[str, Any]:
    parts = zip(trial.claim.expects, trial.intervals, trial.verdicts, strict=True)
    return {"verdict": str(trial.verdict), "expectations": [_expectation(*part) for part in parts]}


def _expectation(it: Expectation, interval: Interval, verdict: Verdict) -> dict[str, Any]:
    return {
        "measured": it.label,
        "unit": it.unit,
        "above": None if isinf(it.low) else it.low,
        "below": None if isinf(it.high) else it.high,
        "mean": interval.mean,
        "low": interval.low,
        "high": interval.high,
        "so": str(verdict),
    }


def list_data(claims: Sequence[Claim]) -> dict[str, Any]:
    """The claims that are tested, with their plans, and those that the model does not express.

    ``line``: how a plan says what the claim is about.
    """
    told = [_about(claim) | {"line": lines()[claim.id]} for claim in claims]
    missing = [{"claim": number, "says": left.says, "why": left.why} for number, left in MISSING.items()]
    return {"format": FORMAT, "claims": told, "not_expressed": missing}


def claims_csv(trials: Sequence[Trial], seed: int) -> str:
    """One row per expectation: ``verdict`` is that of the claim, ``so`` that of the expectation."""
    rows = [
        ["" if value is None else value for value in ({**claim, **part}[name] for name in _COLUMNS)]
        for claim in claims_data(trials, seed)["claims"]
        for part in claim["expectations"]
    ]
    return to_csv(_COLUMNS, rows)


def worlds_csv(trials: Sequence[Trial]) -> str:
    """One row per expectation and world: the contrast there."""
    return to_csv(_WORLDS, (row for trial in trials for row in _worlds(trial)))


def _worlds(trial: Trial) -> Iterator[tuple[Any, ...]]:
    for it, values in zip(trial.claim.expects, trial.values, strict=True):
        for world, (seed, value) in enumerate(zip(trial.seeds, values.tolist(), strict=True)):
            yield trial.claim.id, it.label, it.unit, world, seed, value


def write_claims(trials: Sequence[Trial], seed: int, folder: Path, command: Sequence[str]) -> None:
    """Write claims.csv, claims.json and worlds.csv into an existing empty folder."""
    with writing(folder):
        write_csv(claims_csv(trials, seed), folder / "claims.csv")
        write_csv(worlds_csv(trials), folder / "worlds.csv")
        text = json.dumps(claims_data(trials, seed), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "claims.json").write_text(text + "\n", encoding="utf-8")
        about = {"kind": "claims", "seed": seed, "worlds": len(trials[0].seeds)}
        write_manifest(folder, {**about, **provenance(command)})
