"""Contacts outside the group: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_contacts import PlainContacts
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, run, world

from commsim.core.mechanisms.contacts import CAME_BACK, CONTACTS
from commsim.core.view import LEFT, MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.simulation.mechanisms.contacts import Contacts
from commsim.strategies.contact import Contact
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.moments import Moments
from commsim.strategies.win_back import WinBack
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "contacts.md"
LIVELY = (
    Contact(every=3, who={"orders": "<1"}, announces_sales=True),
    Contact(name="ring up", by="call", to="members", every=6, starts=3, reach=0.6),
    Moments(starts=2, announces_sales=True),
    WinBack(after=4, attempts=3, every=3, who={"bought": True}),
    FlashSale(discount=0.2, weekdays=("tue", "wed", "sat")),
)
PEOPLE = {
    "stay": {"leave": 0.02, "mute_message": 0.05},
    "contacts": {"back": 0.4, "text_opt_out": 0.1, "revived": 0.5},
    "buying": {"touch": 0.5},
}


@pytest.mark.parametrize(
    "others", [(), pytest.param(ALL, marks=pytest.mark.slow)], ids=["alone", "with everything"]
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    days = 30 if others else 20
    people = of_few(
        "unmanaged-group", *LIVELY, *others, members=150, days=days, behaviour=Behaviour(**PEOPLE)
    )
    engine, plain = both(people, PlainContacts)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    happened = ("contacts", "noticed", "opt_outs", "back", "recalled", "unmuted_today")
    assert {name for name in happened if not daily[name].any()} == set()


@pytest.mark.parametrize(
    ("strategy", "settings"),
    [
        (Contact, {"every": 4, "by": "message"}),
        (Moments, {}),
        (WinBack, {"after": 3, "every": 2}),
    ],
)
def test_they_keep_the_promises_of_mechanisms(strategy, settings):
    check_mechanism(
        CONTACTS,
        strategy,
        twin=lambda plan: differing(*both(plan, PlainContacts)),
        docs=DOCS.read_text(encoding="utf-8"),
        **settings,
    )


def test_a_text_is_forgotten_by_half_a_week():
    """In closed form: chance to notice x .3, then a half each seven days."""
    once = {"kind": "contact", "starts": 2, "ends": 2}
    made = run(plan(once, members=2000, days=33, behaviour={"contacts": {"text_noticed": 1.0}}))
    recalled = made.daily["recalled"]
    assert recalled[2:] == pytest.approx(0.3 * 0.5 ** (np.arange(31) / 7), rel=1e-4)
    assert made.daily["contacts"].sum() == made.daily["noticed"].sum()


def test_noticing_opting_out_and_the_cost_are_as_stated():
    texts = {"kind": "contact", "every": 1, "cost": 0.1, "to": "members"}
    behaviour = {"contacts": {"text_noticed": 0.5, "text_opt_out": 0.02}}
    made = run(plan(texts, members=3000, days=10, behaviour=behaviour))
    sent, noticed = made.daily["contacts"].sum(), made.daily["noticed"].sum()
    assert noticed / sent == pytest.approx(0.5, abs=0.015)
    assert made.daily["opt_outs"][0] / made.daily["noticed"][0] == pytest.approx(0.02, abs=0.011)
    assert fen(made, "tools", cause="contact") == -10 * sent
    assert (np.diff(made.daily["contacts"]) <= 0).all()  # who has unsubscribed gets none


def test_a_segment_answers_the_phone_more():
    segments = [{"name": "young", "share": 0.5}, {"name": "elderly", "share": 0.5, "phone": 2.0}]
    calls = {"kind": "contact", "by": "call", "to": "members", "every": 1}
    made = world(plan(calls, members=2000, days=1, segments=segments))
    made.advance()
    answered = made.columns["recall"] > 0
    share = [answered[(made.people.segment == k) & (made.people.status == MEMBER)].mean() for k in (0, 1)]
    assert share == pytest.approx([0.3, 0.6], abs=0.05)


def test_a_call_costs_the_time_of_staff():
    calls = {"kind": "contact", "by": "call", "minutes": 3, "to": "members", "staff_minutes": 7}
    made = run(plan(calls, members=100, days=1))
    assert fen(made, "staff", cause="contact") == -round((3 * made.daily["contacts"][0] + 7) * 4600 / 60)
    assert fen(made, "tools", cause="contact") == -20 * made.daily["contacts"][0]


def test_a_text_does_nothing_to_who_is_in_touch_with_the_group():
    """Memory of contacts counts as far as it exceeds touch: no order more where all are in touch."""
    people = {"contacts": {"look": 0.0, "text_bother": 0.0, "text_opt_out": 0.0}, "fatigue": {"response": 1}}
    people["buying"] = {"touch": 1.0, "touch_speed": 0.0}
    texts = {"kind": "contact", "every": 1}

    def orders(contact):
        made = world(plan(*([texts] if contact else []), members=400, days=15, behaviour=people))
        made.people.contact[:] = 1.0
        return sum(len(made.advance().order_persons) for _ in range(15))

    assert orders(True) == orders(False)
    people["buying"]["touch_full"] = 1.0
    made = [run(plan(*some, members=2000, days=30, behaviour=people)) for some in ([texts], [])]
    assert made[0].daily["orders"].sum() > 1.1 * made[1].daily["orders"].sum()


def test_who_comes_back_is_a_member_again_where_there_is_room():
    behaviour = {"stay": {"leave": 0.05}, "contacts": {"back": 1.0, "message_noticed": 1.0}}
    back = {"kind": "win_back", "to": "left", "after": 2, "attempts": 5, "every": 1}
    made = world(plan(back, members=200, days=20, behaviour=behaviour))
    returned = 0
    for _ in range(20):
        sizes = made.groups.size.sum()
        happened = made.advance()
        came = happened.of(CAME_BACK).persons
        returned += len(came)
        assert (made.people.status[came] == MEMBER).all()
        assert (made.people.activity[came] > 0.0).all()
        assert made.groups.size.sum() == sizes - len(happened.left) + len(came)
        assert (made.people.status == MEMBER).sum() == made.groups.size.sum()
    assert returned > 20


def test_attempts_come_to_an_end_and_keep_their_distance():
    back = {"kind": "win_back", "to": "left", "after": 1, "attempts": 2, "every": 3}
    behaviour = {"stay": {"leave": 0.9}, "contacts": {"back": 0.0, "message_opt_out": 0.0}}
    made = run(plan(back, members=100, days=20, behaviour=behaviour))
    gone = made.daily["left"].sum()
    assert made.daily["contacts"].sum() >= 1.9 * (gone - 20)
    assert made.daily["contacts"].max() <= gone
    assert made.daily["contacts"][-4:].sum() <= 20


def test_who_has_left_can_be_chosen_by_what_is_known_of_them():
    """Unlike others, `who` of a contact chooses among them too."""
    behaviour = {"stay": {"leave": 0.2}}
    to = {"kind": "contact", "every": 1, "to": "left", "who": {"lot": 0.5}}
    made = world(plan(to, members=400, days=6, behaviour=behaviour))
    for _ in range(5):
        made.advance()
    gone = made.people.status == LEFT
    sent = (made.columns["recall"] > 0)[gone].mean()
    assert 0.1 < sent < 0.5


def test_the_budget_stops_it():
    made = run(plan({"kind": "contact", "every": 1, "budget": 5}, members=90, days=5))
    assert made.daily["contacts"].tolist() == [90, 0, 0, 0, 0] or made.daily["contacts"].sum() * 5 <= 500


@pytest.mark.parametrize(
    ("kind", "settings", "text"),
    [
        ("contact", {"by": "pigeon"}, "text"),
        ("win_back", {"after": 40}, "31"),
        ("win_back", {"attempts": 0}, "1"),
        ("moments", {"posts": 0}, "1"),
    ],
)
def test_settings_that_are_none(kind, settings, text):
    with pytest.raises(ValueError, match=text):
        plan({"kind": kind, **settings})


def test_who_comes_back_follows_trust_up_to_twice_the_usual_and_annoyance():
    made = world(plan({"kind": "win_back"}, members=60, days=5, behaviour={"contacts": {"back": 0.1}}))
    (part,) = [one for one in made.mechanisms.all if isinstance(one, Contacts)]
    usual = made.scenario.behaviour.trust.start
    for trusted, annoyed, chance in ((1.0, 0.0, 0.1), (1.5, 0.0, 0.15), (4.0, 0.0, 0.2), (1.0, 3.0, 0.025)):
        made.people.trust[:], made.people.annoyance[:] = trusted * usual, annoyed
        part._draws = lambda *_, chance=chance: np.array([chance * 0.999, chance * 1.001])
        part._back = []
        part._ask_back(0, np.array([3, 7]))
        assert np.concatenate(part._back).tolist() == [3], chance


def test_a_contact_tires_as_a_post_and_annoys_less_where_the_group_is_worth_something():
    made = world(plan({"kind": "contact"}, members=60, days=5))
    (part,) = [one for one in made.mechanisms.all if isinstance(one, Contacts)]
    people, each = made.people, made.scenario.behaviour.fatigue.annoyance
    people.value[:3], people.fatigue[:3], people.annoyance[:3] = (-2.0, 1.0, 3.0), 0.5, 0.25
    part._bother(np.array([0, 1, 2]), 2.0)
    assert people.fatigue[:4].tolist() == [1.5, 1.5, 1.5, people.fatigue[3]]
    np.testing.assert_allclose(
        people.annoyance[:3] - 0.25, 2.0 * each * np.array([1.0, 0.75, 0.625]), rtol=1e-5
    )
