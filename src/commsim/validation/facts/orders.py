"""Who ordered how often: counted person by person from the events of a run."""

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.records.tables import event_kinds
from commsim.validation.facts.observed import Run


def happened(run: Run, kind: str, first: int = 0, last: int | None = None, cause: str = "") -> Bools:
    """Rows of the table of events: of a kind, on days first to before last, of one cause if named."""
    events, records = run.records.events, run.records
    rows = (events["kind"] == event_kinds().index(kind)) & (events["day"] >= first)
    if last is not None:
        rows &= events["day"] < last
    if cause:
        rows &= events["cause"] == records.causes.index(cause)
    return np.asarray(rows)


def persons(run: Run, rows: Bools) -> Ints:
    """How many of these events each person had: one number per person."""
    return np.bincount(run.records.events["person"][rows], minlength=len(run.world.people.status))


def ordered(run: Run, first: int = 0, last: int | None = None, cause: str = "") -> Ints:
    """Orders of each person on days first to before last, of one strategy if it is named."""
    return persons(run, happened(run, "order", first, last, cause))
