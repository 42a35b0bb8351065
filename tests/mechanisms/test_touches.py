"""Limits of a platform on posts: a plain twin, the rule by the calendar, and what is told beforehand."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from plain_contacts import PlainContacts
from plain_coupons import PlainCoupons
from test_equal_bits import ALL, both, differing, of_few
from test_tie import PlainTies
from worlds import differing as differing_runs
from worlds import plan, run

from commsim.analysis.measures import outcomes
from commsim.core.effects import Announce
from commsim.core.effects import Content as Posts
from commsim.core.view import MEMBER
from commsim.report.language import language
from commsim.report.plan_header import plan_header
from commsim.scenario.lint import findings
from commsim.scenario.load import dump, loads, scenario_hash
from commsim.scenario.schema import Operator
from commsim.strategies.advert import Advert
from commsim.strategies.contact import Contact
from commsim.strategies.content import Content
from commsim.strategies.coupon import Coupon
from commsim.strategies.moments import Moments
from commsim.strategies.personal_contact import PersonalContact

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "touches.md").read_text(encoding="utf-8")


class PlainTouches:
    """The rule once more, group by group, with the days on which each post came."""

    def __init__(self, model):
        self.model, self.had, self.beyond = model, Counter(), 0
        self.limits = model.plan.operator.touches
        self.own, self.too_many = self.limits.member, 0
        if self.own is not None:
            model.message = self.message

    def morning(self):
        self.beyond = 0

    def message(self, people):
        """To whom a message goes; each is counted with the day on which it came."""
        within = [person for person in people if self.left(person, self.own) > 0]
        self.too_many += len(people) - len(within)
        sent = within if self.limits.beyond == "refuse" else people
        for person in sent:
            self.had[person, self.model.date] += 1
        return sent

    def stands(self, parts, cause):
        """Posts count for all whom they address."""
        for effect in parts if self.own is not None else ():
            field = {Announce: "count", Posts: "posts"}[type(effect)]
            homes = self.model._addressed(effect, cause)
            some = self.model._to_some(cause, getattr(effect, "reach", 1.0), posts=True)
            for person in self.model.people:
                if person.status == MEMBER and person.home in homes and (some is None or person.row in some):
                    self.had[person, self.model.date] += getattr(effect, field)
        return parts

    def dial(self):
        pass

    def close(self):
        pass

    def told(self):
        return {}

    def left(self, group, limits=None):
        today, limits = self.model.date, limits or self.limits
        same = {
            "day": (limits.per_day, lambda date: date == today),
            "week": (limits.per_week, lambda date: date.isocalendar()[:2] == today.isocalendar()[:2]),
            "month": (limits.per_month, lambda date: (date.year, date.month) == (today.year, today.month)),
        }
        rest = [10**9]
        for most, counts in same.values():
            if most is not None:
                rest.append(most - sum(n for (g, date), n in self.had.items() if g is group and counts(date)))
        return max(0, min(rest))

    def admit(self, effect, cause):
        field = {Announce: "count", Posts: "posts"}.get(type(effect))
        if field is None:
            return [effect]
        number, where = getattr(effect, field), self.model._addressed(effect, cause)
        passes = {group: min(number, self.left(group)) for group in where}
        too_many = sum(number - n for n in passes.values())
        self.beyond += too_many
        if not too_many or self.limits.beyond == "warn":
            passes = dict.fromkeys(where, number)
        for group, n in passes.items():
            self.had[group, self.model.date] += n
        if not too_many or self.limits.beyond == "warn":
            return self.stands([effect], cause)
        parts = []
        for n in sorted(set(passes.values()) - {0}):
            groups = np.array([passes.get(group, 0) == n for group in self.model.groups])
            parts.append(replace(effect, **{field: n}, groups=groups))
        return self.stands(parts, cause)

    def numbers(self):
        told, self.too_many = self.too_many, 0  # reminders of the next morning come before its count
        return {"posts_beyond": self.beyond, "messages_beyond": told}


@pytest.mark.parametrize(
    "touches",
    [{"per_day": 3, "per_month": 20}, {"per_week": 9, "per_day": 4}, {"per_day": 1, "beyond": "warn"}],
    ids=["a day and a month", "a day and a week", "only counted"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(touches):
    made = of_few("unmanaged-group", *ALL, operator=Operator(touches=touches), days=12)
    made = made.model_copy(update={"start": dt.date(2026, 3, 25)})  # a month ends in it
    engine, plain = both(made, PlainTouches)
    assert differing(engine, plain) == []
    assert engine.records().daily["posts_beyond"].sum() > 20


ADVERT = {"kind": "advert", "posts": 1}
WECOM = {"per_day": 1, "per_month": 4}


@pytest.mark.parametrize("beyond", ["refuse", pytest.param("warn", marks=pytest.mark.slow)])
def test_what_single_members_get_is_the_same_by_plain_rules(beyond):
    """Posts for all, for some, of limited reach, beyond a group's limit; texts, talks, coupons, reminders."""
    strategies = (
        Contact(every=1, by="message"),
        Contact(name="ring up", by="call", every=2, starts=3, reach=0.6),
        Moments(starts=2),
        PersonalContact(per_month=15),
        Coupon(face=5, given="sent", valid_days=5, remind=True, weekdays=("tue", "fri")),
        Advert(posts=2, weekdays=("mon", "sat"), reach=0.5),
        Advert(name="for buyers", who={"bought": True}, weekdays=("sun",)),
        Content(weekdays=("thu",), groups={"share": 0.5}),
    )
    own = {"per_day": 2, "per_week": 4, "per_month": 9}
    operator = Operator(touches={"per_day": 1, "member": own, "beyond": beyond})
    made = of_few("unmanaged-group", *strategies, operator=operator, members=120, days=14)
    made = made.model_copy(update={"start": dt.date(2026, 3, 25)})
    engine, plain = both(made, PlainCoupons, PlainContacts, PlainTies, PlainTouches)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["messages_beyond"].sum() > 100
    assert daily["posts_beyond"].any()
    assert (daily["contacts"] > 0).sum() > 4


def test_a_message_a_week_is_one_whatever_way_it_takes():
    """A text every day and talks besides: one a member and week is left, of either."""
    made = plan(
        {"kind": "contact", "every": 1}, {"kind": "personal_contact", "per_month": 30},
        members=100, days=21, operator={"touches": {"member": {"per_week": 1}}},
    )  # fmt: skip
    records = run(made)
    sent = records.daily["contacts"] + records.daily["approached"]
    weeks = sent.reshape(3, 7).sum(axis=1)
    assert (weeks <= records.daily["members"].reshape(3, 7).max(axis=1) + 3).all()
    assert (weeks >= 90).all()
    assert outcomes(records)["messages_beyond"] == records.daily["messages_beyond"].sum() > 1000


def test_a_post_in_the_group_takes_the_place_of_a_message():
    posts = {"kind": "advert", "posts": 1, "weekdays": ["mon"]}
    limits = {"touches": {"member": {"per_day": 1}}}
    daily = run(plan(posts, {"kind": "contact", "every": 1}, days=14, operator=limits)).daily
    assert np.flatnonzero(daily["contacts"] == 0).tolist() == [0, 7]  # Mondays


def test_a_limit_that_nobody_reaches_leaves_every_byte_and_none_is_kept_as_before():
    free, limited = (plan(ADVERT, operator=of) for of in ({}, {"touches": {"per_day": 1}}))
    found = differing_runs(run(free), run(limited))
    assert found == []
    assert run(limited).daily["posts_beyond"].sum() == 0
    assert "touches" not in dump(free)
    assert scenario_hash(free) != scenario_hash(limited)
    assert loads(dump(limited)) == limited


def test_four_a_month_by_the_calendar():
    """An advert every day from 2 March: four in March, and again from 1 April."""
    records = run(plan(ADVERT, days=60, operator={"touches": WECOM}))
    groups = 2
    posts = records.daily["operator_posts"] // groups
    assert np.flatnonzero(posts).tolist() == [0, 1, 2, 3, 30, 31, 32, 33]
    assert (posts + records.daily["posts_beyond"] // groups == 1).all()
    assert outcomes(records)["posts_beyond"] == 52 * groups


def test_strategies_post_in_order_of_their_names():
    two = [{**ADVERT, "name": name, "hour": 9} for name in ("b", "a")]
    made = plan(*two, days=3, operator={"touches": {"per_day": 1}})
    beyond = [finding for finding in findings(made) if "beyond" in finding.what]
    assert [finding.path for finding in beyond] == [("strategies", 0)]
    assert beyond[0].what == "3 of its 3 posts in a group are beyond 1 a day: they are refused"


def test_one_is_told_before_a_run_what_is_too_much():
    made = plan(ADVERT, {"kind": "content"}, days=60, operator={"touches": WECOM | {"beyond": "warn"}})
    told = [finding.what for finding in findings(made) if "beyond" in finding.what]
    assert told[0].startswith("56 of its 60 posts in a group are beyond 1 a day and 4 a month")
    assert len(told) == 2
    records = run(made)
    assert records.daily["operator_posts"].sum() == 2 * 2 * 60  # counted, and sent all the same
    assert not [f for f in findings(plan(ADVERT, days=60)) if "beyond" in f.what]


def test_the_header_of_a_plan_says_its_limits():
    made = plan(operator={"touches": WECOM})
    assert plan_header(made)["Operator"].endswith("posts in a group: at most 1 a day, 4 a month")
    assert "每月 4 条" in plan_header(made, language("zh"))["Operator"]


def test_limits_that_limit_nothing_are_refused():
    with pytest.raises(ValueError, match="limits nothing; give per_day"):
        plan(operator={"touches": {"beyond": "warn"}})


def test_the_docs_speak_of_it():
    assert all(word in DOCS for word in ("`posts_beyond`", "per_month", "beyond: refuse"))
