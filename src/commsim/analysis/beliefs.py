"""What is believed of unknowns after a calibration: values, and draws of all of them together."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from pydantic import ValidationError

from commsim.analysis.phrase import Phrase
from commsim.analysis.uncertainty import at, positions
from commsim.analysis.unknowns import Unknown, supposed, unknowns
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.scenario.schema import Scenario

FILE = "calibration.json"
"""In the folder of a calibration."""
Values = dict[str, float]


@dataclass(frozen=True, eq=False)
class Beliefs:
    """Of a calibration.

    values: of what the data told, by name of the unknown.  ranges: intervals of these.  draws: values of all
    unknowns together, each a mapping, the nearest to the data first.  evidence: what it rests on, in a line.
    """

    values: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    draws: tuple[Mapping[str, float], ...]
    evidence: str

    @classmethod
    def read(cls, place: str | Path) -> Self:
        """From a file or folder that ``commsim calibrate --out`` has written.  Raises InputError."""
        return cls.of(read_data(place))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From the data of a calibration (`commsim.report.calibration.data`)."""
        told = [one for one in data["unknowns"] if one["identified"]]
        names = data["draws"]["names"]
        return cls(
            values={one["name"]: one["estimate"] for one in told},
            ranges={one["name"]: (one["low"], one["high"]) for one in told},
            draws=tuple(dict(zip(names, row, strict=True)) for row in data["draws"]["values"]),
            evidence=data["evidence"],
        )

    @property
    def told(self) -> Phrase:
        """What a result has to say that rests on it."""
        return Phrase(
            "Members are {evidence}; of what nobody knows the points are its draws, and of the rest the "
            "ranges.",
            evidence=self.evidence,
        )

    @property
    def fingerprint(self) -> str:
        """A hash of all of it."""
        parts = [sorted(self.values.items()), sorted(self.ranges.items()), list(map(dict, self.draws))]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def put_into(self, plan: Scenario) -> Scenario:
        """The plan with the values that the data told, where it has such settings."""
        known = unknowns([plan], self.draws[0])
        values = {one.name: self.values[one.name] for one in known if one.name in self.values}
        try:
            return supposed([plan], known, values)[0]
        except ValidationError as error:
            first = error.errors()[0]["msg"]
            what = f"can't have what was calibrated: {first}"
            raise InputError(what, where=plan.name, remedy="calibrate with this plan") from error


def read_data(place: str | Path) -> dict[str, Any]:
    """The data of a calibration, from a file or folder that ``commsim calibrate --out`` has written.

    Raises InputError.
    """
    file = Path(place) / FILE if Path(place).is_dir() else Path(place)
    remedy = f"give the folder of commsim calibrate --out, or the {FILE} in it"
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("there is no such file", where=str(file), remedy=remedy) from None
    except (OSError, ValueError) as error:
        raise InputError("is no calibration", where=str(file), remedy=remedy) from error
    if not isinstance(data, dict) or "calibration" not in data:
        raise InputError("is no calibration", where=str(file), remedy=remedy)
    if data.get("refused"):
        what = "nothing was calibrated: the model can't make those data"
        raise InputError(what, where=str(file), remedy="see what is odd about them in it")
    if not _is_whole(data):
        remedy = "write it anew with commsim calibrate --out"
        raise InputError("this calibration is damaged", where=str(file), remedy=remedy)
    return data


def _is_whole(data: Mapping[str, Any]) -> bool:
    """Whether all that is read of a calibration is there, and is what it must be."""
    try:
        draws = np.array(data["draws"]["values"], np.float64)
        told = [one for one in data["unknowns"] if one["identified"]]
        bounds = np.array([[one["low"], one["estimate"], one["high"]] for one in told], np.float64)
        texts = [data["evidence"], *data["draws"]["names"], *(one["name"] for one in data["unknowns"])]
        return (
            draws.shape == (len(draws), len(data["draws"]["names"]))
            and len(draws) > 0
            and bool(np.isfinite(draws).all() and np.isfinite(bounds).all())
            and all(low <= high for low, _, high in bounds.tolist())
            and 0 < float(data["confidence"]) < 1
            and all(isinstance(text, str) for text in texts)
        )
    except (KeyError, TypeError, ValueError):
        return False


def unknowns_of(plans: Sequence[Scenario], beliefs: Beliefs | None) -> tuple[Unknown, ...]:
    """What is unknown of plans, and the range of what was calibrated its interval."""
    if beliefs is None:
        return unknowns(plans)
    found = []
    for one in unknowns(plans, beliefs.draws[0]):
        low, high = beliefs.ranges.get(one.name, (one.low, one.high))
        low, high = min(low, one.value), max(high, one.value)
        found.append(replace(one, low=low, high=high) if low < high else one)
    return tuple(found)


def points_of(known: Sequence[Unknown], count: int, seed: int, beliefs: Beliefs | None) -> list[Values]:
    """Values at so many points over the ranges; what was calibrated as the draws have it, in turn."""
    return places_of(known, count, seed, beliefs)[1]


def places_of(
    known: Sequence[Unknown], count: int, seed: int, beliefs: Beliefs | None
) -> tuple[Floats, list[Values]]:
    """The same with their positions, 0 to 1 within each range: points x unknowns."""
    where = positions(known, count, seed)
    rows = [at(known, place) for place in where]
    if beliefs is None:
        return where, rows
    drawn = [
        {name: beliefs.draws[k % len(beliefs.draws)].get(name, value) for name, value in row.items()}
        for k, row in enumerate(rows)
    ]
    return np.array([[one.position(row[one.name]) for one in known] for row in drawn]), drawn
