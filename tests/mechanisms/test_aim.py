"""Whom to choose and how to split: a plain twin, and laws."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from plain_audience import VALUES, draw
from test_equal_bits import both, differing, of_few
from worlds import differing as differing_runs
from worlds import plan, run, world

from commsim.core import luck
from commsim.core.errors import InputError
from commsim.core.maths import log
from commsim.core.mechanisms.aim import AIM, LAST_ORDER, WILLING
from commsim.core.view import MEMBER
from commsim.population import quantiles
from commsim.population.traits import draw_groups
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.lint import findings
from commsim.scenario.load import dump, loads
from commsim.simulation.pilots import GroupsByName
from commsim.strategies.content import Content
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.split import Split
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "aim.md"


def uniform(model, what, row):
    return luck.uniform(luck.key(model.seed, luck.purpose(f"aim, {what}")), row)


class PlainAim:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, people = model, model.p.aim, model.people
        normal, r = quantiles.normal(), self.b.reliability
        ranked = sorted(people, key=lambda person: (np.float32(person.sociability), person.row))
        stream = luck.key(model.seed, luck.purpose("aim, what they say"))
        for rank, person in enumerate(ranked):
            z = quantiles.at(np.array([(rank + 0.5) / len(people)]), normal)[0]
            says = quantiles.draw(stream, np.array([person.row]), normal)[0]
            person.willing = np.float32(r * z + np.sqrt(1.0 - r * r) * says)
            person.last_order = np.float32(self._before(person))

    def _before(self, person):
        population, span = self.model.population, 7.0 * self.model.p.buying.past_weeks
        if not population.buyer[person.row]:
            return np.inf
        if not population.alive[person.row]:
            return span * uniform(self.model, "lapsed long ago", person.row)
        rate = float(population.traits["buy_rate"][person.row])
        return min(span, -log(1.0 - uniform(self.model, "the last order", person.row)) / rate)

    def morning(self):
        self.asked, self.moved = [], 0

    def dial(self):
        pass

    def _regroup(self, effect, cause):
        self.asked.append((effect, cause))

    def told(self):
        return {}

    def close(self):
        for person in self.model.people:
            person.last_order += np.float32(1.0)
        for order in self.model.orders:
            order.person.last_order = np.float32(1.0)
        for effect, cause in self.asked:
            self._move(effect, cause)

    def _band(self, effect, person):
        if effect.by == "segment":
            return person.segment, 0.0
        if effect.by == "tag":
            has = [person.row in self.model.population.tags[tag] for tag in effect.tags]
            return (has.index(True) if True in has else len(has)), 0.0
        value = VALUES.get(effect.by, lambda person: getattr(person, effect.by))(person)
        return sum(value >= bound for bound in effect.at), value

    def _move(self, effect, cause):
        aimed = self.model.audience(cause)
        members = [p for p in self.model.people if p.status == MEMBER and p.row in aimed]
        place = {person: self._band(effect, person) for person in members}
        equals = "audience, who comes first among equals"
        members.sort(key=lambda person: (*place[person], draw(self.model, equals, person.row)))
        self.used = max(person.group for person in self.model.people) + 1
        sizes = Counter(place[person][0] for person in members)
        new = []
        for band in sorted(sizes):
            groups = -(-sizes[band] // effect.most)
            new += [self.used + k * groups // sizes[band] for k in range(sizes[band])]
            self.used += groups
        bonds = draw_groups(self.model.seed, self.used, 0.0, self.model.p)["bond"]
        self._found(members, new, bonds)
        for person, number in zip(members, new, strict=True):
            person.home.size -= 1
            person.home = self.model.groups[number]
            person.home.size += 1
            person.activity *= np.float32(1.0 - self.b.moved)
        for group in self.model.groups:
            if group.size == 0 or group.number >= min(new):
                group.cap = min(group.cap, effect.most)
        self.moved += len(members)

    def _found(self, members, new, bonds):
        for number in sorted(set(new)):
            group = self.model.groups[number]
            theirs = [person.home for person, to in zip(members, new, strict=True) if to == number]
            group.bond, group.topics = float(bonds[number]), 0.0
            for name in ("spam", "rules"):
                total = 0.0
                for before in theirs:
                    total += getattr(before, name)
                setattr(group, name, total / len(theirs))

    def numbers(self):
        return {"moved": self.moved}


AIMED = (
    Content(who={"last_order": ">20"}),
    FlashSale(discount=0.2, who={"last_order": "bottom 50%", "orders": ">=1"}),
    DistributorRebate(base=1.0, reward=5, gift=3, who={"willing": "top 20%", "activity": ">0.05"}),
)


def test_it_keeps_its_promises():
    twin = lambda plan: differing(*both(plan, PlainAim))  # noqa: E731
    text = DOCS.read_text(encoding="utf-8")
    check_mechanism(AIM, Split, twin=twin, docs=text, by="spent", at=(30, 80), max=12, starts=9)


@pytest.mark.parametrize(
    "split",
    [
        Split(by="spent", max=30, starts=8),
        Split(by="segment", max=200, starts=3, who={"activity": "top 60%"}),
        Split(by="lot", max=25, starts=5, groups=[1, 3]),
    ],
    ids=["by money", "some by segment", "by lot in some groups"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(split):
    engine, plain = both(of_few("beauty-welfare-group", split, *AIMED, days=20), PlainAim)
    assert differing(engine, plain) == []
    assert engine.records().daily["moved"].sum() > 0


def test_a_split_puts_likes_together_and_keeps_to_its_most():
    one = world(plan({"kind": "split", "by": "spent", "max": 30, "starts": 9}, members=300, days=11))
    for _ in range(10):
        one.advance()
    people = one.people
    rows = np.flatnonzero(people.status == MEMBER)
    sizes = np.bincount(people.group[rows])
    assert sizes.max() <= 30
    assert sizes.sum() == len(rows) == one.groups.size.sum()
    assert np.ptp(sizes[sizes > 0]) <= 1
    order = rows[np.argsort(people.spent[rows], kind="stable")]
    by_group = [people.spent[rows[people.group[rows] == g]] for g in np.flatnonzero(sizes)]
    bounds = [(values.min(), values.max()) for values in by_group]
    assert all(low[1] <= high[0] for low, high in pairwise(bounds))
    assert people.spent[order[-1]] > people.spent[order[0]]


def test_newcomers_find_room_after_a_split():
    settings = {"members": 100, "arrivals_per_day": 5, "days": 40}
    records = run(plan({"kind": "split", "by": "lot", "max": 20, "starts": 1}, **settings))
    assert records.daily["joined"].sum() > 30
    last = records.groups["day"] == 39
    assert records.groups["members"][last].max() <= 20


def test_a_survey_without_reliability_says_nothing():
    one = world(plan(*AIMED[2:], members=2000, behaviour=Behaviour(aim={"reliability": 0.0})))
    willing, sociable = one.columns[WILLING.name], one.people.sociability
    assert abs(np.corrcoef(willing, np.argsort(np.argsort(sociable)))[0, 1]) < 0.05
    sure = world(plan(*AIMED[2:], members=2000, behaviour=Behaviour(aim={"reliability": 1.0})))
    assert np.array_equal(*(np.argsort(of, kind="stable") for of in (sure.columns[WILLING.name], sociable)))


def test_days_since_the_last_order_count_up_and_begin_anew():
    one = world(plan(Content(who={"last_order": ">45"}), members=400, days=20))
    for _ in range(20):
        before = one.columns[LAST_ORDER.name].copy()
        happened = one.advance()
        expected = before + 1
        expected[happened.order_persons] = 1
        assert np.array_equal(one.columns[LAST_ORDER.name], expected)
    never = np.isinf(one.columns[LAST_ORDER.name])
    assert np.array_equal(never, ~one.population.buyer & (one.people.orders == 0))


@pytest.mark.parametrize(
    ("who", "share"),
    [
        ({"lot": 0.3}, 0.3),
        ({"willing": "top 8%"}, 0.08),
        ({"lot": ">=0.5"}, 0.5),
        ({"spent": "bottom 25%"}, 0.25),
    ],
)
def test_a_share_is_that_share(who, share):
    one = world(plan(Content(who=who), members=2000))
    one.advance()
    assert one.audience(0).sum() / 2000 == pytest.approx(share, abs=0.03 if "lot" in who else 0.0005)


def test_a_lot_keeps_its_people_under_any_plan_and_halves_are_never_the_same():
    half, rest, top, bottom = (
        world(plan(Content(who=who), FlashSale(discount=d), members=500, days=9))
        for who, d in (
            ({"lot": 0.5}, 0.1), ({"lot": ">=0.5"}, 0.4),
            ({"spent": "top 50%"}, 0.1), ({"spent": "bottom 50%"}, 0.1),
        )
    )  # fmt: skip
    first = half.people.status == MEMBER
    for one in (half, rest, top, bottom):
        for _ in range(5):
            one.advance()
    chosen = half._audiences.mask(0)
    assert not (chosen & rest._audiences.mask(0)).any()
    assert (chosen | rest._audiences.mask(0))[first & (half.people.status == MEMBER)].all()
    assert not (top.audience(0) & bottom.audience(0)).any()


def test_who_takes_everybody_changes_no_byte():
    sale = {"kind": "flash_sale", "discount": 0.3, "reach": 0.8}
    others = (
        {"kind": "advert", "posts": 2},
        {"kind": "red_envelope", "preset": "social"},
        {"kind": "check_in"},
    )
    everybody = {"who": {"orders": ">=0", "activity": "top 100%"}}
    aimed = [one | everybody for one in (sale, *others)]
    assert differing_runs(run(plan(sale, *others)), run(plan(*aimed))) == []


def test_the_groups_of_another_strategy_are_a_control():
    pilot = {"kind": "flash_sale", "name": "pilot", "discount": 0.3, "groups": {"share": 0.5}}
    rest = {"kind": "flash_sale", "name": "rest", "discount": 0.3, "groups": {"other_than": "pilot"}}
    one = world(plan(pilot, rest, members=300, group_size=30))
    theirs, others = one._audiences.groups(0), one._audiences.groups(1)
    assert np.array_equal(theirs, ~others)
    assert theirs[:10].sum() == 5


def test_groups_that_open_later_come_by_their_own_luck_and_another_draw_by_other():
    drawn = [Content(name=name, groups={"share": 0.5, "draw": draw}) for name, draw in (("a", 0), ("b", 1))]
    one, other = GroupsByName(1, (), 20, 420).choose(drawn)
    assert one[:20].sum() == other[:20].sum() == 10
    assert abs(one[20:].sum() - 200) < 50
    assert (one != other)[:20].any()
    assert (one != other)[20:].any()


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (["wset"], "there is no group 'wset'; did you mean west?"),
        ([7], "there is no group 7"),
        ({"other_than": "sael"}, "there is no strategy 'sael'; there are: flash_sale"),
        ({"other_than": "flash_sale"}, "does not say of itself which groups it is for"),
    ],
)
def test_groups_that_are_not_in_the_users_files(groups, said):
    with pytest.raises(InputError, match=re.escape(said)):
        GroupsByName(1, ("west", "east"), 2, 3).choose([FlashSale(discount=0.3, groups=groups)])


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("who: {segment: studnets}", "there is no segment 'studnets'; did you mean students?"),
        ("who: {tag: vip}", "nobody has a tag without a list of members; give a list"),
        ("groups: [11]", "there is no group '11'"),
        (
            "groups: {other_than: pilto}",
            "there is no strategy with groups of its own 'pilto'; did you mean pilot?",
        ),
        ("groups: {share: 0.5, only: [1]}", "groups are chosen in one way"),
        ("who: {spent: many}", "'many' is no condition"),
        ("who: {spend: 3}", "nobody can be chosen by 'spend'; did you mean spent?"),
        ("who: {orders: top 0%}", "takes more than all or nobody"),
    ],
)
def test_what_can_not_be_is_told(settings, said):
    text = (
        "extends: unmanaged-group\nname: x\n"
        "community: {segments: [{name: students}, {name: parents}]}\nstrategies:\n"
        "  - {kind: advert, name: pilot, groups: {share: 0.3}}\n"
        f"  - {{kind: content, {settings}}}\n"
    )
    with pytest.raises(InputError, match=re.escape(said)):
        loads(text)


def test_who_nobody_can_be_on_the_first_day_is_warned_of():
    told = [f.what for f in findings(plan(Content(who={"orders": ">=1"})))]
    assert any("addresses nobody on the first day" in one for one in told)
    later = [f.what for f in findings(plan(Content(who={"orders": ">=1"}, starts=5)))]
    assert not any("addresses nobody" in one for one in later)


def test_audiences_come_back_from_a_file_as_they_were():
    given = plan(
        Content(who={"spent": ">30 <=100", "level": ">=1", "segment": "all", "lot": 0.5}, groups=[1, 2]),
        FlashSale(discount=0.1, groups={"share": 0.5, "draw": 3}),
    )
    assert loads(dump(given)) == given
