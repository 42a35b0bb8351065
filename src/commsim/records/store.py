"""The run folder: Parquet tables, the resolved scenario and a manifest; read without the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Columns
from commsim.core.columns import Column
from commsim.core.errors import InputError
from commsim.records.folder import read_manifest, write_manifest, writing
from commsim.records.manifest import FORMAT, provenance
from commsim.records.records import Records
from commsim.records.tables import TABLES, columns_of, event_kinds

if TYPE_CHECKING:
    import pyarrow as pa

SCENARIO = "scenario.yaml"


@dataclass(frozen=True)
class Origin:
    """Where a run came from: the resolved scenario as YAML, its hash and its length, the command line.

    given: per strategy the settings that the plan gives; all others are defaults.
    """

    scenario: str
    scenario_hash: str
    days: int
    command: Sequence[str]
    given: Sequence[Mapping[str, Any]] = ()


def write_run(records: Records, folder: Path, origin: Origin) -> None:
    """Write a run into an existing empty folder; see `commsim.records.folder.new_folder`.

    Tables without rows and columns are left out.  The manifest says whether the run is complete: one
    that was stopped early holds the days up to then.
    """
    with writing(folder):
        (folder / SCENARIO).write_text(origin.scenario, encoding="utf-8")
        rows = {name: _write_table(name, records, folder) for name in TABLES if getattr(records, name)}
        about = {**_about(records, origin), "rows": rows}
        write_manifest(folder, {"kind": "run", **about, **provenance(origin.command)})


def _about(records: Records, origin: Origin) -> dict[str, Any]:
    return {
        "scenario": records.scenario,
        "scenario_hash": origin.scenario_hash,
        "given": list(origin.given),
        "seed": records.seed,
        "days": origin.days,
        "days_done": records.days,
        "complete": records.days == origin.days,
        "accounts": list(records.accounts),
        "causes": list(records.causes),
        "group_names": list(records.group_names),
    }


def read_run(folder: str | Path) -> Records:
    """Read a run folder back: the same tables, names and types as `simulate` returned.

    Raises `InputError` if the folder is not that of a run, or was written in another format.
    """
    manifest = read_manifest(folder)
    if manifest.get("kind") != "run" or manifest.get("format") != FORMAT:
        raise InputError(
            "not a run in a format that this version reads",
            where=str(folder),
            remedy=f"read it with commsim {manifest.get('versions', {}).get('commsim', '(unknown)')}",
        )
    try:
        return _revive(manifest, Path(folder))
    except KeyError as error:
        raise InputError(f"misses {error}", where=str(folder), remedy="run it again") from error


def _revive(manifest: dict[str, Any], folder: Path) -> Records:
    accounts, causes = tuple(manifest["accounts"]), tuple(manifest["causes"])
    names = {"accounts": accounts, "causes": causes, "kinds": event_kinds()}
    tables = {name: _read_table(name, folder, names) for name in manifest["rows"]}
    return Records(
        scenario=manifest["scenario"],
        seed=manifest["seed"],
        days=manifest["days_done"],
        accounts=accounts,
        causes=causes,
        group_names=tuple(manifest.get("group_names", ())),
        **{"daily": {}, "ledger": {}, "groups": {}, **tables},
    )


def _write_table(name: str, records: Records, folder: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(to_file(name, getattr(records, name), records.accounts, records.causes))
    pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    return int(table.num_rows)


def to_file(
    name: str, columns: Columns, accounts: tuple[str, ...], causes: tuple[str, ...]
) -> dict[str, Any]:
    """Columns of one table as files hold them: money named ``..._fen``, codes as dictionary strings."""
    names = {"accounts": accounts, "causes": causes, "kinds": event_kinds()}
    listed = {column.name: column for column in columns_of(name)}
    unlisted = {*(set(columns) - set(listed)), *({column.name for column in TABLES[name]} - set(columns))}
    if unlisted:
        raise KeyError(f"columns of {name} and those that are declared differ: {sorted(unlisted)}")
    return {listed[key].in_file: _encode(values, listed[key], names) for key, values in columns.items()}


def _encode(values: NDArray[Any], column: Column, names: dict[str, tuple[str, ...]]) -> Any:
    import pyarrow as pa

    if column.dtype is np.str_:
        return pa.array(values, pa.string())
    if not column.names:
        return pa.array(values.astype(column.dtype, copy=False))
    codes = pa.array(values.astype(np.int32), mask=values < 0)
    return pa.DictionaryArray.from_arrays(codes, pa.array(list(names[column.names]), pa.string()))


def _read_table(name: str, folder: Path, names: dict[str, tuple[str, ...]]) -> Columns:
    import pyarrow.parquet as pq

    path = folder / f"{name}.parquet"
    try:
        table = pq.read_table(path)
    except (OSError, ValueError) as error:
        raise InputError(f"can't be read: {error}", where=str(path), remedy="run it again") from error
    return {
        column.name: _decode(table.column(column.in_file), column, names)
        for column in columns_of(name)
        if column.in_file in table.column_names
    }


def _decode(values: "pa.ChunkedArray", column: Column, names: dict[str, tuple[str, ...]]) -> NDArray[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.dtype is np.str_:
        return np.asarray(values.to_numpy(), dtype=object)
    if column.names:
        values = pc.index_in(values.cast(pa.string()), pa.array(list(names[column.names]))).fill_null(-1)
    return np.asarray(values.to_numpy()).astype(column.dtype)
