"""The folder of a sweep while it is being filled.

A shard's tables are written under other names, forced to the disk and renamed, `RUNS` last: that rename is
the commit.  Before any table of a shard that was complete is replaced, its failures lose their file, so that
its rows no longer add up.  So whatever moment the process is killed at, a shard is whole or it is run again.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Ints
from commsim.experiments.journal import Journal
from commsim.experiments.plan import SHARD, Plan
from commsim.experiments.results import Result
from commsim.experiments.tables import Layout
from commsim.records.folder import new_file, side_of, writing
from commsim.records.sweep import FAILURES, RUNS, SERIES, TABLES, part

if TYPE_CHECKING:
    import pyarrow as pa

PENDING = "pending"


class Store:
    """Keeps results of runs, shard by shard.

    retry: forget the failures that there are, so that these runs are made again.
    ``done`` and ``failed`` count the runs of the plan that are kept.
    """

    def __init__(self, folder: Path, plan: Plan, layout: Layout, *, retry: bool = False) -> None:
        self._folder, self._plan, self._layout = folder, plan, layout
        self._open: dict[int, dict[int, Result]] = {}
        with writing(folder):
            for name in (*TABLES, PENDING):
                (folder / name).mkdir(exist_ok=True)
        self._journal = Journal(folder / PENDING)
        self._left = np.ones(len(plan), dtype=np.bool_)
        self.failed = 0
        self._take_stock(retry)

    @property
    def done(self) -> int:
        """Runs of the plan that are kept, failed ones included."""
        return len(self._plan) - int(np.count_nonzero(self._left))

    @property
    def left(self) -> Ints:
        """Numbers of the runs that are still to be made."""
        return np.flatnonzero(self._left)

    def _take_stock(self, retry: bool) -> None:
        for name in TABLES:
            for leftover in (self._folder / name).glob(side_of(Path("*")).name):
                leftover.unlink()
        for shard in range(self._plan.shards):
            if self._is_complete(shard):
                self._journal.forget(shard)
                self._left[self._numbers(shard)] = False
                self._count_failures(shard, retry)
        for shard in list(self._journal.shards()):
            self._resume(shard, retry)

    def _is_complete(self, shard: int) -> bool:
        good = self._rows(RUNS, shard)
        bad = self._rows(FAILURES, shard) if part(self._folder, FAILURES, shard).exists() else 0
        return good is not None and bad is not None and good + bad == len(self._plan.numbers(shard))

    def _rows(self, table: str, shard: int) -> int | None:
        """Rows of a shard's table; None if it is not there, or damaged."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return int(pq.read_metadata(part(self._folder, table, shard)).num_rows)
        except (OSError, pa.ArrowInvalid):
            return None

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
        self._journal.mend(shard)
        found = {n: r for n, r in self._journal.read(shard).items() if not (retry and r.failed)}
        self._open[shard] = found
        self._left[list(found)] = False
        self.failed += sum(result.failed for result in found.values())
        if len(found) == len(self._plan.numbers(shard)):
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
        if len(self._open[shard]) == len(self._plan.numbers(shard)):
            self._commit(shard)

    def _kept(self, shard: int) -> dict[int, Result]:
        """What there is of a shard that has failures to be tried again."""
        import pyarrow.parquet as pq

        if not self._is_complete(shard):
            return {}
        files = {name: part(self._folder, name, shard) for name in (RUNS, SERIES)}
        return self._layout.results({name: pq.read_table(f) for name, f in files.items() if f.exists()})

    def _numbers(self, shard: int) -> slice:
        numbers = self._plan.numbers(shard)
        return slice(numbers.start, numbers.stop)

    def _commit(self, shard: int) -> None:
        runs = [self._plan[number] for number in self._plan.numbers(shard)]
        tables = self._layout.tables(runs, self._open[shard])
        with writing(self._folder):
            for name in (FAILURES, SERIES, RUNS):
                self._put(name, shard, tables.get(name))
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
