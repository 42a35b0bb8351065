"""What the cells of exports say: people, days, amounts and numbers, as spreadsheets and shops write them."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Ints
from commsim.core.units import FEN_PER_YUAN, MAX_YUAN

BLANK, ODD = -(1 << 40), -(1 << 41)
"""In place of a number: nothing is written, or nothing that can be one."""
_DATE = re.compile(
    r"((?:19|20|21)\d\d)(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)|(\d\d)(\d\d)(?!\d))"
)
_NOTHING = {"", "-", "--", "—", "——", "/", "无", "null", "none", "n/a", "nan", "未退群", "在群"}
_FLOOR = dt.date(1899, 12, 30).toordinal()
_SERIALS = range(36_526, 73_051)
"""Days from 2000 to 2100 as spreadsheets number them."""
_STAMP = re.compile(r"(1[4-9]\d{8})(?:\d{3})?")
"""Seconds, or thousandths, since 1970, as programs keep times."""
_EPOCH, _CHINA = dt.date(1970, 1, 1).toordinal(), 8 * 3600
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_PHONE = re.compile(r"(?:\+?86)?(1\d{10})")
_MOST_COUNT = 1_000_000


def person(cell: str, key: bytes) -> str:
    """Who is meant, as a keyed hash in which no name is left; empty for nobody, ``?`` for half a number.

    A telephone number is the same person with and without its country code and blanks.
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    if text.lower() in _NOTHING:
        return ""
    if _ROUNDED.fullmatch(text):
        return "?"
    phone = _PHONE.fullmatch(re.sub(r"[\s\-]|\.0$", "", text))
    text = phone[1] if phone else text
    return blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=16).hexdigest()


def dates_in(text: str) -> list[dt.date]:
    """All dates in a text, as they stand: 2026-07-01, 2026/7/1, 20260701, 2026年7月1日."""
    found = []
    for year, month, day, month2, day2 in _DATE.findall(unicodedata.normalize("NFKC", text)):
        try:
            found.append(dt.date(int(year), int(month or month2), int(day or day2)))
        except ValueError:
            continue
    return found


def day(cell: str) -> int:
    """The date of a cell as its ordinal, whatever time follows; `BLANK`, or `ODD` for what is none."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if text.lower() in _NOTHING:
        return BLANK
    if _DATE.match(text):
        found = dates_in(text)
        return found[0].toordinal() if found else ODD
    if stamp := _STAMP.fullmatch(text):
        return (int(stamp[1]) + _CHINA) // 86_400 + _EPOCH
    try:
        serial = int(float(text))
    except (ValueError, OverflowError):
        return ODD
    return serial + _FLOOR if serial in _SERIALS else ODD


def fen(cell: str) -> int:
    """An amount of yuan in fen, such as ``¥1,299.00``, ``1299元`` or ``￥-5``; `BLANK`, or `ODD`."""
    text = unicodedata.normalize("NFKC", cell).strip().lower()
    if text in _NOTHING:
        return BLANK
    text = re.sub(r"[¥￥,\s]|cny|rmb|元|^\+", "", text)
    try:
        amount = Decimal(text)
        if not amount.is_finite() or abs(amount) > MAX_YUAN:
            return ODD
        return int((amount * FEN_PER_YUAN).to_integral_value(ROUND_HALF_UP))
    except InvalidOperation:
        return ODD


def count(cell: str) -> int:
    """A whole number from 0, with or without separators; `BLANK`, or `ODD`."""
    text = unicodedata.normalize("NFKC", cell).strip().lower()
    if text in _NOTHING:
        return BLANK
    try:
        number = float(text.replace(",", "").removesuffix("条").removesuffix("次"))
    except ValueError:
        return ODD
    return int(number) if 0 <= number <= _MOST_COUNT and number.is_integer() else ODD


def each(cells: Sequence[str], read: Callable[[str], int]) -> Ints:
    """Read a column, each distinct cell once."""
    known: dict[str, int] = {}
    for cell in cells:
        if cell not in known:
            known[cell] = read(cell)
    return np.fromiter((known[cell] for cell in cells), np.int64, len(cells))


def persons(cells: Sequence[str], key: bytes) -> NDArray[np.object_]:
    """Who is meant in each cell of a column."""
    known: dict[str, str] = {}
    for cell in cells:
        if cell not in known:
            known[cell] = person(cell, key)
    return np.array([known[cell] for cell in cells], dtype=object)
