"""When festivals of the Chinese year and like days are: fixed, by the lunar calendar in a table, solar terms.

A festival here is a date and nothing else: what it does to sales differs from shop to shop.
"""

import datetime as dt
from functools import cache
from math import floor, radians, sin
from typing import Any, Literal

FIXED = {
    "new_year": (1, 1),
    "valentine": (2, 14),
    "womens_day": (3, 8),
    "labour_day": (5, 1),
    "520": (5, 20),
    "childrens_day": (6, 1),
    "618": (6, 18),
    "national_day": (10, 1),
    "11.11": (11, 11),
    "12.12": (12, 12),
}
"""Month and day."""
FIRST_YEAR = 2015
_LUNAR = {
    "spring_festival": "0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 "
    "0126 0213 0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 0212",
    "dragon_boat": "0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531 0619 0609 "
    "0528 0616 0605 0624 0612 0601 0620 0610 0530 0618 0607 0527 0614",
    "qixi": "0820 0809 0828 0817 0807 0825 0814 0804 0822 0810 0829 0819 0808 "
    "0826 0816 0805 0824 0812 0801 0820 0810 0828 0817 0807 0826 0814",
    "mid_autumn": "0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006 0925 0915 "
    "1003 0922 0912 1001 0919 0908 0927 0916 1004 0924 0913 1002 0920",
    "double_ninth": "1021 1009 1028 1017 1007 1025 1014 1004 1023 1011 1029 1018 1008 "
    "1026 1016 1005 1024 1012 1001 1020 1009 1027 1017 1007 1026 1014",
}
"""Month and day in each year from 2015 on: the first of the first month, 5/5, 7/7, 8/15 and 9/9."""
LAST_YEAR = FIRST_YEAR + len(_LUNAR["qixi"].split()) - 1
MOVING = {
    name: frozenset(
        dt.date(FIRST_YEAR + at, int(day[:2]), int(day[2:])) for at, day in enumerate(days.split())
    )
    for name, days in _LUNAR.items()
}
MOVING["lantern"] = frozenset(day + dt.timedelta(days=14) for day in MOVING["spring_festival"])
TERMS = (
    "chunfen", "qingming", "guyu", "lixia", "xiaoman", "mangzhong", "xiazhi", "xiaoshu", "dashu", "liqiu",
    "chushu", "bailu", "qiufen", "hanlu", "shuangjiang", "lidong", "xiaoxue", "daxue", "dongzhi", "xiaohan",
    "dahan", "lichun", "yushui", "jingzhe",
)  # fmt: skip
"""Solar terms by the sun's longitude: 0, 15, ... 345 degrees."""
PAYDAY = "payday"
PAY_DAYS = 10, 15
"""Of the month; many employers pay on one of them."""
Festival = Literal[
    "new_year", "valentine", "womens_day", "labour_day", "520", "childrens_day", "618", "national_day",
    "11.11", "12.12", "spring_festival", "lantern", "dragon_boat", "qixi", "mid_autumn", "double_ninth",
    "chunfen", "qingming", "guyu", "lixia", "xiaoman", "mangzhong", "xiazhi", "xiaoshu", "dashu", "liqiu",
    "chushu", "bailu", "qiufen", "hanlu", "shuangjiang", "lidong", "xiaoxue", "daxue", "dongzhi", "xiaohan",
    "dahan", "lichun", "yushui", "jingzhe", "payday",
]  # fmt: skip

_CHINESE = {
    "元旦": "new_year", "情人节": "valentine", "妇女节": "womens_day", "三八": "womens_day",
    "38": "womens_day", "劳动节": "labour_day", "五一": "labour_day", "儿童节": "childrens_day",
    "六一": "childrens_day", "六一八": "618", "国庆": "national_day", "国庆节": "national_day",
    "双十一": "11.11", "双11": "11.11", "双十二": "12.12", "双12": "12.12", "春节": "spring_festival",
    "元宵": "lantern", "元宵节": "lantern", "端午": "dragon_boat", "端午节": "dragon_boat", "七夕": "qixi",
    "七夕节": "qixi", "中秋": "mid_autumn", "中秋节": "mid_autumn", "重阳": "double_ninth",
    "重阳节": "double_ninth", "发薪日": PAYDAY, "发工资": PAYDAY,
    "春分": "chunfen", "清明": "qingming", "谷雨": "guyu", "立夏": "lixia", "小满": "xiaoman",
    "芒种": "mangzhong", "夏至": "xiazhi", "小暑": "xiaoshu", "大暑": "dashu", "立秋": "liqiu",
    "处暑": "chushu", "白露": "bailu", "秋分": "qiufen", "寒露": "hanlu", "霜降": "shuangjiang",
    "立冬": "lidong", "小雪": "xiaoxue", "大雪": "daxue", "冬至": "dongzhi", "小寒": "xiaohan",
    "大寒": "dahan", "立春": "lichun", "雨水": "yushui", "惊蛰": "jingzhe",
}  # fmt: skip


def named(value: Any) -> Any:
    """A festival as it is written: in English or Chinese, as text or as the number ``618``."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return value
    text = value.strip()
    return _CHINESE.get(text, text.lower().replace(" ", "_"))


def falls(festival: str, date: dt.date) -> bool:
    """Whether a festival is on a date.  Moving ones are known from `FIRST_YEAR` to `LAST_YEAR`."""
    if festival in FIXED:
        return (date.month, date.day) == FIXED[festival]
    if festival in MOVING:
        return date in MOVING[festival]
    if festival == PAYDAY:
        return date.day in PAY_DAYS
    return solar_term(date) == festival


@cache
def solar_term(date: dt.date) -> str:
    """The term that begins on a date in Beijing, empty for most days."""
    before, after = (floor(longitude(date.toordinal() + day) / 15.0) % 24 for day in (0, 1))
    return TERMS[after] if after != before else ""


def longitude(day: float) -> float:
    """The sun's apparent longitude in degrees at midnight in Beijing of a day counted as Python's ordinals.

    Meeus, Astronomical Algorithms, chapter 25, lower accuracy: to .01 degrees, a quarter of an hour.
    Nothing near that hangs on the last bit of a sine.
    """
    dynamical = day + 1721424.5 - 8.0 / 24.0 + 70.0 / 86400.0
    t = (dynamical - 2451545.0) / 36525.0
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(m)
    centre += (0.019993 - 0.000101 * t) * sin(2.0 * m) + 0.000289 * sin(3.0 * m)
    return mean + centre - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))
