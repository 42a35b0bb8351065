"""Who had left, or fallen silent, comes back to the group."""

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.luck import key, purpose, uniforms
from commsim.core.view import LEFT, MEMBER
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home
from commsim.simulation.state import BUYER, LAPSED

REVIVED = purpose("contacts, who buys again")


def let_back(rows: Ints, home: Home, revived: float, day: int) -> Ints:
    """Let persons back, as lively as a newcomer; returns who there was room for.

    Who had left goes to their old group, if it still has members and room, in order of rows.  revived: chance
    that who had stopped buying begins again.
    """
    people = home.people
    here = rows[people.status[rows] != LEFT]
    rows = np.sort(np.concatenate([here, _placed(rows, home)]))
    if not rows.size:
        return rows
    unmuted = rows[people.muted[rows]]
    people.muted[unmuted] = False
    first = home.out.tally[c.N_UNMUTED]
    home.out.unmuters[first : first + len(unmuted)] = unmuted
    home.out.tally[c.N_UNMUTED] += len(unmuted)
    start = home.scenario.behaviour.activity.start
    fresh = np.minimum(1.0, start * (0.5 + people.share[rows].astype(np.float64))).astype(np.float32)
    people.activity[rows] = np.maximum(people.activity[rows], fresh)
    again = rows[uniforms(key(home.seed, REVIVED, day), rows) < revived]
    again = again[people.buys[again] == LAPSED]
    people.buys[again], people.rate[again] = BUYER, people.buy_rate[again]
    return rows


def _placed(rows: Ints, home: Home) -> Ints:
    """Those of some persons who had left and find room again; they are members from now on."""
    people, groups = home.people, home.groups
    left = rows[people.status[rows] == LEFT]
    left = left[np.argsort(people.group[left], kind="stable")]
    at = people.group[left]
    turn = np.arange(len(at)) - np.searchsorted(at, at)
    room = np.where(groups.size > 0, home.caps - groups.size, 0)
    back: Ints = left[turn < room[at]]
    np.add.at(groups.size, people.group[back], 1)
    people.status[back] = MEMBER
    return back
