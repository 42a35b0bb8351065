"""Chinese words for a discount that say what is paid to some, and what is taken off to others."""

from typing import Any

from commsim.core.written import is_off

WORDS = ("折扣", "折扣比例", "会员折扣")
"""Under these words only ``8折`` is clear."""
REMEDY = "write what is paid, such as 9折, or what is taken off, as 优惠比例: 10%"


def unclear(word: str, value: Any) -> str:
    """What is wrong with a value under such a word; empty for none."""
    if word not in WORDS or value is None or isinstance(value, list | dict) or is_off(value):
        return ""
    return f"{value} may be what is paid or what is taken off"
