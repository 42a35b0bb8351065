"""The tables of a sweep as CSV, in pieces, however large they are."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commsim.core.harmless import for_csv
from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.records.shards import TABLES
from commsim.records.sweep import SweepResults

if TYPE_CHECKING:
    import pyarrow as pa

UTF8_MARK = b"\xef\xbb\xbf"
"""The byte order mark, by which Excel recognises UTF-8."""


def export_csv(
    results: SweepResults, folder: Path, command: Sequence[str], *, mark: bool = False
) -> dict[str, int]:
    """Write every table that has rows, harmless, into an existing empty folder; the number of rows of each.

    Columns are those of the Parquet files; an empty cell stands for a setting that a point does not have.
    mark: begin with `UTF8_MARK`, which other readers take for a part of the first column's name.
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
    import pyarrow as pa
    from pyarrow import csv

    dataset = results.dataset(table)
    written = 0
    if not dataset.files:
        return written
    with file.open("wb") as stream:
        stream.write(UTF8_MARK if mark else b"")
        schema = pa.schema([field.with_name(for_csv(field.name)) for field in dataset.schema])
        with csv.CSVWriter(stream, schema) as writer:
            for batch in results.batches(table):
                writer.write_batch(
                    pa.record_batch([_harmless(column) for column in batch.columns], schema=schema)
                )
                written += batch.num_rows
    return written


def _harmless(column: "pa.Array") -> "pa.Array":
    """The column; of texts each distinct one as a cell of CSV."""
    import pyarrow as pa

    if not pa.types.is_string(column.type):
        return column
    texts = column.dictionary_encode()
    cells = pa.array([for_csv(text) for text in texts.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(texts.indices, cells).cast(pa.string())
