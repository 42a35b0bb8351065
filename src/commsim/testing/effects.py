"""What holds for every effect of a strategy: it is sound, and it reaches the people it is meant for."""

import numpy as np

from commsim.core import faults
from commsim.core.effects import Effect
from commsim.core.limits import Rows
from commsim.core.view import LEFT, MEMBER, STRANGER, View

_WHO = {STRANGER: "strangers", MEMBER: "members", LEFT: "people who left"}


def fault(effect: Effect, view: View) -> str | None:
    """What is wrong with an effect for a community; None if nothing is.

    Stricter than the engine, which lets money go to those who have left or ordered from outside.
    """
    return faults.fault(effect, view) or _misses(effect, view)


def _misses(effect: Effect, view: View) -> str | None:
    for setting in effect.settings:
        value = getattr(effect, setting.name)
        for limit in setting.limits:
            if isinstance(limit, Rows) and value is not None:
                rows = np.asarray(value)
                if (view.status[rows[rows >= 0]] != limit.meant).any():
                    return f"{type(effect).__name__}: it reaches people who are not {_WHO[limit.meant]}"
    return None
