"""Who looks on hears what was carried out and why members mute, and changes nothing."""

import numpy as np

from commsim.core import effects as e
from commsim.core.luck import Purpose, key, uniforms
from commsim.core.mechanisms.envelopes import Envelope
from commsim.core.view import MEMBER
from commsim.population.build import build
from commsim.records.tables import PAYMENT
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate
from commsim.simulation.world import World

SEED = 5
PLAN = Scenario.model_validate(
    {
        "name": "watched",
        "days": 20,
        "community": {"members": 120, "group_size": 40, "arrivals_per_day": 2.0},
        "products": [{"name": "coffee", "price": 30, "unit_cost": 15}],
        "strategies": [
            {"kind": "advert", "posts": 3, "hours": [10, 15, 20]},
            {"kind": "advert", "name": "some see it", "posts": 2, "reach": 0.5},
            {"kind": "red_envelope", "total": 20, "shares": 5, "budget": 100},
        ],
    }
)


class Onlooker:
    """Notes everything that can be noted."""

    def __init__(self):
        self.heard, self.reasons, self.standing = [], [], []

    def carried_out(self, day, effect, cause):
        self.heard.append((day, effect, cause))

    def awake(self, world):
        persons = len(world.people.status)
        self.reasons.append([world.why(person) for person in range(persons)])
        self.standing.append(world.people.status.copy())


def watched():
    onlooker = Onlooker()
    population = build(PLAN.community, PLAN.behaviour, SEED, today=PLAN.start)
    world = World(PLAN, population, SEED, full=True, observer=onlooker)
    return world, onlooker, [world.advance() for _ in range(PLAN.days)]


def test_being_watched_changes_no_byte():
    records, alone = watched()[0].records(), simulate(PLAN, SEED, detail="full")
    for table in ("daily", "groups", "events", "members", "ledger", "entries"):
        for name, column in getattr(alone, table).items():
            np.testing.assert_array_equal(getattr(records, table)[name], column)


def test_the_chance_told_is_the_one_that_was_drawn_with():
    _, onlooker, days = watched()
    muted = 0
    for day, (reasons, standing, happened) in enumerate(
        zip(onlooker.reasons, onlooker.standing, days, strict=True)
    ):
        draws = uniforms(key(SEED, Purpose.STAY, day), np.arange(len(reasons)))
        chance = np.array([why.mute for why in reasons])
        here = standing == MEMBER
        here[happened.left] = False
        assert np.flatnonzero(here & (draws > 1.0 - chance)).tolist() == sorted(happened.muted.tolist())
        assert all(0.0 <= why.leave_by_posts < 1.0 for why in reasons)
        assert {why.posts for why, there in zip(reasons, here, strict=True) if there} == {3.0, 5.0}
        muted += len(happened.muted)
    assert muted > 30


def test_only_what_was_carried_out_is_told():
    world, onlooker, _ = watched()
    cause, events = world.causes.index("red_envelope"), world.records().events
    told = {day for day, effect, _ in onlooker.heard if isinstance(effect, Envelope)}
    paid = events["day"][(events["kind"] == PAYMENT) & (events["cause"] == cause)]
    assert told == set(paid.tolist())
    assert 1 <= len(told) < PLAN.days


def test_whom_an_effect_reaches_is_the_engines_word():
    world, onlooker, _ = watched()
    cause = world.causes.index("some see it")
    effect = next(what for _, what, by in onlooker.heard if by == cause and isinstance(what, e.Announce))
    members = np.flatnonzero(onlooker.standing[0] == MEMBER).tolist()
    reached = [world.reaches(effect, cause, person) for person in members]
    assert reached == [onlooker.reasons[0][person].posts == 5.0 for person in members]
    assert 0.3 < np.mean(reached) < 0.7
