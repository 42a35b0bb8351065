"""The folder of a sweep while it is being filled.

A shard's tables are written under other names, forced to the disk and renamed, then its checksums: that
rename is the commit.  Before a table of a shard that was complete is replaced, its checksums are taken away.
So whatever moment the process is killed at, a shard is whole or it is run again.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.experiments.journal import Journal
from commsim.experiments.results import Result
from commsim.experiments.schedule import SHARD, Schedule
from commsim.experiments.tables import Layout
from commsim.records.checksums import sealed, text_checksum
from commsim.records.folder import new_file, side_of, writing
from commsim.records.shards import (
    CHECKSUMS,
    FAILURES,
    RUNS,
    SERIES,
    TABLES,
    complete_shards,
    damaged_shards,
    part,
    sums,
    sums_text,
)

if TYPE_CHECKING:
    import pyarrow as pa

PENDING = "pending"
_log = logging.getLogger(__name__)


def open_journal(folder: Path, manifest: Mapping[str, Any]) -> Journal:
    """The journal of a sweep."""
    return Journal(folder / PENDING, int(manifest["shards"]), text_checksum(sealed(dict(manifest))))


_FOLDERS = (*TABLES, CHECKSUMS, PENDING)


class Store:
    """Keeps results of runs, shard by shard; what is damaged, or not ours, it tells of and leaves out.

    manifest: what `commsim.experiments.begin.begin` wrote.  retry: forget the failures that there are, so
    that these runs are made again.
    ``done`` and ``failed`` count the runs of the schedule that are kept.
    """

    def __init__(
        self,
        folder: Path,
        schedule: Schedule,
        layout: Layout,
        manifest: dict[str, Any],
        *,
        retry: bool = False,
    ) -> None:
        self._folder, self._schedule, self._layout, self._manifest = folder, schedule, layout, manifest
        self._open: dict[int, dict[int, Result]] = {}
        with writing(folder):
            for name in _FOLDERS:
                (folder / name).mkdir(exist_ok=True)
        self._journal = open_journal(folder, manifest)
        self._left = np.ones(len(schedule), dtype=np.bool_)
        self.failed = 0
        self._take_stock(retry)

    @property
    def done(self) -> int:
        """Runs of the schedule that are kept, failed ones included."""
        return len(self._schedule) - int(np.count_nonzero(self._left))

    @property
    def left(self) -> Ints:
        """Numbers of the runs that are still to be made."""
        return np.flatnonzero(self._left)

    def _take_stock(self, retry: bool) -> None:
        for name in _FOLDERS:
            for leftover in (self._folder / name).glob(side_of(Path("*")).name):
                leftover.unlink()
        damaged = damaged_shards(self._folder, self._manifest)
        for shard in complete_shards(self._folder, self._manifest):
            if shard in damaged:
                self._log_damage(shard, damaged[shard])
                continue
            self._journal.forget(shard)
            self._left[self._numbers(shard)] = False
            self._count_failures(shard, retry)
        for name in self._journal.strangers():
            _log.warning("%s/%s is not of this sweep, and is left alone", PENDING, name)
        for shard in list(self._journal.shards()):
            self._resume(shard, retry)

    def _log_damage(self, shard: int, told: list[str]) -> None:
        runs = len(self._schedule.numbers(shard))
        _log.warning("%s: %s; its %d runs are made again", self._folder, ", ".join(told), runs)
        sums(self._folder, shard).unlink()

    def _count_failures(self, shard: int, retry: bool) -> None:
        import pyarrow.parquet as pq

        file = part(self._folder, FAILURES, shard)
        if not file.exists():
            return
        numbers = pq.read_table(file, columns=["run"])["run"].to_numpy()
        if retry:
            self._left[numbers] = True
        else:
            self.failed += len(numbers)

    def _resume(self, shard: int, retry: bool) -> None:
        """Take up an unfinished shard."""
        notes = self._journal.mend(shard)
        if notes.strange:
            _log.warning("%s: %d lines are not of this shard", self._journal.file(shard), notes.strange)
        found = {n: r for n, r in notes.results.items() if not (retry and r.failed)}
        self._open[shard] = found
        self._left[list(found)] = False
        self.failed += sum(result.failed for result in found.values())
        if len(found) == len(self._schedule.numbers(shard)):
            self._commit(shard)

    def add(self, number: int, result: Result) -> None:
        """Keep the result of a run; InputError if that can't be written."""
        shard = number // SHARD
        if shard not in self._open:
            self._open[shard] = self._kept(shard)
        self._journal.note(shard, number, result)
        self._open[shard][number] = result
        self._left[number] = False
        self.failed += result.failed
        if len(self._open[shard]) == len(self._schedule.numbers(shard)):
            self._commit(shard)

    def values(self, numbers: Ints) -> Floats:
        """Outcomes of runs that are kept, runs x outcomes; not a number where a run failed."""
        found = {int(shard): self._of_shard(int(shard)) for shard in np.unique(numbers // SHARD)}
        nothing = Result((np.nan,) * len(self._layout.outcomes))
        kept = [found[number // SHARD].get(number, nothing) for number in numbers.tolist()]
        return np.array([nothing.values if one.failed else one.values for one in kept])

    def _of_shard(self, shard: int) -> dict[int, Result]:
        return self._open[shard] if shard in self._open else self._kept(shard)

    def _kept(self, shard: int) -> dict[int, Result]:
        """Of a complete shard, the runs that succeeded."""
        import pyarrow.parquet as pq

        if not sums(self._folder, shard).exists():
            return {}
        files = {name: part(self._folder, name, shard) for name in (RUNS, SERIES)}
        return self._layout.results({name: pq.read_table(f) for name, f in files.items() if f.exists()})

    def _numbers(self, shard: int) -> slice:
        numbers = self._schedule.numbers(shard)
        return slice(numbers.start, numbers.stop)

    def _commit(self, shard: int) -> None:
        runs = [self._schedule[number] for number in self._schedule.numbers(shard)]
        tables = self._layout.tables(runs, self._open[shard])
        with writing(self._folder):
            sums(self._folder, shard).unlink(missing_ok=True)
            for name in TABLES:
                self._put(name, shard, tables.get(name))
            put_text(sums_text(self._folder, shard), sums(self._folder, shard))
        self._journal.forget(shard)
        del self._open[shard]

    def _put(self, name: str, shard: int, table: "pa.Table | None") -> None:
        file = part(self._folder, name, shard)
        if table is None:
            file.unlink(missing_ok=True)
        else:
            put_table(table, file)


def put_table(table: "pa.Table", file: Path) -> None:
    """Write a table as Parquet so that the file is there as a whole or not at all."""
    import pyarrow.parquet as pq

    with put_in_place(file) as side:
        pq.write_table(table, side, compression="zstd")


def put_text(text: str, file: Path) -> None:
    """Write a text so that the file is there as a whole or not at all."""
    with put_in_place(file) as side:
        side.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def put_in_place(file: Path) -> Iterator[Path]:
    """A path to write to, which is then forced to the disk and takes its final name."""
    with new_file(file) as side:
        yield side
        _flush(side)
    _flush(file.parent)


def _flush(place: Path) -> None:
    """Force a file, or the names in a folder, to the disk."""
    if place.is_dir() and os.name == "nt":
        return  # Windows can't, and keeps names by itself
    opened = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
