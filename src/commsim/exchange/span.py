"""Which days exports are about: as a mapping says, as titles of tables say, or as rows do."""

from collections.abc import Sequence

import numpy as np

from commsim.core.errors import InputError
from commsim.exchange.cells import BLANK
from commsim.exchange.mapping import Mapping
from commsim.exchange.rows import Read
from commsim.records.observed import EVENTS

_MOST_DAYS = 3650


def span_of(tables: Sequence[Read], told: Mapping) -> tuple[int, int, str]:
    """The first and the last day as ordinals, and what says so."""
    by_kind = {kind: _days_of([table for table in tables if table.kind == kind]) for kind in EVENTS}
    titled = [span for kind in EVENTS if (span := _titled([one for one in tables if one.kind == kind]))]
    if titled:  # parts of one kind follow one another, and all kinds must be there on a day
        first, last, of = max(start for start, _ in titled), min(end for _, end in titled), "titles"
    else:
        of, (first, last) = next(
            ((kind, span) for kind, span in by_kind.items() if span is not None),
            ("members", _days_of([table for table in tables if table.kind == "members"]) or (0, -1)),
        )
    if told.start or told.until:
        first = told.start.toordinal() if told.start else first
        last = told.until.toordinal() if told.until else last
        of = "mapping"
    if not 0 < last - first + 1 <= _MOST_DAYS:
        what = "the tables have no days in common" if last < first else "these are more than ten years"
        remedy = "set start and until in a mapping"
        raise InputError(what, where=str(tables[0].sheet.file.parent), remedy=remedy)
    return first, last, of


def _titled(tables: Sequence[Read]) -> tuple[int, int] | None:
    spans = [table.layout.span for table in tables if table.layout.span is not None]
    return (min(s[0] for s in spans).toordinal(), max(s[1] for s in spans).toordinal()) if spans else None


def _days_of(tables: Sequence[Read]) -> tuple[int, int] | None:
    days = [
        table.values[name] for table in tables for name in ("time", "joined", "left") if name in table.values
    ]
    every = np.concatenate(days) if days else np.zeros(0, np.int64)
    every = every[every > BLANK]
    return (int(every.min()), int(every.max())) if len(every) else None
