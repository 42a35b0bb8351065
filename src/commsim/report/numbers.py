"""Numbers as people read them: rounded to what matters, with their unit."""

from typing import Any

from commsim.analysis.intervals import Interval
from commsim.core.measures import Measure, Unit
from commsim.report.language import ENGLISH, Language

_AMOUNT = {
    "yuan": "{number} yuan",
    "persons": "{number} members",
    "share": "{number} points",
    "orders": "{number} orders",
    "messages": "{number} messages",
    "days": "{number} days",
}


def number(value: float, unit: Unit, *, like: float | None = None) -> str:
    """A value without its unit; ``like`` is a value whose number of digits to use instead of its own."""
    if unit == "share":
        return f"{round(100 * value, 1) + 0.0:,.1f}"
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


def labelled(measure: Measure, say: Language = ENGLISH) -> str:
    """``Profit (yuan)``."""
    return say(measure.label) + (say(" (yuan)") if measure.unit == "yuan" else "")


def amount(value: float, unit: Unit, say: Language = ENGLISH) -> str:
    """A difference with its unit, for a sentence: ``12,340 yuan``, ``3.1 points``."""
    return say(_AMOUNT[unit], number=number(value, unit))


def limits(interval: Interval, unit: Unit, say: Language = ENGLISH) -> str:
    """The limits of an interval, to the digits of its wider limit: ``11,900 to 12,780``."""
    like = max(abs(interval.low), abs(interval.high))
    low, high = (number(limit, unit, like=like) for limit in (interval.low, interval.high))
    return say("{low} to {high}", low=low, high=high)


def difference(interval: Interval, unit: Unit, say: Language = ENGLISH) -> str:
    """A difference with its limits, for a table: ``+120 (80 to 160)``; no limits where all worlds agree."""
    if interval.is_nothing:
        return "0"
    like = max(abs(interval.low), abs(interval.high))
    mean = number(interval.mean, unit, like=like)
    signed = f"+{mean}" if interval.mean > 0 else mean
    told = limits(interval, unit, say)
    return signed if interval.is_exact else say("{name} ({told})", name=signed, told=told)


def percent(share: float, say: Language = ENGLISH) -> str:
    """A share as whole per cent; never 100 or 0 unless it is exactly that."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return say("over 99 %")
    return say("under 1 %") if whole == 0 and share > 0 else f"{whole} %"


def mark_text(value: float, unit: Unit, step: float) -> str:
    """A mark's label with as many digits as its step needs."""
    if unit == "share":
        return f"{100 * value:.{_behind_the_point(100 * step)}f} %"
    return f"{value + 0.0:,.{_behind_the_point(step)}f}"


def _behind_the_point(step: float) -> int:
    """Behind the point, so that marks at a step are where they say: 1 for .5, 2 for .25."""
    return next((n for n in range(6) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 6)


def plain_yuan(fen: int) -> str:
    """Fen as yuan, as a plan says them: ``0.5``, ``12``, ``1234``."""
    from commsim.core.units import to_yuan
    from commsim.scenario.fields import number as written

    amount: Any = to_yuan(fen)
    return written(round(amount) if amount > 1000 else amount)
