"""What holds for every effect of a strategy: it is sound, and it reaches the people it is meant for."""

from typing import Any

import numpy as np

from commsim.core import faults
from commsim.core.effects import Recruit
from commsim.core.view import MEMBER, STRANGER, View


def fault(effect: object, view: View) -> str | None:
    """What is wrong with an effect for a community; None if nothing is.

    Stricter than the engine, which lets money go to those who have left or ordered from outside.
    """
    return faults.fault(effect, view) or _misses(effect, view)


def _misses(effect: object, view: View) -> str | None:
    wanted = STRANGER if isinstance(effect, Recruit) else MEMBER
    for rows, status in ((_rows(effect, "persons"), wanted), (_rows(effect, "inviters"), MEMBER)):
        if (view.status[rows[rows >= 0]] != status).any():
            people = "members" if status == MEMBER else "strangers"
            return f"{type(effect).__name__}: it reaches people who are not {people}"
    return None


def _rows(effect: object, name: str) -> Any:
    rows = getattr(effect, name, None)
    return np.zeros(0, np.int64) if rows is None else np.asarray(rows)
