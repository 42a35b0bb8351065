"""Tables that only a run at full detail has."""

from commsim.core.arrays import Columns
from commsim.records.records import Records


def table(records: Records, name: str) -> Columns:
    """Events, members or entries of a run; ValueError if it was not kept."""
    columns: Columns = getattr(records, name)
    if not columns:
        raise ValueError(f'the run has no table of {name}; simulate(..., detail="full") keeps it')
    return columns
