"""Arrow tables as CSV, in pieces, however large they are; texts of others are made harmless."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from commsim.core.harmless import for_csv

if TYPE_CHECKING:
    import pyarrow as pa

UTF8_MARK = b"\xef\xbb\xbf"
"""The byte order mark, by which Excel recognises UTF-8."""


def write_arrow(
    file: Path, schema: "pa.Schema", batches: "Iterable[pa.RecordBatch]", *, mark: bool = False
) -> int:
    """Write batches of rows of a schema; the number of rows.

    mark: begin with `UTF8_MARK`, which other readers take for a part of the first column's name.
    """
    import pyarrow as pa
    from pyarrow import csv

    written = 0
    flat = [field.with_type(_flat(field.type)).with_name(for_csv(field.name)) for field in schema]
    with file.open("wb") as stream:
        stream.write(UTF8_MARK if mark else b"")
        with csv.CSVWriter(stream, pa.schema(flat)) as writer:
            for batch in batches:
                columns = [_harmless(column) for column in batch.columns]
                writer.write_batch(pa.record_batch(columns, schema=pa.schema(flat)))
                written += batch.num_rows
    return written


def _flat(kind: "pa.DataType") -> "pa.DataType":
    import pyarrow as pa

    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _harmless(column: "pa.Array") -> "pa.Array":
    """The column; of texts each distinct one as a cell of CSV."""
    import pyarrow as pa

    if not pa.types.is_string(_flat(column.type)):
        return column
    texts = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    cells = pa.array([for_csv(text) for text in texts.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(texts.indices, cells).cast(pa.string())
