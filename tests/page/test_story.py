"""A member's story is the record's, and tells why they muted by the model's own formula."""

import numpy as np
import pytest
from plans import LEVELLED, LIVELY, small

from commsim.core.errors import InputError
from commsim.page.story import Asked, story
from commsim.records.tables import JOIN, MUTE, ORDER, PAYMENT, event_kinds
from commsim.simulation.run import simulate

RECORDS = simulate(LIVELY, 5, detail="full")
EVENTS = RECORDS.events


def some(kind):
    """A person to whom something of a kind happened."""
    return int(EVENTS["person"][EVENTS["kind"] == kind][0])


def told(person, plan=LIVELY):
    return story(Asked(plan, 5, person))


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


def test_why_they_muted():
    quiet = small(strategies=[{"kind": "advert", "posts": 3, "hours": [10, 15, 20]}])
    events = simulate(quiet, 5, detail="full").events
    muters = events["person"][events["kind"] == MUTE]
    for person in muters[:3].tolist():
        (day,) = [day for day in told(person, quiet)["days"] if "muted" in day]
        why = day["muted"]
        assert why["posts"] == 3
        assert why["before"] == 3 * day["day"]
        assert 0 < why["mute_chance"] < 0.2
    assert len(muters) > 5


def test_the_chance_to_mute_is_the_models():
    """Without value and members' adverts: tolerance x hazard x posts x crowding."""
    plain = small(
        strategies=[{"kind": "advert", "posts": 2, "ends": 0}],
        behaviour={"stay": {"mute_message": 0.3, "spam": 0.0}},
    )
    events = simulate(plain, 5, detail="full").events
    person = int(events["person"][(events["kind"] == MUTE) & (events["day"] == 0)][0])
    why = next(day["muted"] for day in told(person, plain)["days"] if "muted" in day)
    assert why["mute_chance"] == pytest.approx(why["impatience"] * 0.3 * 2 * 1.75, rel=0.01)


def test_nobody_has_that_number():
    with pytest.raises(InputError, match="no member number 99999"):
        told(99_999)


def test_a_group_is_called_by_its_name():
    plan = small("named", community={"groups": [{"name": "老客群", "members": 30}, 20]})
    called = {tale["group"]: tale["group_name"] for tale in (story(Asked(plan, 5, k)) for k in (0, 40))}
    assert called == {0: "老客群", 1: "2"}
