"""The folder of a sweep: its tables, read without the engine, while it runs or when it is done."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commsim.core.errors import InputError
from commsim.records.folder import read_manifest

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.dataset as ds

KIND = "sweep"
FORMAT = 1
DESIGN = "design.json"
POINTS = "points.parquet"
HISTORY = "history.jsonl"
"""A line for each time that the sweep was begun or gone on with: command, time, versions, machine."""
RUNS, SERIES, FAILURES = "runs", "series", "failures"
TABLES = (RUNS, SERIES, FAILURES)
"""Folders of Parquet files, one file for each shard of the plan."""


def part(folder: Path, table: str, shard: int) -> Path:
    """File of a shard's rows of one table; that of `RUNS` says that the shard is complete."""
    return folder / table / f"part-{shard:06d}.parquet"


def read_sweep_manifest(folder: str | Path) -> dict[str, Any]:
    """The manifest of a sweep.  InputError if the folder holds none that this version reads."""
    manifest = read_manifest(folder)
    if manifest.get("kind") != KIND:
        raise InputError(
            "not the folder of a sweep", where=str(folder), remedy="give the --out of commsim sweep"
        )
    if manifest.get("format") != FORMAT:
        version = manifest.get("engine", {}).get("commsim", "(unknown)")
        raise InputError(
            "a sweep in a format that this version does not read",
            where=str(folder),
            remedy=f"read it with commsim {version}",
        )
    return manifest


def complete_shards(folder: Path, shards: int) -> list[int]:
    """Numbers of the shards that are there as a whole."""
    return [shard for shard in range(shards) if part(folder, RUNS, shard).exists()]


@contextmanager
def _reading(place: Path) -> Iterator[None]:
    """InputError where a part of a sweep is gone or damaged."""
    try:
        yield
    except (OSError, ValueError) as error:  # Arrow's and JSON's errors are ValueErrors
        raise InputError(
            f"is damaged, or not there: {error}",
            where=str(place),
            remedy="copy it again from where it was made, or sweep into another --out",
        ) from error


@dataclass(frozen=True)
class SweepResults:
    """What a sweep has found so far, see `load_results`.

    folder: where it is.  manifest: what it was made with: ``columns`` (name, role, kind), ``outcomes``,
    ``runs`` (how many there are to be), ``engine``, ``tables`` (columns and their types).
    """

    folder: Path
    manifest: dict[str, Any]

    @cached_property
    def runs(self) -> "pd.DataFrame":
        """A row per run that succeeded: run, point, repetition, seed, settings, outcomes (money in yuan)."""
        return self._frame(RUNS)

    @cached_property
    def series(self) -> "pd.DataFrame":
        """A row per run and day: run, point, repetition, seed, settings, day, what was counted."""
        return self._frame(SERIES)

    @cached_property
    def failures(self) -> "pd.DataFrame":
        """A row per run that failed: run, point, repetition, seed, settings, error, message."""
        return self._frame(FAILURES)

    @cached_property
    def points(self) -> "pd.DataFrame":
        """A row per point of the design, also of those not run yet: point, settings."""
        import pandas as pd

        with _reading(self.folder / POINTS):
            return pd.read_parquet(self.folder / POINTS)

    @cached_property
    def design(self) -> dict[str, Any]:
        """The design with its scenarios, resolved, as plain data."""
        with _reading(self.folder / DESIGN):
            data: dict[str, Any] = json.loads((self.folder / DESIGN).read_text(encoding="utf-8"))
        return data

    @cached_property
    def history(self) -> list[dict[str, Any]]:
        """Each time that the sweep was begun or gone on with: command, created, versions, machine."""
        with (self.folder / HISTORY).open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.endswith("}\n")]  # a kill may tear one

    @property
    def complete(self) -> bool:
        """Whether every run of the plan was made."""
        shards = int(self.manifest["shards"])
        return len(complete_shards(self.folder, shards)) == shards

    def dataset(self, table: str) -> "ds.Dataset":
        """A table (`TABLES`) as an Arrow dataset, for more rows than fit into memory."""
        import pyarrow as pa
        import pyarrow.dataset as ds

        types = self.manifest["tables"][table]
        schema = pa.schema([(name, pa.type_for_alias(alias)) for name, alias in types.items()])
        shards = complete_shards(self.folder, int(self.manifest["shards"]))
        files = [part(self.folder, table, shard) for shard in shards]
        return ds.dataset([str(file) for file in files if file.exists()], schema=schema, format="parquet")

    def batches(self, table: str) -> "Iterator[pa.RecordBatch]":
        """The rows of a table in pieces.  InputError where one is damaged."""
        with _reading(self.folder / table):
            yield from self.dataset(table).to_batches()

    def _frame(self, table: str) -> "pd.DataFrame":
        with _reading(self.folder / table):
            found: pd.DataFrame = self.dataset(table).to_table().to_pandas()
        return found


def load_results(folder: str | Path) -> SweepResults:
    """Read the results of a sweep, also of one that is running or was stopped: what is complete in it.

    Tables are read when they are first asked for.  Raises `InputError` if the folder is not a sweep's.
    """
    return SweepResults(Path(folder), read_sweep_manifest(folder))
