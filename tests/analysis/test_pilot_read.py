"""Trials in groups: drawn by lot, and read: what is found, foreseen and refused."""

from dataclasses import replace
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from commsim.analysis.beliefs import Beliefs
from commsim.analysis.intervals import Interval
from commsim.analysis.pilot import read_pilot, register_pilot
from commsim.analysis.pilot.found import told
from commsim.analysis.pilot.lots import draw
from commsim.analysis.pilot.outcomes import OUTCOMES
from commsim.analysis.pilot.registered import Plan, Registered, read_list
from commsim.analysis.pilot.result import Pilot, Reading
from commsim.analysis.pilot.reweigh import reweighed
from commsim.core.errors import InputError
from commsim.report.folder import write_csv
from commsim.report.pilot.trial import drawn_verdict, list_csv, trial_csv, trial_data, trial_verdict

PLAN = Plan("new", "now", "orders", 28, 28, 3, 4.0, 6.0, 10.0, 0.6, 0.0)
LEADS = np.random.default_rng(4).normal(4.0, 6.0, 40)
ORDERS, PROFIT = OUTCOMES[2], OUTCOMES[0]
PILOT = Pilot(
    plans=("new", "now"),
    lengths=(14, 28),
    before=28,
    groups=6,
    members=200.0,
    likeness=(0.01, 0.05),
    readings=(
        Reading(PROFIT, 14, Interval(3.0, -9.0, 15.0), 900.0, 0.7, 2000.0, LEADS),
        Reading(PROFIT, 28, Interval(-7.0, -30.0, 16.0), 1500.0, 0.7, 4000.0, LEADS),
        Reading(ORDERS, 14, Interval(6.0, 5.0, 7.0), 10.0, 0.6, 90.0, LEADS),
        Reading(ORDERS, 28, Interval(12.0, 11.0, 13.0), 15.0, 0.6, 180.0, LEADS),
    ),
    seeds=(1, 2),
    runs=4,
)


def lots(groups, seed=3, *, before=None, members=None):
    nothing = np.full(groups, np.nan)
    return draw(
        tuple(f"g{k:02}" for k in range(groups)),
        nothing if members is None else members,
        nothing if before is None else before,
        seed,
    )


@pytest.mark.parametrize("groups", [4, 7, 10, 11, 12, 15, 30])
def test_lots_are_fair_within_blocks_and_do_not_depend_on_the_order_of_the_list(groups):
    before = np.random.default_rng(groups).normal(50, 9, groups)
    found = lots(groups, before=before)
    assert abs(found.sizes[0] - found.sizes[1]) == groups % 2
    for block in range(int(found.blocks.max()) + 1):
        inside = found.arms[found.blocks == block]
        assert len(inside) >= 4
        assert abs(2 * int(inside.sum()) - len(inside)) <= 1
    turned = draw(found.names[::-1], found.members[::-1], before[::-1], 3)
    assert turned.arms[::-1].tolist() == found.arms.tolist()
    often = found.again(400).mean(axis=0)
    assert often.min() > 0.4
    assert often.max() < 0.6
    assert found.again(1)[0].tolist() == found.again(9)[0].tolist() == found.arms.tolist()
    # in blocks by the baseline the arms differ in it less than without
    assert int(found.blocks.max()) == (groups // 4 - 1 if groups >= 12 else int(groups >= 10))


def test_what_is_read_is_what_least_squares_and_welch_say():
    luck = np.random.default_rng(7)
    before = luck.normal(100, 10, 12)
    drawn = Registered(lots(12, before=before), PLAN)
    first = drawn.lots.arms == 0
    values = before + luck.normal(0, 4, 12) + 9 * first
    found = told(drawn, values, before)
    assert (found.how, found.freedom) == ("ANCOVA", 9)
    rest = values - np.polyval(np.polyfit(before[first], values[first], 1), before)
    assert found.gap.mean == pytest.approx(rest[first].mean() - rest[~first].mean(), abs=4)
    assert found.better == 0
    assert found.by_lots < 0.05
    plain = told(drawn, values, np.full(12, np.nan))
    expected = stats.ttest_ind(values[first], values[~first], equal_var=False).confidence_interval()
    assert plain.how == "Welch"
    assert (plain.gap.low, plain.gap.high) == pytest.approx((expected.low, expected.high))


def test_model_and_trial_are_weighted_by_what_they_know():
    values = np.arange(12.0)
    found = told(Registered(lots(12), PLAN), values, np.full(12, np.nan))
    known = found.gap.half_width / stats.norm.ppf(0.975)
    weight = 36 / (36 + known**2)
    assert found.weight == pytest.approx(weight)
    assert found.updated.mean == pytest.approx(4 + weight * (found.gap.mean - 4))
    assert found.updated.half_width < min(found.gap.half_width, 6 * 1.96)
    assert 0 < found.ahead < 1
    far = told(Registered(lots(12), PLAN), values + 90 * (found.lots.arms == 0), np.full(12, np.nan))
    assert far.contradicts
    assert not found.contradicts
    assert "the outcome contradicts it" in trial_verdict(far)


def test_groups_that_are_more_unlike_than_in_the_model_tell_a_likeness():
    drawn = Registered(lots(200, members=np.full(200, 100.0)), PLAN)
    sd = 10 * sqrt(1 + 99 * 0.03)
    found = told(drawn, np.random.default_rng(1).normal(0, sd, 200), np.full(200, np.nan))
    assert found.likeness == pytest.approx(0.03, abs=0.01)


def test_likeness_is_of_what_the_baseline_leaves():
    """Where the baseline tells .64 of the variance, as foreseen, what is left is no more alike for it."""
    luck, groups = np.random.default_rng(1), 400
    before = luck.normal(0.0, 10.0, groups)
    foreseen = replace(PLAN, model_r=0.8)
    drawn = Registered(lots(groups, before=before, members=np.full(groups, 100.0)), foreseen)
    for likeness in (0.0, 0.03):
        left = 6.0 * sqrt(1 + 99 * likeness)
        found = told(drawn, 0.8 * before + luck.normal(0.0, left, groups), before)
        assert found.likeness == pytest.approx(likeness, abs=0.008)


@pytest.mark.slow
def test_intervals_hold_and_lots_find_nothing_where_there_is_nothing():
    luck, held, by_lots, foreseen = np.random.default_rng(2), 0, [], 0
    trials = 300
    for seed in range(trials):
        before = luck.normal(50, 10, 14)
        drawn = Registered(lots(14, seed, before=before), replace(PLAN, seed=seed))
        real = luck.normal(PLAN.model_difference, PLAN.model_doubt)
        noise = 0.6 * (before - 50) + luck.normal(0, 8, 14)
        found = told(drawn, noise + real * (drawn.lots.arms == 0), before)
        held += found.gap.low <= real <= found.gap.high
        foreseen += not found.contradicts
        by_lots.append(told(drawn, noise, before).by_lots)
    assert held / trials == pytest.approx(0.95, abs=0.035)
    assert foreseen / trials == pytest.approx(0.95, abs=0.035)
    assert np.mean(np.array(by_lots) < 0.1) == pytest.approx(0.1, abs=0.05)


NAMES = [f"群{k}" for k in range(1, 13)]
SIZES = [100, 200] * 6


@pytest.fixture
def listed(tmp_path):
    """A list that was drawn from a file in GB18030."""
    rows = [f"{name},{size} 人,¥{size}.5" for name, size in zip(NAMES, SIZES, strict=True)]
    (tmp_path / "groups.csv").write_bytes("\n".join(["群名,人数,基线（元）", *rows]).encode("gb18030"))
    drawn = register_pilot(PILOT, tmp_path / "groups.csv", seed=3)
    write_csv(list_csv(drawn), tmp_path / "list.csv")
    return tmp_path, drawn


def outcomes(place, rows, head="群名,订单数（单）", encoding="gb18030"):
    (place / "outcomes.csv").write_bytes("\n".join([head, *rows]).encode(encoding))
    return place / "outcomes.csv"


def test_a_list_is_read_back_as_it_was_drawn(listed):
    place, drawn = listed
    again = read_list(place / "list.csv")
    assert again.plan == drawn.plan
    assert drawn.is_unlike  # 150 members in the mean, and 200 in the plan
    assert "0.75 times the members" in drawn_verdict(drawn, place / "list.csv")
    assert again.lots.arms.tolist() == drawn.lots.arms.tolist()
    assert (again.plan.outcome, again.plan.days) == ("orders", 28)
    assert again.plan.model_sd == pytest.approx(15 * sqrt(150 / 200))
    assert (place / "list.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_outcomes_of_a_spreadsheet_in_any_order_count_where_the_lot_put_them(listed):
    place, drawn = listed
    first = {name: arm == 0 for name, arm in zip(drawn.lots.names, drawn.lots.arms, strict=True)}
    rows = [
        f"{name},{size / 100 * (30 if first[name] else 10)}" for name, size in zip(NAMES, SIZES, strict=True)
    ]
    found = read_pilot(place / "list.csv", outcomes(place, rows[::-1]))
    assert found.gap.mean == pytest.approx(1.5 * 20)  # of a group of the mean size
    assert found.better == 0
    data = trial_data(found)
    assert data["decides_for"] == "new"
    assert trial_csv(found).count("\n") == 13
    assert "That decides for new." in trial_verdict(found)
    assert "Trial of new against now" in repr(found)
    assert "<table>" in found._repr_html_()
    assert len(found.frame()) == 12
    assert len(found.plot().axes) == 1


def test_a_baseline_is_of_a_group_of_the_mean_size_as_the_outcome_is(listed):
    """Each member has 3 times what they had before; the groups differ in size and in their members."""
    place, _ = listed
    before = [size * (1 + 0.1 * k) for k, size in enumerate(SIZES)]
    texts = [f"{name},{size},{had}" for name, size, had in zip(NAMES, SIZES, before, strict=True)]
    (place / "groups.csv").write_text("\n".join(["group,members,before", *texts]), encoding="utf-8")
    drawn = register_pilot(PILOT, place / "groups.csv", seed=3)
    rows = [
        f"{name},{3 * had + 7 * (1 - drawn.lots.arms[drawn.lots.names.index(name)]) * size / 150}"
        for name, size, had in zip(NAMES, SIZES, before, strict=True)
    ]
    found = read_pilot(drawn, outcomes(place, rows))
    assert found.how == "ANCOVA"
    assert found.gap.mean == pytest.approx(7.0)  # 7 a group of the mean size, and no error beside it
    assert found.gap.half_width < 1e-6


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda rows: rows[:-1], "there is no row for 群12"),
        (lambda rows: [*rows, rows[0]], "群1 is there twice"),
        (lambda rows: [*rows, "群99,3"], "outcomes.csv:14: 群99 is not on the list"),
        (lambda rows: ["群1,", *rows[1:]], "outcomes.csv:2: orders of 群1 is empty"),
        (lambda rows: ["群1,many", *rows[1:]], "'many' is no number"),
        (lambda rows: [",4", *rows[1:]], "a group has no name"),
    ],
)
def test_what_is_wrong_with_outcomes_is_told_with_its_place(listed, change, what):
    place, _ = listed
    rows = [f"{name},{k}" for k, name in enumerate(NAMES)]
    with pytest.raises(InputError, match=what.replace(".csv", r"\.csv")):
        read_pilot(place / "list.csv", outcomes(place, change(rows)))


def test_a_group_that_moved_is_told_in_outcomes_and_in_the_list(listed):
    place, drawn = listed
    arm = "AB"[drawn.lots.arms[0]]
    rows = [f"{name},{k},{'AB'[drawn.lots.arms[k]]}" for k, name in enumerate(NAMES)]
    moved = [f"群1,0,{'B' if arm == 'A' else 'A'}", *rows[1:]]
    assert read_pilot(place / "list.csv", outcomes(place, rows, "群,订单,分组")).lots.sizes == (6, 6)
    with pytest.raises(InputError, match="the lot put it into"):
        read_pilot(place / "list.csv", outcomes(place, moved, "群,订单,分组"))
    text = (place / "list.csv").read_text(encoding="utf-8-sig")
    first = text.splitlines()[1]
    other = first.replace(f'"{arm}"', '"B"' if arm == "A" else '"A"', 1)
    (place / "list.csv").write_text(text.replace(first, other), encoding="utf-8")
    with pytest.raises(InputError, match="the list was changed after the draw"):
        read_list(place / "list.csv")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("group\na\nb\nc\n", "3 groups can't be drawn"),
        ("members\n3\n", "there is no column 'group'"),
        ("group,members\na,1\nb,\nc,3\nd,4\n", "members of b is empty"),
        ("group,members\na,1\nb,0\nc,3\nd,4\n", "b has no members"),
    ],
)
def test_what_is_wrong_with_groups_is_told(tmp_path, text, what):
    (tmp_path / "groups.csv").write_text(text)
    with pytest.raises(InputError, match=what):
        register_pilot(PILOT, tmp_path / "groups.csv")


def test_what_decides_is_chosen_beforehand(tmp_path):
    (tmp_path / "groups.csv").write_text("group\na\nb\nc\nd\n")
    assert register_pilot(PILOT, tmp_path / "groups.csv", "profit").plan.days == 28
    assert register_pilot(PILOT, tmp_path / "groups.csv", "orders", 14).plan.model_sd == 10.0
    with pytest.raises(InputError, match="not read after 99 days"):
        register_pilot(PILOT, tmp_path / "groups.csv", None, 99)
    with pytest.raises(InputError, match="no outcome 'gold'"):
        register_pilot(PILOT, tmp_path / "groups.csv", "gold")


def calibration(values):
    """Of one unknown, with these draws of it."""
    one = {"name": "content.quality", "identified": True, "estimate": 0.5, "low": 0.0, "high": 1.0}
    draws = {"names": ["content.quality"], "values": [[value] for value in values]}
    return {"calibration": "now", "evidence": "calibrated on x", "refused": False, "confidence": 0.9,
            "unknowns": [one], "draws": draws}  # fmt: skip


def test_draws_that_foresaw_the_trial_are_kept_and_the_others_go():
    values = np.linspace(0.0, 1.0, 50)
    found = told(Registered(lots(40), PLAN), np.random.default_rng(5).normal(0, 10, 40), np.full(40, np.nan))
    leads = found.gap.mean + 40 * (values - 0.7)  # those around 0.7 foresee what was found
    data, carry = reweighed(calibration(values), np.tile(leads, 2), found)
    kept = np.array(data["draws"]["values"])[:, 0]
    error = found.gap.half_width / 1.96 / 40  # of the value
    (one,) = data["unknowns"]
    assert one["estimate"] == pytest.approx(0.7, abs=0.04)
    assert kept.std() == pytest.approx(error, rel=0.25)
    assert one["low"] > 0.4
    assert len(kept) == 50
    assert 5 < carry < 30
    assert data["evidence"].endswith("and on a trial in 40 groups of new against now by orders over 28 days")
    assert Beliefs.of(data).values["content.quality"] == one["estimate"]
    tight = told(Registered(lots(40), PLAN), np.random.default_rng(5).normal(0, 0.1, 40), np.full(40, np.nan))
    with pytest.raises(InputError, match="of 50 draws foresaw"):
        reweighed(calibration(values), leads, tight)


def test_the_example_of_the_page_reads_as_it_stands_there():
    place = Path(__file__).parents[2] / "docs/examples/pilot"
    found = read_pilot(place / "list.csv", place / "outcomes.csv")
    page = " ".join((place.parents[1] / "pilot.md").read_text(encoding="utf-8").replace("\n> ", " ").split())
    assert trial_verdict(found) in page
