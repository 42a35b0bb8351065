"""Scenario discovery: planted boxes are found, noise is not told of, and criteria are what they say."""

import numpy as np
import pytest

from commsim.analysis.discovery import boxes, prim
from commsim.analysis.discovery.boxes import find_boxes
from commsim.analysis.discovery.prim import Data, Limits, find_box, inside, measures, peel, quasi_p
from commsim.analysis.discovery.robustness import criteria
from commsim.analysis.discovery.scores import scores, strongest_pair
from commsim.core.luck import key, salt, uniforms


def drawn(name, cases, settings):
    luck = uniforms(key(7, 0, 0, salt(name)), np.arange(cases * settings))
    return luck.reshape(cases, settings)


def ordered(values):
    return Data(values, (True,) * values.shape[1])


def test_a_planted_box_is_found_within_a_peel():
    values = drawn("planted", 400, 6)
    wanted = (values[:, 1] > 0.6) & (values[:, 4] < 0.5)
    box = find_box(ordered(values), wanted, 3)
    assert [limits.setting for limits in box] == [1, 4]
    assert box[0].low == pytest.approx(0.6, abs=0.02)
    assert box[0].high == np.inf
    assert box[1].high == pytest.approx(0.5, abs=0.02)
    found = measures(inside(ordered(values), box), wanted)
    assert found.coverage > 0.95
    assert found.density > 0.95


def test_a_limit_on_both_sides_and_a_choice_are_found():
    values = drawn("sides", 400, 4)
    values[:, 2] = np.floor(values[:, 2] * 3)
    wanted = (values[:, 0] > 0.3) & (values[:, 0] < 0.7) & (values[:, 2] == 1)
    box = find_box(Data(values, (True, True, False, True)), wanted, 3)
    assert [limits.setting for limits in box] == [0, 2]
    assert (box[0].low, box[0].high) == (pytest.approx(0.3, abs=0.03), pytest.approx(0.7, abs=0.03))
    assert box[1].kept == frozenset([1.0])


def test_a_peel_is_judged_by_what_it_raises_for_each_case_that_it_takes():
    """Leaving out half raises density eight times as much as a twentieth does, and by each case less."""
    values = np.column_stack([np.arange(200) / 200, np.arange(200) % 2])
    wanted = (values[:, 0] >= 0.05) & (np.arange(200) // 2 % 20 < np.where(values[:, 1] == 1, 11, 5))
    path = peel(Data(values, (True, False)), wanted, [0, 1])
    assert path[1].box == (Limits(0, low=0.05),)


def test_a_box_limits_as_many_settings_as_it_may():
    values = drawn("many", 600, 5)
    wanted = (values[:, :3] > 0.4).all(axis=1)
    assert len(find_box(ordered(values), wanted, 2)) == 2
    assert len(find_box(ordered(values), wanted, 3)) == 3


def test_whole_numbers_are_peeled_value_by_value():
    values = np.floor(drawn("whole", 200, 2) * 4)
    wanted = values[:, 0] >= 2
    for before, after in zip(path := peel(ordered(values), wanted, [0, 1]), path[1:], strict=False):
        assert after.cases < before.cases
        assert after.cases == np.count_nonzero(inside(ordered(values), after.box))
        assert after.wanted == np.count_nonzero(inside(ordered(values), after.box) & wanted)
    assert find_box(ordered(values), wanted, 3) == (Limits(0, low=2.0),)


def test_the_quasi_p_value_is_binomial():
    values = np.arange(20.0)[:, None]
    wanted = np.arange(20) >= 15
    limits = Limits(0, low=15.0)
    assert quasi_p(ordered(values), wanted, (limits,), limits) == pytest.approx(0.25**5)


def test_measures_are_shares():
    within = np.array([True, True, True, False, False])
    wanted = np.array([True, True, False, True, False])
    found = measures(within, wanted)
    assert (found.coverage, found.density, found.support) == pytest.approx((2 / 3, 2 / 3, 3 / 5))
    assert found.gain == pytest.approx(2 / 3 - 1 / 2)
    assert measures(np.full(5, True), wanted).gain == pytest.approx(0.0)


def test_of_a_planted_box_all_is_told(monkeypatch):
    monkeypatch.setattr(boxes, "SHUFFLES", 19)
    monkeypatch.setattr(boxes, "HALVES", 4)
    monkeypatch.setattr(boxes, "MOST_BOXES", 1)
    values = drawn("tested", 200, 3)
    wanted = (values[:, 1] > 0.6) ^ (drawn("noise", 200, 1)[:, 0] < 0.1)
    first, *others = find_boxes(ordered(values), wanted, 3, 1)
    assert first.passes
    assert first.chance == pytest.approx(1 / 20)
    assert [limits.setting for limits in first.box] == [1]
    assert first.again[0] > 0.9
    assert 0.6 < first.elsewhere.density <= 1.0
    assert first.elsewhere.coverage < first.measures.coverage + 0.1
    assert not others


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_there_is_one_kind_of_cases_there_is_no_box(share):
    values = drawn("one kind", 100, 3)
    assert find_boxes(ordered(values), np.full(100, bool(share)), 3, 1) == ()


@pytest.mark.slow
def test_in_noise_hardly_any_box_passes():
    passed = 0
    for sweep in range(24):
        values, luck = drawn(f"null {sweep}", 200, 8), drawn(f"luck {sweep}", 200, 1)[:, 0]
        found = find_boxes(ordered(values), luck < 0.3, 3, sweep)
        passed += any(box.passes for box in found)
    assert passed <= 4  # 24 x 5 % are 1.2; 5 and more come once in 170 times


def test_scores_are_shares_of_variance_and_know_luck():
    values = drawn("scores", 800, 5)
    margin = values[:, 2] + 0.3 * values[:, 0]
    found = scores(ordered(values), margin, 3)
    assert [one.setting for one in found[:2]] == [2, 0]
    assert found[0].share == pytest.approx(1 / 1.09, abs=0.04)
    assert found[1].share == pytest.approx(0.09 / 1.09, abs=0.04)
    assert [one.is_sure for one in found] == [True, True, False, False, False]
    assert np.all(np.diff(found[0].means) > 0)
    noise = scores(ordered(values), drawn("nothing", 800, 1)[:, 0], 3)
    assert not any(one.is_sure for one in noise)


def test_what_two_do_only_together_is_found():
    values = drawn("pair", 600, 5)
    margin = (values[:, 1] - 0.5) * (values[:, 3] - 0.5)
    found = strongest_pair(ordered(values), margin, 3)
    assert found.settings == (1, 3)
    assert found.is_sure
    assert found.share > 0.5
    assert found.means[0, 0] > found.means[0, -1]
    noise = strongest_pair(ordered(values), drawn("nothing", 600, 1)[:, 0], 3)
    assert not noise.is_sure


def test_criteria_are_those_of_the_field():
    values = np.array([[4.0, 4.0, 4.0, 4.0], [9.0, 9.0, 0.0, 1.0], [5.0, 3.0, 3.0, 3.0]])
    found = {one.name: one for one in criteria(values, 3.5, 0)}
    assert found["laplace"].values == pytest.approx([4.0, 4.75, 3.5])
    assert found["hurwicz"].values == pytest.approx([4.0, 4.5, 4.0])
    assert found["maximin"].values == pytest.approx([4.0, 0.0, 3.0])
    assert found["regret"].values == pytest.approx([5.0, 4.0, 6.0])
    assert found["satisficing"].values == pytest.approx([1.0, 0.5, 0.25])
    assert {name: one.best for name, one in found.items()} == {
        "laplace": 1,
        "hurwicz": 1,
        "maximin": 0,
        "regret": 1,
        "regret_90": 1,
        "satisficing": 0,
    }
    assert found["maximin"].firm > 0.9
    assert 0.3 < found["laplace"].firm < 1.0


def test_equals_are_not_chosen_between():
    same = criteria(np.ones((2, 5)), 0.0, 0)
    assert all(one.best is None for one in same)


def test_peeling_leaves_a_box_of_ten_cases():
    values = drawn("least", 60, 2)
    assert min(step.cases for step in peel(ordered(values), values[:, 0] > 0.9, [0, 1])) >= prim.FEWEST
