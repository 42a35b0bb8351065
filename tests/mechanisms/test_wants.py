"""What members want: the plain twin, and the laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_wants import PlainWants
from test_equal_bits import ALL, both, differing, of_few
from worlds import differing as differing_runs
from worlds import plan, run, world

from commsim.core.mechanisms.wants import WANTS
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.load import dump, loads
from commsim.scenario.wants import Wants
from commsim.strategies.advert import Advert
from commsim.strategies.story import Story
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "wants.md"
LIVELY = (
    Story(quality=0.8, weekdays=("mon", "tue", "thu")),
    Story(name="buyers", about="buyers", posts=2, reach=0.8, who={"orders": "<2"}),
    Story(name="pains", about="pains", weekdays=("tue", "fri")),
    Advert(posts=2, weekdays=("mon", "wed")),
)
SECTION = Wants(problem=0.5, pains=True, needs={"love": 2, "product": 0.5})
PEOPLE = Behaviour(wants={"pushed": 2.0, "unmet": 2.0, "met": 0.6, "memory": 2.0, "desire": 1.0})


@pytest.mark.parametrize(
    "others", [(), pytest.param(ALL, marks=pytest.mark.slow)], ids=["alone", "with everything"]
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    made = of_few("unmanaged-group", *LIVELY, *others, members=150, days=15, behaviour=PEOPLE, wants=SECTION)
    engine, plain = both(made, PlainWants)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    happened = ("told", "aware_members", "mean_desire", "mean_unmet")
    assert {name for name in happened if not daily[name].any()} == set()


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        WANTS,
        Story,
        twin=lambda plan: differing(*both(plan, PlainWants)),
        docs=DOCS.read_text(encoding="utf-8"),
        about="product",
    )


def wanting(section, *strategies, behaviour=None, **settings):
    """A small plan with a section of wants."""
    made = plan(*strategies, behaviour=behaviour or {}, **settings)
    return made.model_copy(update={"wants": Wants(**section) if section else None})


def test_wants_that_move_nobody_change_no_byte_of_what_members_do():
    nothing = {"wants": {"solved": 0.0, "unmet": 0.0, "pushed": 0.0}}
    section = {"problem": 1.0, "needs": {"love": 1.0}, "pains": True}
    found = differing_runs(run(wanting(None, behaviour=nothing)), run(wanting(section, behaviour=nothing)))
    own = {"daily.told", "daily.aware_members", "daily.mean_desire", "daily.mean_unmet"}
    assert set(found) <= own | {"members.desire", "members.aware", "members.unmet"}
    assert "wants" not in dump(plan())
    kept = loads(dump(wanting(section)))
    assert kept.wants == Wants(**section)


def test_desire_rises_by_stories_and_halves_in_three_days():
    """In closed form, for who looks in on the one day of a story."""
    story = {"kind": "story", "quality": 1.0, "posts": 2, "ends": 0}
    made = world(plan(story, days=4))
    made.advance()
    heard = np.flatnonzero(made.columns["desire"])
    assert len(heard) == made.records().daily["told"][0]
    assert made.columns["desire"][heard] == pytest.approx(1 - 0.8**2)
    for _ in range(3):
        made.advance()
    assert made.columns["desire"][heard] == pytest.approx((1 - 0.8**2) / 2)


def test_buyers_shows_need_buyers():
    """Nothing is shown before the first orders have been delivered; then more where more was sold."""
    story = {"kind": "story", "about": "buyers", "quality": 1.0}
    made = world(plan(story, members=1000, days=12))
    before = []
    for _ in range(12):
        made.advance()
        before.append(made.records().daily["mean_desire"][-1])
    assert before[0] == before[1] == 0.0
    assert before[-1] > 0.0
    supply = made.mechanisms.all[0].supply
    orders = sum(supply._orders[4:11])
    assert supply.shows() == pytest.approx(orders / (orders + 5.0))


def test_needs_are_of_one_in_all_and_on_average_as_the_plan_says():
    made = world(wanting({"needs": {"love": 3, "certainty": 3, "product": 3}}, members=5000))
    weights = made.mechanisms.all[0]._weights
    assert weights.sum(axis=0) == pytest.approx(1.0)
    assert weights.mean(axis=1) == pytest.approx(np.array([3, 3, 1, 1, 3]) / 11, abs=0.03)


def test_unmet_needs_make_members_leave_and_met_ones_do_not():
    """Company alone is needed: in a silent group all of it is unmet, and the factor is that of the model."""
    section = {"needs": dict.fromkeys(("certainty", "importance", "satisfaction", "product"), 0.0)}
    silent = {"talk": {"level": 0.0}, "stay": {"leave": 0.01}, "wants": {"unmet": float(np.log(2))}}
    made = run(wanting(section, behaviour=silent, members=4000, days=40))
    without = run(wanting(None, behaviour=silent, members=4000, days=40))
    assert made.daily["mean_unmet"][-1] == pytest.approx(1.0)
    late = [table.daily["left"][25:].sum() / table.daily["members"][25:].sum() for table in (made, without)]
    assert late[0] / late[1] == pytest.approx(2.0, rel=0.12)


def test_pains_known_double_first_orders():
    """Of the same people, who know the problem as well where that moves nobody.

    Somewhat less than twice as many over a month, since the keenest have soon ordered.
    """
    told, moved = (first_orders(by) for by in (0.0, float(np.log(2))))
    assert told > 40
    assert 1.4 * told < moved < 2.1 * told


def first_orders(by):
    """Of who has never bought and knows the problem."""
    story = {"kind": "story", "about": "pains", "quality": 1.0, "cost": 0}
    people = {"wants": {"recognise": 1.0, "first": by}}
    with_it = world(plan(story, members=4000, days=30, behaviour=people))
    never, first = with_it.people.buys == 0, 0
    for _ in range(30):
        known = with_it.columns["aware"].copy()
        ordered = np.unique(with_it.advance().order_persons)
        first += np.count_nonzero((known > 0)[ordered] & never[ordered])
        never[ordered] = False
    assert with_it.records().daily["aware_members"][-1] > 1000
    return first


def test_a_section_that_says_nothing_is_refused():
    with pytest.raises(ValueError, match="says nothing; give problem, pains or needs"):
        Wants()
    with pytest.raises(ValueError, match="nobody needs anything"):
        Wants(needs=dict.fromkeys(("love", "certainty", "importance", "satisfaction", "product"), 0))
