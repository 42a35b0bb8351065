"""Calibration on groups made with a known truth: coverage, refusals, what is kept and gone on with."""

from dataclasses import replace

import numpy as np
import pytest

from commsim.analysis.calibration.calibrate import calibrate
from commsim.analysis.calibration.fit import conformal, fitted, ridge
from commsim.analysis.calibration.neighbours import neighbours, within
from commsim.analysis.calibration.odd import judge
from commsim.analysis.calibration.own_groups import own_groups
from commsim.analysis.calibration.summaries import summaries
from commsim.core.errors import InputError
from commsim.records.observed import Observed
from commsim.scenario.schema import Scenario
from commsim.simulation.observing import observe

RUNS, SUMMARIES, UNKNOWNS = 4000, 12, 4


def made_up(runs=RUNS, seed=3):
    """Simulations of a law in closed form: two unknowns that summaries tell, one badly, one not at all."""
    luck = np.random.default_rng(seed)
    positions = luck.uniform(size=(runs, UNKNOWNS))
    told = positions * [1.0, 1.0, 0.15, 0.0]
    rows = told @ luck.normal(size=(UNKNOWNS, SUMMARIES)) + 0.1 * luck.normal(size=(runs, SUMMARIES))
    return rows, positions


def test_ridge_is_the_closed_form_at_the_penalty_that_it_chose():
    luck = np.random.default_rng(0)
    features, targets = luck.normal(size=(200, 30)), luck.normal(size=(200, 1))
    features -= features.mean(axis=0)
    targets -= targets.mean(axis=0)
    found = ridge(features, targets)

    def plain(penalty):
        inner = np.linalg.inv(features.T @ features + penalty * np.eye(30))
        hat = features @ inner @ features.T
        rest = ((targets - hat @ targets) ** 2).sum()
        return rest / (199.0 - np.trace(hat)) ** 2, inner @ features.T @ targets

    best = min((plain(penalty) for penalty in np.logspace(-1, 7, 49)), key=lambda one: one[0])
    np.testing.assert_allclose(found, best[1], atol=1e-8)


def test_a_conformal_width_is_the_order_statistic():
    errors = np.arange(1.0, 100.0)[:, None]
    assert conformal(errors, 0.9)[0] == 90.0  # of 99: the 90th
    assert conformal(errors[:5], 0.9)[0] == 5.0  # too few to promise: the largest


def test_intervals_hold_as_often_as_stated_and_are_wide_where_nothing_is_told():
    rows, positions = made_up(RUNS + 1000)
    fit = fitted(rows[:RUNS], positions[:RUNS])
    held = np.abs(fit(rows[RUNS:]) - positions[RUNS:]) <= fit.width
    assert np.all(np.abs(held.mean(axis=0) - 0.9) < 0.06)
    assert fit.width[0] < 0.35 < 0.4 < fit.width[3]
    assert fit.explained[0] > 0.7
    assert fit.explained[3] < 0.05


def test_draws_are_near_the_truth_together_and_spread_where_nothing_is_told():
    rows, positions = made_up()
    fit = fitted(rows[:-1], positions[:-1])
    draws = neighbours(fit, rows[:-1], positions[:-1], rows[-1])
    assert draws.shape == (200, UNKNOWNS)
    assert abs(np.median(draws[:, 0]) - positions[-1, 0]) < 0.3
    assert draws[:, 0].std() < 0.6 * draws[:, 3].std()
    np.testing.assert_allclose(within(np.array([-0.2, 0.4, 1.3])), [0.2, 0.4, 0.7])


def test_one_in_a_hundred_is_refused_and_what_breaks_the_law_is_named():
    rows, _ = made_up(4000)
    names = tuple(f"messages.span[{k}]" for k in range(SUMMARIES))
    judged = judge(names, rows[:3000])
    chances = np.array([judged.chance(row) for row in rows[3000:]])
    assert 0.0 < np.mean(chances <= 0.01) < 0.03
    odd = rows[3500].copy()
    odd[4] += 1.5
    assert judged.chance(odd) <= 0.01
    first = judged.oddities(odd)[0]
    assert first.name == "messages.span[4]"
    assert first.apart > 3
    odd[4] -= 3.0
    assert judged.oddities(odd)[0].apart < -3


@pytest.fixture(scope="module")
def plan() -> Scenario:
    community = {"members": 60, "group_size": 60}
    scenario = Scenario.load("active-group")
    changed = scenario.community.model_copy(update=community)
    return scenario.model_copy(update={"community": changed, "days": 14})


@pytest.fixture(scope="module")
def seen(plan) -> Observed:
    return observe(plan, seed=5)


def test_summaries_do_not_depend_on_the_order_of_members(seen):
    order = np.random.default_rng(1).permutation(seen.members).astype(np.int32)
    back = np.argsort(order).astype(np.int32)

    def moved(table):
        rows = np.lexsort((back[table.member], table.day))
        columns = table.columns() | {"member": back[table.member]}
        return type(table)(**{name: column[rows] for name, column in columns.items()})

    other = replace(
        seen,
        group=seen.group[order],
        joined=seen.joined[order],
        left=seen.left[order],
        messages=moved(seen.messages),
        orders=moved(seen.orders),
        envelopes=moved(seen.envelopes),
    )
    one, two = summaries(seen), summaries(other)
    assert list(one) == list(two)
    np.testing.assert_allclose(list(one.values()), list(two.values()), atol=1e-9)


def test_summaries_leave_out_what_there_is_no_table_of(seen):
    less = summaries(replace(seen, messages=None, envelopes=None))
    assert not any(name.startswith(("messages", "writers", "orders_and", "envelopes")) for name in less)
    assert {name: summaries(seen)[name] for name in less} == less
    assert np.isfinite(list(less.values())).all()


def test_own_groups_are_simulated_with_their_sizes_dates_and_joins(plan, seen):
    joined = seen.joined.copy()
    joined[:4] = [3, 3, 5, 8]
    own = own_groups(plan, replace(seen, joined=joined, left=np.maximum(seen.left, joined)))
    assert own.comings == (3, 3, 5, 8)
    one, again = own.live(2), own.live(2)
    assert one.fingerprint == again.fingerprint != own.live(3).fingerprint
    assert sorted(one.joined[one.joined >= 0].tolist()) == [3, 3, 5, 8]
    assert np.count_nonzero(one.joined < 0) == 56
    assert one.start == seen.start


def test_where_the_plan_brings_people_it_does_so_in_simulations(plan):
    bringing = Scenario.load("distributor-rebate")
    community = bringing.community.model_copy(update={"members": 60, "group_size": 60})
    bringing = bringing.model_copy(update={"community": community, "days": 20})
    own = own_groups(bringing, observe(bringing, seed=1))
    assert own.comings is None
    assert any(one.name == "community.outside_per_member" for one in own.known)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda seen: seen.cut(10), "say too little"),
        (
            lambda seen: replace(seen, joined=np.where(np.arange(seen.members) < 5, -1, 0).astype(np.int32)),
            "too",
        ),
        (lambda seen: replace(seen, groups=("1", "2")), "nobody on the first day"),
    ],
)
def test_data_that_say_nothing_are_refused_with_a_reason(plan, seen, change, told):
    with pytest.raises(InputError, match=told):
        own_groups(plan, change(seen))
    with pytest.raises(InputError, match="too few"):
        calibrate(plan, seen, runs=999)
