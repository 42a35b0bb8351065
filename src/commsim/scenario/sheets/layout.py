"""What the sheets of a plan are called, and which part of the plan each holds."""

from collections.abc import Sequence

from commsim.scenario.errors import SettingPath

SETTINGS, STRATEGIES, PRODUCTS = "Settings", "Strategies", "Products"
GROUPS, SEGMENTS = "Groups", "Segments"
PLAN, CALENDAR = "Plan", "Calendar"
LISTS: dict[str, SettingPath] = {
    STRATEGIES: ("strategies",),
    PRODUCTS: ("products",),
    SEGMENTS: ("community", "segments"),
    GROUPS: ("community", "groups"),
}
"""Sheets of one thing a row, and where these stand in a plan."""
DERIVED = (PLAN, CALENDAR)
"""Sheets that follow from the others."""
TITLES = (PLAN, CALENDAR, STRATEGIES, PRODUCTS, SETTINGS, SEGMENTS, GROUPS)
"""All sheets in their order."""
CHINESE = {
    PLAN: "方案",
    CALENDAR: "日历",
    STRATEGIES: "策略",
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
    return bool(row) and len(told) <= 2 and (row[0] in _TOP or "." in row[0])
