"""The tables of a sweep as CSV, in pieces, however large they are."""

from collections.abc import Sequence
from pathlib import Path

from commsim.records.csv_tables import write_arrow
from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.records.shards import TABLES
from commsim.records.sweep import SweepResults


def export_csv(
    results: SweepResults, folder: Path, command: Sequence[str], *, mark: bool = False
) -> dict[str, int]:
    """Write every table that has rows, harmless, into an existing empty folder; the number of rows of each.

    Columns are those of the Parquet files; an empty cell stands for a setting that a point does not have.
    mark: begin with the mark of UTF-8, which other readers take for a part of the first column's name.
    """
    rows = {}
    with writing(folder):
        for table in TABLES:
            rows[table] = _write(results, table, folder / f"{table}.csv", mark=mark)
        about = {
            "kind": "export",
            "sweep": results.manifest["name"],
            "complete": results.complete,
            "rows": rows,
        }
        write_manifest(folder, {**about, **provenance(command)})
    return rows


def _write(results: SweepResults, table: str, file: Path, *, mark: bool) -> int:
    dataset = results.dataset(table)
    return write_arrow(file, dataset.schema, results.batches(table), mark=mark) if dataset.files else 0
