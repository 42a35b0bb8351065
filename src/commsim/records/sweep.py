"""The folder of a sweep: its tables, read without the engine, while it runs or when it is done."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commsim.core.errors import InputError
from commsim.records.checksums import checksum, unsealed
from commsim.records.folder import MANIFEST, manifest_of
from commsim.records.shards import FAILURES, RUNS, SERIES, complete_shards, damaged_shards, part

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.dataset as ds

KIND = "sweep"
FORMAT = 2
_READ = (1, 2)
"""Formats that are read; the first has no checksums."""
DESIGN = "design.json"
POINTS = "points.parquet"
HISTORY = "history.jsonl"
"""A line for each time that the sweep was begun or gone on with: command, versions, machine, manifest."""
_REMEDY = "give the command of the sweep again, which makes it anew; or copy it from where it was made"
_MOST_TOLD = 5
_log = logging.getLogger(__name__)


def read_sweep_manifest(folder: str | Path) -> dict[str, Any]:
    """The manifest of a sweep, or its last copy in the history if it is lost or damaged.

    InputError if the folder holds none that this version reads.
    """
    try:
        manifest = manifest_of(folder)
    except InputError as error:
        copy = _copy(Path(folder))
        if copy is None:
            raise
        manifest = copy
        _log.warning("%s is lost or damaged; %s tells what it said (%s)", MANIFEST, HISTORY, error.where)
    if manifest.get("kind") != KIND:
        raise InputError(
            "not the folder of a sweep", where=str(folder), remedy="give the --out of commsim sweep"
        )
    if manifest.get("format") not in _READ:
        version = manifest.get("engine", {}).get("commsim", "(unknown)")
        raise InputError(
            "a sweep in a format that this version does not read",
            where=str(folder),
            remedy=f"read it with commsim {version}",
        )
    return manifest


def _copy(folder: Path) -> dict[str, Any] | None:
    """The last whole copy of the manifest that the history holds."""
    for line in reversed(read_history(folder)):
        try:
            return unsealed(line["manifest"])
        except (KeyError, ValueError):
            continue
    return None


def read_history(folder: Path) -> list[dict[str, Any]]:
    """The lines of the history that are whole: a kill may tear one."""
    try:
        lines = (folder / HISTORY).read_bytes().splitlines()
    except OSError:
        return []
    return [data for line in lines if isinstance(data := _parsed(line), dict)]


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def is_sweep(folder: str | Path) -> bool:
    """Whether a folder is that of a sweep, and not of a run or a comparison."""
    return (Path(folder) / DESIGN).exists() or (Path(folder) / RUNS).is_dir()


@contextmanager
def _reading(place: Path) -> Iterator[None]:
    """InputError where a part of a sweep is gone or damaged."""
    try:
        yield
    except (OSError, ValueError) as error:  # Arrow's and JSON's errors are ValueErrors
        raise InputError(
            f"is damaged, or not there: {error}",
            where=str(place),
            remedy=_REMEDY,
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

        with self._whole(POINTS):
            return pd.read_parquet(self.folder / POINTS)

    @cached_property
    def design(self) -> dict[str, Any]:
        """The design with its scenarios, resolved, as plain data."""
        with self._whole(DESIGN):
            data: dict[str, Any] = json.loads((self.folder / DESIGN).read_text(encoding="utf-8"))
        return data

    @cached_property
    def history(self) -> list[dict[str, Any]]:
        """Each time that the sweep was begun or gone on with: command, created, versions, machine."""
        return read_history(self.folder)

    @property
    def complete(self) -> bool:
        """Whether every run of the design was made."""
        return len(complete_shards(self.folder, self.manifest)) == int(self.manifest["shards"])

    @cached_property
    def _shards(self) -> list[int]:
        """Those that are complete, and as they were written.  InputError if one was damaged."""
        found = [one for told in damaged_shards(self.folder, self.manifest).values() for one in told]
        if found:
            more = [f"and {len(found) - _MOST_TOLD} more"] if len(found) > _MOST_TOLD else []
            told = "\n  ".join(["the results are damaged:", *found[:_MOST_TOLD], *more])
            raise InputError(f"{told}\n{_REMEDY}", where=str(self.folder))
        return complete_shards(self.folder, self.manifest)

    @contextmanager
    def _whole(self, name: str) -> Iterator[None]:
        """Read a file; InputError if it is gone, or not as the manifest says."""
        listed = self.manifest.get("files", {})
        with _reading(self.folder / name):
            if name in listed and checksum(self.folder / name) != listed[name]:
                raise ValueError("it is not as it was written")
            yield

    def dataset(self, table: str) -> "ds.Dataset":
        """A table (`TABLES`) as an Arrow dataset, for more rows than fit into memory."""
        import pyarrow as pa
        import pyarrow.dataset as ds

        types = self.manifest["tables"][table]
        schema = pa.schema([(name, pa.type_for_alias(alias)) for name, alias in types.items()])
        files = [part(self.folder, table, shard) for shard in self._shards]
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
