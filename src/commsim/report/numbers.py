"""Numbers as people read them: rounded to what matters, with their unit."""

from commsim.analysis.intervals import Interval
from commsim.analysis.measures import Unit

_NOUN = {"yuan": "yuan", "persons": "members", "share": "points", "orders": "orders", "messages": "messages"}


def number(value: float, unit: Unit, *, like: float | None = None) -> str:
    """A value without its unit; ``like`` is a value whose number of digits to use instead of its own."""
    if unit == "share":
        return f"{100 * value:,.1f}"
    digits = _digits(abs(value if like is None else like), unit)
    return f"{round(value, digits) + 0.0:,.{digits}f}"  # adding 0.0 turns -0.0 into 0.0


def _digits(size: float, unit: Unit) -> int:
    if size >= 100:
        return 0
    return 2 if unit == "yuan" else 1


def cell(value: float, unit: Unit) -> str:
    """A value in a table whose rows name the unit; shares carry their sign, counts no needless digits."""
    if unit == "share":
        return f"{number(value, unit)} %"
    whole = value == 0 or (unit != "yuan" and float(value).is_integer())
    return f"{value:,.0f}" if whole else number(value, unit)


def amount(value: float, unit: Unit) -> str:
    """A difference with its unit, for a sentence: ``12,340 yuan``, ``3.1 points``."""
    return f"{number(value, unit)} {_NOUN[unit]}"


def limits(interval: Interval, unit: Unit) -> str:
    """The limits of an interval, to the digits of its wider limit: ``11,900 to 12,780``."""
    like = max(abs(interval.low), abs(interval.high))
    return f"{number(interval.low, unit, like=like)} to {number(interval.high, unit, like=like)}"


def difference(interval: Interval, unit: Unit) -> str:
    """A difference with its limits, for a table: ``+120 (80 to 160)``; no limits where all worlds agree."""
    if interval.is_nothing:
        return "0"
    like = max(abs(interval.low), abs(interval.high))
    mean = number(interval.mean, unit, like=like)
    signed = f"+{mean}" if interval.mean > 0 else mean
    return signed if interval.is_exact else f"{signed} ({limits(interval, unit)})"


def percent(share: float) -> str:
    """A share as whole per cent; never 100 or 0 unless it is exactly that."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return "over 99 %"
    return "under 1 %" if whole == 0 and share > 0 else f"{whole} %"
