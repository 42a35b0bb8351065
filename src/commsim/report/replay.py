"""What happened in the typical world, day by day and member by member, for replays and films."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from commsim.analysis.closeup import Closeup
from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.view import STRANGER
from commsim.records.records import Records
from commsim.records.tables import LEAVE, MUTE, ORDER, UNMUTE
from commsim.report.case import Case

MOST_PEOPLE = 2400
"""Members that are drawn per plan: whole groups, as many as fit."""
MOST_PLANS = 2
"""Plans that are shown side by side: the best one and the next."""
RECENT = 3
"""Days for which an order and a newcomer stand out."""
ABSENT, GONE, MUTED, MEMBER, NEW, BUYER = range(6)
"""What a person can be on a day; the higher one hides the lower."""


@dataclass(frozen=True)
class Track:
    """One plan in one world: everybody in the groups that are drawn, group by group.

    groups: numbers of the groups that are drawn, of ``of`` in all.  group: per person, counted among those
    drawn.  joined, left: per person the day, -1 for never (joined: -1 for there from the start).  rung: per
    person the days on which they muted the group, let it ring again, muted it once more, and so on.
    """

    name: str
    records: Records
    groups: Ints
    of: int
    persons: Ints
    group: Ints
    joined: Ints
    rung: list[list[int]]
    left: Ints

    @cached_property
    def orders(self) -> list[list[int]]:
        """Per day those who ordered, as places among the persons."""
        events = self.records.events
        ours = (events["kind"] == ORDER) & np.isin(events["person"], self.persons)
        order = np.argsort(self.persons)
        places = order[np.searchsorted(self.persons, events["person"][ours], sorter=order)]
        found: list[list[int]] = [[] for _ in range(self.records.days)]
        for day, place in zip(events["day"][ours].tolist(), places.tolist(), strict=True):
            found[day].append(place)
        return found

    @cached_property
    def looked(self) -> Floats:
        """Share of the members of each group drawn (rows) who looked in on each day."""
        table = self.records.groups
        shares = table["looked"] / np.maximum(1, table["members"])
        return np.array([shares[table["group"] == group] for group in self.groups])

    @cached_property
    def profit(self) -> Floats:
        """Yuan so far at the end of each day."""
        days = np.zeros(self.records.days, np.int64)
        np.add.at(days, self.records.ledger["day"], self.records.ledger["fen"])
        return np.asarray(days.cumsum() / 100)

    def states(self, day: int) -> Ints:
        """What each person is at the end of a day: `ABSENT` to `BUYER`."""
        state = np.full(len(self.group), MEMBER)
        state[(self.joined >= 0) & (self.joined > day - RECENT)] = NEW
        state[[sum(turn <= day for turn in turns) % 2 == 1 for turns in self.rung]] = MUTED
        for recent in self.orders[max(0, day - RECENT + 1) : day + 1]:
            state[recent] = BUYER
        state[(self.left >= 0) & (self.left <= day)] = GONE
        state[self.joined > day] = ABSENT
        return state


def tracks(case: Case) -> list[Track]:
    """Of the best plans in the typical world."""
    return [track(name, closeup) for name, closeup in zip(case.names, case.closeups, strict=True)][
        :MOST_PLANS
    ]


def track(name: str, closeup: Closeup) -> Track:
    """Of one plan: the first groups that fit, and everybody who ever was in them."""
    records, members = closeup.typical, closeup.typical.members
    ever = (members["status"] != STRANGER) & (members["group"] >= 0)
    groups, sizes = np.unique(members["group"][ever], return_counts=True)
    chosen = groups[: max(1, int(np.searchsorted(sizes.cumsum(), MOST_PEOPLE, side="right")))]
    rows = np.flatnonzero(ever & np.isin(members["group"], chosen))
    rows = rows[np.argsort(members["group"][rows], kind="stable")]
    persons = members["person"][rows]
    return Track(
        name=name,
        records=records,
        groups=chosen,
        of=len(np.unique(records.groups["group"])),
        persons=persons,
        group=np.searchsorted(chosen, members["group"][rows]),
        joined=members["joined"][rows],
        rung=_rung(records, persons, members["muted"][rows]),
        left=_last(records, LEAVE, persons),
    )


def _rung(records: Records, persons: Ints, muted: Bools) -> list[list[int]]:
    """Days on which each person muted or unmuted their group; first of all day 0 for who had before."""
    events, places = records.events, {person: k for k, person in enumerate(persons.tolist())}
    turns: list[list[int]] = [[] for _ in places]
    ours = np.isin(events["kind"], (MUTE, UNMUTE)) & np.isin(events["person"], persons)
    for person, day in zip(events["person"][ours].tolist(), events["day"][ours].tolist(), strict=True):
        turns[places[person]].append(day)
    # muted at the end after an even number of turns, or not after an odd one: it began muted
    return [days if len(days) % 2 == end else [0, *days] for days, end in zip(turns, muted, strict=True)]


def _last(records: Records, kind: int, persons: Ints) -> Ints:
    """Day of the last event of a kind for each person, -1 for none."""
    events = records.events
    ours = events["kind"] == kind
    days = np.full(int(max(persons.max(initial=0), events["person"].max(initial=0))) + 1, -1)
    days[events["person"][ours]] = events["day"][ours]
    return days[persons]
