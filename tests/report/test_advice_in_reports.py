"""Reports say first when doing nothing is as good, and explain a plan where that is asked for."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hostile_plans import BUSY, HARM

from commsim.analysis.closeup import ALL, Closeup, Replication
from commsim.analysis.explain import explain
from commsim.core.measures import NAMES
from commsim.report.case import Case
from commsim.report.html.decision import conclusion
from commsim.report.html.page import report_html
from commsim.report.language import ENGLISH, language


def looked_at(**without: float) -> Case:
    """A plan that earns some 1,000 yuan, and so many without each of its strategies, in ten worlds."""

    def outcome(profit: float) -> np.ndarray:
        row = np.zeros(len(NAMES))
        row[NAMES.index("profit")] = profit
        return row

    luck, worlds = np.random.default_rng(1), []
    for _ in range(10):
        parts = {
            name.replace("all", ALL): outcome(each + luck.normal(0, 20)) for name, each in without.items()
        }
        own = outcome(1000 + luck.normal(0, 20))
        worlds.append(Replication(*[None] * 5, own, parts, None, None))
    closeup = Closeup(BUSY.model_copy(update={"name": "plan"}), tuple(worlds), None)
    return Case(("plan",), (closeup,), None, {}, 0)


def test_a_plan_by_itself_is_told_what_to_drop():
    case = looked_at(good=600, bad=1300, poor=1100, all=500)
    first, rest = conclusion(case, ENGLISH).split(": drop that. ")
    assert re.fullmatch(r"plan earns (2[89]|3[01])\d yuan more without bad \(2\d\d to 3\d\d\)", first), first
    assert rest.startswith("plan earns ")
    assert "不做bad反而多赚" in conclusion(case, language("zh"))


def test_a_plan_by_itself_that_is_worse_than_nothing():
    text = conclusion(looked_at(good=900, bad=1300, all=1200), ENGLISH)
    assert text.startswith("Doing nothing earns ")
    assert "; without bad plan earns " in text
    text = conclusion(looked_at(only=1000), ENGLISH)
    assert text.startswith("plan can't be told apart from doing nothing (")


def test_a_good_plan_by_itself_is_not_warned_of():
    assert "drop" not in conclusion(looked_at(good=600, fair=900, all=500), ENGLISH)


def test_a_report_of_a_comparison_has_what_plans_add(case):
    page = report_html(case)
    assert "Beyond doing nothing (95 %)" in page
    assert 'id="explained"' not in page


@pytest.mark.slow
def test_a_report_explains_a_plan_where_asked(case):
    why = explain(BUSY, worlds=2, workers=1)
    for say in (ENGLISH, language("zh")):
        page = report_html(replace(case, explained=why), say)
        section = page.split('id="explained"')[1].split("</section>")[0]
        assert say("Its share (Shapley)") in section
        assert section.count("<figure") >= 2
        assert HARM not in page
