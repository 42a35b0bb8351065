"""Page one of the report, and its calendar."""

import datetime as dt

import numpy as np
import pytest

from commsim import Scenario, compare
from commsim.analysis.closeup import gather
from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import Interval
from commsim.analysis.looks import Lead
from commsim.analysis.uncertainty import Doubt
from commsim.report.case import Case
from commsim.report.figures.causes import causes
from commsim.report.html.briefing import briefing
from commsim.report.html.month import MOST_WEEKS, month
from commsim.report.language import ENGLISH, language

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
        f"{one.strategy.replace('_', ' ')} (dropping it brings {one.interval.mean:,.2f} yuan)"
        for one in found.gains
    ]
    assert lines["Drop"] == " and ".join(drops)
    profit = found.of("profit")[1].mean()
    assert lines["Expect"].startswith(f"Profit {profit:,.0f} yuan in 16 days; -")
    assert "beyond doing nothing" in lines["Expect"]
    envelopes, staff = (found.of(f"cost_{name}")[1].mean() for name in ("envelopes", "staff"))
    assert lines["Spend"] == f"{envelopes:,.2f} yuan for what it does; {staff:,.2f} yuan for staff"
    share = 100 * (found.of("profit")[1] < found.alone[1, :, found.column]).mean()
    assert lines["Risk"].startswith(f"Behind doing nothing in {share:.0f} % of 8 worlds; ")


def test_nothing_is_said_of_dropping_where_nothing_was_tried_without():
    found = compare([DEAR], worlds=4, workers=1, points=0)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    assert not found.gains
    assert "Drop" not in lines


def test_a_budget_and_hours_are_told_with_what_was_used():
    limits = {"budget": 100, "hours": 3, "beyond": "mark"}
    lines = told([plan("kept", GIFT, RULES, limits=limits), plan("dearer", GIFT | {"total": 200})])
    assert " of a budget of 100 yuan; " in lines["Spend"]
    assert lines["Spend"].endswith(" of 3 hours of staff")


def test_where_a_plan_that_does_nothing_is_best_the_others_are_spoken_of():
    lines = told([plan("idle"), DEAR])
    assert lines["Do"] == "nothing: every plan earns less than the shop left alone"
    assert lines["Expect"].split("; ")[1].startswith("-")
    assert lines["Risk"].startswith("Behind doing nothing in 100 % of 8 worlds; ")


def test_risk_is_the_bad_end_of_luck_and_of_what_nobody_knows(monkeypatch: pytest.MonkeyPatch):
    found = compare([DEAR, CHEAP], worlds=8, workers=1, points=0)
    doubt = Doubt(40, -9.0, 9.0, Interval(0.2, 0.1, 0.3), 0.0)
    monkeypatch.setattr(Comparison, "doubt", lambda self, chosen, rival: doubt)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    gaps = found.of("profit")[1] - found.alone[1, :, found.column]
    low, high = np.quantile(gaps, [0.1, 0.9])
    assert low < high
    assert f"the worst tenth adds {low:,.2f} yuan or less." in lines["Risk"]
    assert lines["Risk"].endswith("it beats doing nothing in 20 % of 40 cases.")


def test_later_says_on_which_side_of_doing_nothing_each_look_is():
    found = compare([DEAR, CHEAP], worlds=8, workers=1, points=0)
    looks = ((60, 1.0, 3.0), (180, -1.0, 3.0), (365, -3.0, -1.0))
    leads = [Lead(1, None, days, 8, Interval((low + high) / 2, low, high)) for days, low, high in looks]
    others = [Lead(1, 0, 60, 8, Interval(-2.0, -3.0, -1.0)), Lead(0, None, 60, 8, Interval(-2.0, -3.0, -1.0))]
    vars(found)["leads"] = (*others, *leads)
    lines = {line.label: line.text for line in briefing(Case(found.plans, (), found, {}, 0), ENGLISH)}
    assert lines["Later"] == (
        "ahead of doing nothing after 60 days; like doing nothing after 180 days; "
        "behind doing nothing after 365 days"
    )


def test_plans_that_cannot_be_told_apart_are_both_named():
    early, late = (plan(f"at {hour}", READ | {"hour": hour}) for hour in (9, 20))
    assert told([early, late])["Do"].endswith(": they can't be told apart")


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
