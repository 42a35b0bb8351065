"""Page one of the report, and its calendar."""

import datetime as dt
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from commsim import Scenario, compare, explain
from commsim.analysis.closeup import gather
from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import Interval
from commsim.analysis.looks import Lead
from commsim.analysis.uncertainty import Doubt
from commsim.report.case import Case
from commsim.report.explain import explain_verdict
from commsim.report.figures.causes import causes
from commsim.report.html.briefing import briefing
from commsim.report.html.month import MOST_WEEKS, month
from commsim.report.language import ENGLISH, language
from commsim.report.numbers import limits
from commsim.report.verdict import verdict

SHOP = {
    "days": 16,
    "start": "2026-03-04",
    "community": {"members": 60},
    "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
}
GIFT = {"kind": "red_envelope", "total": 100, "weekdays": ["fri"], "hour": 19}
READ = {"kind": "content", "staff_minutes": 0}
RULES = {"kind": "group_rules"}
SALE = {"kind": "flash_sale", "discount": 0.01, "starts": 5, "warm_up": 2, "weekdays": ["tue"], "hour": 20}


def plan(name: str, *strategies: dict, **more: object) -> Scenario:
    return Scenario.model_validate({**SHOP, "name": name, "strategies": strategies, **more})


DEAR, CHEAP = plan("dear", GIFT, RULES), plan("cheap", RULES, SALE)


def told(plans: list[Scenario], code: str = "en", **how: object) -> dict[str, str]:
    found = compare(plans, worlds=8, workers=1, points=0, **how)
    case = Case(found.plans, (), found, {}, 0)
    return {line.label: line.text for line in briefing(case, language(code))}


def test_what_to_do_drop_expect_and_spend_is_what_the_comparison_found():
    found = compare([DEAR, plan("cheap", GIFT | {"total": 5}, RULES)], worlds=8, workers=1, points=0)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    gain = found.beyond["profit"][1]
    assert gain.high < 0  # both plans cost more than they bring
    assert lines["Do"] == "nothing: every plan earns less than the shop left alone"
    drops = [
        f"{one.strategy.replace('_', ' ')} (dropping it brings {one.interval.mean:,.2f} yuan, "
        f"{limits(one.interval, 'yuan')})"
        for one in found.gains
    ]
    together = found.gain_together
    assert lines["Drop"] == (
        f"of cheap: {' and '.join(drops)}; "
        f"all of that together: {together.mean:,.2f} yuan, {limits(together, 'yuan')}"
    )
    profit, idle = found.of("profit")[1].mean(), found.alone[1, :, found.column].mean()
    assert lines["Expect"].startswith(
        f"left alone: Profit {idle:,.0f} yuan in 16 days; with cheap: {profit:,.0f} yuan, -"
    )
    assert lines["Expect"].endswith(" yuan beyond doing nothing")
    envelopes, staff = (found.of(f"cost_{name}")[1].mean() for name in ("envelopes", "staff"))
    assert lines["Spend"] == (
        f"{envelopes:,.2f} yuan for what it does, discounts included; {staff:,.2f} yuan for staff"
    )
    share = 100 * (found.of("profit")[1] < found.alone[1, :, found.column]).mean()
    told = "all" if share == 100 else f"{share:.0f} % of"
    assert lines["Risk"].startswith(f"Behind doing nothing in {told} 8 worlds; ")


@pytest.mark.parametrize(
    ("worlds", "gaps", "seems"), [(8, (9.0, -7.0), True), (20, (9.0, -7.0), False), (8, (-9.0, 1.0), False)]
)
def test_what_few_worlds_leave_open_about_dropping_is_said_by_the_page_and_the_command(
    worlds: int, gaps: tuple[float, float], seems: bool
):
    found = compare(
        [plan("gifts", GIFT | {"total": 5}, RULES), plan("idle")], worlds=worlds, workers=1, points=0
    )
    left, own = found.left_out, found.of("profit")[0]
    assert left is not None
    values = np.repeat(found.values[0][None], 2, axis=0)
    values[0, :, found.column] = own + np.resize(gaps, worlds)
    open_one = replace(
        left,
        strategies=("red_envelope", "group_rules"),
        kinds=("red_envelope", "group_rules"),
        values=tuple(values),
        together=values[0, :0],
    )
    shown = replace(found, left_out=open_one)
    lines = {line.label: line.text for line in briefing(Case(shown.plans, (), shown, {}, 0), ENGLISH)}
    assert not any(gain.is_sure for gain in shown.gains)
    assert ("nothing surely; perhaps red envelope (1.00 yuan, " in lines["Drop"]) == seems
    assert ("Perhaps gifts is better without red envelope: by 1.00 yuan (" in verdict(shown)) == seems


def test_what_explaining_found_stands_on_page_one_where_worlds_were_too_few():
    found = compare([DEAR, CHEAP], worlds=4, workers=1, points=0)
    closeups = gather((CHEAP, DEAR), range(2), typical=0, workers=1)
    why = explain(DEAR, worlds=8, workers=1)
    assert why.to_drop is not None
    shown = Case(("dear", "cheap"), (closeups[1], closeups[0]), found, {}, 0, explained=why)
    drop = {line.label: line.text for line in briefing(shown, ENGLISH)}["Drop"]
    assert "red envelope (dropping it brings " in drop
    assert "Drop red envelope" in explain_verdict(why, ENGLISH.of(DEAR))


def test_nothing_is_said_of_dropping_where_nothing_was_tried_without():
    found = compare([DEAR], worlds=4, workers=1, points=0)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    assert not found.gains
    assert "Drop" not in lines


def test_a_budget_and_hours_are_told_with_what_was_used():
    limits = {"budget": 100, "hours": 3, "beyond": "mark"}
    lines = told([plan("kept", GIFT, RULES, limits=limits), plan("dearer", GIFT | {"total": 200})])
    assert " of a budget of 100 yuan, discounts included, over it in " in lines["Spend"]
    assert lines["Spend"].endswith(" of 3 hours of staff")


@pytest.mark.parametrize(("budget", "over"), [(5000, ""), (10, ", over it in 100 % of worlds")])
def test_what_is_spent_of_a_budget_is_what_was_spent_and_not_the_budget(budget: int, over: str):
    idle, spender = plan("idle"), plan("kept", GIFT, RULES, limits={"budget": budget, "beyond": "mark"})
    found = compare([idle, spender], worlds=6, workers=1, points=0)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    spent = float(found.limits[1][0].values.mean())
    envelopes = found.of("cost_envelopes")[1].mean()
    assert spent == pytest.approx(envelopes)  # of what it paid, and neither of the other plan nor the bound
    assert 0 < spent != budget
    told, bound = (f"{value:,.0f}" if value >= 100 else f"{value:,.2f}" for value in (spent, budget))
    assert (
        lines["Spend"].split("; ")[0] == f"{told} yuan of a budget of {bound} yuan, discounts included{over}"
    )


@pytest.mark.parametrize("bound", [False, True])
def test_what_is_spent_is_what_a_budget_counts_discounts_too(bound: bool):
    limits = {"limits": {"budget": 5000, "beyond": "mark"}} if bound else {}
    dear = plan("dear", RULES, SALE | {"discount": 0.5, "starts": 0}, **limits)
    found = compare([plan("idle"), dear], worlds=6, workers=1, points=0)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    discounts, spent = found.of("discount")[1].mean(), found.spent[1].mean()
    assert 0 < discounts <= spent <= discounts + found.of("cost_refunds")[1].mean()
    told = f"{spent:,.2f} yuan of a budget of 5,000 yuan" if bound else f"{spent:,.2f} yuan for what it does"
    assert lines["Spend"].startswith(f"{told}, discounts included; ")
    assert found.spent[0].tolist() == [0.0] * 6
    if bound:
        assert found.spent[1].tolist() == found.limits[1][0].values.tolist()


def test_who_spends_nothing_is_told_so():
    assert told([plan("rules", RULES), DEAR])["Spend"].startswith("nothing for what it does; ")


def test_who_does_nothing_spends_nothing_and_says_no_more():
    lines = told([plan("idle"), plan("other", community={"members": 50})])
    assert lines["Spend"] == "nothing"
    assert set(lines) == {"Do", "Expect", "Spend"}


def luck(*gains: float) -> np.ndarray:
    """Eight worlds around a gain, of which the mean is that; wide or narrow."""
    mean, spread = gains
    return mean + spread * np.array([-3.0, -2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 3.0])


@cache
def lettered(count: int, metric: str) -> Comparison:
    plans = [plan(f"plan {chr(ord('A') + k)}", GIFT | {"total": 10 + k}) for k in range(count)]
    return compare(plans, worlds=8, workers=1, points=0, metric=metric)


def made_up(
    *gains: tuple[float, float], metric: str = "profit", idle: float = 1000.0, code: str = "en"
) -> dict[str, str]:
    """Page one of plans whose gains on doing nothing, and their spread, are given."""
    found = lettered(len(gains), metric)
    values, alone = found.values.copy(), found.alone.copy()
    alone[:, :, found.column] = values[:, :, found.column] = idle  # a plan alone is held against nothing
    values[: len(gains), :, found.column] = [idle + luck(*one) for one in gains]
    shown = replace(found, values=values, alone=alone, left_out=None)
    case = Case(found.plans, (), shown, {}, 0).called_in(language(code))
    return {line.label: line.text for line in briefing(case, language(code))}


@pytest.mark.parametrize(
    ("gains", "do"),
    [
        ([(50, 1), (20, 1)], "plan A"),
        ([(-50, 1), (-60, 1)], "nothing: every plan earns less than the shop left alone"),
        ([(-50, 1)], "nothing: the shop left alone earns more"),
        ([(-50, 1), (-60, 500)], "nothing: no plan is surely ahead of the shop left alone"),
        ([(1, 20), (-90, 1)], "plan A, which can't be told apart from doing nothing"),
        ([(50, 1), (50, 1)], "plan A, or plan B: they can't be told apart"),
        (
            [(60, 90), (50, 1)],
            "plan A, or plan B: they can't be told apart, nor plan A from doing nothing",
        ),
        (
            [(60, 90), (50, 80), (-900, 1)],
            "plan A, or plan B: they can't be told apart, nor plan A from doing nothing",
        ),
    ],
)
def test_what_to_do_claims_no_more_than_is_sure(gains: list, do: str):
    lines = made_up(*gains)
    assert lines["Do"] == do
    assert lines["Expect"].startswith("left alone: ") == (do != "plan A")
    chinese = made_up(*gains, code="zh")
    assert not re.search("[A-Za-z]", re.sub("plan [ABC]", "", " ".join([*chinese, *chinese.values()])))
    if do.startswith("nothing"):
        assert "left alone: Profit 1,000 yuan in 16 days; with plan A: " in lines["Expect"]


def test_other_measures_do_not_earn():
    lines = made_up((-50, 1), (-60, 1), metric="orders")
    assert lines["Do"] == 'nothing: in "Orders" the shop left alone is ahead of every plan'
    assert "yuan" not in lines["Expect"]
    shares = made_up((0.5, 0.001), metric="active", idle=0.2)["Expect"]
    assert shares.startswith("Look in on a day (last 7 days) 70.0 % in 16 days; +50.0 points beyond")


def test_never_is_said_as_such():
    text = made_up((50, 1), (20, 1))["Risk"]
    assert text.startswith("Behind doing nothing in none of 8 worlds; the worst of them adds 47.")


def test_losing_and_running_out_of_money_are_risks():
    shop = {"cash": {"opening": 0, "fixed": [{"name": "rent", "per_month": 90000}]}}
    lines = told([plan("poor", RULES, **shop), plan("poorer", GIFT, RULES, **shop)])
    chinese = told([plan("poor", RULES, **shop), plan("poorer", GIFT, RULES, **shop)], "zh")["风险"]
    assert "8 次模拟中有 100 % 亏本。8 次模拟中有 100 % 资金链断裂。" in chinese
    assert "It loses money in 100 % of 8 worlds." in lines["Risk"]
    assert "It runs out of money in 100 % of 8 worlds." in lines["Risk"]
    assert "money" not in told([DEAR, CHEAP])["Risk"]


@pytest.mark.parametrize("first", [True, False])
def test_later_finds_doing_nothing_among_the_plans(first: bool):
    plans = [plan("idle"), plan("good", READ)]
    found = compare(plans[:: -1 if first else 1], worlds=8, workers=1, points=0)
    (acting,) = found.acting
    ahead = Lead(acting, 1 - acting, 365, 8, Interval(2.0, 1.0, 3.0))
    behind = Lead(1 - acting, acting, 180, 8, Interval(2.0, 1.0, 3.0))
    vars(found)["leads"] = (behind, ahead)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    assert lines["Later"] == "behind doing nothing after 180 days; ahead of doing nothing after 365 days"


def test_a_single_plan_near_nothing_is_not_said_to_be_better():
    late = plan("late", READ | {"starts": 15})
    (closeup,) = gather((late,), range(4), typical=0, workers=1)
    assert not closeup.caused(closeup.strategies[-1], "profit").excludes_zero
    lines = {line.label: line.text for line in briefing(Case((late.name,), (closeup,), None, {}, 0), ENGLISH)}
    assert lines["Do"] == "late, which can't be told apart from doing nothing"
    assert lines["Risk"].startswith("Behind doing nothing in ")


def test_where_a_plan_that_does_nothing_is_best_the_others_are_spoken_of():
    lines = told([plan("idle"), DEAR])
    assert lines["Do"] == "nothing: the shop left alone earns more"
    assert ", -" in lines["Expect"]
    assert lines["Risk"].startswith("Behind doing nothing in all 8 worlds; the worst of them loses ")


@pytest.mark.parametrize(
    ("ahead", "even", "told"), [(0.2, 0.5, "30 %"), (0.9, 0.0, "10 %"), (1.0, 0.0, "0 %")]
)
def test_risk_is_one_the_larger_of_luck_and_of_what_nobody_knows(
    monkeypatch: pytest.MonkeyPatch, ahead: float, even: float, told: str
):
    doubt = Doubt(40, -9.0, 30.0, Interval(ahead, 0.0, 1.0), even)
    monkeypatch.setattr(Comparison, "doubt", lambda self, plan, rival: doubt if rival is None else None)
    by_unknowns = (
        f"If people are otherwise than assumed, behind doing nothing in {told} of 40 cases; "
        "nine in ten of them bring -9.00 yuan to 30.00 yuan."
    )
    assert made_up((50, 1), (20, 1))["Risk"] == by_unknowns  # luck never puts it behind
    risky = made_up((25, 12), (5, 1))["Risk"]  # luck does in two of eight
    by_luck = "Behind doing nothing in 12 % of 8 worlds; "
    assert risky == by_unknowns if told == "30 %" else risky.startswith(by_luck)
    assert "(" not in made_up((50, 1), (20, 1))["Expect"]  # no second range beside that of the risk


@pytest.mark.parametrize(
    ("worlds", "share", "told"),
    [(8, 0.0, "the worst of them loses {}."), (12, 0.1, "the worst tenth loses {} or more.")],
)
def test_risk_of_luck_alone_is_its_bad_end(worlds: int, share: float, told: str):
    found = compare([DEAR, CHEAP], worlds=worlds, workers=1, points=0)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    low = np.quantile(found.of("profit")[1] - found.alone[1, :, found.column], share)
    assert lines["Risk"].endswith(told.format(f"{-low:,.2f} yuan"))


def test_later_says_on_which_side_of_doing_nothing_each_look_is():
    found = compare([DEAR, CHEAP], worlds=8, workers=1, points=0)
    looks = ((60, 1.0, 3.0), (180, -1.0, 3.0), (365, -3.0, -1.0))
    leads = [Lead(1, None, days, 8, Interval((low + high) / 2, low, high)) for days, low, high in looks]
    others = [Lead(1, 0, 60, 8, Interval(-2.0, -3.0, -1.0)), Lead(0, None, 60, 8, Interval(-2.0, -3.0, -1.0))]
    vars(found)["leads"] = (*others, *leads)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    assert lines["Later"] == (
        "ahead of doing nothing after 60 days; not to be told apart from doing nothing after 180 days; "
        "behind doing nothing after 365 days"
    )


def test_plans_that_cannot_be_told_apart_are_both_named():
    early, late = (plan(f"at {hour}", READ | {"hour": hour}) for hour in (9, 20))
    assert told([early, late])["Do"].startswith("at 9, or at 20: they can't be told apart")


def test_without_a_baseline_nothing_is_said_of_doing_nothing():
    lines = told([DEAR, CHEAP], baseline=False)
    assert "Risk" not in lines
    assert "doing nothing" not in " ".join(lines.values())


def test_it_is_told_in_chinese():
    lines = told([DEAR, CHEAP], "zh")
    assert {"要做", "去掉", "预计", "风险", "花费"} <= set(lines)
    assert not any(word in text for text in lines.values() for word in ("yuan", "doing nothing", "staff"))


def test_a_single_plan_has_a_page_one_too():
    (closeup,) = gather((DEAR,), range(4), typical=0, workers=1)
    lines = {line.label: line.text for line in briefing(Case((DEAR.name,), (closeup,), None, {}, 0), ENGLISH)}
    assert lines["Do"].startswith("nothing")
    assert "red envelope" in lines["Drop"]


def test_a_calendar_has_weeks_from_monday_on_with_all_that_is_done():
    found = month(CHEAP, ENGLISH)
    assert found is not None
    assert found.daily == ("20:00 group rules",)
    assert found.weekdays[0] == "mon"
    first = found.weeks[0]
    assert [day.out for day in first] == [
        True,
        True,
        False,
        False,
        False,
        False,
        False,
    ]  # begins on a Wednesday
    assert first[2].date == "3/4"
    deeds = {
        (week, at): [(deed.text, deed.warm_up) for deed in day.deeds]
        for week, days in enumerate(found.weeks)
        for at, day in enumerate(days)
        if day.deeds
    }
    start = dt.date(2026, 3, 4)
    assert deeds == {
        **{divmod(start.weekday() + day, 7): [("flash sale", True)] for day in (3, 4)},
        **{divmod(start.weekday() + day, 7): [("20:00 flash sale", False)] for day in (6, 13)},
    }


@pytest.mark.parametrize("strategies", [(), (RULES,)])
def test_a_plan_with_no_days_of_its_own_has_no_calendar(strategies: tuple[dict, ...]):
    assert month(plan("daily", *strategies), ENGLISH) is None


def test_of_a_long_plan_the_first_weeks_are_shown():
    found = month(plan("long", GIFT, days=365), ENGLISH)
    assert found is not None
    assert (len(found.weeks), found.more) == (MOST_WEEKS, 53 - MOST_WEEKS)


def test_what_strategies_caused_stands_on_one_scale_for_all_plans():
    closeups = gather((DEAR, CHEAP), range(3), typical=0, workers=1)
    figures = causes(Case(("dear", "cheap"), closeups, None, {}, 0), ENGLISH)
    assert len(figures) == 2
    assert len({figure.ends for figure in figures}) == 1
    rows = [interval for figure in figures for _, interval in figure.rows]
    assert figures[0].ends == (min(one.low for one in rows), max(one.high for one in rows))
