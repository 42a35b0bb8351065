"""What operators write where the model has a number: ``20:00``, ``mon-thu``, ``15%``, ``8折``, ``¥99.00``.

Each function takes what stands in a plan and gives the model's own form; what it does not know, it leaves
for the type's own check to refuse.  English and Chinese are read alike.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST = -1
"""Of a month's days, the last one."""
_DIGITS = "一二三四五六日"
_SEVERAL = {
    "weekend": "sat sun",
    "weekends": "sat sun",
    "周末": "sat sun",
    "双休日": "sat sun",
    "workdays": "mon tue wed thu fri",
    "working days": "mon tue wed thu fri",
    "工作日": "mon tue wed thu fri",
    "every day": " ".join(WEEKDAYS),
    "daily": " ".join(WEEKDAYS),
    "每天": " ".join(WEEKDAYS),
    "每日": " ".join(WEEKDAYS),
}
_ENGLISH = re.compile(r"(mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:s|(?:nes|ur)?days?)?")
_CHINESE = re.compile(r"(?:每?(?:周|星期|礼拜))?([一二三四五六日天]+)")
_TO = re.compile(r"\s*(?:[-–—~～至到]|\bto\b|\.\.)\s*")
_AND = re.compile(r"\s*(?:[,，、;；/+和及与]|\band\b)\s*")
_LAST_DAY = re.compile(r"last(?: day)?|月末|月底|(?:最后|末)一?[天日]")
_MONTH_DAY = re.compile(r"(?:每个?月|the\s+)?(\d{1,2})(?:st|nd|rd|th|[日号])?")
_CLOCK = re.compile(
    r"(?P<part>上午|早上|早|中午|下午|晚上|晚)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:[:：.](?P<minute>\d{2})(?:[:：]00)?|[点时h](?:(?P<said>\d{1,2})分?|(?P<half>半)|整)?)?\s*(?P<half_day>am|pm)?"
)
_MINUTES = 60
_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)\s*[%％]|(负?)百分之(\d+(?:\.\d+)?)")
_OFF = re.compile(r"([1-9](?:\.\d+)?|[1-9]\d|[一二三四五六七八九]{1,2})\s*折")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_MONEY = re.compile(
    r"(?P<sign>-?)\s*(?:[¥￥]|RMB|CNY)?\s*(?P<amount>-?[\d,，]*\.?\d+)\s*(?P<many>万)?\s*(?:元整?|块钱?|yuan|RMB|CNY)?",
    re.IGNORECASE,
)


def weekdays(value: Any) -> Any:
    """``mon-thu``, ``[mon-wed, sat]``, ``weekends``, ``every day``, ``周一至周四`` as single weekdays."""
    if isinstance(value, str):
        parts = [_days(part) for part in _AND.split(value.strip().lower())]
        return tuple(day for part in parts for day in part) if all(parts) else (value,)
    if not isinstance(value, list | tuple):
        return value
    found = [_days(part.strip().lower()) if isinstance(part, str) else () for part in value]
    if all(found):
        return tuple(day for part in found for day in part)
    return tuple(days[0] if days else part for days, part in zip(found, value, strict=True))


def _days(text: str) -> tuple[str, ...]:
    """The weekdays of one word or one range; none if it is neither."""
    if text in _SEVERAL:
        return tuple(_SEVERAL[text].split())
    ends = _TO.split(text)
    if len(ends) == 2:
        first, last = _named(ends[0]), _named(ends[1])
        if len(first) == len(last) == 1:
            return tuple(WEEKDAYS[at % 7] for at in range(first[0], first[0] + (last[0] - first[0]) % 7 + 1))
    return tuple(WEEKDAYS[at] for at in _named(text))


def _named(text: str) -> list[int]:
    if found := _ENGLISH.fullmatch(text):
        return [WEEKDAYS.index(found[1][:3])]
    if found := _CHINESE.fullmatch(text):
        return [_DIGITS.index(digit) for digit in found[1].replace("天", "日")]
    return []


def month_days(value: Any) -> Any:
    """``8, 18, 28``, ``[8, last]``, ``1-3``, ``每月8号、18号`` as days of a month, the last one as -1."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    parts = _AND.split(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        return value
    return tuple(day for part in parts for day in _of_month(part))


def _of_month(part: Any) -> tuple[Any, ...]:
    if not isinstance(part, str):
        return (part,)
    if _LAST_DAY.fullmatch(part.strip().lower()):
        return (LAST,)
    ends = [_MONTH_DAY.fullmatch(end) for end in _TO.split(part.strip().lower())]
    days = [int(end[1]) for end in ends if end]
    if len(days) < len(ends) or len(days) > 2:
        return (part,)
    return tuple(range(days[0], days[-1] + 1)) or (part,)


def hour(value: Any) -> Any:
    """``20:00``, ``20点``, ``8 pm``, ``晚上8点`` as an hour.  Raises ValueError for one that is not whole."""
    if isinstance(value, dt.time):
        value = value.strftime("%H:%M")
    if type(value) is int and value >= _MINUTES and value % _MINUTES == 0:
        return value // _MINUTES  # 20:00 as a reader of YAML 1.1 takes it; others are told as they stand
    if not isinstance(value, str) or not (found := _CLOCK.fullmatch(value.strip().lower())):
        return value
    at, minute = int(found["hour"]), int(found["minute"] or found["said"] or (30 if found["half"] else 0))
    later = found["half_day"] == "pm" or found["part"] in ("下午", "晚上", "晚")
    at += 12 * (later and at < 12) - 12 * (found["half_day"] == "am" and at == 12)
    if minute:
        raise ValueError(f"{value!r} is no whole hour: write {at}:00 or {at + 1}:00")
    return at


def share(value: Any) -> Any:
    """``15%`` as 0.15, ``-5%`` as -0.05."""
    if isinstance(value, str) and (found := _PERCENT.fullmatch(value.strip())):
        number = Decimal(found[1] or found[3])
        return float((-number if found[2] else number) / 100)
    return value


def off(value: Any) -> Any:
    """``8折``, ``八五折`` (what is paid) and ``15%`` (what is taken off) as the share that is taken off."""
    if isinstance(value, str) and (found := _OFF.fullmatch(value.strip())):
        paid = found[1].translate(_NUMERALS)
        return float(1 - Decimal(paid) / (10 if "." in paid or len(paid) == 1 else 100))
    return share(value)


def is_off(value: Any) -> bool:
    """Whether a price is written as a share of the usual one, such as ``8折``."""
    return isinstance(value, str) and _OFF.fullmatch(value.strip()) is not None


def amount(text: str) -> str:
    """``¥99.00``, ``99元``, ``1,200 yuan``, ``1.5万`` as a plain decimal number; other text as it is."""
    found = _MONEY.fullmatch(text.strip())
    if not found:
        return text
    plain = Decimal(
        found["sign"] + re.sub("[,，]", "", found["amount"]).removeprefix("-" * bool(found["sign"]))
    )
    return format(plain * 10_000 if found["many"] else plain, "f")


def pairs(first: str, second: str) -> Any:
    """Rows of two settings from a mapping: ``{2: 90, 3: 85}`` in the order of its numbers."""

    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return [{first: key, second: item} for key, item in in_order(value.items())]

    return read


def in_order(items: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Items by the numbers that are their keys; as they stand if some key is none."""
    rows = list(items)
    try:
        return sorted(rows, key=lambda row: float(row[0]))
    except (TypeError, ValueError):
        return rows
