"""Sensitivity against truths that can be written down."""

import itertools
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from commsim.analysis.sensitivity import Sensitivity, sensitivity
from commsim.core.errors import InputError
from commsim.experiments.design import load_design

THREE = """
name: three
scenario: active-group
uncertainties:
  a: {path: behaviour.look.muted, low: 0, high: 1}
  b: {path: behaviour.look.ceiling, low: 0, high: 1}
  c: {path: behaviour.look.envelope, low: 0, high: 1}
"""
PLANS = THREE.replace("scenario: active-group", "scenarios: [dead-group, active-group, content]")
Outcome = Callable[[dict[str, float], int], float]


def explained(
    folder: Path, text: str, outcome: Outcome, lost: frozenset[tuple[int, int]] = frozenset()
) -> Sensitivity:
    """The sensitivity of a sweep whose runs gave ``outcome(values, repetition)``; some runs are lost."""
    file = folder / "design.yaml"
    file.write_text(text)
    design = load_design(file)
    runs = [
        (point.number, repetition, outcome(point.values, repetition))
        for point, repetition in itertools.product(design.points(), range(design.repetitions))
        if (point.number, repetition) not in lost
    ]
    frame = pd.DataFrame(runs, columns=["point", "repetition", "profit"])
    return sensitivity(
        SimpleNamespace(
            folder="sweep", manifest={"outcomes": ["profit"]}, design=design.resolved(), runs=frame
        )
    )


def measures(found: Sensitivity, name: str, analysis: int = 0) -> dict[str, float]:
    return {one.name: one.measures[name].mean for one in found.analyses[analysis].influences}


def ishigami(values: dict[str, float], repetition: int) -> float:
    a, b, c = (np.pi * (2 * values[name] - 1) for name in "abc")
    return float(np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a))


def linear(values: dict[str, float], repetition: int) -> float:
    return 3 * values["a"] - 2 * values["b"] + 0.5 * values["c"]


def test_sobol_indices_of_the_ishigami_function(tmp_path: Path) -> None:
    found = explained(tmp_path, THREE + "sampling: {uncertainties: {method: sobol, samples: 1024}}", ishigami)
    assert measures(found, "total") == pytest.approx({"a": 0.5576, "b": 0.4424, "c": 0.2437}, abs=0.03)
    assert measures(found, "first") == pytest.approx({"a": 0.3139, "b": 0.4424, "c": 0.0}, abs=0.03)
    truth = {"a": 0.5576, "b": 0.4424, "c": 0.2437}
    for one in found.analyses[0].influences:
        assert one.measures["total"].low < truth[one.name] < one.measures["total"].high
    assert [one.name for one in found.analyses[0].influences] == ["a", "b", "c"]


def test_morris_of_a_linear_function(tmp_path: Path) -> None:
    found = explained(tmp_path, THREE + "sampling: {uncertainties: {method: morris, samples: 4}}", linear)
    assert measures(found, "mu_star") == pytest.approx({"a": 3, "b": 2, "c": 0.5})
    assert measures(found, "mu") == pytest.approx({"a": 3, "b": -2, "c": 0.5})
    assert measures(found, "sigma") == pytest.approx({"a": 0, "b": 0, "c": 0}, abs=1e-9)


def test_rank_correlations_of_a_linear_function(tmp_path: Path) -> None:
    text = THREE + "sampling: {uncertainties: {method: latin_hypercube, samples: 200}}"
    found = explained(tmp_path, text, linear)
    of = {one.name: one.measures["rank_correlation"] for one in found.analyses[0].influences}
    weights = np.array([3, -2, 0.5]) / np.sqrt(9 + 4 + 0.25)  # Pearson's; ranks are close to it
    assert [of[name].mean for name in "abc"] == pytest.approx(weights, abs=0.12)
    assert of["a"].excludes_zero
    assert of["b"].high < 0
    assert all(one.low <= one.mean <= one.high for one in of.values())


def test_ranks_see_any_monotone_effect_whole(tmp_path: Path) -> None:
    text = THREE + "sampling: {uncertainties: {method: latin_hypercube, samples: 50}}"
    found = explained(tmp_path, text, lambda values, _: -np.exp(20 * values["b"]))
    assert measures(found, "rank_correlation")["b"] == pytest.approx(-1)
    assert found.analyses[0].influences[0].name == "b"


GRID = """
name: grid
scenario: active-group
levers:
  total: {path: strategies.red_envelope.total, values: [1, 2, 3, 4, 5]}
  day: {path: strategies.red_envelope.weekdays, values: {mon: [mon], tue: [tue]}}
repetitions: 4
"""


def test_a_grid_shares_out_the_variance(tmp_path: Path) -> None:
    """A hump over one lever and a step over the other: variances 2.8 and 4, no interaction."""
    found = explained(
        tmp_path, GRID, lambda v, r: 10 - (v["total"] - 3) ** 2 + 4 * (v["day"] == "mon") + 100 * r
    )
    assert measures(found, "first") == pytest.approx({"day": 4 / 6.8, "total": 2.8 / 6.8})
    assert measures(found, "rank_correlation")["total"] == pytest.approx(0, abs=1e-9)
    assert found.policies is not None
    assert found.policies.labels[0] == "total = 3, day = mon"
    assert found.policies.behind is not None
    assert [one.mean for one in found.policies.behind[:3]] == [0, -1, -1]
    assert found.policies.shares_best[0] == 1
    assert found.policies.regrets[:2].tolist() == [0, 1]


def test_intervals_of_a_grid_come_from_its_worlds(tmp_path: Path) -> None:
    noisy = explained(
        tmp_path, GRID, lambda v, r: v["total"] * (1 if r % 2 else -1) + 2 * (v["day"] == "mon") * r
    )
    calm = explained(tmp_path, GRID, lambda v, r: v["total"] + r)
    interval = {one.name: one.measures["rank_correlation"] for one in noisy.analyses[0].influences}["total"]
    assert interval.low < 0 < interval.high
    assert calm.analyses[0].influences[0].measures["rank_correlation"].low == pytest.approx(1)


def test_swings_start_from_the_scenario(tmp_path: Path) -> None:
    text = GRID + "sampling: {levers: one_at_a_time}"
    found = explained(tmp_path, text, lambda v, r: -abs(v["total"] - 10) + 3 * (v["day"] == "tue"))
    assert measures(found, "swing") == {"total": 9, "day": 3}
    assert measures(found, "highest") == {"total": 0, "day": 3}
    assert measures(found, "lowest") == {"total": -9, "day": 0}
    assert found.policies is None


def advantage(values: dict[str, float], repetition: int) -> float:
    """All plans earn by ``a``; the active group leads by what ``b`` gives it, content is always behind."""
    extra = {"dead-group": 0.0, "active-group": 2 * values["b"] - 0.5, "content": -9.0}
    return 50 * values["a"] + extra[values["scenario"]]


def test_levers_across_uncertain_worlds(tmp_path: Path) -> None:
    text = PLANS + "sampling: {uncertainties: {method: latin_hypercube, samples: 80}}"
    found = explained(tmp_path, text, advantage)
    assert found.policies is not None
    assert found.policies.labels == ("active-group", "dead-group", "content")
    assert found.policies.worlds == 80
    assert found.policies.shares_best.tolist() == pytest.approx([0.75, 0.25, 0])
    assert found.policies.regrets.tolist() == pytest.approx([0.0625, 0.5625, 9.5625], abs=0.01)
    assert [one.about for one in found.analyses] == [
        "profit with active-group",
        "the lead of active-group over dead-group in profit",
    ]
    assert [analysis.influences[0].name for analysis in found.analyses] == ["a", "b"]
    assert measures(found, "rank_correlation", 1)["b"] == pytest.approx(1)


def test_sobol_worlds_crossed_with_plans(tmp_path: Path) -> None:
    text = PLANS + "sampling: {uncertainties: {method: sobol, samples: 64}}"
    found = explained(tmp_path, text, advantage)
    assert measures(found, "total", 1) == pytest.approx({"a": 0, "b": 1, "c": 0}, abs=0.05)
    assert found.policies is not None
    assert found.policies.worlds == 2 * 64  # the rows between share values with these


def test_morris_worlds_crossed_with_plans(tmp_path: Path) -> None:
    text = PLANS + "sampling: {uncertainties: {method: morris, samples: 8}}"
    found = explained(tmp_path, text, advantage)
    assert measures(found, "mu_star", 1) == pytest.approx({"a": 0, "b": 2, "c": 0}, abs=1e-9)
    assert found.policies is not None
    assert found.policies.worlds == 8


def test_a_choice_without_effect_can_not_be_told_from_none(tmp_path: Path) -> None:
    text = THREE + "  rule: {path: strategies.red_envelope.preset, values: [social, commercial]}\n"
    text += "seed: 1\nsampling: {uncertainties: {method: latin_hypercube, samples: 100}}"
    found = explained(tmp_path, text, linear)
    rule = next(one for one in found.analyses[0].influences if one.name == "rule").measures[
        "rank_correlation"
    ]
    assert 0 <= rule.mean < 0.2
    assert rule.low == 0
    other = explained(tmp_path, text, lambda v, r: linear(v, r) + 9 * (v["rule"] == "social"))
    assert other.analyses[0].influences[0].measures["rank_correlation"].low > 0.5


def test_a_parameter_counts_where_it_is_set(tmp_path: Path) -> None:
    text = (
        PLANS + "  posts: {path: strategies.advert.posts, low: 1, high: 20, when: scenario == 'dead-group'}\n"
    )
    text += "sampling: {uncertainties: {method: latin_hypercube, samples: 40}}"
    found = explained(tmp_path, text, lambda v, r: v.get("posts", 0) + (v["scenario"] == "content") * 5)
    assert found.policies is not None
    assert found.policies.labels[:2] == ("dead-group", "content")
    assert measures(found, "rank_correlation")["posts"] == pytest.approx(1)
    other = explained(tmp_path, text, lambda v, r: v["a"] + (v["scenario"] == "content") * 5)
    assert measures(other, "rank_correlation")["posts"] == 0


def test_what_never_varies_is_moved_by_nothing(tmp_path: Path) -> None:
    for method in ("sobol", "morris", "latin_hypercube"):
        text = THREE + f"sampling: {{uncertainties: {{method: {method}, samples: 8}}}}"
        found = explained(tmp_path, text, lambda v, r: 7.0)
        assert {one.strength for one in found.analyses[0].influences} == {0.0}


def test_repetitions_that_are_not_complete_are_left_out(tmp_path: Path) -> None:
    lost = frozenset((point, 3) for point in range(4))
    found = explained(tmp_path, GRID, lambda v, r: v["total"] + (1000 if r == 3 else 0), lost)
    assert found.repetitions == 3
    assert found.notes == ("1 of 4 repetitions are not complete and left out.",)
    assert found.policies is not None
    assert found.policies.values.max() == 5


def test_points_without_any_result_are_left_out(tmp_path: Path) -> None:
    lost = frozenset((9, repetition) for repetition in range(4))
    found = explained(tmp_path, GRID, lambda v, r: v["total"], lost)
    assert found.notes == ("1 of 10 points have no result and are left out.",)
    assert found.policies is not None
    assert len(found.policies.labels) == 9


def test_uncertain_worlds_with_gaps_are_left_out(tmp_path: Path) -> None:
    text = PLANS + "sampling: {uncertainties: {method: latin_hypercube, samples: 20}}"
    found = explained(tmp_path, text, advantage, frozenset({(4, 0), (5, 0), (59, 0)}))
    assert found.notes == ("2 of 20 uncertain worlds have gaps and are left out.",)
    assert found.policies is not None
    assert found.policies.worlds == 18
    with pytest.raises(InputError, match="too few results"):
        explained(tmp_path, text, advantage, frozenset((point, 0) for point in range(6, 60)))


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_indices_need_every_point(tmp_path: Path, method: str) -> None:
    text = THREE + f"sampling: {{uncertainties: {{method: {method}, samples: 8}}}}"
    with pytest.raises(InputError, match="need every point, and 1 of"):
        explained(tmp_path, text, linear, frozenset({(3, 0)}))


def test_an_outcome_that_was_not_kept(tmp_path: Path) -> None:
    results = SimpleNamespace(manifest={"outcomes": ["profit"]})
    with pytest.raises(InputError, match="no outcome 'proft'; it has: profit"):
        sensitivity(results, "proft")
