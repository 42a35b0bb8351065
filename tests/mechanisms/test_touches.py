"""Limits of a platform on posts: a plain twin, the rule by the calendar, and what is told beforehand."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_equal_bits import ALL, both, differing, of_300
from worlds import differing as differing_runs
from worlds import plan, run

from commsim.analysis.measures import outcomes
from commsim.core.effects import Announce, Content
from commsim.report.language import language
from commsim.report.plan import plan_header
from commsim.scenario.lint import findings
from commsim.scenario.load import dump, loads, scenario_hash
from commsim.scenario.schema import Operator

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "touches.md").read_text(encoding="utf-8")


class PlainTouches:
    """The rule once more, group by group, with the days on which each post came."""

    def __init__(self, model):
        self.model, self.had, self.beyond = model, Counter(), 0
        self.limits = model.plan.operator.touches

    def morning(self):
        self.beyond = 0

    def dial(self):
        pass

    def close(self):
        pass

    def told(self):
        return {}

    def left(self, group):
        today, limits = self.model.date, self.limits
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
        field = {Announce: "count", Content: "posts"}.get(type(effect))
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
            return [effect]
        parts = []
        for n in sorted(set(passes.values()) - {0}):
            groups = np.array([passes.get(group, 0) == n for group in self.model.groups])
            parts.append(replace(effect, **{field: n}, groups=groups))
        return parts

    def numbers(self):
        return {"posts_beyond": self.beyond}


@pytest.mark.parametrize(
    "touches",
    [{"per_day": 3, "per_month": 20}, {"per_week": 9, "per_day": 4}, {"per_day": 1, "beyond": "warn"}],
    ids=["a day and a month", "a day and a week", "only counted"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(touches):
    made = of_300("unmanaged-group", *ALL, operator=Operator(touches=touches), days=12)
    made = made.model_copy(update={"start": dt.date(2026, 3, 25)})  # a month ends in it
    engine, plain = both(made, PlainTouches)
    assert differing(engine, plain) == []
    assert engine.records().daily["posts_beyond"].sum() > 20


ADVERT = {"kind": "advert", "posts": 1}
WECOM = {"per_day": 1, "per_month": 4}


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
