"""What the page tells of its plans beside one world: what they are worth, and why."""

import pytest
from plans import ADVERTS, ENVELOPE, SALE, small
from test_session import ask, session, started

from commsim.analysis.compare import compare
from commsim.analysis.explain import explain, explain_here
from commsim.core.errors import InputError
from commsim.page import advise
from commsim.page.advise import EXPLAINED_IN, JUDGED_IN, Doubted, Rivals, judged
from commsim.report.verdict import verdict

PLANS = (small("plain", 60, 12, [ADVERTS]), small("both", 60, 12, [SALE, ENVELOPE]))


def test_plans_are_judged_as_compare_does():
    told = judged(Rivals(PLANS, 3))
    assert told["en"] == verdict(compare(PLANS, worlds=JUDGED_IN, seed=3, days=12, workers=1))
    assert "什么都不做" in told["zh"]


def test_one_plan_is_judged_against_nothing():
    assert "doing nothing" in judged(Rivals(PLANS[:1], 3))["en"]


def test_large_plans_are_not_judged_unasked(monkeypatch):
    monkeypatch.setattr(advise, "MOST_JUDGED", 100)
    assert judged(Rivals(PLANS, 3)) == {}


def test_a_session_judges_its_panels_and_says_why():
    talk, _ = started()
    (reply,) = ask(talk, do="judge")
    assert reply["type"] == "judged"
    assert reply["told"]["en"]
    with pytest.raises(InputError, match="no panel 4"):
        ask(talk, do="why", panel=3)
    assert ask(session(), do="judge") == [{"type": "judged", "told": {}}]


def test_why_a_plan_earns_what_it_earns():
    plan = PLANS[1]
    told = advise.reasons(Doubted(plan, 3, whole=False))
    found = explain_here(plan, EXPLAINED_IN, 3)
    assert found.pathways == ()
    assert sum(share.mean for share in found.shares) == pytest.approx(found.lead.mean)
    title, (head, *rows) = told["zh"]["tables"][0]
    assert "比什么都不做多的利润" in title
    assert head[1] == "应占份额（Shapley 值）"
    assert [row[0] for row in rows][-1] == "全部合起来"
    assert told["en"]["text"].startswith(("both brings", "Over 12 days both can't be told"))
    with pytest.raises(InputError, match="no strategies"):
        advise.reasons(Doubted(plan.left_alone(), 3, whole=False))


@pytest.mark.slow
def test_what_about_people_a_plan_hangs_on_is_told_when_it_is_asked_for():
    """The same runs as `commsim explain` makes, in the page's few worlds."""
    plan = PLANS[1]
    found = explain_here(plan, EXPLAINED_IN, 3, whole=True)
    same = explain(plan, worlds=EXPLAINED_IN, seed=3, workers=1)
    assert found.pathways == same.pathways
    assert (found.idle, found.everything, found.runs) == (same.idle, same.everything, same.runs)
    talk, _ = started()
    short, whole = (ask(talk, do="why", panel=0, whole=whole)[0] for whole in (False, True))
    assert (short["whole"], whole["whole"]) == (False, True)
    assert len(whole["told"]["en"]["tables"]) == len(short["told"]["en"]["tables"]) + 1
    assert whole["told"]["zh"]["tables"][-1][0].startswith("假如关于人的某一条不成立")
