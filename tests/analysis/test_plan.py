"""The best plan on the engine: what it finds, what it never recommends, and what that depends on."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from commsim import Scenario, plan
from commsim.analysis.intervals import Interval
from commsim.analysis.planning.planned import Candidate
from commsim.analysis.planning.work import AS_IT_IS, Work, answer
from commsim.core.errors import InputError
from commsim.experiments.space import NOTHING, default_space, from_data
from commsim.report.planned.data import planned_csv, planned_data
from commsim.report.planned.tables import planned_grids
from commsim.report.planned.verdict import planned_verdict
from commsim.scenario.load import loads
from commsim.simulation.run import simulate

BASE = Scenario.model_validate({
    "name": "base",
    "days": 10,
    "community": {"members": 60},
    "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
    "strategies": [
        {"kind": "red_envelope", "total": 150, "shares": 10, "weekdays": ["tue", "thu"]},
        {"kind": "group_rules", "enforcement": 0.8},
    ],
})  # fmt: skip
SPACE = {
    "name": "small",
    "levers": {
        "gift": {"path": "strategies.red_envelope.total", "values": [5, 50, 150]},
        "rules": {"path": "strategies.group_rules.on", "values": [True, False]},
    },
}
FEW = {"runs": 250, "doubts": 4, "workers": 1}


def told(found) -> str:
    return json.dumps(planned_data(found))


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    place = tmp_path_factory.mktemp("plan") / "runs"
    return plan(BASE, from_data(SPACE, BASE), out=place, **FEW), place


def test_the_dear_gift_becomes_small_and_its_worth_is_its_money(found):
    found, _ = found
    changes = {one.lever: one for one in found.changes}
    assert (changes["gift"].before, changes["gift"].after, changes["gift"].at_edge) == (150.0, 5.0, True)
    # two or three envelopes of 145 yuan less, in one group
    assert 130 < changes["gift"].worth.mean < 3 * 146
    assert found.is_better
    assert found.lead.low > 100
    assert found.scenario.strategies[0].total == 500
    assert found.runs <= 250
    assert {found.doubt.points, found.doubt_nothing.points} == {4}
    assert found.doubt.ahead.mean == 1.0
    assert "At the edge of what there was to choose: gift." in planned_verdict(found)
    assert "Where what nobody knows is otherwise it is ahead in 100 %" in planned_verdict(found)
    assert "as draws of the calibration have it" in planned_verdict(replace(found, drawn=True))
    assert found.race.plans[0] == "base as it is"


def test_choices_read_as_words_though_there_are_digits_in_them(found):
    found, _ = found
    next_best = Candidate("plan 1", found.changes, (Interval(90.0, 80.0, 100.0),), BASE)
    changes, others, *_ = planned_grids(replace(found, runners=(next_best,)))
    assert changes.header[:3] == ("Choice", "Before", "After")
    assert [changes.is_words(column) for column in range(4)] == [True, True, True, False]
    assert others.header[:2] == ("Plan", "Choices")
    assert others.rows[0][0] == "plan 1"
    assert " -> " in others.rows[0][1]
    assert [others.is_words(column) for column in range(3)] == [True, True, False]


def test_the_plan_is_yaml_that_runs_and_gives_what_was_said(found):
    found, _ = found
    again = loads(found.yaml())
    assert again == found.scenario
    frame = found.frame()
    seed = int(frame["seed"][3])
    ledger = simulate(again, seed).ledger
    assert frame["plan"][3] == pytest.approx(ledger["fen"].sum() / 100)
    assert frame["base"][3] == pytest.approx(simulate(BASE, seed).ledger["fen"].sum() / 100)
    assert frame["nothing"][3] == pytest.approx(simulate(BASE.left_alone(), seed).ledger["fen"].sum() / 100)
    assert len(planned_csv(found).splitlines()) == 1 + len(found.changes)
    assert "gift" in found._repr_html_()
    assert found.plot().axes


def test_gone_on_with_it_makes_no_run_and_says_the_same(found):
    found, place = found
    before = (place / "asked.jsonl").read_bytes()
    again = plan(BASE, from_data(SPACE, BASE), out=place, **FEW)
    assert told(again) == told(found)
    assert (place / "asked.jsonl").read_bytes() == before


def test_what_breaks_a_limit_is_never_recommended():
    dear = {
        **SPACE["levers"],
        "gift": {"path": "strategies.red_envelope.total", "values": [100, 150]},
        "tue": {"path": "strategies.red_envelope.weekdays.tue", "values": [True, False]},
    }
    space = from_data({**SPACE, "levers": dear, "limits": {"budget": 120}}, BASE)
    kept = plan(BASE, space, **FEW)
    used = {one.limit.name: one for one in kept.limits}["budget"]
    assert kept.scenario.strategies[0].weekdays == ("thu",)
    assert used.values.max() <= 120
    none = plan(BASE, space, limits={"budget": 20}, **FEW)
    assert none.scenario is None
    assert not none.is_better
    assert "No plan was found that keeps the limits, nor does base" in planned_verdict(none)
    with pytest.raises(ValueError, match="no plan keeps the limits"):
        none.yaml()


def test_a_limit_that_only_runs_can_tell_is_tried_in_fresh_worlds():
    space = from_data({**SPACE, "limits": {"margin": "99%"}}, BASE)
    none = plan(BASE, space, **FEW)
    assert none.scenario is None
    assert {one.limit.name: one.broken.mean for one in none.limits} == {"margin": 1.0}


def test_how_it_stands_to_doing_nothing_is_told_either_way(found):
    found, _ = found
    told = {
        "It is 2 yuan ahead of doing nothing": Interval(2, 1, 3),
        "not surely ahead of doing nothing": Interval(1, -1, 3),
        "In every world it comes to the same as doing nothing": Interval(0, 0, 0),
        "Doing nothing is 2 yuan ahead of it": Interval(-2, -3, -1),
    }
    for words, over in told.items():
        assert words.replace("2 yuan", "2.00 yuan") in planned_verdict(replace(found, over_nothing=over))


def test_two_measures_give_plans_none_of_which_is_beaten():
    found = plan(BASE, from_data(SPACE, BASE), objective=("profit", "left"), **FEW)
    leads = [tuple(lead.mean for lead in one.leads) for one in found.front]
    assert leads == sorted(leads, reverse=True)
    assert all(a[1] > b[1] for a, b in pairwise(leads))  # fewer leave with less profit
    assert found.scenario == found.front[0].scenario
    assert found.plot().axes[0].get_ylabel().startswith("Left")


def test_an_answer_is_a_run_of_that_plan_and_an_error_is_a_result():
    work = Work(default_space(BASE), ("profit",), 2, 0)
    result = answer(work, (NOTHING, 7, AS_IT_IS))
    assert result.values[0] == pytest.approx(simulate(BASE.left_alone(), 7).ledger["fen"].sum() / 100)
    assert answer(work, ((0,), 7, AS_IT_IS)).failed
    assert len(answer(work, (work.space.start, 7, 1)).values) == 3


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"objective": "left"}, "can't be ranked by 'left' alone"),
        ({"objective": "gain"}, "no measure 'gain'"),
        ({"objective": ("profit", "profit")}, "two different"),
        ({"runs": 10}, "allow 220 or more"),
        ({"doubts": -1}, "0 or more"),
    ],
)
def test_what_can_not_be_done_is_told(settings, what):
    with pytest.raises(InputError, match=what):
        plan(BASE, from_data(SPACE, BASE), **settings)


@pytest.mark.slow
def test_it_does_not_depend_on_processes_nor_on_where_it_was_stopped(tmp_path):
    space = default_space(BASE)
    settings = {"runs": 300, "doubts": 4}
    whole = plan(BASE, space, workers=1, **settings)
    assert told(plan(BASE, space, workers=2, **settings)) == told(whole)
    part = plan(BASE, space, workers=1, out=tmp_path / "runs", **(settings | {"seconds": 0.3}))
    assert part.stopped == "seconds"
    file = tmp_path / "runs" / "asked.jsonl"
    file.write_bytes(file.read_bytes()[:-7])  # as if it had been killed while it wrote
    gone_on = plan(BASE, space, workers=2, out=tmp_path / "runs", **settings)
    assert told(gone_on) == told(whole)


@pytest.mark.slow
def test_an_interrupted_search_still_says_what_holds(monkeypatch):
    heard = 0

    def stop(done, what):
        nonlocal heard
        heard += 1
        if heard == 60:
            raise KeyboardInterrupt

    found = plan(BASE, from_data(SPACE, BASE), progress=stop, runs=400, workers=1)
    assert found.stopped == "interrupted"
    assert "The search was interrupted" in planned_verdict(found)
    assert len(found.seeds) >= 10
    early = plan(BASE, default_space(BASE), seconds=0.0, runs=400, workers=1)
    assert early.stopped == "seconds"
    assert replace(early, seconds=0.0).runs < 400


class _Interrupts:
    """Hears what is done, and interrupts once where a part begins, or at each of so many of its runs."""

    def __init__(self, part, after=0, times=1):
        self.part, self.after, self.times = part, after, times

    def __call__(self, done, what):
        if self.part in what and self.times:
            self.after -= 1
            if self.after < 0:
                self.times -= 1
                raise KeyboardInterrupt


AFTER_THE_SEARCH = [("limits in fresh", 0), ("finalists", 0), ("the plan and what", 3)]


@pytest.mark.parametrize(
    ("part", "after"),
    [*(pytest.param(*one, marks=pytest.mark.slow) for one in AFTER_THE_SEARCH), ("the plan and what", 45)],
)
def test_an_interrupt_after_the_search_ends_with_what_is_known(part, after):
    stop = _Interrupts(part, after)
    found = plan(BASE, from_data(SPACE, BASE), progress=stop, **FEW)
    assert stop.times == 0
    assert found.stopped == "cut short"
    assert len(found.seeds) == 10
    assert found.is_better
    assert found.race is not None
    assert found.doubt is None
    assert "interrupted in its last part" in planned_verdict(found)


@pytest.mark.slow
def test_a_second_interrupt_is_the_end():
    with pytest.raises(KeyboardInterrupt):
        plan(BASE, from_data(SPACE, BASE), progress=_Interrupts("the plan and what", times=2), **FEW)
