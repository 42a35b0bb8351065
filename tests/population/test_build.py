import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsim.population.build import build
from commsim.population.layout import apportion
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community, Graph, Segment

TODAY = dt.date(2026, 3, 2)
BEHAVIOUR = Behaviour()


def world(seed=1, **community):
    return build(Community(**community), BEHAVIOUR, seed, today=TODAY)


def columns(population):
    parts = {**population.traits, **{f"group_{k}": v for k, v in population.groups.items()}}
    for name in ("slot", "segment", "group", "muted", "buyer", "alive", "offsets", "neighbours"):
        parts[name] = getattr(population, name)
    return parts


def test_members_stand_group_by_group_then_outsiders():
    people = world(members=950, group_size=200, outside_per_member=0.5)
    assert (people.n_members, people.n_groups, people.n_persons) == (950, 5, 1425)
    assert np.bincount(people.group[:950]).tolist() == [190] * 5
    assert (np.diff(people.group[:950]) >= 0).all()
    assert (people.group[950:] == -1).all()


@given(st.integers(1, 900), st.integers(2, 500), st.floats(0, 3), st.integers(0, 2**40))
@settings(max_examples=25)
def test_any_size_is_laid_out_in_even_groups(members, group_size, outside, seed):
    people = world(seed, members=members, group_size=group_size, outside_per_member=outside)
    sizes = np.bincount(people.group[: people.n_members])
    assert sizes.sum() == members
    assert sizes.max() <= group_size
    assert sizes.max() - sizes.min() <= 1
    assert people.n_persons == members + round(outside * members)


def test_groups_of_sizes_of_their_own():
    people = world(groups=[180, {"name": "二群", "members": 48}, 350], members=5)
    assert np.bincount(people.group[: people.n_members]).tolist() == [180, 48, 350]
    assert people.group_names == ("", "二群", "")
    even, given = world(members=600, group_size=200), world(groups=[200, 200, 200])
    for name, column in columns(even).items():
        assert column.tobytes() == columns(given)[name].tobytes(), name


def test_same_seed_same_bytes_other_seed_other_people():
    one, same, other = (columns(world(seed)) for seed in (1, 1, 2))
    for name, column in one.items():
        assert column.tobytes() == same[name].tobytes(), name
    drawn = set(one) - {"segment", "group", "fluency"}
    assert not [name for name in drawn if one[name].tobytes() == other[name].tobytes()]


def test_persons_keep_their_traits_when_the_community_grows():
    few, many = world(members=400), world(members=4000)
    for name, column in few.traits.items():
        known = few.n_members if name == "lapse" else few.n_persons  # members may be hardened buyers
        assert (many.traits[name][:known] == column[:known]).all(), name
    assert (many.muted[: few.n_persons] == few.muted).all()


@pytest.fixture(scope="module")
def large():
    return world(members=60_000, outside_per_member=0.0, graph=Graph(kind="none"))


@pytest.mark.parametrize(
    ("trait", "mean", "bound"),
    [
        ("talk_rate", 1.0, 0.15),
        ("buy_rate", 0.25 / 7, 0.03),
        ("trial_rate", 0.006, 0.03),
        ("share", 0.5, 0.01),
        ("tolerance", 1.0, 0.02),
        ("sociability", 1.0, 0.05),
        ("fluency", 1.0, 1e-9),
        ("trust", 0.5, 0.01),
    ],
)
def test_means_of_traits(large, trait, mean, bound):
    assert large.traits[trait].dtype == np.float32
    assert large.traits[trait].mean(dtype=np.float64) == pytest.approx(mean, rel=bound)


@pytest.mark.parametrize(
    ("trait", "median"), [("elasticity", 2.8), ("half_life", 13.0), ("habit_speed", 0.045)]
)
def test_medians_of_traits(large, trait, median):
    assert np.median(large.traits[trait]) == pytest.approx(median, rel=0.02)


def test_shares_of_slots_buyers_and_muted(large):
    np.testing.assert_allclose(np.bincount(large.slot) / large.n_persons, [0.2, 0.2, 0.25, 0.35], atol=0.006)
    assert large.buyer.mean() == pytest.approx(0.8, abs=0.006)
    assert large.muted.mean() == pytest.approx(0.35, abs=0.006)


def test_a_part_of_the_buyers_has_lapsed_before_the_start(large):
    assert large.alive[large.buyer].mean() == pytest.approx(0.65, abs=0.006)
    assert large.alive[~large.buyer].all()


def test_buyers_with_a_past_lapse_more_seldom_the_more_they_bought(large):
    """Beta(.6, 3) before any order; after x orders survived its mean is .6 / (3.6 + x)."""
    lapse, past = large.traits["lapse"], large.traits["buy_rate"] * 52 * 7
    assert lapse[~large.buyer].mean() == pytest.approx(0.6 / 3.6, rel=0.03)
    for low, high in ((0.5, 1.5), (5, 10), (30, 60)):
        some = large.buyer & (past > low) & (past < high)
        assert lapse[some].mean() == pytest.approx((0.6 / (3.6 + past[some])).mean(), rel=0.06)


def test_segments_have_their_shares_and_factors():
    segments = (
        Segment(name="young", share=3),
        Segment(name="old", share=1, orders_per_week=1.0, fluency=0.5),
    )
    people = world(members=20_000, segments=segments, graph=Graph(kind="none"))
    old = people.segment == 1
    assert old.mean() == pytest.approx(0.25, abs=0.01)
    assert set(people.traits["fluency"][old]) == {0.5}
    assert people.traits["buy_rate"][old].mean() / people.traits["buy_rate"][~old].mean() == pytest.approx(
        4, rel=0.1
    )


def test_groups_of_one_segment_each():
    segments = (Segment(name="a", share=0.55), Segment(name="b", share=0.45))
    people = world(members=1000, group_size=100, by_segment=True, segments=segments)
    held = [set(people.segment[people.group == g]) for g in range(people.n_groups)]
    assert [len(kinds) for kinds in held] == [1] * 11
    assert np.bincount(people.segment[: people.n_members]).tolist() == [550, 450]


@given(st.integers(1, 10_000), st.lists(st.floats(0.01, 10), min_size=1, max_size=6))
def test_apportioned_segments_add_up(members, shares):
    sizes = apportion(members, tuple(Segment(name=str(i), share=s) for i, s in enumerate(shares)))
    exact = np.array(shares) / sum(shares) * members
    assert sum(sizes) == members
    assert np.abs(np.array(sizes) - exact).max() < 1


def test_task_groups_are_short_lived():
    usual, task = world(task_groups=0.0), world(task_groups=1.0)
    assert (task.groups["half_life"] == 1.0).all()
    np.testing.assert_allclose(task.groups["bond"], usual.groups["bond"] * 0.3, rtol=1e-6)
