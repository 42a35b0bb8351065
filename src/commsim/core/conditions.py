"""Conditions on a number of every person, as plans write them: ``">=2"``, ``">15%"``, ``"top 8%"``."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

import numpy as np
from pydantic import BeforeValidator, WithJsonSchema

from commsim.core.arrays import Bools, Floats, Ints

WRITE = 'write a number, or a condition such as ">=2", ">30 <=100", "top 8%" or "bottom 50%"'
_PART = re.compile(r"(>=|<=|≥|≤|>|<|=)\s*(-?\d+(?:\.\d+)?)(%?)")
_RANK = re.compile(r"(top|bottom)\s*(\d+(?:\.\d+)?)\s*%")
_PLAIN = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "％": "%", "，": ",", "前": "top ", "后": "bottom "}


_COMPARE = {
    ">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal, "=": np.equal,
}  # fmt: skip


class Test(NamedTuple):
    """One of the tests of a condition: a sign and a number; for ``top`` and ``bottom`` a share of one."""

    sign: str
    number: float


class Within(NamedTuple):
    """Limits of a number, both included.  whole: whether it has no decimals."""

    low: float
    high: float
    whole: bool = False

    def __str__(self) -> str:
        return f"{self.low:g} {'or' if self.whole and self.high - self.low == 1 else 'to'} {self.high:g}"


def _plain(written: str) -> str:
    text = written.strip()
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    return text


@lru_cache(maxsize=1024)
def tests_of(written: float | str) -> tuple[Test, ...]:
    """All tests of a condition, which must all hold.  Raises ValueError for what is none."""
    if not isinstance(written, str):
        return (Test("=", float(written)),)
    text = _plain(written)
    if number := re.fullmatch(r"(-?\d+(?:\.\d+)?)(%?)", text):
        return (Test("=", _number(*number.groups())),)
    found = []
    for part in re.split(r"\s*(?:,|\band\b)\s*|(?<=[\d%])\s+(?=[<>=tb])", text):
        if rank := _RANK.fullmatch(part):
            found.append(Test(rank[1], float(rank[2]) / 100.0))
        elif test := _PART.fullmatch(part):
            found.append(Test(test[1], _number(test[2], test[3])))
        else:
            raise ValueError(f"{written!r} is no condition; {WRITE}")
    if any(test.sign in ("top", "bottom") and not 0.0 < test.number <= 1.0 for test in found):
        raise ValueError(f"{written!r} takes more than all or nobody; write a share above 0 and up to 100%")
    return tuple(found)


def _number(text: str, sign: str) -> float:
    """``15`` as it is, ``15`` with a sign of per cent as 0.15."""
    return float(Decimal(text) / 100) if sign else float(text)


def in_per_cent(written: Any) -> bool:
    """Whether a test, other than ``top`` or ``bottom``, is of a share in per cent."""
    return isinstance(written, str) and re.search("[%％]", _RANK.sub("", _plain(written))) is not None


def readable(written: Any) -> Any:
    """The condition as it is written.  Raises ValueError for what is none."""
    if isinstance(written, bool) or not isinstance(written, int | float | str):
        raise ValueError(f"a condition is a number or a text; {WRITE}")
    if isinstance(written, float) and not np.isfinite(written):
        raise ValueError(f"a condition needs a finite number; {WRITE}")
    tests_of(written)
    return written


Condition = Annotated[
    int | float | str,
    BeforeValidator(readable),
    WithJsonSchema({"type": ["number", "string"], "examples": [">=2", ">30 <=100", "top 8%", "bottom 50%"]}),
]
"""A test of one number of every person; a number alone is the number that it must be."""


def fulfil(condition: float | str, values: Floats | Ints, lots: Floats) -> Bools:
    """Whether each value fulfils a condition; shares are of these values.

    lots: a draw for each, which decides between equals, so that the top 8 % of 100 are 8.  NaN fulfils none.
    """
    good = np.ones(len(values), np.bool_)
    for sign, number in tests_of(condition):
        compare = _COMPARE.get(sign)
        good &= compare(values, number) if compare else _ranked(sign, number, values, lots)
    return good


def may_hold(condition: float | str, within: Within) -> bool:
    """Whether any number within such limits fulfils a condition; some are always at the top or bottom."""
    tests = [test for test in tests_of(condition) if test.sign in _COMPARE]
    inside = (test.number for test in tests if within.low <= test.number <= within.high)
    ends = np.array(sorted({within.low, within.high, *inside}))
    values = (
        np.arange(within.low, within.high + 1) if within.whole else np.concatenate((ends, _between(ends)))
    )
    return bool(np.logical_and.reduce([_COMPARE[sign](values, number) for sign, number in tests]).any())


def _between(ends: Floats) -> Floats:
    """A number between each and the next."""
    return (ends[1:] + ends[:-1]) / 2.0


def _ranked(sign: str, share: float, values: Floats | Ints, lots: Floats) -> Bools:
    """The top or the bottom share: the top half and the bottom half are never the same, and together all."""
    n, known = len(values), ~np.isnan(values)
    order = np.lexsort((lots, values, known))  # from the unknown to the highest
    top = int((share if sign == "top" else 1.0 - share) * n + 0.5)
    good = np.zeros(n, np.bool_)
    good[order[n - top :] if sign == "top" else order[: n - top]] = True
    return good & known
