"""What happened in the typical world, day by day and member by member, as data for the replay."""

from typing import Any

import numpy as np

from commsim.analysis.closeup import Closeup
from commsim.core.arrays import Ints
from commsim.core.view import STRANGER
from commsim.records.records import Records
from commsim.records.tables import LEAVE, MUTE, ORDER
from commsim.report.case import Case
from commsim.report.language import Language

MOST_PEOPLE = 2400
"""Members that are drawn per plan: whole groups, as many as fit."""
MOST_PLANS = 2
"""Plans that are shown side by side: the best one and the next."""
_DAILY = ("members", "looked", "messages", "orders", "muted", "left")


def replay(case: Case, say: Language) -> dict[str, Any]:
    """Days, words for the page, and per plan what `_plan` says."""
    shown = list(zip(case.names, case.closeups, strict=True))[:MOST_PLANS]
    words = ("day", "members", "looked in", "messages", "orders", "muted", "left", "profit so far")
    return {
        "days": max(closeup.scenario.days for _, closeup in shown),
        "words": {word: say(word) for word in words},
        "plans": [{"name": name, **_plan(closeup)} for name, closeup in shown],
    }


def _plan(closeup: Closeup) -> dict[str, Any]:
    """Groups that are drawn, the days of their people, what groups did, and the sums of the community.

    people: per person its group (counted from 0 among those drawn), and the days of joining, muting and
    leaving, -1 for never.  orders: per day the persons who ordered.  looked: per group the share of its
    members that looked in on each day, in per cent.
    """
    records = closeup.typical
    chosen, people = _drawn(records)
    place = {int(person): k for k, person in enumerate(people["person"].tolist())}
    return {
        "groups": len(chosen),
        "of": len(np.unique(records.groups["group"])),
        "group": np.searchsorted(chosen, people["group"]).tolist(),
        "joined": people["joined"].tolist(),
        "muted": _muted(records, people["muted"], place),
        "left": _days_of(records, LEAVE, place),
        "orders": _orders(records, place),
        "looked": _looked(records, chosen),
        "daily": {name: records.daily[name].tolist() for name in _DAILY},
        "profit": _profit(records),
    }


def _drawn(records: Records) -> tuple[Ints, dict[str, Ints]]:
    """The first groups that fit, and the columns of everybody who ever was in them, group by group."""
    members = records.members
    ever = (members["status"] != STRANGER) & (members["group"] >= 0)
    groups, sizes = np.unique(members["group"][ever], return_counts=True)
    fit = max(1, int(np.searchsorted(sizes.cumsum(), MOST_PEOPLE, side="right")))
    chosen = groups[:fit]
    rows = np.flatnonzero(ever & np.isin(members["group"], chosen))
    rows = rows[np.argsort(members["group"][rows], kind="stable")]
    return chosen, {name: members[name][rows] for name in ("person", "group", "joined", "muted")}


def _days_of(records: Records, kind: int, place: dict[int, int]) -> list[int]:
    """Day of the last event of a kind for each person drawn, -1 for none."""
    found = [-1] * len(place)
    events = records.events
    of_kind = events["kind"] == kind
    for day, person in zip(events["day"][of_kind].tolist(), events["person"][of_kind].tolist(), strict=True):
        if person in place:
            found[place[person]] = day
    return found


def _muted(records: Records, at_end: Ints, place: dict[int, int]) -> list[int]:
    """Day of muting; 0 for those who had muted the group before the first day."""
    days = _days_of(records, MUTE, place)
    return [0 if muted and day < 0 else day for muted, day in zip(at_end.tolist(), days, strict=True)]


def _orders(records: Records, place: dict[int, int]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(records.days)]
    events = records.events
    of_kind = events["kind"] == ORDER
    for day, person in zip(events["day"][of_kind].tolist(), events["person"][of_kind].tolist(), strict=True):
        if person in place:
            found[day].append(place[person])
    return found


def _looked(records: Records, chosen: Ints) -> list[list[int]]:
    groups = records.groups
    share = np.round(100 * groups["looked"] / np.maximum(1, groups["members"])).astype(int)
    return [share[groups["group"] == group].tolist() for group in chosen]


def _profit(records: Records) -> list[int]:
    """Yuan so far at the end of each day."""
    ledger = records.ledger
    days = np.zeros(records.days, np.int64)
    np.add.at(days, ledger["day"], ledger["fen"])
    return [int(fen) for fen in np.round(days.cumsum() / 100)]
