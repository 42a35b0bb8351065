"""A member's story is the record's, and the chances that it tells are those that the engine drew with."""

import numpy as np
import pytest
from plans import ADVERTS, LEVELLED, LIVELY, small

from commsim.core.view import MEMBER
from commsim.page.fates import LEFT, MUTED, fates
from commsim.page.story import EVERY, Asked, stories, suggestions
from commsim.page.watched import Deeds, open_world
from commsim.records.tables import JOIN, LEAVE, MUTE, ORDER, PAYMENT, event_kinds
from commsim.simulation.run import simulate

RECORDS = simulate(LIVELY, 5, detail="full")
EVENTS = RECORDS.events
PARTS = ("price", "scarce", "others", "trust", "touch", "before", "advert", "lift", "elsewhere", "nudge")


def some(kind):
    """A person to whom something of a kind happened."""
    return int(EVENTS["person"][EVENTS["kind"] == kind][0])


def told(person, plan=LIVELY):
    return stories(Asked((plan,), 5, (person,)))[person][0]


def days_of(person, kind):
    return EVENTS["day"][(EVENTS["person"] == person) & (EVENTS["kind"] == kind)].tolist()


@pytest.mark.parametrize(("kind", "word"), [(ORDER, "order"), (PAYMENT, "payment"), (JOIN, "join")])
def test_days_are_those_of_the_record(kind, word):
    person = some(kind)
    tale = told(person)
    assert [day["day"] for day in tale["days"] if word in day] == sorted(set(days_of(person, kind)))


def test_the_portrait_is_the_members_row():
    person = some(ORDER)
    at = int(np.flatnonzero(RECORDS.members["person"] == person)[0])
    tale, row = told(person), {name: column[at] for name, column in RECORDS.members.items()}
    for name in ("orders", "messages", "points", "joined", "group"):
        assert tale[name] == row[name]
    assert tale["spent"] == row["spent"] / 100
    assert sum(day.get("wrote", 0) for day in tale["days"]) == row["messages"]


@pytest.mark.parametrize("word", ["rose", "fell"])
def test_what_a_mechanism_tells_of_them(word):
    events = simulate(LEVELLED, 5, detail="full").events
    ours = events["kind"] == event_kinds().index(word)
    person = int(events["person"][ours][0])
    days = events["day"][ours & (events["person"] == person)].tolist()
    assert [day["day"] for day in told(person, LEVELLED)["days"] if word in day.get("more", ())] == days


def test_every_check_in_is_told():
    points = RECORDS.members["points"]
    person = int(RECORDS.members["person"][np.argmax(points)])
    tale = told(person)
    days = [day["day"] for day in tale["days"] if "checked_in" in day.get("more", ())]
    assert 5 * len(days) <= tale["points"] == points.max() > 0
    assert 5 * len(days) > 0


def test_who_brought_them():
    invited = EVENTS["other"][(EVENTS["kind"] == JOIN) & (EVENTS["other"] >= 0)]
    joiner = int(EVENTS["person"][(EVENTS["kind"] == JOIN) & (EVENTS["other"] == invited[0])][0])
    assert told(joiner)["inviter"] == invited[0]


QUIET = small("adverts", strategies=[ADVERTS])


def test_why_they_muted():
    events = simulate(QUIET, 5, detail="full").events
    muters = events["person"][events["kind"] == MUTE].tolist()
    tales = stories(Asked((QUIET,), 5, tuple(muters[:9])))
    for (tale,) in tales.values():
        (day,) = [day["day"] for day in tale["days"] if "muted" in day]
        why = tale["why"][day]["why"]
        assert why["posts"] == 3
        assert why["draw"] > 1.0 - why["mute"]
        assert tale["series"]["mute"][day] == why["mute"]
        assert tale["standing"][day] == MUTED
    assert len(tales) > 5


def test_trust_and_weariness_are_those_of_the_evening():
    newcomer = int(EVENTS["person"][EVENTS["kind"] == JOIN][-1])
    persons = (some(ORDER), newcomer)
    tales, world = stories(Asked((LIVELY,), 5, persons)), open_world(LIVELY, 5, Deeds(LIVELY.days))
    for day in range(LIVELY.days):
        world.advance()
        people = world.people
        for person in persons:
            series, is_in = tales[person][0]["series"], people.status[person] == MEMBER
            for name, column in (("trust", people.trust), ("worn", people.fatigue)):
                expected = pytest.approx(float(column[person]), rel=1e-3) if is_in else None
                assert series[name][day] == expected
    assert max(filter(None, tales[persons[0]][0]["series"]["worn"])) > 1.0
    assert tales[newcomer][0]["series"]["trust"][0] is None
    standing = fates(LIVELY, 5).standing[1:]
    assert [tales[person][0]["standing"] for person in persons] == [
        standing[:, person].tolist() for person in persons
    ]


def test_luck_is_the_same_under_each_plan_and_the_chance_is_not():
    bare = small("bare")
    events = simulate(QUIET, 5, detail="full").events
    person, day = (int(events[name][events["kind"] == LEAVE][0]) for name in ("person", "day"))
    noisy, calm = stories(Asked((QUIET, bare), 5, (person,)))[person]
    assert noisy["standing"][day] == LEFT
    assert noisy["why"][day]["why"]["draw"] == calm["why"][day]["why"]["draw"]
    assert calm["why"][day]["why"]["leave"] < noisy["why"][day]["why"]["leave"]
    assert noisy["series"]["leave"][day + 1 :] == [None] * (QUIET.days - day - 1)


def test_an_order_has_the_chance_and_its_parts():
    person = some(ORDER)
    tale = told(person)
    for day in (day["day"] for day in tale["days"] if "order" in day):
        urge = tale["why"][day]["urge"]
        assert urge["draw"] < urge["chance"] == tale["series"]["buy"][day]
        uplift = sum(value for name, value in urge.items() if name in PARTS)
        rate = urge["usual"] * urge["appeal"] * np.exp(uplift) + urge["sample"]
        assert urge["chance"] == pytest.approx(1.0 - np.exp(-rate), rel=2e-3)


def test_suggestions_come_with_their_stories_and_are_found_by_what_was_before():
    plans = (QUIET, small("bare"))
    found = suggestions(Asked(plans, 5))
    days = [at for at, _ in found["picks"]]
    assert days == sorted(set(days))
    assert days[0] >= EVERY
    cast = {person for _, chosen in found["picks"] for person in chosen}
    assert set(found["stories"]) == cast
    shorter = [plan.model_copy(update={"days": 12}) for plan in plans]
    early = suggestions(Asked(tuple(shorter), 5))
    until_ten = [[pick for pick in one["picks"] if pick[0] <= 10] for one in (found, early)]
    assert until_ten[0] == until_ten[1]
    assert found["members"] == 120


def test_plans_for_other_people_are_not_compared():
    assert suggestions(Asked((small("a"), small("b", members=100)), 5)) == {}
    assert suggestions(Asked((small("a"),), 5)) == {}


def test_nobody_has_that_number():
    assert stories(Asked((LIVELY,), 5, (99_999,))) == {99_999: [None]}


def test_a_group_is_called_by_its_name():
    plan = small("named", community={"groups": [{"name": "老客群", "members": 30}, 20]})
    called = {tale["group"]: tale["group_name"] for tale in (told(k, plan) for k in (0, 40))}
    assert called == {0: "老客群", 1: "2"}
