"""Teams that gather along ties are independent cascades, and so the final sizes of an SIR epidemic.

Whoever joins asks each of their friends once, and each says yes with the same chance.  Other people's
program on the same graph is EoN (Miller and Ting 2019, JOSS 4, 1731).
"""

from typing import ClassVar, Literal

import EoN
import networkx as nx
import numpy as np
import pytest
from laws import agree, same_law
from scipy.special import comb
from still import ALWAYS, Attentive, still, world

from commsim.core.dials import Dial
from commsim.core.effects import Nudge, TeamOffer
from commsim.population.build import build
from commsim.population.graph import to_networkx
from commsim.strategies.base import Strategy

FULL = 100
"""The largest team that there can be."""
TEAMS, CASCADES = 600, 4000
"""Ours, and those of the other program."""


class OneLauncher(Strategy):
    """Offers a box to teams every day; only member 0 may launch one."""

    kind: Literal["one_launcher"] = "one_launcher"
    purpose: ClassVar = "fission"
    yes: float

    def act(self, view, memory):
        yield Nudge(Dial.BUY, -ALWAYS, np.arange(1, view.n_persons))
        yield Nudge(Dial.BUY, ALWAYS, np.array([0]))
        yield TeamOffer(1, (2, FULL), (9000, 8900), 20, 24.0, FULL, self.yes, self.yes, outside=False)


def team_sizes(graph, yes, teams):
    """Sizes of so many teams launched by node 0 of a graph of at most a hundred."""
    scenario = still(
        Attentive(), OneLauncher(yes=yes), members=len(graph), days=teams,
        behaviour={"buying": {"lapse_a": 0.01, "lapse_b": 50.0, "shape": 10.0}},
        segments=[{"buyers": 1.0, "lapsed": 0.0, "orders_per_week": 0.1}],
    )  # fmt: skip
    made = world(scenario, seed=3, ties=list(graph.edges))
    made.people.lapse[:] = 0.0
    sizes = [len(made.advance().order_persons) for _ in range(teams)]
    assert (made.records().daily["teams"] == 1).all()
    return np.maximum(1, sizes)  # who finds nobody gets the money back


def reed_frost(people, yes):
    """Chances of final sizes 1 to ``people`` of an outbreak from one person who meets everybody.

    A set of k is closed if nobody in it asks anybody outside with success; the recursion is that of
    Bailey (1975, "The mathematical theory of infectious diseases", chapter 14).
    """
    stays = 1.0 - yes
    whole = np.zeros(people + 1)  # whole[k]: an outbreak among k people reaches all of them
    for k in range(1, people + 1):
        parts = [comb(k - 1, j - 1) * whole[j] * stays ** (j * (k - j)) for j in range(1, k)]
        whole[k] = 1.0 - sum(parts)
    return np.array(
        [comb(people - 1, k - 1) * whole[k] * stays ** (k * (people - k)) for k in range(1, people + 1)]
    )


@pytest.mark.parametrize(
    "reproduction",
    [pytest.param(0.5, marks=pytest.mark.slow), pytest.param(1.0, marks=pytest.mark.slow), 2.0],
)
def test_teams_of_people_who_all_know_each_other_have_the_sizes_of_reed_and_frost(reproduction):
    """Below one small teams only; at two most teams hold four fifths of all, as 1 - z = exp(-2 z) says."""
    people, yes = 60, reproduction / 60
    law = reed_frost(people, yes).cumsum()
    assert law[-1] == pytest.approx(1.0)
    sizes = team_sizes(nx.complete_graph(people), yes, teams=TEAMS)
    agree(sizes, lambda size: law[size - 1], edges=[1, 2, 4, 8] if reproduction < 2 else [1, 4, 41, 47, 51])


def miserables():
    """Who meets whom in Les Misérables (Knuth 1993), the man with most ties first."""
    graph = nx.les_miserables_graph()
    names = sorted(graph, key=graph.degree, reverse=True)
    return nx.relabel_nodes(graph, {name: row for row, name in enumerate(names)})


def generated():
    """A community as the package makes them, of one group."""
    scenario = still(members=90, days=1, graph={"kind": "communities", "degree": 5.0})
    return to_networkx(build(scenario.community, scenario.behaviour, 1, today=scenario.start))


@pytest.mark.parametrize(
    ("graph", "yes"),
    [
        (miserables, 0.2),
        pytest.param(miserables, 0.05, marks=pytest.mark.slow),
        pytest.param(generated, 0.15, marks=pytest.mark.slow),
        pytest.param(generated, 0.3, marks=pytest.mark.slow),
    ],
)
def test_teams_have_the_sizes_of_another_programs_cascades(graph, yes):
    """EoN's discrete SIR: one step of infection, each tie transmits with a constant chance."""
    graph, rng = graph(), np.random.default_rng(1)
    theirs = [
        EoN.basic_discrete_SIR(graph, yes, initial_infecteds=0, rng=rng)[-1][-1] for _ in range(CASCADES)
    ]
    same_law(team_sizes(graph, yes, teams=TEAMS), np.array(theirs))


@pytest.mark.slow
def test_teams_have_the_sizes_of_another_programs_epidemics_in_continuous_time():
    """EoN's SIR with infectious periods of one day and a rate of transmission b: yes = 1 - exp(-b)."""
    graph, yes, rng = miserables(), 0.1, np.random.default_rng(2)
    rate = -np.log1p(-yes)
    theirs = [
        EoN.fast_nonMarkov_SIR(
            graph, lambda *_: rng.exponential(1 / rate), lambda _: 1.0, initial_infecteds=0, rng=rng
        )[-1][-1]
        for _ in range(CASCADES)
    ]  # fmt: skip
    same_law(team_sizes(graph, yes, teams=TEAMS), np.array(theirs))


def test_a_cascade_of_another_chance_is_told_apart():
    graph, rng = miserables(), np.random.default_rng(1)
    theirs = [
        EoN.basic_discrete_SIR(graph, 0.2, initial_infecteds=0, rng=rng)[-1][-1] for _ in range(CASCADES)
    ]
    with pytest.raises(AssertionError):
        same_law(team_sizes(graph, 0.14, teams=TEAMS), np.array(theirs))


def joiners(days, change, **behaviour):
    """Joins on so many days by persons of odd and of even number; ``change`` acts on the odd ones at dawn.

    Everybody is a friend of the launcher's and is asked by nobody else.
    """
    people, yes = 60, 0.2
    scenario = still(
        Attentive(), OneLauncher(yes=yes), members=people, days=days,
        behaviour={"invite": {"spread_effort": 0.0}} | behaviour,
        segments=[{"buyers": 1.0, "lapsed": 0.0, "orders_per_week": 0.1}],
    )  # fmt: skip
    made = world(scenario, seed=3, ties=list(nx.star_graph(people - 1).edges))
    made.people.lapse[:], made.people.rate[:], made.people.buy_rate[:] = 0.0, 0.01, 0.01
    odd, joins = np.arange(people) % 2 == 1, np.zeros(people)
    for _ in range(days):
        change(made.people, odd)
        joins[made.advance().order_persons] += 1
    joins[0] = 0
    return joins[odd].sum(), joins[~odd].sum()


def in_need(people, odd):
    people.need[odd] = 0.25


def buying_often(people, odd):
    people.rate[odd] = 0.08


def in_doubt(people, odd):
    people.trust[odd] = 0.0


@pytest.mark.parametrize(
    ("change", "behaviour", "factor"),
    [
        (in_need, {}, 0.25),
        (buying_often, {"invite": {"spread_effort": 0.0, "team_rate": 0.3}}, 8**0.3),
        (in_doubt, {"buying": {"trust": 0.5}}, np.exp(-1.0)),
    ],
)
def test_who_joins_a_team_does_so_by_need_rate_and_trust(change, behaviour, factor):
    odd, even = joiners(150, change, **behaviour)
    assert min(odd, even) > 200
    expected = factor * even * 30 / 29  # the launcher is one of the even ones
    assert abs(odd - expected) < 5 * np.sqrt(expected + factor**2 * even)


def test_who_joins_a_team_borrows_from_later_as_who_launches_does():
    """A tenth off at an elasticity of 2: a fifth of ``borrowed``, and the evening gives back some."""
    buying = {"borrowed": 0.4, "elasticity": 2.0, "elasticity_spread": 0.0}
    scenario = still(
        Attentive(), OneLauncher(yes=0.9), members=60, days=1, behaviour={"buying": buying},
        segments=[{"buyers": 1.0, "lapsed": 0.0, "orders_per_week": 0.1}],
    )  # fmt: skip
    made = world(scenario, seed=3, ties=list(nx.star_graph(59).edges))
    ordered = made.advance().order_persons
    assert len(ordered) > 20
    need = 1 - 0.4 * (1 - (9000 / 9900) ** 2)
    back = need + made.people.buy_rate[ordered] * (1 - need)
    np.testing.assert_allclose(made.people.need[ordered], back, rtol=1e-5)
