"""Who looks on hears what was carried out and why members mute, leave and buy, and changes nothing."""

import numpy as np
import pytest

from commsim.core import effects as e
from commsim.core.luck import Purpose, uniform
from commsim.core.mechanisms.envelopes import Envelope
from commsim.core.view import MEMBER, STRANGER
from commsim.population.build import build
from commsim.records.tables import PAYMENT
from commsim.scenario.schema import Scenario
from commsim.simulation.kernels.streams import stream
from commsim.simulation.run import simulate
from commsim.simulation.world import World

SEED = 5
PLAN = Scenario.model_validate(
    {
        "name": "watched",
        "days": 20,
        "community": {"members": 120, "group_size": 40, "arrivals_per_day": 2.0},
        "products": [{"name": "coffee", "price": 30, "unit_cost": 15}],
        "behaviour": {"stay": {"unmute": 0.2}},
        "strategies": [
            {"kind": "advert", "posts": 3, "hours": [10, 15, 20]},
            {"kind": "advert", "name": "some see it", "posts": 2, "reach": 0.5},
            {"kind": "red_envelope", "total": 20, "shares": 5, "budget": 100},
            {"kind": "flash_sale", "discount": 0.4, "reach": 1.0, "stock": 9, "counter": True},
            {"kind": "content", "posts": 1},
            {"kind": "levels", "window": 5, "at": [{"spent": 30, "discount": 0.05}]},
            {"kind": "distributor_rebate", "base": 2.0, "reward": 5, "reward_on": "join"},
        ],
    }
)


class Onlooker:
    """Notes everything that can be noted."""

    def __init__(self):
        self.heard, self.reasons, self.standing = [], [], []
        self.wishes, self.urges, self.needs = [], [], []
        self.ties, self.moods = [], []

    def carried_out(self, day, effect, cause):
        self.heard.append((day, effect, cause))

    def awake(self, world):
        persons = len(world.people.status)
        self.reasons.append([world.reasons.why(world.day, person) for person in range(persons)])
        self.wishes.append([world.reasons.wish(person) for person in range(persons)])
        self.needs.append(world.people.need.astype(float))
        self.standing.append(world.people.status.copy())
        self.ties.append((world.people.inviter >= 0, world.people.recruits > 0))

    def shelf_opens(self, world):
        day = world.day
        self.urges.append(
            [world.reasons.urge(day, person, wish) for person, wish in enumerate(self.wishes[day])]
        )
        self.needs[day] -= world.people.need  # what orders at sales have used up
        self.moods.append([getattr(world.people, name).copy() for name in ("trust", "contact", "adstock")])


def watched():
    onlooker = Onlooker()
    population = build(PLAN.community, PLAN.behaviour, SEED, today=PLAN.start)
    world = World(PLAN, population, SEED, full=True, observer=onlooker)
    return world, onlooker, [world.advance() for _ in range(PLAN.days)]


def test_being_watched_changes_no_byte(lived):
    records, alone = lived[0].records(), simulate(PLAN, SEED, detail="full")
    for table in ("daily", "groups", "events", "members", "ledger", "entries"):
        for name, column in getattr(alone, table).items():
            np.testing.assert_array_equal(getattr(records, table)[name], column)


@pytest.fixture(scope="module")
def lived():
    return watched()


def test_chances_told_are_those_that_were_drawn_with(lived):
    _, onlooker, days = lived
    left = muted = rang = 0
    for reasons, standing, happened in zip(onlooker.reasons, onlooker.standing, days, strict=True):
        draw, leave, mute = (
            np.array([getattr(why, name) for why in reasons]) for name in ("draw", "leave", "mute")
        )
        goes = (standing == MEMBER) & (draw < leave)
        moved = (standing == MEMBER) & ~goes & (draw > 1.0 - mute)
        assert np.flatnonzero(goes).tolist() == sorted(happened.left.tolist())
        assert np.flatnonzero(moved).tolist() == sorted(
            [*happened.muted.tolist(), *happened.unmuted.tolist()]
        )
        left, muted, rang = (
            left + len(happened.left),
            muted + len(happened.muted),
            rang + len(happened.unmuted),
        )
    assert left > 5
    assert muted > 30
    assert rang > 0


def test_the_parts_told_make_the_chance(lived):
    stay = PLAN.behaviour.stay
    for why in (why for reasons in lived[1].reasons for why in reasons):
        bother = (
            why.impatience * (why.posts + why.weight * why.adverts) * why.heard * why.crowd * why.patience
        )
        leave = (why.usual + stay.leave_message * bother * why.if_muted) * why.held * why.leave_turned
        assert why.leave == pytest.approx(leave, rel=1e-6)
        if why.heard == 1.0:
            assert why.mute == pytest.approx(stay.mute_message * bother * why.mute_turned, rel=1e-6)
        by_posts = stay.leave_message * bother * why.if_muted
        assert why.leave_by_posts == pytest.approx(by_posts / (by_posts + why.usual), rel=1e-6)
        assert why.heard == (stay.heard_muted if why.if_muted == stay.leave_muted else 1.0)
        if why.heard < 1.0:  # who has muted may let it ring again, as looks have been worth
            assert why.mute == pytest.approx(stay.unmute * (1.0 - why.patience) / stay.forgiving, abs=1e-6)
    assert {why.posts for why in lived[1].reasons[0][:100]} == {5.0, 7.0}


def test_friends_in_the_group_hold_members(lived):
    stay, held = PLAN.behaviour.stay, set()
    for reasons, ties in zip(lived[1].reasons, lived[1].ties, strict=True):
        for why, invited, recruiter in zip(reasons, *ties, strict=True):
            factor = (stay.invited if invited else 1.0) * (stay.recruiter if recruiter else 1.0)
            assert why.held == pytest.approx(factor, rel=1e-6)
            held.add(factor)
    assert len(held) > 1


def test_who_looks_in_is_who_draws_less_than_the_chance_told(lived):
    _, onlooker, days = lived
    for day, (reasons, standing, happened) in enumerate(
        zip(onlooker.reasons, onlooker.standing, days, strict=True)
    ):
        luck = stream(SEED, int(Purpose.LOOK), day, 0)
        looks = [
            person
            for person, why in enumerate(reasons)
            if standing[person] == MEMBER and why.draw >= why.leave and uniform(luck, person) < why.look
        ]
        assert looks == sorted(happened.lookers.tolist())


def test_goodwill_told_is_that_of_the_person(lived):
    behaviour = PLAN.behaviour
    touch, full = np.log1p(behaviour.buying.touch), behaviour.buying.touch_full
    for urges, standing, moods in zip(lived[1].urges, lived[1].standing, lived[1].moods, strict=True):
        for urge, status, trust, contact, adstock in zip(urges, standing, *moods, strict=True):
            if urge.offer >= 0 or status == STRANGER:
                continue
            far = np.clip((trust - behaviour.trust.start) / behaviour.trust.scale, -2.0, 1.0)
            assert urge.trust == pytest.approx(behaviour.buying.trust * far, abs=1e-6)
            assert urge.touch == pytest.approx(touch * min(1.0, contact / full), abs=1e-6)
            assert urge.before == pytest.approx(adstock, abs=1e-6)


def test_who_buys_is_who_draws_less_than_the_chance_told(lived):
    _, onlooker, days = lived
    shelf = at_sales = 0
    for urges, standing, happened in zip(onlooker.urges, onlooker.standing, days, strict=True):
        bought = np.zeros(len(urges), bool)
        bought[happened.order_persons] = True
        for person, urge in enumerate(urges):
            if urge.offer < 0 and standing[person] != STRANGER:
                assert bought[person] == (urge.draw < urge.chance)
                shelf += bought[person]
            elif urge.offer >= 0:
                assert bought[person]
                assert urge.draw < urge.chance
                at_sales += 1
    assert shelf > 10
    assert at_sales > 20


def test_what_promoted_an_order_is_what_it_borrows_from_later(lived):
    _, onlooker, _ = lived
    borrowed, shown = PLAN.behaviour.buying.borrowed, 0
    for urges, used in zip(onlooker.urges, onlooker.needs, strict=True):
        for person, urge in enumerate(urges):
            if urge.offer >= 0:
                promoted = urge.price + urge.scarce + urge.others
                assert used[person] == pytest.approx(borrowed * (1.0 - np.exp(-promoted)), abs=1e-6)
                shown += urge.others > 0.0
    assert shown > 3


def test_only_what_was_carried_out_is_told(lived):
    world, onlooker, _ = lived
    cause, events = world.causes.index("red_envelope"), world.records().events
    told = {day for day, effect, _ in onlooker.heard if isinstance(effect, Envelope)}
    paid = events["day"][(events["kind"] == PAYMENT) & (events["cause"] == cause)]
    assert told == set(paid.tolist())
    assert 1 <= len(told) < PLAN.days


def test_whom_an_effect_reaches_is_the_engines_word(lived):
    world, onlooker, _ = lived
    cause = world.causes.index("some see it")
    effect = next(what for _, what, by in onlooker.heard if by == cause and isinstance(what, e.Announce))
    members = np.flatnonzero(onlooker.standing[0] == MEMBER).tolist()
    reached = [world.reaches(effect, cause, person) for person in members]
    assert reached == [onlooker.reasons[0][person].posts == 7.0 for person in members]
    assert 0.3 < np.mean(reached) < 0.7
