"""Comparisons on an engine whose truth is known."""

import numpy as np
import pytest
from fake_engine import install

from commsim.analysis.compare import Precision, compare, world_counts
from commsim.analysis.study import labels
from commsim.core.errors import InputError
from commsim.core.measures import DECIDING, NAMES
from commsim.experiments.worlds import world_seed
from commsim.scenario.schema import Product, Scenario

PRODUCT = Product(name="coffee", price=30, unit_cost=15)


def plan(name: str, **settings) -> Scenario:
    return Scenario(name=name, products=(PRODUCT,), **{"days": 14, **settings})


def test_a_clear_winner_needs_the_first_worlds_only(monkeypatch):
    install(monkeypatch, {"low": 1_000_000, "high": 1_200_000}, noise=1000.0)
    found = compare([plan("low"), plan("high")], workers=1)
    behind = found.differences["profit"][0]
    assert (found.best, found.worlds, found.precise) == (1, 20, True)
    assert behind.low < -2000.0 < behind.high
    assert behind.half_width < 10.0
    assert found.shares_best.tolist() == [0.0, 1.0]


def test_the_others_are_drawn_behind_the_best(monkeypatch, tmp_path):
    install(monkeypatch, {"low": 1_000_000, "high": 1_200_000}, noise=1000.0)
    found = compare([plan("low"), plan("high")], worlds=4, workers=1, baseline=False, days=(14,), points=0)
    axes = found.plot().axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["low"]
    assert [file.name for file in found.plot(tmp_path / "apart.svg")] == ["apart.svg"]


def test_worlds_are_added_until_the_interval_is_narrow(monkeypatch):
    install(monkeypatch, {"a": 1_000_000, "bb": 1_000_100}, noise=50_000.0)
    found = compare([plan("a"), plan("bb")], precision=100.0, workers=1)
    assert found.precise
    assert 150 < found.worlds < 300  # (1.97 * 500 * sqrt(2) / 100)^2 = 194 worlds at that spread
    assert found.half_width <= 100.0 == found.target
    assert found.worlds in world_counts(400)


def test_unmet_precision_is_admitted(monkeypatch):
    install(monkeypatch, {"a": 1_000_000, "bb": 1_000_100}, noise=50_000.0)
    found = compare([plan("a"), plan("bb")], precision=1.0, max_worlds=30, workers=1)
    assert (found.worlds, found.precise) == (30, False)


def test_a_given_number_of_worlds_is_kept_exactly(monkeypatch):
    asked = install(monkeypatch, {"a": 1_000_000, "bb": 1_000_100}, noise=50_000.0)
    found = compare([plan("a"), plan("bb")], worlds=33, workers=1, seed=5, points=0)
    assert found.seeds == tuple(world_seed(5, world) for world in range(33))
    assert asked == [seed for seed in found.seeds for _ in range(2)]
    assert found.target is None
    assert found.precise


def test_worlds_do_not_depend_on_how_many_there_are(monkeypatch):
    install(monkeypatch, {"a": 1_000_000, "bb": 1_000_100}, noise=50_000.0)
    few, many = (compare([plan("a"), plan("bb")], worlds=n, workers=1) for n in (10, 40))
    np.testing.assert_array_equal(few.values, many.values[:, :10])
    assert len(set(many.seeds)) == 40


def test_seeds_stay_what_they_are_and_fit_into_json():
    assert world_seed(0, 0) == 740717643358208
    assert all(0 <= world_seed(2**63 - 1, world) < 2**53 for world in range(100))
    assert world_seed(0, 1) != world_seed(1, 0)


def test_relative_precision_is_of_the_largest_mean():
    assert Precision(share=0.01).target(np.array([[-500.0, -300.0], [100.0, 200.0]])) == 4.0
    assert Precision(half_width=7.0).target(np.array([[1.0, 2.0]])) == 7.0


def test_looks_grow_by_half_to_the_most_allowed():
    assert world_counts(100) == [20, 30, 45, 67, 100]
    assert world_counts(7) == [7]


def test_outcomes_are_those_of_the_records(monkeypatch):
    install(monkeypatch, {"a": 1_000_000, "bb": 1_000_100}, luck=0.0)
    found = compare([plan("a"), plan("bb")], worlds=2, workers=1)
    mean = {name: found.of(name)[0, 0] for name in NAMES}
    assert mean["profit"] == 10_000.0
    assert mean["profit_before_staff"] == mean["revenue"] == 10_010.0
    assert mean["cost_staff"] == 10.0
    assert mean["profit_per_member"] == pytest.approx(10_000 / 105)
    assert (mean["members"], mean["active"], mean["messages"], mean["left"]) == (100, 0.25, 3.0, 5)
    assert found.paths[0].shape == (14, 6)
    assert found.paths[0][:, -1].tolist() == [0.0] * 13 + [10_000.0]
    frame = found.frame()
    assert list(frame) == ["plan", "world", "seed", *NAMES, "spent"]
    assert frame["plan"].tolist() == ["a", "a", "bb", "bb"]


def test_members_may_decide_instead_of_profit(monkeypatch):
    install(monkeypatch, {"a": 1_000_000, "bb": 1_200_000})
    found = compare([plan("a"), plan("bb")], worlds=3, metric="members", workers=1)
    assert found.shares_best.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("plans", "options", "message"),
    [
        (0, {}, "nothing to compare"),
        (1, {}, "the plan does nothing"),
        (1, {"baseline": False}, "no rival"),
        (2, {"worlds": 1}, "two worlds"),
        (2, {"worlds": 0}, "two worlds"),
        (2, {"max_worlds": 1}, "two worlds"),
        (2, {"metric": "muted"}, f"ranked by 'muted'; choose one of: {DECIDING[0]}"),
    ],
)
def test_bad_questions_are_refused(plans, options, message):
    with pytest.raises(InputError, match=message):
        compare([plan("a"), plan("bb")][:plans], **options)


def test_names_are_made_unique():
    assert labels(["a", "b", "a", "a"]) == ("a", "b", "a (2)", "a (3)")


def test_what_is_not_only_a_plan_is_warned_of(monkeypatch):
    install(monkeypatch, {"a": 1_000_000, "bb": 1_000_100})
    dear = (Product(name="coffee", price=40, unit_cost=15),)
    others = [
        plan("bb", days=21),
        plan("bb", community={"members": 900}),
        plan("bb", behaviour={"look": {"muted": 0.3}}),
        Scenario(name="bb", days=14, products=dear),
    ]
    words = ["different numbers of days", "communities differ", "behaviour differs", "products differ"]
    for other, word in zip(others, words, strict=True):
        (warning,) = compare([plan("a"), other], worlds=2, workers=1).warnings
        assert word in warning
    same = compare([plan("a"), plan("bb")], worlds=2, workers=1).warnings
    assert same == ("a and bb are one and the same plan.",)


@pytest.mark.slow
def test_fixed_width_stopping_keeps_its_confidence(monkeypatch):
    """The truth (a difference of 1 yuan) lies in about 95 % of intervals that stopped by themselves."""
    install(monkeypatch, {"a": 1_000_000, "bb": 1_000_100}, noise=10_000.0)
    monkeypatch.setattr("commsim.analysis.study.path", lambda records: np.zeros((14, 6)))
    covered = 0
    for seed in range(60):
        alone = {"baseline": False, "days": (60,), "points": 0}
        found = compare([plan("a"), plan("bb")], precision=50.0, seed=seed, workers=1, **alone)
        behind = found.differences["profit"][1 - found.best]
        covered += behind.low <= (-1.0 if found.best == 1 else 1.0) <= behind.high
    assert covered >= 53
