"""Limits of a plan: how they are written, what is known of them on paper and after a run, who is refused."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from commsim.analysis.within import all_within, kept, used
from commsim.cli import app
from commsim.core.effects import Account
from commsim.scenario.errors import ScenarioError
from commsim.scenario.limits import most_posts
from commsim.scenario.load import dump, loads
from commsim.simulation.limits import LimitBroken, beyond_on_paper, on_paper
from commsim.simulation.run import simulate

PLAN = """
name: bounded
days: 14
community: {members: 60, group_size: 30}
products: [{name: tea, price: 30, unit_cost: 15}]
strategies:
  - {kind: red_envelope, total: 10, shares: 5, weekdays: [tue], staff_minutes: 6}
  - {kind: advert, posts: 2, weekdays: [mon, tue], staff_minutes: 3}
"""


def plan(limits: str, more: str = ""):
    return loads(f"{PLAN}limits: {limits}\n{more}")


def test_what_is_certain_is_known_before_a_run():
    bounded = plan("{budget: 40, hours: 3, posts_per_day: 2, each_group: {budget: 20, hours: 1}}")
    # two envelopes in each of two groups; each group 2 x 6 minutes for envelopes and 4 x 3 for adverts
    assert on_paper(bounded) == {
        "budget": 40.0,
        "hours": pytest.approx(0.8, abs=0.01),
        "posts_per_day": 2.0,
        "each_group.budget": 20.0,
        "each_group.hours": pytest.approx(0.4, abs=0.01),
    }
    assert list(beyond_on_paper(bounded)) == []
    assert most_posts(bounded) == (2, 4)


def test_weeks_are_those_of_the_calendar_and_refused_posts_are_none():
    late = plan("{posts_per_week: 4}", "start: 2026-03-03")  # a Tuesday: 2, then 4, then the Monday
    assert most_posts(late) == (2, 4)
    touches = "operator: {touches: {per_day: 1}}"
    assert most_posts(plan("{posts_per_week: 4}", touches)) == (1, 2)


def _beyond(limits, what):
    return f"{limits[:-1]}, beyond: {what}}}"


@pytest.mark.parametrize(
    ("limits", "where", "what"),
    [
        ("{budget: 39.99}", "limits.budget", "comes to 40 yuan, and the limit is 39.99"),
        ("{each_group: {hours: 0.3}}", "limits.each_group.hours", "comes to 0.4"),
        ("{groups: [{name: 2, budget: 19}]}", "limits.groups.0.budget", "group 2: the plan comes to 20"),
        ("{groups: [{name: 1, posts_per_week: 3}]}", "limits.groups.0.posts_per_week", "comes to 4"),
        ("{posts_per_week: 3}", "limits.posts_per_week", "comes to 4, and the limit is 3"),
    ],
)
def test_a_plan_beyond_on_paper_is_refused_by_name_or_marked(limits, where, what, tmp_path):
    with pytest.raises(LimitBroken, match=what) as caught:
        simulate(plan(limits), 1)
    assert where in caught.value.where
    marked = plan(_beyond(limits, "mark"))
    assert simulate(marked, 1).days == 14
    for beyond, code, label in (("refuse", 3, "error"), ("mark", 0, "warning")):
        file = tmp_path / f"{beyond}.yaml"
        file.write_text(f"{PLAN}limits: {_beyond(limits, beyond)}\n")
        done = CliRunner().invoke(app, ["check", str(file)])
        assert done.exit_code == code
        assert "yaml:9:" in done.output
        assert f"{label}: {where.replace('.0', '[0]')}" in done.output


def test_after_a_run_each_limit_is_beside_what_it_came_to():
    bounded = plan("{budget: 40, hours: 3, margin: 95%, leaving: 5%, posts_per_day: 2}")
    worlds = [simulate(bounded, seed) for seed in (1, 2, 3)]
    found = {one.limit.name: one for one in kept(bounded.limits, [used(one, bounded) for one in worlds])}
    for world, records in enumerate(worlds):
        ledger, daily = records.ledger, records.daily
        staff = ledger["account"] == records.accounts.index(Account.STAFF)
        assert found["hours"].values[world] == pytest.approx(-ledger["fen"][staff].sum() / 4600)
        assert found["leaving"].values[world] == daily["left"].sum() / (60 + daily["joined"].sum())
        share = ledger["fen"].sum() / daily["revenue"].sum()
        assert found["margin"].values[world] == pytest.approx(share)
        assert 0 < found["budget"].values[world] <= 40.0
    assert not found["margin"].within.any()
    assert found["margin"].broken.mean == 1.0
    assert found["posts_per_day"].values.tolist() == [2.0] * 3
    assert not all_within(list(found.values())).any()
    assert np.all(found["hours"].within)


def test_who_writes_no_limit_or_one_that_can_not_be_is_told():
    for limits, what in (
        ("{beyond: mark}", "limits nothing; give one or more of budget"),
        ("{margin: 2}", "must be -1 to 1 share, is 2"),
        ("{posts: 3}", "posts"),
    ):
        with pytest.raises(ScenarioError, match=what):
            plan(limits)
    assert "limits" not in dump(loads(PLAN))
    assert plan("{margin: 10%}").left_alone().limits is None


def test_chinese_words_and_show_and_run(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(f"{PLAN}限制: {{总预算: 40元, 退群率上限: 5%, 超出限制时: 标出}}\n")
    show = CliRunner().invoke(app, ["show", str(file), "--json"])
    assert [(one["limit"], one["planned"]) for one in json.loads(show.stdout)["limits"]] == [
        ("budget", 40.0),
        ("leaving", None),
    ]
    assert (
        "预算 至多 40 元（计划 40 元）" in CliRunner().invoke(app, ["show", str(file), "--lang", "zh"]).stdout
    )
    run = CliRunner().invoke(app, ["run", str(file), "-q", "--json"])
    assert [one["bound"] for one in json.loads(run.stdout)["limits"]] == [40.0, 0.05]
    assert "Broken" not in run.stdout


@pytest.mark.parametrize(("first", "a_week"), [(5, 2), (6, 1)])
def test_weeks_of_posts_begin_on_mondays(first, a_week):
    """The plan begins on a Monday: days 5 and 6 are of its first week, day 7 is not."""
    posts = f"{{kind: content, starts: {first}, ends: {first + 1}}}"
    two_days = PLAN[: PLAN.index("strategies:")] + f"start: 2026-03-02\nstrategies: [{posts}]\n"
    assert most_posts(loads(two_days)) == (1, a_week)
