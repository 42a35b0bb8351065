"""Members who sit in several groups: the plain twin, and the laws."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from plain_bait import draw
from test_equal_bits import ALL, both, differing, of_few
from worlds import differing as differing_runs
from worlds import plan, run, world

from commsim.core.dials import Dial
from commsim.core.luck import key, purpose
from commsim.core.maths import log
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.several_groups import SEVERAL_GROUPS
from commsim.core.view import MEMBER
from commsim.population import quantiles
from commsim.scenario.load import dump, loads
from commsim.scenario.schema import Scenario
from commsim.scenario.several_groups import SeveralGroups
from commsim.strategies.advert import Advert
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "several_groups.md").read_text(encoding="utf-8")


class PlainSeveralGroups:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.section = model, model.p.several_groups, model.plan.several_groups
        self.number = model.population.n_groups
        most = min(self.section.further, self.number - 1)
        stream = key(model.seed, purpose("several groups, how many of other people"))
        for person in model.people:
            sits = draw(model, "several groups, who sits in further ones", person.row, 0) < self.section.share
            person.further, person.others = most if sits else 0, self.b.usual
            place = draw(model, "several groups, in which", person.row, 0) * (self.number - most)
            person.first_further = 1 + int(place)
            if self.section.others is not None:
                table = quantiles.lognormal(self.b.spread, median=self.section.others)
                person.others = float(quantiles.draw(stream, np.array([person.row]), table)[0])

    def morning(self):
        pass

    def _groups_of(self, person):
        first = person.home.number + person.first_further
        return [self.model.groups[(first + k) % self.number] for k in range(person.further)]

    def _posts(self, group, person):
        posts = group.posts if group in self.model.open else 0.0
        notes = [note for note in self.model.narrow if group in note.groups and person.row in note.some]
        return int(posts + sum(note.posts for note in notes))

    def dial(self):
        model = self.model
        self.sitting = [one for one in model.people if one.status == MEMBER and one.further]
        posts = {one: [self._posts(group, one) for group in self._groups_of(one)] for one in self.sitting}
        again = {one: sum(of) for one, of in posts.items()}
        self.again = sum(again.values())
        for number, _ in Counter(again.values()).items():
            if number:
                some = {one.row for one in self.sitting if again[one] == number}
                model._note_to(some, model.open, posts=number, empty=number)
        if self.section.others is not None or self.again:
            looking = model.nudges.setdefault(Dial.LOOK, [0.0] * len(model.people))
            for one in model.people:
                number = one.others + sum(count > 0 for count in posts.get(one, ()))
                looking[one.row] += -self.b.attention * log(number / self.b.usual)

    def told(self):
        return {}

    def close(self):
        pass

    def numbers(self):
        return {"in_several": len(self.sitting), "posts_again": self.again}


LIVELY = (
    Advert(posts=2, weekdays=("mon", "wed", "fri")),
    Advert(name="some", posts=3, reach=0.6, hours=(10, 20)),
    Advert(name="buyers", who={"orders": ">=1"}, weekdays=("tue", "wed")),
    Advert(name="two groups", groups=(1, 2), weekdays=("thu", "sat")),
)


@pytest.mark.parametrize(
    ("others", "section"),
    [
        ((), {"share": 0.5, "further": 2, "others": 20.0}),
        pytest.param(ALL, {"share": 0.4}, marks=pytest.mark.slow),
    ],
    ids=["alone", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others, section):
    made = of_few("unmanaged-group", *LIVELY, *others, members=90, days=12)
    made = made.model_copy(update={"several_groups": SeveralGroups(**section)})
    engine, plain = both(made, PlainSeveralGroups)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["posts_again"].sum() > 100
    assert 0 < daily["in_several"][0] < 90


def several(section, *strategies, attention=None, **settings):
    """A small plan whose people sit in several groups."""
    behaviour = {} if attention is None else {"several_groups": {"attention": attention}}
    made = plan(*strategies, behaviour=behaviour, **settings).model_dump(mode="json")
    return Scenario.model_validate({**made, "several_groups": section})


THREE = {"members": 300, "group_size": 100, "days": 15}


def advert(posts):
    return {"kind": "advert", "posts": posts}


def test_a_post_in_each_of_three_groups_bothers_who_sits_in_all_like_three_posts_in_one():
    """To the last bit, where groups do not compete for looks: nobody counts a post twice, or less."""
    again = run(several({"share": 1, "further": 2}, advert(1), attention=0.0, **THREE))
    thrice = run(plan(advert(3), **THREE))
    once = run(plan(advert(1), **THREE))
    same = ("left", "muted_today", "looked", "orders", "trust", "activity", "messages")
    assert [name for name in same if again.daily[name].tolist() != thrice.daily[name].tolist()] == []
    assert again.daily["left"].sum() > once.daily["left"].sum()
    assert again.daily["operator_posts"].tolist() == once.daily["operator_posts"].tolist()
    assert again.daily["posts_again"][0] == 600


def chances(section, **settings):
    """Chances of a look on the first day."""
    made = several(section, advert(2), **settings, **{**THREE, "days": 1}) if section else None
    made = world(made or plan(advert(2), **{**THREE, "days": 1}))
    made.advance()
    return made._out.chance[:300].astype(float), made.columns


@pytest.mark.parametrize("attention", [0.5, 1.0])
def test_two_groups_more_that_post_take_their_part_of_the_odds_of_a_look(attention):
    """In closed form: the odds are those of before times (15 / 17) to the power of `attention`."""
    before, _ = chances(None)
    now, columns = chances({"share": 0.5, "further": 2}, attention=attention)
    sits = columns["further"][:300] == 2
    some = (before > 0.0) & (before < 0.9)
    odds = now / (1 - now) / (before / (1 - before))
    assert odds[some & sits] == pytest.approx((15 / 17) ** attention, rel=1e-4)
    assert odds[some & ~sits] == pytest.approx(1.0, rel=1e-4)


def test_groups_of_others_move_looks_by_how_many_more_than_usual_there_are():
    before, _ = chances(None)
    now, columns = chances({"others": 30})
    some = (before > 0.0) & (before < 0.9)
    odds = now / (1 - now) / (before / (1 - before))
    others = columns["others"][:300].astype(float)
    assert odds[some] == pytest.approx(15 / others[some], rel=1e-4)
    assert np.median(others) == pytest.approx(30, rel=0.1)


def test_a_further_group_is_never_their_own_and_all_are_as_likely():
    made = world(several({"share": 1, "further": 1}, members=3000, group_size=600 // 2, days=1))
    (part,) = [one for one in made.mechanisms.all if one.declared is SEVERAL_GROUPS]
    own = made.people.group[:3000]
    further = (own + part._from[:3000]) % 10
    assert (further != own).all()
    counts = np.bincount(further, minlength=10)
    assert counts.min() > 250
    assert counts.max() < 350


def test_quiet_further_groups_change_nothing():
    """Without posts nothing comes again and nothing competes: the same bytes."""
    own = {column.name for column in (*SEVERAL_GROUPS.columns, *SEVERAL_GROUPS.daily)}
    idle = run(several({"share": 1, "further": 2}, **THREE))
    found = differing_runs(run(plan(**THREE)), idle)
    assert {name.split(".")[1] for name in found} <= own


def test_a_plan_without_it_loads_nothing_and_is_kept_as_before():
    alone = plan(advert(1))
    assert SEVERAL_GROUPS not in alone.mechanisms
    assert "several_groups" not in dump(alone)
    two = several({"share": 0.4}, advert(1))
    assert SEVERAL_GROUPS in two.mechanisms
    assert loads(dump(two)) == two


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ({}, "says nothing"),
        ({"share": 0.3, "further": 3}, "3 further groups beside their own, of 3 in all"),
        ({"share": 0.3, "further": 0}, "further"),
        ({"share": 1.3}, "share"),
        ({"others": 0}, "others"),
    ],
)
def test_groups_that_can_not_be(section, text):
    with pytest.raises(ValueError, match=text):
        several(section, **THREE)


def test_it_says_what_it_is():
    assert SEVERAL_GROUPS in mechanisms()
    assert load(SEVERAL_GROUPS.engine).declared is SEVERAL_GROUPS
    for cards in (SEVERAL_GROUPS.behaviour, SeveralGroups):
        check_fields(cards, cards)
    named = [f"several_groups.{name}" for name in SEVERAL_GROUPS.behaviour.model_fields]
    named += [*SeveralGroups.model_fields]
    named += [column.name for column in (*SEVERAL_GROUPS.columns, *SEVERAL_GROUPS.daily)]
    assert [name for name in named if f"`{name}`" not in DOCS] == []
    assert Scenario.model_fields["several_groups"].description in DOCS
