"""A plug-in's word of mouth: the Bass curve where all know each other, an SIR epidemic on a graph.

The engine has no contagion from day to day of its own: who bought yesterday moves nobody today.  A
strategy from outside adds it, by nudges on buying, so that what is tested is the way from a nudge to a
hazard to an order, the ties that a strategy sees, and the news that it gets in the evening.
"""

from typing import ClassVar, Literal

import EoN
import networkx as nx
import numpy as np
import pytest
from laws import same_law
from scipy import stats
from still import Attentive, still, world

from commsim.core.dials import Dial
from commsim.core.effects import Nudge
from commsim.strategies.base import Strategy

USUAL = 0.01
"""Everybody's orders a day before anybody talks."""
NEVER = -1_000_000
"""Day of an order of who has not ordered."""


class WordOfMouth(Strategy):
    """Lifts buying to ``alone`` + ``each`` x the number of friends who bought in the last ``days`` days.

    Person 0 has bought on the eve of the first day.
    """

    kind: Literal["word_of_mouth"] = "word_of_mouth"
    purpose: ClassVar = "fission"
    alone: float
    each: float
    days: int

    def start(self, view):
        ties = np.zeros((view.n_persons, view.n_persons), np.float32)
        for person in range(view.n_persons):
            ties[person, view.friends(person)] = 1.0
        bought = np.full(view.n_persons, NEVER)
        bought[0] = -1
        return {"ties": ties, "bought": bought}

    def act(self, view, memory):
        talks = view.day - memory["bought"] <= self.days
        friends = memory["ties"] @ talks.astype(np.float32)
        for number in np.unique(friends):
            hazard = self.alone + self.each * number
            log_odds = np.log(hazard / USUAL) if hazard > 0 else -20.0
            yield Nudge(Dial.BUY, float(log_odds), np.flatnonzero(friends == number))

    def react(self, happened, view, memory):
        memory["bought"][happened.order_persons] = happened.day
        return ()


def adopters(graph, days, mouth, seed):
    """First orders per day of people who buy once and never again; member 0 has bought on the eve."""
    scenario = still(
        Attentive(), mouth, members=len(graph), days=days,
        behaviour={"buying": {"lapse_a": 50.0, "lapse_b": 0.01}}, segments=[{"buyers": 0.0}],
    )  # fmt: skip
    made = world(scenario, seed, ties=list(graph.edges))
    made.people.rate[1:], made.people.lapse[:], made.people.usual[:] = USUAL, 1.0, 1.0
    return np.array([len(made.advance().order_persons) for _ in range(days)])


def bass(p, q, day):
    """Share who have adopted by a day (Bass 1969), from nobody on day 0."""
    gone = np.exp(-(p + q) * day)
    return (1 - gone) / (1 + q / p * gone)


PEOPLE, DAYS, P, Q = 400, 90, 0.01, 0.1


@pytest.fixture(scope="module")
def adoption():
    """Adopters per day of everybody's friends in six worlds."""
    mouth = WordOfMouth(alone=P, each=Q / PEOPLE, days=10_000)
    return np.array([adopters(nx.complete_graph(PEOPLE), DAYS, mouth, seed) for seed in range(6)])


def test_daily_adopters_follow_constant_hazards(adoption):
    """Given who has adopted, the next day is binomial: all days and worlds together by chi-square."""
    before = 1 + adoption.cumsum(axis=1) - adoption
    chance = 1 - np.exp(-(P + Q * before / PEOPLE))
    left = PEOPLE - before
    expected, variance = left * chance, left * chance * (1 - chance)
    enough = variance > 1
    gaps = ((adoption - expected)[enough] ** 2 / variance[enough]).sum()
    assert stats.chi2.ppf(5e-5, enough.sum()) < gaps < stats.chi2.ppf(1 - 5e-5, enough.sum())


def test_adoption_follows_the_curve_of_bass(adoption):
    """Mean path within 4.5 standard errors, and 2 points for steps that are days; the peak in its week."""
    paths, day = (1 + adoption.cumsum(axis=1)) / PEOPLE, np.arange(1, DAYS + 1)
    path, error = paths.mean(axis=0), paths.std(axis=0, ddof=1) / len(paths) ** 0.5
    assert (abs(path - bass(P, Q, day)) < 4.5 * error + 0.02).all()
    assert error.max() < 0.025
    assert path[-1] > 0.99
    weekly = adoption.sum(axis=0)[: DAYS // 7 * 7].reshape(-1, 7).sum(axis=1)
    assert abs(weekly.argmax() - np.log(Q / P) / (P + Q) / 7) <= 1
    assert abs(path - bass(P, 0, day)).max() > 0.3  # without imitation it is another curve


@pytest.mark.slow
def test_days_of_an_epidemic_are_those_of_another_program():
    """On a graph, talking for one day: EoN's discrete SIR with the chance 1 - exp(-each) per tie."""
    graph = nx.convert_node_labels_to_integers(nx.les_miserables_graph())
    hub = max(graph, key=graph.degree)
    graph = nx.relabel_nodes(graph, {0: hub, hub: 0})
    yes, days, rng = 0.2, 7, np.random.default_rng(1)
    mouth = WordOfMouth(alone=0.0, each=-np.log1p(-yes), days=1)
    ours = np.array([adopters(graph, days, mouth, seed) for seed in range(120)])
    theirs = np.zeros((3000, days))
    for infected in theirs:
        news = EoN.basic_discrete_SIR(graph, yes, initial_infecteds=0, rng=rng)[2][1 : days + 1]
        infected[: len(news)] = news
    same_law(ours.sum(axis=1), theirs.sum(axis=1))
    for day in range(days):
        same_law(ours[:, day], theirs[:, day])
