"""Results of a shard as the tables that are kept, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.core.errors import InputError
from commsim.experiments.design import Column, Point
from commsim.experiments.results import Result
from commsim.experiments.schedule import Run
from commsim.records.shards import FAILURES, RUNS, SERIES

if TYPE_CHECKING:
    import pyarrow as pa

_TYPES = {"float": "double", "int": "int64", "bool": "bool", "text": "string"}
_RUN = {"run": "int64", "point": "int64", "repetition": "int64", "seed": "int64"}
Results = Mapping[int, Result]


@dataclass(frozen=True)
class Layout:
    """The columns of every table.

    columns: those of the design.  outcomes: names of a run's values.  series: names of what is counted
    every day; none if days aren't kept.  Raises InputError if two columns share a name.
    """

    columns: tuple[Column, ...]
    outcomes: tuple[str, ...]
    series: tuple[str, ...]

    def __post_init__(self) -> None:
        for names in (("error", "message"), self.outcomes, ("day", *self.series)):
            taken = {*_RUN, *names}
            for column in self.columns:
                if column.name in taken:
                    raise InputError(
                        f"{column.name!r} is a column of the results already",
                        remedy="give the parameter another name, and its setting under path",
                    )

    def types(self, table: str) -> dict[str, str]:
        """Columns of a table and their Arrow types."""
        tails = {
            RUNS: dict.fromkeys(self.outcomes, "double"),
            SERIES: {"day": "int64"} | dict.fromkeys(self.series, "double"),
            FAILURES: {"error": "string", "message": "string"},
        }
        return _RUN | self._design_types() | tails[table]

    def _design_types(self) -> dict[str, str]:
        return {column.name: _TYPES[column.kind] for column in self.columns}

    def points(self, points: Iterable[Point]) -> "pa.Table":
        """A row per point."""
        made = list(points)
        return _table({"point": "int64"} | self._design_types(), [[p.number for p in made], *self._set(made)])

    def tables(self, runs: Sequence[Run], results: Results) -> "dict[str, pa.Table]":
        """Tables of some runs, in the order of the schedule; those without rows are left out but `RUNS`."""
        good = [run for run in runs if not results[run.number].failed]
        bad = [run for run in runs if results[run.number].failed]
        found = {
            FAILURES: self._failures(bad, results),
            SERIES: self._series(good, results) if self.series else None,
            RUNS: self._runs(good, results),
        }
        return {name: table for name, table in found.items() if table is not None and (table or name == RUNS)}

    def _runs(self, runs: list[Run], results: Results) -> "pa.Table":
        values = np.array([results[run.number].values for run in runs]).reshape(len(runs), len(self.outcomes))
        return _table(self.types(RUNS), [*self._settings(runs), *values.T])

    def _failures(self, runs: list[Run], results: Results) -> "pa.Table":
        errors = [results[run.number].error or ("", "") for run in runs]
        told = [[kind for kind, _ in errors], [message for _, message in errors]]
        return _table(self.types(FAILURES), [*self._settings(runs), *told])

    def _series(self, runs: list[Run], results: Results) -> "pa.Table":
        blocks = [np.empty((0, len(self.series))), *(_days(results[run.number]) for run in runs)]
        lengths = [len(block) for block in blocks[1:]]
        rows = np.repeat(np.arange(len(runs)), lengths)
        days = np.concatenate([np.arange(0), *(np.arange(length) for length in lengths)])
        types = self.types(SERIES)
        settings = [
            _array(column, types[name]).take(rows)
            for name, column in zip(types, self._settings(runs), strict=False)
        ]
        return _table(types, [*settings, days, *np.vstack(blocks).T])

    def _settings(self, runs: list[Run]) -> list[list[Any]]:
        numbers = [[r.number for r in runs], [r.point.number for r in runs]]
        worlds = [[r.repetition for r in runs], [r.seed for r in runs]]
        return [*numbers, *worlds, *self._set([r.point for r in runs])]

    def _set(self, points: list[Point]) -> list[list[Any]]:
        return [[point.values.get(column.name) for point in points] for column in self.columns]

    def results(self, tables: "Mapping[str, pa.Table]") -> dict[int, Result]:
        """By run number, what a shard's tables hold of runs that succeeded."""
        runs, days = tables[RUNS], tables.get(SERIES)
        values = np.column_stack([runs[name].to_numpy() for name in self.outcomes])
        series = None if days is None else np.column_stack([days[name].to_numpy() for name in self.series])
        of = None if days is None else days["run"].to_numpy()
        return {
            number: Result(tuple(row), None if series is None else series[of == number])
            for number, row in zip(runs["run"].to_pylist(), values.tolist(), strict=True)
        }


def _days(result: Result) -> Any:
    return result.series if result.series is not None else np.empty((0, 0))


def _table(types: dict[str, str], columns: Sequence[Any]) -> "pa.Table":
    import pyarrow as pa

    arrays = [_array(column, alias) for column, alias in zip(columns, types.values(), strict=True)]
    return pa.table(dict(zip(types, arrays, strict=True)))


def _array(values: Any, alias: str) -> "pa.Array":
    import pyarrow as pa

    return values if isinstance(values, pa.Array) else pa.array(values, pa.type_for_alias(alias))
