"""The best of several plans on the engine: what ends a race, what is kept, and what it depends on."""

import json

import pytest

from commsim import Best, Scenario, best
from commsim.analysis.beliefs import Beliefs, points_of, unknowns_of
from commsim.analysis.best import AllFailed
from commsim.analysis.compare import compare
from commsim.analysis.envelope import looks
from commsim.analysis.study import run_all
from commsim.analysis.unknowns import supposed
from commsim.core.errors import InputError
from commsim.experiments.design import load_design
from commsim.experiments.progress import read_progress
from commsim.experiments.worlds import world_seed
from commsim.report.best import best_data, best_grids, best_verdict
from commsim.report.language import language
from commsim.scenario.own_strategies import take

BASE = {"days": 10, "community": {"members": 60}, "products": [{"name": "tea", "price": 30, "unit_cost": 15}]}


def plan(name, *strategies):
    return Scenario.model_validate({**BASE, "name": name, "strategies": strategies})


NOTHING = plan("nothing")
EARLY, LATE = (plan(f"at {hour}", {"kind": "red_envelope", "total": 5, "hour": hour}) for hour in (9, 20))
BELIEFS = Beliefs(
    values={"buying.touch": 0.07, "activity.start": 0.3},
    ranges={"buying.touch": (0.01, 0.1), "activity.start": (0.2, 0.4)},
    draws=tuple({"buying.touch": touch, "talk.level": 0.2} for touch in (0.02, 0.09, 0.05)),
    evidence="calibrated on three groups",
)
DEAR = plan("dear", {"kind": "red_envelope", "total": 200})


def told(found: Best) -> str:
    return json.dumps(best_data(found))


def test_the_dear_gift_goes_and_the_values_are_those_of_compare(tmp_path):
    found = best([EARLY, LATE, DEAR], max_worlds=15, within=1.0, out=tmp_path / "runs", workers=1)
    assert DEAR.name not in [found.plans[plan] for plan in found.left]
    beside = compare([EARLY, LATE, DEAR], worlds=15, workers=1)
    for plan_number, values in enumerate(found.values):
        assert values.tolist() == beside.of("profit")[plan_number, : len(values)].tolist()
    assert found.seeds == tuple(world_seed(0, world) for world in range(found.last.worlds))
    assert found.worlds(2) == 10
    assert found.runs == read_progress(tmp_path / "runs").done
    assert len(found.plot().axes[0].get_yticklabels()) == len(found.plans) - 1
    assert found.frame().groupby("plan").size().to_dict() == {
        name: found.worlds(number) for number, name in enumerate(found.plans)
    }
    again = best([EARLY, LATE, DEAR], max_worlds=15, within=1.0, out=tmp_path / "runs", workers=1)
    assert told(again) == told(found)
    assert again.runs == read_progress(tmp_path / "runs").done


def test_the_best_are_tried_at_draws_of_a_calibration(tmp_path):
    plans = [EARLY, LATE, DEAR]
    given = {"max_worlds": 12, "within": 1e-6, "points": 20, "beliefs": BELIEFS, "out": tmp_path / "runs"}
    found = best(plans, workers=1, **given)
    with_values = [BELIEFS.put_into(one) for one in plans]
    ranked = [with_values[one] for one in found.tried]
    known = unknowns_of(ranked, BELIEFS)
    rows = points_of(known, 20, 0, BELIEFS)
    for number, touch in ((0, 0.02), (4, 0.09), (11, 0.05)):
        row = rows[number]
        assert row["buying.touch"] == touch
        seed = world_seed(0, number % found.common)
        profits = [one.ledger["fen"].sum() / 100 for one in run_all(supposed(ranked, known, row), seed)]
        assert found.ranges.values[:, number].tolist() == pytest.approx(profits)
    assert found.tried == found.ranked
    assert found.doubt(2).ahead.mean == 1.0
    assert found.doubt(found.leader) is None
    beside = compare(with_values, worlds=found.common, workers=1)
    assert found.values[0][: found.common].tolist() == beside.of("profit")[0].tolist()
    for lang, words in (
        ("en", "20 points: draws of the calibration"),
        ("zh", "20 个取值点：已校准的取校准抽样"),
    ):
        assert words in best_verdict(found, language(lang))
        assert len(best_grids(found, language(lang))[1].rows) == 2
    leads = best_data(found)["ranges"]["leads"]
    assert {(lead["plan"], lead["against"]) for lead in leads} == {
        (found.plans[found.leader], found.plans[other]) for other in found.tried[1:]
    }
    heard = []
    again = best(plans, workers=1, progress=lambda runs, look: heard.append(runs), **given)
    assert told(again) == told(found)
    assert max(heard) == found.runs


def test_without_runs_left_the_best_are_not_tried_at_draws():
    found = best([EARLY, DEAR], max_worlds=10, runs=59, points=20, beliefs=BELIEFS, workers=1)
    assert (found.ranges, found.stopped, best_data(found)["ranges"]) == (None, "one left", None)
    assert "runs or time did not suffice for 20 points" in best_verdict(found)
    assert "次数或时间不够运行 20 个点" in best_verdict(found, language("zh"))
    assert best([EARLY, DEAR], max_worlds=10, runs=60, points=20, workers=1).ranges.drawn is False
    assert "suffice" not in best_verdict(best([EARLY, DEAR], max_worlds=10, runs=59, workers=1))


@pytest.mark.parametrize(
    ("plans", "settings", "what"),
    [
        ([NOTHING], {}, "two or more"),
        ([NOTHING, DEAR], {"runs": 19}, "19 runs are too few for 2 plans"),
        ([NOTHING, DEAR], {"metric": "left"}, "can't be ranked by 'left'"),
        ([NOTHING, DEAR], {"max_worlds": 1}, "two worlds"),
        ([NOTHING, DEAR], {"points": 5}, "5 points say nothing"),
        ([NOTHING, DEAR], {"confidence": 1.0}, "confidence of 1 is none"),
        ("advert-frequency", {}, "mute_message is nothing that a planner can choose"),
    ],
)
def test_what_can_not_be_done_is_told(plans, settings, what):
    with pytest.raises(InputError, match=what):
        best(plans, **settings)


@pytest.mark.slow
def test_it_does_not_depend_on_processes_nor_on_where_it_was_stopped(tmp_path):
    plans = [EARLY, LATE, DEAR, plan("advert", {"kind": "advert"})]
    settings = {"max_worlds": 40, "within": 0.5}
    whole = best(plans, workers=1, **settings)
    assert told(best(plans, workers=2, **settings)) == told(whole)
    for runs in range(40, whole.runs, 37):
        part = best(plans, workers=1, out=tmp_path / "runs", runs=runs, **settings)
        assert part.stopped == "runs"
        assert part.runs <= runs
        assert list(part.looks) == list(whole.looks[: len(part.looks)])
    assert told(best(plans, workers=2, out=tmp_path / "runs", **settings)) == told(whole)


@pytest.mark.slow
def test_time_that_is_over_ends_it_with_the_last_statement():
    found = best([EARLY, LATE], seconds=0.0, within=1e-6, workers=1)
    assert (found.stopped, len(found.looks), found.last.worlds) == ("seconds", 1, looks(10_000)[0])


@pytest.mark.slow
def test_an_interruption_ends_it_with_the_last_statement():
    def interrupt(runs, look):
        if look is not None and look.worlds >= 22:
            raise KeyboardInterrupt

    found = best([EARLY, LATE], within=1e-6, workers=1, progress=interrupt)
    assert found.stopped == "interrupted"
    assert found.last.worlds == 22


@pytest.mark.slow
def test_before_the_first_look_an_interruption_is_one():
    def interrupt(runs, look):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        best([EARLY, LATE], workers=1, progress=interrupt)


@pytest.mark.slow
def test_the_points_of_a_design_are_plans(tmp_path):
    (tmp_path / "plan.yaml").write_text(
        "name: tea\ndays: 10\ncommunity: {members: 60}\nproducts: [{name: tea, price: 30, unit_cost: 15}]\n"
        "strategies: [{kind: red_envelope, total: 5}]\n"
    )
    (tmp_path / "design.yaml").write_text(
        "name: gifts\nscenario: plan.yaml\nrepetitions: 3\nseed: 4\n"
        "levers: {gift: {path: strategies.red_envelope.total, values: [1, 100, 200]}}\n"
    )
    found = best(load_design(tmp_path / "design.yaml"), max_worlds=15, workers=1)
    assert found.plans == ("gift = 1.0", "gift = 100.0", "gift = 200.0")
    assert found.leader == 0
    assert found.seeds[0] == world_seed(4, 0)
    assert best(tmp_path / "design.yaml", max_worlds=15, seed=5, workers=1).seeds[0] == world_seed(5, 0)
    calibrated = best(tmp_path / "design.yaml", max_worlds=10, beliefs=BELIEFS, points=0, workers=1)
    (tmp_path / "one.yaml").write_text((tmp_path / "plan.yaml").read_text().replace("total: 5", "total: 1"))
    (records,) = run_all([BELIEFS.put_into(Scenario.load(tmp_path / "one.yaml"))], world_seed(4, 0))
    assert calibrated.values[0][0] == pytest.approx(records.ledger["fen"].sum() / 100)
    assert calibrated.values[0][:10].tolist() != found.values[0][:10].tolist()


@pytest.mark.slow
def test_plans_that_can_not_be_run_are_named(tmp_path):
    lines = [
        "from typing import ClassVar, Literal",
        "from commsim import Strategy",
        "class Faulty(Strategy):",
        '    """Breaks."""',
        '    kind: Literal["faulty"] = "faulty"',
        '    purpose: ClassVar = "activity"',
        "    def act(self, view, memory):",
        '        raise RuntimeError("broken")',
    ]
    (tmp_path / "faulty.py").write_text("\n".join(lines) + "\n")
    take(tmp_path / "faulty.py")
    broken = plan("broken", {"kind": "faulty"})
    found = best([NOTHING, broken, DEAR], max_worlds=10, workers=1)
    assert found.failed == {1: world_seed(0, 0)}
    assert 1 not in found.ranked
    with pytest.raises(AllFailed):
        best([broken, plan("too", {"kind": "faulty"})], max_worlds=10, workers=1)
