"""Shipped plans in Chinese reports, also where results were kept in English."""

from chinese import read_of
from commsim.analysis.compare import compare
from commsim.records.manifest import provenance
from commsim.report.case import comparison_case
from commsim.report.html.page import report_html
from commsim.report.language import ENGLISH, language
from commsim.report.rival import plans_called
from commsim.scenario.load import load

ZH = language("zh")


def test_names_are_told_but_for_those_of_the_user_and_of_plans_that_would_share_one():
    names = ("active group", "doing nothing", "mine")
    assert plans_called(names, ZH) == ("活跃群", "什么都不做", "mine")
    assert plans_called(names, ENGLISH) == names
    assert plans_called(("active group", "活跃群"), ZH) == ("active group", "活跃群")


def test_a_comparison_of_shipped_plans_is_told_in_chinese():
    plans = [_small(load(name)) for name in ("dead-group", "unmanaged-group")]
    found = compare(plans, worlds=3, workers=1)
    case = comparison_case(found, plans, provenance([]), worlds=2, workers=1)
    page = read_of(report_html(case, ZH))
    assert "死群" in page
    said = [
        text for plan in plans for text in (plan.name, plan.about, *(one.goal for one in plan.strategies))
    ]
    assert not [text for text in said if text and text in page]


def _small(plan):
    few = {"members": 60, "group_size": 30}
    return plan.model_copy(update={"days": 9, "community": plan.community.model_copy(update=few)})
