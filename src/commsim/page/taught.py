"""What a step of the lesson may ask of a run: for the page, its notes and the search for worlds."""

from typing import Any

import numpy as np

from commsim.core.arrays import Columns, Floats

WEEK = 7
YEAR = 365.0


def taught(daily: Columns, own: Floats, *, groups: int, members: int) -> dict[str, float]:
    """The measures of a run, by name.

    daily: the daily table.  own: yuan so far beyond nobody running the community, by day.  groups: how many
    there are.  members: of the first day.

    looks: of 100 members who look in, on a day of the last week.  messages: a group and day of that week.
    ringing: of 100 members of the first day not muted at the end.  own: yuan a member.  came: newcomers for
    each 100 members.  spent: yuan a year of everybody who is or was a member, from the day on which they
    came.
    """
    last, first = slice(-WEEK, None), max(1, members)
    days = len(own)
    since = np.arange(days, 0, -1)
    years = (members * days + float((daily["joined"] * since).sum())) / YEAR
    found: dict[str, Any] = {
        "looks": 100.0 * daily["looked"][last].sum() / max(1, daily["members"][last].sum()),
        "messages": daily["messages"][last].mean() / max(1, groups),
        "ringing": 100.0 * (daily["members"][-1] - daily["muted"][-1]) / first,
        "own": own[-1] / first,
        "came": 100.0 * daily["joined"].sum() / first,
        "spent": daily["revenue"].sum() / 100.0 / max(1.0 / YEAR, years),
    }
    return {name: round(float(value), 4) for name, value in found.items()}
