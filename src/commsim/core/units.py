"""Units of the model: money, shares of one, dates; `param`, the card behind every default; `described`."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from commsim.core import written
from commsim.core.dates import to_day
from commsim.core.harmless import is_plain

Grade = Literal["A", "B", "C", "D"]
"""A: randomised or natural experiment; B: large observational data or meta-analysis;
C: small, vendor or other context; D: assumption."""

NO_NUMBER = frozenset({"section", "list", "text", "name", "names", "column", "path", "date", "goal", "pairs"})
"""Units of settings that hold no number and no choice."""

_WRITTEN = ("yuan", "share", "probability", "weight")
"""Units of numbers that may be written as text."""

FEN_PER_YUAN = 100
MAX_YUAN = 1_000_000_000


def to_fen(value: Any) -> int:
    """Yuan as written in a scenario (number, decimal string, ``¥99.00``) to integer fen.

    Raises ValueError for anything that is not a finite amount with at most two decimals.
    """
    if isinstance(value, str):
        if written.is_off(value):
            raise ValueError(f"{value!r} is a share of a price; write what is to be paid, in yuan")
        value = written.amount(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("an amount in yuan is a number such as 30 or 25.5")
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError(f"{value!r} is not an amount in yuan; write a number such as 25.5") from None
    if not amount.is_finite() or abs(amount) > MAX_YUAN:
        raise ValueError(f"{value} yuan is not an amount between -10^9 and 10^9")
    fen = amount * FEN_PER_YUAN
    if fen != fen.to_integral_value():
        raise ValueError(f"{value} yuan has a part of a fen; use at most two decimals")
    return int(fen)


def to_yuan(fen: int) -> float:
    """Integer fen to yuan, for people and files."""
    return fen / FEN_PER_YUAN if fen % FEN_PER_YUAN else fen // FEN_PER_YUAN


Fen = Annotated[
    int,
    BeforeValidator(to_fen),
    PlainSerializer(to_yuan, return_type=float),
    WithJsonSchema({"type": "number"}),
]
"""Money: written in yuan, kept in integer fen.  Defaults are given in yuan and validated."""

MAX_NAME = 80


def one_line(name: str) -> str:
    """The name, if a table and a terminal can show it; ValueError otherwise."""
    if not name.strip() or len(name) > MAX_NAME or not is_plain(name):
        raise ValueError(f"a name is one line of 1 to {MAX_NAME} characters, none of them invisible")
    return name


Name = Annotated[str, AfterValidator(one_line)]
"""Of a plan, product, segment or strategy."""

Portion = Annotated[float, BeforeValidator(written.share)]
"""Of one; ``15%`` is 0.15.  Its limits stand at the field."""
Off = Annotated[float, BeforeValidator(written.off)]
"""A share that is taken off a price; ``8折`` is 0.2.  Its limits stand at the field."""
Probability = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False), BeforeValidator(written.share)]
MOST_DAYS = 3650
"""Of a run."""
Day = Annotated[int, Field(ge=0, le=MOST_DAYS), BeforeValidator(to_day)]
"""Of the run, from 0; a date within a plan is counted from its first day."""
Hour = Annotated[int, Field(ge=0, le=23), BeforeValidator(written.hour)]
"""Of the day; ``20:00`` is 20."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekdays = Annotated[tuple[Weekday, ...], BeforeValidator(written.weekdays)]
"""One by one; ``mon-thu`` is four of them."""


def _of_a_month(day: int) -> int:
    if day == 0:
        raise ValueError("a month has no day 0; write 1 to 31, or last")
    return day


MonthDay = Annotated[int, Field(ge=written.LAST, le=31), AfterValidator(_of_a_month)]
MonthDays = Annotated[tuple[MonthDay, ...], BeforeValidator(written.month_days)]
"""Days of a month from 1; the last one is -1, written ``last``."""


def param(
    default: Any,
    about: str,
    *,
    unit: str,
    source: str,
    grade: Grade,
    low: float | None = None,
    high: float | None = None,
    plausible: tuple[float, float] | None = None,
    assumed: bool = False,
    not_below: str = "",
    neutral: float | None = None,
    pathway: str | None = None,
) -> Any:
    """A pydantic field that carries its card: unit, hard limits, plausible range, source, grade.

    ``low`` and ``high`` are limits that input may not pass; ``plausible`` is what evidence allows.
    Limits of a `Fen` field are in yuan, like its default.  assumed: outside of behaviour, a number that
    nobody decides and hardly anybody knows, such as how many accept an invitation.  not_below: the field
    of the same part that an assumed one is never less than.  neutral: of behaviour, the value at which what
    the setting measures does nothing, which is 1 for a factor; pathway: name of what it measures together
    with others, else its own (see `commsim.scenario.behaviour.pathways`).
    Raises ValueError for a neutral value beyond the limits.
    """
    card: dict[str, Any] = {"unit": unit, "source": source, "grade": grade}
    if assumed:
        card["assumed"] = True
    if not_below:
        card["not_below"] = not_below
    if plausible is not None:
        card["plausible"] = list(plausible)
    if neutral is not None:
        if (low is not None and neutral < low) or (high is not None and neutral > high):
            raise ValueError(f"{about}: {neutral} is not within {low} to {high}")
        card["neutral"] = neutral
    if pathway is not None:
        card["pathway"] = pathway
    if unit in _WRITTEN:  # limits after a reading of texts are not in a schema by themselves
        card |= {key: limit for key, limit in (("minimum", low), ("maximum", high)) if limit is not None}
    if unit == "yuan":
        low = None if low is None else to_fen(low)
        high = None if high is None else to_fen(high)
    limits: dict[str, Any] = {"ge": low, "le": high}
    # money is a whole number of fen, whatever the yuan of its default
    if unit != "yuan" and any(isinstance(value, float) for value in (default, low, high)):
        limits["allow_inf_nan"] = False
    return Field(
        default,
        description=about,
        json_schema_extra=card,
        validate_default=True,
        **{k: v for k, v in limits.items() if v is not None},
    )


def described(default: Any, about: str, *, unit: str) -> Any:
    """A pydantic field that holds no number and no choice, so nothing that evidence could speak for.

    unit: the sort of value, one of `NO_NUMBER`.
    """
    if unit not in NO_NUMBER:
        raise ValueError(f"{unit}: a number or a choice needs its source and grade; use param")
    return Field(default, description=about, json_schema_extra={"unit": unit}, validate_default=True)
