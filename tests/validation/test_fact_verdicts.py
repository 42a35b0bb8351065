"""Bands, medians with limits from ranks, verdicts, and the list of facts."""

from dataclasses import replace
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest

from commsim.analysis.intervals import Interval
from commsim.core.errors import InputError
from commsim.report.validation.tables import starred
from commsim.scenario.load import load
from commsim.validation.facts.effort import QUICK, Effort
from commsim.validation.facts.fact import Statistic
from commsim.validation.facts.plans import sized, stopped
from commsim.validation.facts.registry import FACTS, OMITTED, find
from commsim.validation.facts.validate import Validation, run_count, validate
from commsim.validation.facts.verdict import Finding, judge, median_interval

BAND, RISES = Statistic("a band", 0.5, 0.8), Statistic("a direction", low=0.0)


@pytest.mark.parametrize(
    ("limits", "statistic", "verdict"),
    [
        ((0.5, 0.8), BAND, "holds"),
        ((0.4, 0.6), BAND, "undecided"),
        ((0.4, 0.9), BAND, "undecided"),
        ((0.1, 0.4), BAND, "fails"),
        ((0.81, 0.9), BAND, "fails"),
        ((0.4, 0.5), BAND, "undecided"),
        ((0.1, 0.2), RISES, "holds"),
        ((-0.1, 0.2), RISES, "undecided"),
        ((0.0, 0.0), RISES, "fails"),
        ((nan, nan), BAND, "undecided"),
    ],
)
def test_an_interval_holds_fails_or_leaves_it_open(limits, statistic, verdict):
    assert judge(Interval(sum(limits) / 2, *limits), statistic) == verdict


def test_the_limits_of_a_median_are_ranks_that_cover_it():
    """Twenty values: the sixth and the fifteenth (Conover, table of the sign test)."""
    found = median_interval(np.arange(20.0)[::-1])
    assert (found.mean, found.low, found.high) == (9.5, 5.0, 14.0)


def test_the_limits_cover_the_median_as_often_as_they_say():
    rng = np.random.default_rng(0)
    intervals = [median_interval(rng.exponential(size=12)) for _ in range(2000)]
    covered = np.mean([i.low <= np.log(2.0) <= i.high for i in intervals])
    assert 0.95 <= covered <= 0.985  # ranks can't be met exactly: 96.1 %


def test_worlds_that_tell_nothing_are_left_out():
    found = median_interval(np.array([1.0, nan, 3.0]))
    assert (found.mean, found.low, found.high) == (2.0, 1.0, 3.0)
    assert np.isnan(median_interval(np.array([nan, nan])).mean)


def test_a_fact_is_as_good_as_its_worst_reading_and_gates_fail():
    gate = next(fact for fact in FACTS if fact.gate == "gate" and len(fact.statistics) == 1)
    bad, good = (
        replace(gate, statistics=(Statistic("", 2, 3),)),
        replace(gate, statistics=(Statistic("", 0, 1),)),
    )
    values = np.full((1, 8), 0.5)
    found = Validation("x", QUICK, 0, (Finding(bad, values), Finding(good, values)), ())
    assert [finding.verdict for finding in found.findings] == ["fails", "holds"]
    assert found.failed_gates == (gate.id,)
    warned = Finding(replace(bad, gate="warn"), values)
    assert Validation("x", QUICK, 0, (warned,), ()).failed_gates == ()


def test_every_fact_can_fail_and_says_where_it_comes_from():
    ids = [fact.id for fact in FACTS] + [fact.id for fact in OMITTED]
    assert len(set(ids)) == len(ids) == 65
    for fact in FACTS:
        assert fact.claim
        assert fact.source
        assert all(statistic.low > -inf or statistic.high < inf for statistic in fact.statistics)
        assert all(len(statistic.label) <= 48 for statistic in fact.statistics)


def test_the_page_says_on_what_each_fact_is_measured():
    page = (Path(__file__).parents[2] / "docs/validation.md").read_text(encoding="utf-8")
    facts: dict[str, list[str]] = {}
    for fact in FACTS:
        facts.setdefault(fact.setup.about, []).append(starred(fact))
    for about, ids in facts.items():
        assert f"| {', '.join(ids)} | {about} |" in page


def test_settings_of_one_name_are_one_setting():
    assert len({fact.setup.name for fact in FACTS}) == len({fact.setup for fact in FACTS})


def test_all_plans_of_all_settings_can_be_made_from_shipped_scenarios():
    for name in ("unmanaged-group", "beauty-welfare-group"):
        base = sized(load(name), 2)
        plans = [plan for fact in FACTS for plan in fact.setup.plans(base).values()]
        assert len(plans) > 30
        assert all(plan.behaviour == base.behaviour or plan.products == base.products for plan in plans)


def test_a_plan_that_is_given_up_ends_everywhere():
    plan = stopped(load("flash-sale"), 30, 180)
    assert (plan.days, [s.ends for s in plan.strategies]) == (180, [29])


@pytest.mark.slow
def test_facts_that_make_no_sense_for_a_community_are_left_out_with_a_reason():
    base = load("active-group")
    lonely = base.model_copy(
        update={
            "community": base.community.model_copy(
                update={"graph": base.community.graph.model_copy(update={"kind": "none"}), "group_size": 50}
            )
        }
    )
    effort = Effort(worlds=6, groups=2)
    found = validate(lonely, facts=["F3", "F26", "F40", "F37"], effort=effort, workers=1)
    assert [finding.fact.id for finding in found.findings] == ["F37"]
    assert [fact.id for fact in found.left_out] == ["F3", "F26", "F40"]
    assert all(fact.reason for fact in found.left_out)
    assert run_count(lonely, ["F3", "F37"], effort) == 6


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing():
    effort = Effort(worlds=6, groups=2)
    one, two = (validate(facts=["F23", "F37"], effort=effort, workers=n) for n in (1, 2))
    for a, b in zip(one.findings, two.findings, strict=True):
        np.testing.assert_array_equal(a.values, b.values)


@pytest.mark.parametrize("name", ["F99", "", "f25b"])
def test_unknown_and_omitted_facts_are_refused(name):
    with pytest.raises(InputError):
        find(name)


def test_too_few_worlds_are_refused():
    with pytest.raises(InputError, match="5 worlds give no interval"):
        validate(effort=Effort(worlds=5, groups=2))
