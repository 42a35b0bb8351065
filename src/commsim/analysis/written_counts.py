"""What was counted of a run, as data that JSON can hold, and back: the same frames to the bit."""

from typing import TYPE_CHECKING, Any

from commsim.analysis.counts import Counts

if TYPE_CHECKING:
    import pandas as pd


def plain_counts(counts: Counts) -> dict[str, Any]:
    """Frames by what they count, as lists of numbers with their types."""
    return {name: {"index": _index(frame), "columns": _columns(frame)} for name, frame in counts.items()}


def revived_counts(data: dict[str, Any]) -> Counts:
    """What `plain_counts` gave such data."""
    return {name: _frame(one) for name, one in data.items()}


def _index(frame: "pd.DataFrame") -> list[list[Any]]:
    """Name, type and entries of each level."""
    levels = (frame.index.get_level_values(level) for level in range(frame.index.nlevels))
    return [[level.name, str(level.dtype), level.tolist()] for level in levels]


def _columns(frame: "pd.DataFrame") -> list[list[Any]]:
    return [[name, str(column.dtype), column.tolist()] for name, column in frame.items()]


def _frame(data: dict[str, Any]) -> "pd.DataFrame":
    import pandas as pd

    levels = [pd.Index(entries, dtype=kind, name=name) for name, kind, entries in data["index"]]
    index = levels[0] if len(levels) == 1 else pd.MultiIndex.from_arrays(levels)
    columns = {name: pd.Series(entries, index, kind) for name, kind, entries in data["columns"]}
    return pd.DataFrame(columns, index)
