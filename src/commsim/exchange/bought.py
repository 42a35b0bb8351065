"""Orders of an export: lines of one order put together, what was never paid left out."""

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Ints
from commsim.exchange.cells import BLANK
from commsim.exchange.kinds import BY_LINE, WHEN_ORDERED, plain_name
from commsim.exchange.rows import Read, matching

_OPEN = "未付款|未支付|待付款|待支付|取消|unpaid|cancel"
_SHUT = "关闭|closed"
_BACK = "退款成功|已退款|全额退款|部分退款|退款完成|refunded"
_NEVER_PAID, _FURTHER = "never paid: left out", "further lines of an order"
_PAID_BACK = "paid back later; kept, since they were bought"


def tidy_orders(read: Read, texts: dict[str, list[str]]) -> None:
    """Leave out what was never paid, put lines of one order together, remark on what was paid back."""
    n = len(read.lines)
    time, amount = read.values["time"], read.values["amount"]
    status, refund = texts.get("status", [""] * n), texts.get("refund", [""] * n)
    number = np.array(texts.get("number", [""] * n), dtype=object)
    blank = np.logical_and.reduce([column == "" for column in read.people.values()])
    line_of_last = blank & (time == BLANK)
    names = read.layout.names
    when_paid = plain_name(names[read.layout.columns["time"]]) not in WHEN_ORDERED
    by_line = plain_name(names[read.layout.columns["amount"]]) in BY_LINE
    unpaid, shut = matching(status, _OPEN), matching(status, _SHUT)
    back = matching(status, _BACK) | matching(refund, _BACK)
    unpaid |= ((time == BLANK) & ~line_of_last) if when_paid else (shut & ~back)
    back |= shut & ~unpaid
    owner = _first_lines(number, line_of_last)
    again = owner != np.arange(n)
    if by_line:
        more = again & (amount > BLANK) & (amount[owner] > BLANK)
        np.add.at(amount, owner[more], amount[more])
    read.remark(back & ~again & ~unpaid, _PAID_BACK)
    out = unpaid & ~again
    read.keep(~out, _NEVER_PAID)
    read.keep(~again[~out], _FURTHER)


def _first_lines(number: NDArray[np.object_], continued: Bools) -> Ints:
    """For each row that of the first line of its order: by number, or the one above that it continues."""
    known: dict[str, int] = {}
    owner = np.arange(len(number))
    for k, one in enumerate(number):
        if one:
            owner[k] = known.setdefault(one, k)
        elif continued[k] and k:
            owner[k] = owner[k - 1]
    return owner
