"""Tables of a plan with Chinese heads, which read back as the same."""

from collections.abc import Sequence
from dataclasses import replace

from commsim.core.units import WEEKDAYS
from commsim.scenario.sheets.grid import Value
from commsim.scenario.sheets.layout import SETTING_HEADS, SETTINGS, STRATEGIES
from commsim.scenario.sheets.names import Names
from commsim.scenario.sheets.tables import Sheet

_DAYS: dict[str, str] = dict(zip(WEEKDAYS, (f"周{day}" for day in "一二三四五六日"), strict=True))
_SETTINGS_HEAD = (SETTING_HEADS[1], "值", "单位", "英文名")


def in_chinese(sheet: Sheet) -> Sheet:
    """The same table; what has no clear name in Chinese keeps that of the schema."""
    names = Names()
    if sheet.title == SETTINGS:
        rows = tuple(
            (names.path_said(names.path(str(path))), value, names.unit_said(str(unit)), path)
            for path, value, unit, *_ in sheet.rows
        )
        return replace(sheet, head=_SETTINGS_HEAD, rows=rows)
    head: list[str] = []
    for column, name in enumerate(sheet.head):
        said = names.head(name, sheet.title, _kinds(sheet, column))
        head.append(name if said in head or said in sheet.head else said)
    told = tuple(
        tuple(_said(name, value, names, sheet.title) for name, value in zip(sheet.head, row, strict=True))
        for row in sheet.rows
    )
    return replace(sheet, head=tuple(head), rows=told)


def _kinds(sheet: Sheet, column: int) -> list[str]:
    """The kinds of strategies that have something in a column."""
    if sheet.title != STRATEGIES:
        return []
    at = sheet.head.index("kind")
    rows: Sequence[Sequence[Value]] = sheet.rows
    return list(dict.fromkeys(str(row[at]) for row in rows if row[column] is not None))


def _said(name: str, value: Value, names: Names, title: str) -> Value:
    if title == STRATEGIES and name == "kind":
        said = names.kind_said(str(value))
        return said if names.kind(said) == value else value
    if name == "weekdays" and isinstance(value, str):
        return ", ".join(_DAYS.get(day, day) for day in value.split(", "))
    return value
