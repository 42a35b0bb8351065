"""Limits that stand at the fields of effects, and short names for those of many effects.

A field without a unit in its own words has that of its limit: rows of persons, fen, an hour of the day.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.view import MEMBER, STRANGER, View


class Limit(ABC):
    """What a value must keep to."""

    __slots__ = ()

    @abstractmethod
    def fault(self, value: Any, view: View) -> str | None:
        """What is wrong with it in a community, to be read after the field's name; None if nothing is."""


@dataclass(frozen=True, slots=True)
class Within(Limit):
    """A finite number, or an array or tuple of them, from ``low`` to ``high``.

    money: in fen.  whole: no fractions; so are all numbers of a field of integers.  many: an array or a tuple
    of them may be given; said by the type of the field.
    """

    low: float = -math.inf
    high: float = math.inf
    money: bool = False
    whole: bool = False
    many: bool = True

    def fault(self, value: Any, view: View) -> str | None:
        """Not a number, a fraction where none can be, or out of bounds."""
        array = np.asarray(value)
        if not np.issubdtype(array.dtype, np.number):
            return "is not a number"
        if array.ndim and not self.many:
            return "must be one number"
        if self.whole and array.size and not np.issubdtype(array.dtype, np.integer):
            return "must be whole" + (" (money is in fen)" if self.money else "")
        if not np.isfinite(array).all() or (array < self.low).any() or (array > self.high).any():
            return f"must be finite and between {self.low:g} and {self.high:g}"
        return None


@dataclass(frozen=True, slots=True)
class Rows(Limit):
    """Row numbers of people.

    meant: the status of those whom the effect is for; `commsim.testing` holds strategies to it, while
    the engine lets money go to those who have left.  least: -1 where an entry may be nobody.
    """

    meant: int = MEMBER
    least: int = 0

    def fault(self, value: Any, view: View) -> str | None:
        """Not in the community's rows."""
        rows = np.asarray(value)
        real = np.issubdtype(rows.dtype, np.integer) and rows.ndim == 1
        if not real or ((rows < self.least) | (rows >= view.n_persons)).any():
            return "must be row numbers of people who exist"
        return None


@dataclass(frozen=True, slots=True)
class PerGroup(Limit):
    """A yes or no for each group."""

    def fault(self, value: Any, view: View) -> str | None:
        """Another type or length."""
        if np.asarray(value).dtype == np.bool_ and np.shape(value) == (view.n_groups,):
            return None
        return f"must be None or one yes or no for each of the {view.n_groups} groups"


@dataclass(frozen=True, slots=True)
class Sold(Limit):
    """Index of a product."""

    def fault(self, value: Any, view: View) -> str | None:
        """No such product."""
        return None if value in range(len(view.products)) else f"{value} is not sold"


@dataclass(frozen=True, slots=True)
class OneOf(Limit):
    """A word of an enumeration; said by the type of the field."""

    words: type[StrEnum]

    def fault(self, value: Any, view: View) -> str | None:
        """Another word."""
        return None if value in tuple(self.words) else f"must be one of {', '.join(self.words)}"


Persons = Annotated[Ints, Rows()]
"""Rows of members."""
Strangers = Annotated[Ints, Rows(STRANGER)]
"""Rows of people who may join."""
MembersOrNobody = Annotated[Ints, Rows(least=-1)]
"""Rows of members, -1 for nobody."""
Groups = Annotated[Bools | None, PerGroup()]
"""A mask over groups; None for all."""
Product = Annotated[int, Sold()]
"""Index of a product."""
HourOfDay = Annotated[int, Within(0, 23)]
Share = Annotated[float, Within(0, 1)]
"""Of one: a chance, or a part of the members."""
NotNegative = Annotated[float, Within(0)]
"""0 or more."""


class Setting(NamedTuple):
    """A field of an effect with its limits.

    optional: may be None.  number: holds numbers.  array: holds one value per person.  one: a single number
    will do.
    """

    name: str
    limits: tuple[Limit, ...]
    optional: bool
    number: bool
    array: bool
    one: bool = False


def settings(kind: Any) -> tuple[Setting, ...]:
    """The fields of a dataclass, read off their types.  Raises TypeError for numbers without limits."""
    hints = get_type_hints(kind, include_extras=True)
    found = tuple(_setting(field.name, tuple(_parts(hints[field.name]))) for field in fields(kind))
    for setting in found:
        if setting.number and not setting.limits:
            raise TypeError(f"{kind.__name__}.{setting.name} needs limits: Annotated[..., Within(low, high)]")
    return found


def _parts(hint: Any) -> Iterator[Any]:
    """A type with all that it is made of, its limits included."""
    yield hint
    yield get_origin(hint)
    for part in get_args(hint):
        yield from _parts(part)


def _setting(name: str, parts: tuple[Any, ...]) -> Setting:
    whole = int in parts or np.integer in parts
    number = whole or float in parts or np.floating in parts
    many = np.ndarray in parts or tuple in parts
    limits = [
        replace(part, whole=whole or part.whole, many=many) if isinstance(part, Within) else part
        for part in parts
    ]
    words = [OneOf(part) for part in parts if isinstance(part, type) and issubclass(part, StrEnum)]
    found = tuple(limit for limit in (*limits, *words) if isinstance(limit, Limit))
    array = number and np.ndarray in parts
    return Setting(name, found, NoneType in parts, number, array, array and float in parts)
