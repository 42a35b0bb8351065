"""Limits of groups: what each comes to, on paper and in a run, and how plans are held to them."""

import json
from typing import ClassVar, Literal

import numpy as np
import pytest
from typer.testing import CliRunner

from commsim.analysis.by_group import leaving, money
from commsim.analysis.measures import outcomes
from commsim.analysis.planning.plan import plan as search
from commsim.analysis.within import detail_of, kept, used
from commsim.cli import app
from commsim.core.effects import Account, Work
from commsim.experiments.space import from_data
from commsim.scenario.errors import ScenarioError
from commsim.scenario.load import loads
from commsim.simulation.forecast import forecast_by_group
from commsim.simulation.limits import on_paper
from commsim.simulation.run import simulate
from commsim.strategies.base import Strategy

PLAN = """
name: apart
days: 14
start: 2026-03-02
community: {groups: [{name: tea, members: 40}, {name: vip, members: 20}, 30]}
products: [{name: tea, price: 30, unit_cost: 15}]
operator: {minutes_per_group: 1, wage_per_hour: 60}
strategies:
  - {kind: red_envelope, total: 10, shares: 5, weekdays: [tue], staff_minutes: 12, groups: [vip]}
  - {kind: advert, posts: 2, weekdays: [mon, tue], staff_minutes: 3, groups: {without: [vip]}}
  - {kind: content, weekdays: [wed], staff_minutes: 15, posts: 1}
"""
EACH = (
    "{each_group: {budget: 50, hours: 2, margin: -0.5, leaving: 9%}, "
    "groups: [{name: vip, budget: 20, leaving: 1%}]"
)


def plan(limits, more=""):
    return loads(f"{PLAN}limits: {limits}\n{more}")


def test_each_group_has_posts_money_and_hours_of_its_own_on_paper():
    names = "tea", "vip", "3"
    limits = ", ".join(
        f"{{name: {one}, budget: 1000, hours: 90, posts_per_day: 9, posts_per_week: 9}}" for one in names
    )
    paper = on_paper(plan(f"{{groups: [{limits}]}}"))
    own, content = 14 / 60, 2 * 15 / 60
    hours = (own + content + 4 * 3 / 60, own + content + 2 * 12 / 60, own + content + 4 * 3 / 60)
    for name, yuan, staff, a_day, a_week in zip(names, (0, 20, 0), hours, (2, 1, 2), (5, 1, 5), strict=True):
        assert paper[f"groups.{name}.budget"] == yuan
        assert paper[f"groups.{name}.hours"] == pytest.approx(staff)
        assert paper[f"groups.{name}.posts_per_day"] == a_day
        assert paper[f"groups.{name}.posts_per_week"] == a_week


class NightShift(Strategy):
    """Half an hour of staff a day in the first group alone."""

    kind: Literal["night_shift"] = "night_shift"
    purpose: ClassVar = "activity"

    def act(self, view, memory):
        """See the class."""
        yield Work(30.0, groups=np.arange(view.n_groups) == 0)


def test_work_in_some_groups_is_theirs():
    shifts = plan("{each_group: {hours: 90}}").model_copy(update={"strategies": (NightShift(),)})
    assert forecast_by_group(shifts).hours == pytest.approx([14 / 60 + 7, 14 / 60, 14 / 60])
    assert on_paper(shifts)["each_group.hours"] == pytest.approx(14 / 60 + 7)


def test_the_worst_of_those_without_a_limit_of_their_own_is_held_to_that_of_each():
    bounded = plan(EACH + ", beyond: mark}")
    assert detail_of(bounded) == "full"
    records = simulate(bounded, 3, detail="full")
    found = {one.limit.name: one.values[0] for one in kept(bounded.limits, [used(records, bounded)])}
    own = money(records, bounded)
    gone = leaving(records)
    assert found["each_group.budget"] == own["budget"][[0, 2]].max()
    assert found["groups.vip.budget"] == own["budget"][1] > 0
    assert found["each_group.hours"] == own["hours"].max()
    assert found["each_group.margin"] == own["margin"].min()
    assert found["each_group.leaving"] == gone[[0, 2]].max()
    assert found["groups.vip.leaving"] == gone[1]
    assert detail_of(plan("{budget: 90, each_group: {leaving: 9%}}")) == "daily"


def test_groups_add_up_to_the_whole():
    bounded = plan("{budget: 1000, each_group: {hours: 90}}")
    records = simulate(bounded, 4, detail="full")
    own, whole = money(records, bounded), outcomes(records)
    used_up = dict(zip((one.name for one in bounded.limits.set), used(records, bounded), strict=True))
    assert own["budget"].sum() == pytest.approx(used_up["budget"])
    revenue = np.bincount(records.groups["group"], weights=records.groups["revenue"]) / 100
    assert own["margin"] @ revenue == pytest.approx(whole["profit"])
    staff = records.ledger["account"] == records.accounts.index(Account.STAFF)
    assert own["hours"].sum() == pytest.approx(-records.ledger["fen"][staff].sum() / 6000)
    assert own["hours"] == pytest.approx([14 / 60 + 0.5 + staff for staff in (0.2, 0.4, 0.2)], abs=0.01)
    rows = records.groups
    for group, share in enumerate(leaving(records)):
        here = rows["group"] == group
        gone, last = rows["left"][here].sum(), rows["members"][here][-1]
        assert share == gone / (gone + last)


def test_groups_that_there_are_not_or_that_stand_twice_are_errors():
    for limits, what in (
        ("{groups: [{name: vipp, budget: 3}]}", "no group 'vipp'"),
        ("{groups: [{name: vip, budget: 3}, {name: 2, hours: 3}]}", "2 has limits already"),
        ("{groups: [{name: vip}]}", "limits nothing; give one or more of budget"),
        ("{each_group: {posts_per_day: 2}}", "posts_per_day"),
    ):
        with pytest.raises(ScenarioError, match=what):
            plan(limits)


def test_check_show_run_and_compare_tell_of_groups(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(f"{PLAN}limits: {EACH}}}\n")
    run = CliRunner()
    shown = run.invoke(app, ["show", str(file), "--json"])
    planned = {one["limit"]: one["planned"] for one in json.loads(shown.stdout)["limits"]}
    assert planned["each_group.budget"] == 0.0
    assert planned["groups.vip.budget"] == 20.0
    assert planned["groups.vip.leaving"] is None
    assert (
        "Budget, group vip at most 20 yuan (20 yuan planned)" in run.invoke(app, ["check", str(file)]).output
    )
    told = json.loads(run.invoke(app, ["run", str(file), "-q", "--json"]).stdout)["limits"]
    assert [one["limit"] for one in told][-2:] == ["groups.vip.budget", "groups.vip.leaving"]
    assert all(one["mean"] is not None for one in told)
    other = tmp_path / "other.yaml"
    other.write_text(PLAN.replace("apart", "free"))
    compared = run.invoke(app, ["compare", str(file), str(other), "--worlds", "2", "-q", "--lang", "zh"])
    assert "退群率（任一群）" in compared.stdout
    assert "预算（vip 群）" in compared.stdout


@pytest.mark.slow
def test_a_search_keeps_to_limits_of_groups():
    """Larger envelopes for vip would break its budget on paper, and are not tried."""
    bounded = plan("{groups: [{name: vip, budget: 20}]}")
    space = from_data(
        {
            "name": "sizes",
            "levers": {"total": {"path": "strategies.red_envelope.total", "values": [5, 10, 20]}},
        },
        bounded,
    )
    found = search(bounded, space, runs=240, doubts=0, workers=1)
    assert found.scenario is None or found.scenario.strategies[0].total <= 1000
    assert [one.limit.name for one in found.limits] == ["groups.vip.budget"]
    assert found.limits[0].within.all()
