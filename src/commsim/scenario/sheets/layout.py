"""What the sheets of a plan are called, and which part of the plan each holds."""

from collections.abc import Sequence

from commsim.scenario.chinese import names
from commsim.scenario.errors import SettingPath

SETTINGS, STRATEGIES, WEEKS, PRODUCTS = "Settings", "Strategies", "Weeks", "Products"
GROUPS, SEGMENTS = "Groups", "Segments"
PLAN, CALENDAR = "Plan", "Calendar"
LISTS: dict[str, SettingPath] = {
    STRATEGIES: ("strategies",),
    WEEKS: ("weeks",),
    PRODUCTS: ("products",),
    SEGMENTS: ("community", "segments"),
    GROUPS: ("community", "groups"),
}
"""Sheets of one thing a row, and where these stand in a plan."""
DERIVED = (PLAN, CALENDAR)
"""Sheets that follow from the others."""
TITLES = (PLAN, CALENDAR, STRATEGIES, WEEKS, PRODUCTS, SETTINGS, SEGMENTS, GROUPS)
"""All sheets in their order."""
CHINESE = {
    PLAN: "方案",
    CALENDAR: "日历",
    STRATEGIES: "策略",
    WEEKS: "周计划",
    PRODUCTS: "商品",
    SETTINGS: "设置",
    SEGMENTS: "人群",
    GROUPS: "群",
}
SETTING_HEADS = ("setting", "设置项")
"""What the head of the column of settings may be."""
_TOP = {"extends", "name", "about", "days", "start", "reading"}


def sheet_of(title: str) -> str | None:
    """The sheet that a title in either language means; None for another."""
    told = title.strip().casefold()
    return next((name for name in TITLES if told in (name.casefold(), CHINESE[name])), None)


def is_setting(row: Sequence[str]) -> bool:
    """Whether a row is a setting and its value, and not the head of a table."""
    told = [text for text in row if text]
    known = row and (row[0] in _TOP or "." in row[0] or row[0] in _said())
    return bool(known) and len(told) <= 2


def _said() -> set[str]:
    return {said for key, said in names().items() if key.startswith("path.")}


def is_of_weeks(head: Sequence[str]) -> bool:
    """Whether a table without a title is a calendar of weeks: it has words of one, or no names of rows."""
    return bool({"do", "days", "week", "date", "日期"} & {*head}) or not {"name", "名称"} & {*head}
