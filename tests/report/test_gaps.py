"""Curves of compared plans: how far each is from the best one, in the same worlds and on one scale."""

import re
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from commsim.analysis.closeup import gather
from commsim.analysis.compare import compare
from commsim.analysis.intervals import joint_confidence, t_interval, t_intervals
from commsim.records.manifest import provenance
from commsim.report.case import Case, comparison_case
from commsim.report.figures import FIGURES
from commsim.report.figures.decision import decision
from commsim.report.html.decision import against_nothing, facts
from commsim.report.html.page import report_html
from commsim.report.html.template import by_plans
from commsim.report.language import ENGLISH, language
from commsim.report.panels import Gaps, Lines, Series
from commsim.report.panels.days import sure
from commsim.report.plots.draw import draw as draw_on_axes
from commsim.report.svg import draw
from commsim.report.svg.days import MOST, points
from commsim.scenario.schema import Scenario

SHOP = {"days": 12, "community": {"members": 40}, "products": [{"name": "tea", "price": 30, "unit_cost": 15}]}


@pytest.fixture(scope="module")
def many() -> Case:
    """Eight plans, of which a report shows six."""
    plans = [
        Scenario.model_validate(
            {**SHOP, "name": f"{total} yuan", "strategies": [{"kind": "red_envelope", "total": total}]}
        )
        for total in range(10, 90, 10)
    ]
    found = compare(plans, worlds=3, workers=1, points=0)
    return comparison_case(found, plans, {}, worlds=3, workers=1)


def gap(*rows: list[float], plan: int = 1) -> Series:
    return Series("other", plan, *(np.array(row) for row in rows))


def panel(**given: object) -> Gaps:
    level = Series("best", 0, np.array([1.0, 2.0, 3.0]))
    words = {"say": ENGLISH, "key": "k", "title": "T", "unit": "yuan", "measured": "yuan", "note": ""}
    return Gaps(**{**words, "level": level, "others": (), "gaps": (), **given})  # type: ignore[arg-type]


def test_intervals_of_columns_are_those_of_each_by_itself():
    sample = np.random.default_rng(3).normal(size=(7, 4))
    for at, found in enumerate(zip(*t_intervals(sample, 0.9), strict=True)):
        one = t_interval(sample[:, at], 0.9)
        assert np.allclose(found, (one.mean, one.low, one.high), rtol=1e-12)
    with pytest.raises(ValueError, match="two worlds"):
        t_intervals(sample[:1])


def test_gaps_are_taken_world_by_world_from_the_best_and_end_where_the_decision_says(case):
    behind, profit = decision(case, ENGLISH)
    assert isinstance(profit, Gaps)
    assert profit.level.name == case.names[0]
    best, other = (closeup.curve("profit").sum(axis=1) for closeup in case.closeups)
    wanted = t_interval(other - best, joint_confidence(2))
    (one,) = profit.gaps
    assert np.allclose([one.values[-1], one.low[-1], one.high[-1]], [wanted.mean, wanted.low, wanted.high])
    assert profit.others[0].values[-1] == pytest.approx(other.mean())  # levels are not lost
    assert behind.rows[0][0] == one.name


def test_a_single_plan_has_levels_alone(case):
    alone = Case(case.names[:1], case.closeups[:1], None, {}, 0)
    assert all(isinstance(figure, Lines) for figure in FIGURES["curves"](alone, ENGLISH))


def test_all_gaps_have_one_scale_which_holds_bands_and_nought():
    shown = panel(gaps=(gap([5, 6, 7], [4, 5, 6], [6, 7, 8]), gap([1, 1, 1], [0.5, 0.5, 0.5], [2, 2, 2])))
    assert shown.ends == (0, 8)
    assert panel(gaps=(gap([0, 0], [0, 0], [0, 0]),)).ends == (-1, 1)  # the same in every world
    axes = Figure(layout="constrained").subplots()
    page = axes.figure
    draw_on_axes(shown, axes)
    first, *strips = page.axes
    assert len(strips) == 2
    assert strips[0].get_ylim() == strips[1].get_ylim()
    assert strips[0].get_ylim()[0] <= 0 < 8 <= strips[0].get_ylim()[1]
    assert first.get_title(loc="right") == "best"
    assert first.get_title(loc="left") == "T"


@pytest.mark.parametrize("low", [-1.0, -9.5, -11.0, -95.0, -110.0, -2600.0, -0.013])
def test_every_scale_has_two_marks_or_more(low: float):
    told = str(draw(panel(gaps=(gap([0, low / 2], [0, low], [0, low / 9]),))))
    foot = float(re.findall(r'<line[^>]* class="axis"/>', told)[-1].split('y1="')[1].split('"')[0])
    strip = re.findall(r'<text [^>]*y="([\d.]+)" text-anchor="end" class="mark">([^<]*)</text>', told)
    assert len([text for y, text in strip if foot - 130 < float(y) < foot + 8]) >= 2


def test_thick_is_where_the_interval_leaves_out_nought():
    one = gap([1, 1, 1, -1, -1, 1], [0.5, 0.1, -1, -2, -2, 0.1], [2, 2, 2, 1, -0.5, 2])
    assert sure(one) == [(0, 1), (4, 5)]
    assert sure(gap([1.0], [-1.0], [2.0])) == []
    assert str(draw(panel(gaps=(one,)))).count('class="line sure p1"') == 2
    assert "line sure" not in str(draw(panel(gaps=(gap([1, 1], [-1, -1], [2, 2]),))))


def test_the_table_holds_levels_and_gaps_with_their_limits():
    days = np.arange(14.0)
    other = Series("other", 1, days + 5, days, days + 9)
    shown = panel(
        level=Series("best", 0, days, days - 1, days + 1),
        others=(other,),
        gaps=(gap([5.0] * 14, [4.0] * 14, [6.0] * 14),),
    )
    assert shown.grid().header == ("Day", "best", "other")
    assert shown.grid().rows[0] == ("7", "6.00 (5.00 to 7.00)", "11.00; +5.00 (4.00 to 6.00)")


def test_gaps_of_shares_are_points(case):
    looking = next(one for one in FIGURES["curves"](case, ENGLISH) if one.key == "curves-looking")
    assert looking.against.endswith("in points")
    assert looking.mark(0.1, 0.1) == "+10"
    assert "%" not in looking.gap_at(looking.gaps[0])
    assert looking.gap_at(gap([0.0001])) == "0.0"  # nothing has no sign
    assert looking.gap_at(gap([0.021])) == "+2.1"


def test_a_long_curve_has_no_more_points_than_show():
    assert points(60) == [*range(60)]
    for days in (200, 365, 3650):
        assert len(points(days)) <= MOST + 1
        assert points(days)[-1] == days - 1
    assert points(1) == [0]


def test_of_many_plans_the_next_best_have_a_strip_with_their_name_and_all_are_in_the_table(many):
    assert len(many.names) == 6
    for figure in (*FIGURES["curves"](many, ENGLISH), *FIGURES["fatigue"](many, ENGLISH)):
        assert [one.name for one in figure.drawn] == list(many.names[1:4])
        assert figure.grid().header[-5:] == many.names[1:]
        text = str(draw(figure))
        assert all(f">{name}</text>" in text for name in many.names[:4])
        assert not re.search("nan|inf", text)
    assert facts(many, ENGLISH)[-1] == "the best 6 of 8 plans"


def test_tables_of_many_plans_are_no_wider_than_a_page_and_lose_none(many):
    (whole,) = (grid for grid in against_nothing(many, ENGLISH) if grid.header[0].startswith("Beyond"))
    beyond = by_plans(whole)
    assert [len(grid.header) - 1 for grid in beyond] == [3, 3, 2]
    assert all(len(row) == len(grid.header) for grid in beyond for row in grid.rows)
    shown = [name for grid in beyond for name in grid.header[1:]]
    assert shown[:6] == list(many.names)
    assert set(shown) == set(many.comparison.plans)
    assert all(grid.rows[0][0] == "Profit (yuan)" for grid in beyond)


def test_shares_of_a_flow_stand_in_the_brackets_of_the_language(case):
    flow = FIGURES["stages"](case, language("zh"))[0]
    told = re.findall(r'class="told"[^>]*>([^<]*)<', str(draw(flow)))
    assert any("（" in text for text in told)
    assert "(" not in "".join(told)


def test_flows_of_plans_have_one_scale(case):
    first, second = FIGURES["stages"](case, ENGLISH)[:2]
    most = max(number for flow in (first, second) for _, _, number, _ in flow.steps)
    assert first.most == second.most == most
    narrow, wide = (
        float(re.search(r'<rect[^>]* width="([\d.]+)"', str(draw(replace(first, most=k * most))))[1])
        for k in (2, 1)
    )
    assert wide == pytest.approx(2 * narrow, abs=0.2)


@pytest.mark.slow
def test_a_report_of_many_plans_over_a_year_can_be_sent():
    plans = [
        Scenario.model_validate(
            {
                **SHOP,
                "days": 365,
                "name": f"{k} a week",
                "strategies": [{"kind": "content", "quality": 0.1 * k}],
            }
        )
        for k in range(1, 9)
    ]
    found = compare(plans, worlds=2, workers=1, points=0)
    year = comparison_case(found, plans, provenance([]), worlds=2, workers=1)
    assert len(report_html(year).encode()) < 2_000_000


def test_it_is_told_in_chinese(many):
    figure = decision(many, language("zh"))[1]
    assert figure.against == f"与 {many.names[0]} 之差（同样的各次模拟）"


def test_plans_of_other_lengths_are_held_against_each_other_on_the_days_that_both_have():
    plans = [Scenario.model_validate({**SHOP, "name": f"{days}", "days": days}) for days in (9, 12)]
    closeups = [
        *gather(plans[:1], range(3), typical=0, workers=1),
        *gather(plans[1:], range(3), typical=0, workers=1),
    ]
    figure = FIGURES["curves"](Case(("9", "12"), tuple(closeups), None, {}, 0), ENGLISH)[0]
    assert [len(one.values) for one in (figure.level, *figure.others, *figure.gaps)] == [9, 12, 9]
    assert figure.grid().rows
    assert str(draw(figure)).startswith("<svg")


@pytest.mark.parametrize(("days", "rows"), [(5, 5), (60, 8), (181, 25), (365, 13)])
def test_a_table_of_a_long_run_is_no_longer_than_half_a_year_of_weeks(days: int, rows: int):
    lines = Lines(ENGLISH, "k", "T", "yuan", "yuan", "", (Series("best", 0, np.arange(days) + 1.0),))
    assert len(lines.grid().rows) == rows <= 27
