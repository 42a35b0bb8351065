"""Customers of their own whom new agents bring: friends from outside first, then strangers at large."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.luck import key, purpose, uniforms, uniforms_pair
from commsim.core.view import STRANGER
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home

NUMBER, FRIENDS, AT_LARGE = (
    purpose(f"agents, {what}") for what in ("how many they bring", "which friends", "which strangers")
)


def bring(home: Home, day: int, cause: int, agents: Ints, expected: Floats) -> None:
    """Let the people of some agents join tomorrow; to be asked at midday.

    expected: mean number of each, from which luck makes a whole one.  One person comes with one agent.
    """
    salt, people = int(home.salts[cause]), home.people
    luck = uniforms(key(home.seed, NUMBER, 0, salt), agents)
    offsets, neighbours = home.state.graph
    fresh = (people.status == STRANGER) & (people.due < 0)
    rows = np.flatnonzero(fresh)
    at_large = rows[np.argsort(uniforms(key(home.seed, AT_LARGE, 0, salt), rows), kind="stable")]
    for agent, number in zip(agents.tolist(), np.floor(expected + luck).astype(int).tolist(), strict=True):
        friends = neighbours[offsets[agent] : offsets[agent + 1]].astype(np.int64)
        friends = np.unique(friends[fresh[friends]])
        nearest = friends[np.argsort(_draws(home, salt, agent, friends), kind="stable")][:number]
        fresh[nearest] = False
        others = at_large[fresh[at_large]][: number - len(nearest)]
        fresh[others] = False
        _invite(home, day, cause, agent, np.concatenate([nearest, others]))


def _draws(home: Home, salt: int, agent: int, friends: Ints) -> Floats:
    return uniforms_pair(key(home.seed, FRIENDS, 0, salt), np.full(len(friends), agent), friends)


def _invite(home: Home, day: int, cause: int, agent: int, rows: Ints) -> None:
    people, out = home.people, home.out
    people.due[rows], people.inviter[rows], people.join_cause[rows] = day + 1, agent, cause
    n = out.tally[c.N_INVITED]
    out.invited[n : n + len(rows)] = rows
    out.tally[c.N_INVITED] = n + len(rows)
