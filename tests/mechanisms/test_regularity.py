"""Customers of a history who order evenly: the plain twin, and the laws."""

from dataclasses import replace

import numpy as np
import pytest
from plain_bait import draw
from test_equal_bits import SEED, both, differing, of_few
from worlds import plan

from commsim.core.dials import Dial
from commsim.core.maths import exp, log
from commsim.core.mechanisms.regularity import REGULARITY
from commsim.core.view import STRANGER
from commsim.population.build import build
from commsim.population.orders import regularity
from commsim.records.tables import ORDER
from commsim.scenario.schema import Scenario
from commsim.simulation.world import World
from commsim.strategies.advert import Advert
from commsim.strategies.content import Content
from commsim.strategies.flash_sale import FlashSale


class Even(Scenario):
    """A plan whose people's regularity is known, without the file that tells it."""

    @property
    def mechanisms(self):
        return super().mechanisms | {REGULARITY}


def even(scenario, k, events=0):
    """The plan, and its people: k of each, and events since their last order."""
    made = Even.model_validate(scenario.model_dump())
    people = build(made.community, made.behaviour, SEED, today=made.start)
    n = people.n_persons
    known = np.broadcast_to(np.asarray(k, np.int8), n), np.broadcast_to(np.asarray(events, np.int8), n)
    return made, replace(people, regularity=known[0].copy(), events=known[1].copy())


class PlainRegularity:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model = model
        of = model.population
        for person in model.people:
            person.regularity, person.so_far = int(of.regularity[person.row]), int(of.events[person.row])

    def morning(self):
        pass

    def dial(self):
        model, turned = self.model, {}
        b = model.p.buying
        for person in model.people:
            touched = log(1.0 + b.touch) * min(1.0, person.contact / b.touch_full)
            hazard = person.wants * max(person.shelf) * exp(person._trust_effect() + touched)
            person.mean = 0.0
            if person.regularity > 1 and hazard > 1e-12 and person.status != STRANGER:
                person.mean = person.regularity * hazard
                missing = person.regularity - person.so_far
                person.fewer = min(1.0 - 1e-15, sum(self._poisson(person.mean, missing)))
                turned[person.row] = log(-log(person.fewer)) - log(hazard)
        if turned:
            buying = model.nudges.setdefault(Dial.BUY, [0.0] * len(model.people))
            for row, by in turned.items():
                buying[row] += by

    @staticmethod
    def _poisson(mean, numbers):
        terms = [exp(-mean)]
        for n in range(1, numbers):
            terms.append(terms[-1] * (mean / n))
        return terms

    def told(self):
        return {}

    def close(self):
        ordered = {order.person.row for order in self.model.orders}
        for person in self.model.people:
            if not person.mean:
                continue
            u = draw(self.model, "regularity, events of the day", person.row, self.model.day)
            bought, missing = person.row in ordered, person.regularity - person.so_far
            u = person.fewer + u * (1.0 - person.fewer) if bought else u * person.fewer
            below, events = 0.0, 0
            for n, term in enumerate(self._poisson(person.mean, 13)):
                below += term
                events = n + 1 if u >= below else events
            events = min(events, 12)
            events = max(events, missing) if bought else min(events, missing - 1)
            person.so_far = min(person.regularity - 1, person.so_far + events - person.regularity * bought)

    def numbers(self):
        return {}


def test_the_engine_and_the_plain_rules_leave_the_same_bits():
    sale = FlashSale(discount=0.3, weekdays=("tue", "thu"))
    plain_plan = of_few("unmanaged-group", sale, Content(), Advert(weekdays=("mon",)), members=150, days=25)
    n = build(plain_plan.community, plain_plan.behaviour, SEED, today=plain_plan.start).n_persons
    k = np.arange(n) % 4 + 1
    made, people = even(plain_plan, k, np.arange(n) % 3 % k)
    engine, plain = both(made, PlainRegularity, people=people)
    assert differing(engine, plain) == []
    moved = engine.columns["so_far"] != np.arange(n) % 3 % k
    assert np.count_nonzero(moved) > 20


def orders(k):
    """Customers and days of orders of who never lapses and orders every two weeks, over two years."""
    steady = {"buying": {"touch": 0.0, "trust": 0.0, "past_weeks": 0.0}}
    people = [{"orders_per_week": 0.5, "buyers": 1.0, "lapsed": 0.0}]
    made, known = even(plan(members=400, days=730, behaviour=steady, segments=people, activity=0.0), k)
    known.traits["buy_rate"][:], known.traits["lapse"][:] = 1 / 14, 0.0
    world = World(made, known, SEED, full=True)
    for _ in range(made.days):
        world.advance()
    events = world.records().events
    of_orders = events["kind"] == ORDER
    order = np.lexsort((events["day"][of_orders], events["person"][of_orders]))
    return events["person"][of_orders][order], events["day"][of_orders][order]


def test_even_orders_are_as_many_and_as_regular_as_said():
    random, regular = orders(1), orders(4)
    assert len(regular[0]) == pytest.approx(len(random[0]), rel=0.03)
    assert regularity(*random) == pytest.approx(1.0, abs=0.25)
    assert regularity(*regular) == pytest.approx(4.0, rel=0.15)


def test_nobody_has_an_order_in_hand_however_many_events_a_day_brings():
    """Nobody buys twice a day: of events beyond those of one more order the rest is forgotten."""
    made, known = even(plan(members=60, days=6, activity=0.0), 2)
    known.traits["buy_rate"][:], known.traits["lapse"][:] = 4.0, 0.0
    world = World(made, known, SEED)
    for _ in range(made.days):
        world.advance()
        assert world.columns["so_far"].max() == 1
