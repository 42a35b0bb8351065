"""Calibration on groups made with a known truth: coverage, refusals, what is kept and gone on with."""

import json
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from commsim.analysis.beliefs import FILE, Beliefs, points_of, unknowns_of
from commsim.analysis.calibration.calibrate import calibrate, conclude
from commsim.analysis.calibration.fit import conformal, fitted, held_out, ridge
from commsim.analysis.calibration.neighbours import neighbours, within
from commsim.analysis.calibration.odd import judge
from commsim.analysis.calibration.own_groups import of_groups, own_groups
from commsim.analysis.calibration.result import Data
from commsim.analysis.calibration.simulate import Simulations, simulations
from commsim.analysis.calibration.summaries import summaries
from commsim.analysis.compare import compare
from commsim.analysis.unknowns import supposed
from commsim.core.errors import InputError
from commsim.experiments.sweep import Manner
from commsim.records.observed import Amounts, Counts, Observed, tidy
from commsim.report.calibration.data import calibrated_plan, calibration_csv, calibration_data
from commsim.report.calibration.figures import calibration_statement
from commsim.report.calibration.tables import calibration_grids, calibration_verdict
from commsim.report.language import ENGLISH, language
from commsim.report.over_ranges import over_ranges, ranges_grid
from commsim.report.unknowns import unknown_called
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


def test_draws_are_the_nearest_simulations_moved_by_their_own_errors():
    """Those that the regression was not made from keep their error; the others' is widened to it."""
    luck, count = np.random.default_rng(8), 100
    positions, rows = luck.uniform(0.4, 0.6, (count, 2)), luck.uniform(0.0, 1.0, (count, 2))
    rows[:, 1] = 0.5
    out = held_out(count)
    errors = np.where(out[:, None], 0.1, 0.02) * luck.choice([-1.0, 1.0], (count, 2))

    class Known:
        """A regression that errs by these, and tells the first unknown by the first summary alone."""

        explained = np.array([0.9, 0.0])

        def __call__(self, asked):
            if len(asked) == 1:
                return np.array([[0.45, 0.55]])
            return np.stack([rows[:, 0], positions[:, 1] - errors[:, 1]], axis=1)

    truth = np.stack([rows[:, 0] + errors[:, 0], positions[:, 1]], axis=1)
    draws = neighbours(Known(), rows, truth, rows[0], 10)
    nearest = np.argsort(np.abs(rows[:, 0] - 0.45), kind="stable")[:10]
    assert 0 < out[nearest].sum() < 10
    moved = np.where(out[nearest, None], errors[nearest], 5.0 * errors[nearest])
    np.testing.assert_allclose(draws, within(np.array([0.45, 0.55]) + moved))


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


def test_what_goes_together_too_little_by_day_is_refused_by_itself():
    """Among forty others it is too near for their common distance."""
    rows = np.random.default_rng(2).normal(size=(4000, 40))
    names = (*(f"messages.span[{k}]" for k in range(39)), "envelopes_and_messages.same_day")
    judged = judge(names, rows[:3000])
    assert 0.0 < np.mean([judged.chance(row) <= 0.01 for row in rows[3000:]]) < 0.04
    odd = np.zeros(40)
    for value, refused in ((-3.4, True), (3.4, False)):
        odd[-1] = value
        assert (judged.chance(odd) <= 0.01) == refused
    odd[-1] = -2.9  # beyond 99 in a hundred to one side, though not worth naming by its size
    assert [one.name for one in judged.oddities(odd)] == [names[-1]]


@pytest.mark.parametrize(("shifted", "least", "most"), [(0, 1.0, 1.4), (1, -0.2, 0.2)])
def test_who_writes_and_takes_on_the_same_days_says_so(shifted, least, most):
    """Members who are there on three days in ten, and then do either with a chance of a half."""
    luck, days = np.random.default_rng(4), 60
    there = luck.uniform(size=(200, days)) < 0.3
    wrote, took = (there & (luck.uniform(size=there.shape) < 0.5) for _ in range(2))
    tables = (np.nonzero(np.roll(table, by, axis=1)) for table, by in ((wrote, shifted), (took, 0)))
    (writer, written), (taker, taken) = tables
    none, start = np.full(200, -1, np.int32), date(2026, 3, 2)
    seen = Observed(start, days, ("1",), none + 1, none, none + 1 + days)
    messages = tidy(Counts, writer, written, np.ones(len(writer)))
    envelopes = tidy(Amounts, taker, taken, np.ones(len(taker)))
    found = summaries(replace(seen, messages=messages, envelopes=envelopes))
    assert least < found["envelopes_and_messages.same_day"] < most


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
    community = bringing.community.model_copy(update={"members": 40, "group_size": 40})
    bringing = bringing.model_copy(update={"community": community, "days": 14})
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


PLANTED = "talk.level", "buying.advert"


@pytest.fixture(scope="module")
def concluded(plan, seen):
    """From simulations around the data, in which summaries tell two unknowns and no other."""

    def conclude_of(data, runs=1200):
        own, names = own_groups(plan, seen), tuple(summaries(seen))
        luck = np.random.default_rng(2)
        positions = luck.uniform(size=(runs, len(own.known)))
        planted = [[one.name for one in own.known].index(name) for name in PLANTED]
        effect = (positions[:, planted] - 0.5) @ luck.normal(size=(2, len(names)))
        rows = np.array(list(summaries(seen).values())) + effect + 0.3 * luck.normal(size=effect.shape)
        about = Data("exports", "2026-03-02", 14, (("1", 60),), ())
        return conclude(own, Simulations(names, rows, positions), data, 0.9, about, "active-group")

    return conclude_of


def test_what_is_told_is_an_estimate_and_the_rest_keeps_its_range(concluded, seen):
    found = concluded(seen)
    assert not found.refused
    assert [one.name for one in found.told[:2]] == sorted(
        PLANTED, key=lambda name: found.told[0].name != name
    )
    assert set(found.values) == set(PLANTED)
    assert all(one.low < one.estimate < one.high for one in found.identified)
    assert len(found.draws) == 200
    assert found.evidence.startswith("calibrated on exports's 14 days from 2026-03-02, 1 group of 60; 1,200")
    assert "talk.level" in found._repr_html_()
    assert list(found.frame().columns)[:2] == ["name", "unit"]
    level = found.draws_frame()["talk.level"]
    touch = found.draws_frame()["buying.touch"]
    assert level.std() / (0.3 - 0.03) < 0.2 < 0.25 < touch.std() / 0.25


def test_a_table_that_is_missing_is_left_out_and_what_it_would_tell_is_said(concluded, seen):
    found = concluded(replace(seen, messages=None, orders=None, envelopes=None))
    assert found.data.missing == ("messages", "orders", "envelopes")
    less = concluded(replace(seen, envelopes=None))
    assert less.data.missing == ("envelopes",)
    assert less.lost == ()
    assert "There were no shares of envelopes; they would tell nothing more." in calibration_verdict(less)


def test_data_of_another_law_are_refused_with_what_is_odd(concluded, seen):
    many = replace(seen, messages=replace(seen.messages, count=seen.messages.count * 1000))
    found = concluded(many)
    assert found.refused
    assert found.told == found.draws == ()
    assert any(one.name.startswith("messages.") and one.apart > 3 for one in found.odd)
    assert "The model can't make these data" in calibration_verdict(found)
    (odd,) = calibration_grids(found)
    assert {row[1] for row in odd.rows} <= {"too high", "too low"}
    with pytest.raises(InputError, match="can't make these data"):
        _ = found.beliefs


def test_it_is_told_in_words_as_data_and_as_a_plan(concluded, seen, tmp_path):
    found = concluded(seen)
    for say in (ENGLISH, language("zh")):
        told, experiments = calibration_grids(found, say)
        assert len({row[0] for row in told.rows}) == len(found.identified)
        assert any(unknown_called("buying.touch", say) in row[1] for row in experiments.rows)
        page = calibration_statement(found, say).grids[0]
        if say is ENGLISH:  # there is room for what each is, which Chinese names say
            assert [row[1] for row in page.rows] == [one.unknown.about for one in found.identified]
            assert [(row[0], *row[2:]) for row in page.rows] == [*told.rows]
        else:
            assert page == told
        (picture,) = calibration_statement(found, say).figures
        first = found.identified[0]
        assert picture.told[0].startswith(told.rows[0][-2])
        assert picture.marks[0] == first.unknown.position(first.unknown.value)
    assert not re.search("[a-z]{3} [a-z]{3}", calibration_verdict(found, language("zh")))
    assert calibration_csv(found).count("\n") == len(found.told) + 1
    file = tmp_path / "behaviour.yaml"
    file.write_text(calibrated_plan(found), encoding="utf-8")
    plan = Scenario.load(file)
    assert plan.behaviour.talk.level == found.values["talk.level"]
    assert plan.name == "active group, calibrated"
    assert found.plot().axes


def talking(plan, level):
    talk = plan.behaviour.talk.model_copy(update={"level": level})
    return plan.model_copy(update={"behaviour": plan.behaviour.model_copy(update={"talk": talk})})


def test_beliefs_are_read_put_into_plans_and_drawn_from(concluded, seen, plan, tmp_path):
    found = concluded(seen)
    (tmp_path / FILE).write_text(json.dumps(calibration_data(found)), encoding="utf-8")
    beliefs = Beliefs.read(tmp_path)
    assert beliefs.fingerprint == found.beliefs.fingerprint
    other = Scenario.load("unmanaged-group")
    plans = [beliefs.put_into(plan), beliefs.put_into(other)]
    assert [one.behaviour.talk.level for one in plans] == [found.values["talk.level"]] * 2
    known = {one.name: one for one in unknowns_of(plans, beliefs)}
    assert (known["talk.level"].low, known["talk.level"].high) == beliefs.ranges["talk.level"]
    assert known["buying.touch"].low == -0.05
    (far,) = (one for one in unknowns_of([talking(plan, 0.9)], beliefs) if one.name == "talk.level")
    assert (far.low, far.high) == (beliefs.ranges["talk.level"][0], 0.9)  # a plan's own value is within
    rows = points_of(tuple(known.values()), 3, 0, beliefs)
    assert [row["talk.level"] for row in rows] == [draw["talk.level"] for draw in found.draws[:3]]
    assert "community.segments.orders_per_week" in rows[0]
    supposed(plans, tuple(known.values()), rows[0])
    (tmp_path / FILE).write_text("{}")
    with pytest.raises(InputError, match="is no calibration"):
        Beliefs.read(tmp_path)


def test_a_comparison_goes_over_the_draws(concluded, seen, plan):
    beliefs = concluded(seen).beliefs
    plans = [plan, plan.left_alone().model_copy(update={"name": "nothing"})]
    found = compare(plans, worlds=2, points=20, beliefs=beliefs, baseline=False, days=7, workers=1)
    assert found.ranges.points == 20
    assert found.warnings[-1].startswith("Members are calibrated on exports's 14 days")
    (sentence,) = over_ranges(found)
    assert "20 points: draws of the calibration, and the ranges of the rest" in sentence
    assert "Nine in ten draws" in ranges_grid(found).header
    calibrated = [beliefs.put_into(one) for one in plans]
    alone = compare(calibrated, worlds=2, points=0, baseline=False, days=7, workers=1)
    assert np.array_equal(found.values, alone.values)  # of calibrated people, and not of the plan's own
    usual = compare(plans, worlds=2, points=0, baseline=False, days=7, workers=1)
    assert not np.array_equal(found.values, usual.values)
    again = replace(beliefs, draws=beliefs.draws[::-1])
    other = compare(plans, worlds=2, points=20, beliefs=again, baseline=False, days=7, workers=1)
    assert np.array_equal(found.values, other.values)
    assert not np.array_equal(found.ranges.values, other.ranges.values)


def test_some_groups_can_be_chosen(seen):
    half = np.arange(seen.members) % 2
    two = replace(seen, groups=("a", "b"), group=half.astype(np.int32))
    chosen = of_groups(two, ["b"])
    assert chosen.groups == ("b",)
    assert chosen.members == np.count_nonzero(half)
    assert chosen.messages.count.sum() == seen.messages.count[half[seen.messages.member] == 1].sum()
    with pytest.raises(InputError, match="no group 'c'"):
        of_groups(two, ["c"])


@pytest.mark.slow
def test_it_goes_on_from_a_folder_and_intervals_hold_in_groups_of_known_truth(plan, tmp_path):
    """200 groups of 60 over 14 days, each with values drawn from the ranges: nine in ten intervals hold."""
    seen = observe(plan, seed=5)
    own = own_groups(plan, seen)
    whole = simulations(own, 2200, tmp_path / "one", Manner(1), lambda done: None)

    def stop(done: int) -> None:
        if done == 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulations(own, 500, tmp_path / "two", Manner(1), stop)
    again = simulations(own, 500, tmp_path / "two", Manner(2), lambda done: None)
    assert np.array_equal(whole.rows[:500], again.rows)
    fit = fitted(whole.rows[:2000], whole.positions[:2000])
    held = np.abs(fit(whole.rows[2000:]) - whole.positions[2000:]) <= fit.width
    assert 0.87 < held.mean() < 0.93
    judged = judge(whole.names, whole.rows[:2000])
    assert np.mean([judged.chance(row) <= 0.01 for row in whole.rows[2000:]]) < 0.04
