"""Dates where a day of the run can stand: counted from the first day of the plan that is being read."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_start: ContextVar[dt.date | None] = ContextVar("first day of the plan that is being read", default=None)


@contextmanager
def plan_from(start: dt.date | None) -> Iterator[None]:
    """Dates that are read within are days of a run that begins on this one; None where that can't be read."""
    token = _start.set(start)
    try:
        yield
    finally:
        _start.reset(token)


def as_date(value: Any) -> dt.date | None:
    """A date written 2026-03-16, 2026/3/16 or 2026年3月16日, or one of Python's; None for others."""
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else None
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        return None
    parts = value.strip().translate(str.maketrans("/年月", "---", "日号")).split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None


def to_day(value: Any) -> Any:
    """The day of the run of a date, from 0; what is no date stays as it is.

    Raises ValueError for a date before the plan's first day, or where no plan is being read.
    """
    date = as_date(value)
    if date is None:
        return value
    start = _start.get()
    if start is None:
        raise ValueError(f"{date} is a date, and no plan says when day 0 is; give a day of the run, from 0")
    if date < start:
        raise ValueError(
            f"{date} is before the plan's first day, {start}; give a later date, or an earlier start"
        )
    return (date - start).days


def month_ends(date: dt.date) -> bool:
    """Whether a date is the last of its month."""
    return (date + dt.timedelta(days=1)).day == 1
