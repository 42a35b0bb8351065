"""The tables of a sweep as CSV, in pieces, however large they are."""

from collections.abc import Sequence
from pathlib import Path

from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.records.sweep import TABLES, SweepResults

UTF8_MARK = b"\xef\xbb\xbf"
"""By which spreadsheets recognise UTF-8."""


def export_csv(results: SweepResults, folder: Path, command: Sequence[str]) -> dict[str, int]:
    """Write every table that has rows into an existing empty folder; the number of rows of each.

    Columns are those of the Parquet files; an empty cell stands for a setting that a point does not have.
    """
    rows = {}
    with writing(folder):
        for table in TABLES:
            rows[table] = _write(results, table, folder / f"{table}.csv")
        about = {
            "kind": "export",
            "sweep": results.manifest["name"],
            "complete": results.complete,
            "rows": rows,
        }
        write_manifest(folder, {**about, **provenance(command)})
    return rows


def _write(results: SweepResults, table: str, file: Path) -> int:
    from pyarrow import csv

    dataset = results.dataset(table)
    written = 0
    if not dataset.files:
        return written
    with file.open("wb") as stream:
        stream.write(UTF8_MARK)
        with csv.CSVWriter(stream, dataset.schema) as writer:
            for batch in results.batches(table):
                writer.write_batch(batch)
                written += batch.num_rows
    return written
