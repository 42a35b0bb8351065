"""A calendar as operators keep it, row by row: ``{days: mon-thu, hour: 20:00, do: flash_sale, price: 39}``.

A row is a strategy with short words for its kind and days.  Rows that differ in nothing but their weekdays
are one strategy, so that members' habits and the ledger know it as one.  A row without a name has that of its
kind where the table has one such strategy, and else also of its days and hour: ``flash_sale mon-thu 20:00``.
Rows of one name in different weeks are one strategy whose settings change.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from commsim.core import written
from commsim.core.dates import as_date
from commsim.core.units import WEEKDAYS
from commsim.scenario.errors import Problem, ScenarioError
from commsim.scenario.yaml_nodes import Tree

KEY = "weeks"
SHORT = {"do": "kind", "days": "weekdays"}
"""Words of a row, and the settings that they stand for; all other settings stand by their own names."""
_WEEKS = re.compile(
    r"第?\s*(?P<weeks>[\d,，、 -]+?)\s*(?:周|week)?\s*(?:(?:of|/|每)\s*(?P<cycle>\d+)\s*(?:周|weeks)?)?"
)
_EVERY_OTHER = {"odd": 1, "even": 2, "单周": 1, "双周": 2}


def strategies(rows: Tree) -> list[Tree]:
    """The strategies of a table, in the order of their first rows.  Raises ScenarioError."""
    if not isinstance(rows.value, list):
        raise _wrong(
            rows, KEY, "must be a list of rows", "such as - {days: mon-thu, hour: 20:00, do: content}"
        )
    found: dict[Any, Tree] = {}
    for i, row in enumerate(rows.value):
        entry = replace(_entry(row, i), row=i, word=rows.word)
        same = found.setdefault(_apart_from_weekdays(entry), entry)
        if same is not entry:
            _unite(same, entry)
    entries = list(found.values())
    for entry, name in zip(entries, _names(entries), strict=True):
        _fields(entry).setdefault("name", Tree(name, entry.place))
    return entries


def _fields(entry: Tree) -> dict[str, Tree]:
    assert isinstance(entry.value, dict)
    return entry.value


def _plain(entry: Tree, key: str) -> Any:
    found = _fields(entry).get(key)
    return None if found is None else found.plain()


def _wrong(tree: Tree, path: str, what: str, remedy: str) -> ScenarioError:
    return ScenarioError([Problem(tree.place, path, what, remedy)])


def _entry(row: Tree, number: int) -> Tree:
    """A row in the words of a strategy."""
    if not isinstance(row.value, dict):
        raise _wrong(row, f"{KEY}[{number}]", "is no row", "write {days: mon-thu, hour: 20:00, do: content}")
    entry = Tree({}, row.place, row.key)
    for key, value in row.value.items():
        for name, part in _settings(key, value, f"{KEY}[{number}].{key}"):
            if name in _fields(entry):
                raise _wrong(
                    value, f"{KEY}[{number}].{key}", f"says {name}, which is said already", "keep one"
                )
            _fields(entry)[name] = part
    return entry


def _settings(key: str, value: Tree, path: str) -> Iterator[tuple[str, Tree]]:
    if key == "date":
        yield "starts", value
        yield "ends", value
    elif key == "week":
        yield from _week(value, path)
    else:
        yield SHORT.get(key, key), value


def _week(value: Tree, path: str) -> Iterator[tuple[str, Tree]]:
    """``2``, ``[1, 3]``, ``2 of 4``, ``odd``, ``单周`` as weeks, a cycle, and the day of the first."""
    weeks, cycle = _read_week(value.plain())
    if not weeks:
        raise _wrong(value, path, "is no week of the run", "write 2, [1, 3], 2 of 4, odd or even")
    yield "weeks", replace(value, value=[replace(value, value=week) for week in weeks])
    if cycle:
        yield "cycle", replace(value, value=cycle)
    else:
        yield "starts", replace(value, value=(min(weeks) - 1) * len(WEEKDAYS))


def _read_week(value: Any) -> tuple[list[int], int | None]:
    if isinstance(value, str) and value.strip().lower() in _EVERY_OTHER:
        return [_EVERY_OTHER[value.strip().lower()]], 2
    found = _WEEKS.fullmatch(value.strip()) if isinstance(value, str) else None
    weeks = written.month_days(found["weeks"] if found else value)  # numbers and ranges alike
    if not isinstance(weeks, tuple) or any(type(week) is not int or week < 1 for week in weeks):
        return [], None
    return sorted(weeks), int(found["cycle"]) if found and found["cycle"] else None


def _apart_from_weekdays(entry: Tree) -> Any:
    """What rows must share to be one strategy."""
    settings = {key: part.plain() for key, part in _fields(entry).items() if key != "weekdays"}
    return repr(sorted((settings | {"hour": _hour(entry)}).items()))


def _hour(entry: Tree) -> Any:
    said = _plain(entry, "hour")
    try:
        return written.hour(said)
    except ValueError:  # told with all that is wrong, when the strategy is read
        return said


def _unite(entry: Tree, other: Tree) -> None:
    """Add the weekdays of another row; without any, it is every day."""
    fields, more = _fields(entry), _fields(other).get("weekdays")
    there = fields.get("weekdays")
    if there is None or more is None:
        fields.pop("weekdays", None)
        return
    days = [day for part in (there, more) for day in _listed(part)]
    fields["weekdays"] = replace(there, value=days)


def _listed(part: Tree) -> list[Tree]:
    days = written.weekdays(part.plain())
    return [replace(part, value=day) for day in (days if isinstance(days, tuple) else (days,))]


def _names(entries: Sequence[Tree]) -> list[str]:
    """The names of those that have none: the kind, with days and hour where there are several of it."""
    kinds = [_plain(entry, "kind") for entry in entries if _plain(entry, "name") is None]
    names: list[str] = []
    for entry in entries:
        kind = _plain(entry, "kind")
        name = str(kind) if kinds.count(kind) < 2 else " ".join(filter(None, (str(kind), _slot(entry))))
        if name in names and not _takes_turns(entry, entries, names, name):
            name = next(new for k in range(2, len(entries) + 2) if (new := f"{name} ({k})") not in names)
        names.append(name)
    return names


def _takes_turns(entry: Tree, entries: Sequence[Tree], names: Sequence[str], name: str) -> bool:
    """Whether it holds in other weeks than all of its name so far."""
    others = [other for other, known in zip(entries, names, strict=False) if known == name]
    taken = [_plain(other, "weeks") for other in others]
    mine = _plain(entry, "weeks")
    cycles = any(_plain(one, "cycle") for one in (entry, *others))
    if cycles or not mine or not all(taken):
        return False
    return all(max(weeks) < min(mine) or min(weeks) > max(mine) for weeks in taken)


def _slot(entry: Tree) -> str:
    """Days and hour of a row, for its name."""
    hour = _hour(entry)
    at = f"{hour}:00" if isinstance(hour, int) else ""
    date, month_days = as_date(_plain(entry, "starts")), written.month_days(_plain(entry, "month_days"))
    if date and _plain(entry, "starts") == _plain(entry, "ends"):
        return f"{date} {at}".strip()
    days = [str(day) if day != written.LAST else "last" for day in month_days or ()]
    parts = (_spans(entry), f"day {', '.join(days)}" if days else "", at)
    return " ".join(part for part in parts if part)


def _spans(entry: Tree) -> str:
    """``mon-thu, sat``; nothing for every day."""
    said = _plain(entry, "weekdays")
    days = written.weekdays(said) if said is not None else ()
    if not all(day in WEEKDAYS for day in days) or len(days) in (0, len(WEEKDAYS)):
        return ""
    at = sorted({WEEKDAYS.index(day) for day in days})
    runs = [[day for _, day in run] for _, run in groupby(enumerate(at), lambda pair: pair[1] - pair[0])]
    ends = [(WEEKDAYS[run[0]], WEEKDAYS[run[-1]]) for run in runs]
    return ", ".join(first if first == last else f"{first}-{last}" for first, last in ends)
