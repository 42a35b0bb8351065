"""What would turn two plans round on the engine: what is run and refused, and what nothing depends on."""

import json

import pytest

from commsim import Flip, Scenario, flip
from commsim.analysis.beliefs import Beliefs
from commsim.analysis.compare import compare
from commsim.analysis.suppositions import RunsFailed
from commsim.core.errors import InputError
from commsim.experiments.begin import ResumeRefused
from commsim.report.flip.data import flip_data
from commsim.report.flip.verdict import flip_verdict
from commsim.report.language import language
from commsim.scenario.own_strategies import take

BASE = {"days": 10, "community": {"members": 60}, "products": [{"name": "tea", "price": 30, "unit_cost": 15}]}
FEW = {"only": ["buying.touch", "content"], "worlds": 6, "points": 8, "workers": 1}


def plan(name, *strategies):
    return Scenario.model_validate({**BASE, "name": name, "strategies": strategies})


CONTENT = plan("content", {"kind": "content"})


def told(found: Flip) -> str:
    return json.dumps(flip_data(found), allow_nan=False)


@pytest.fixture(scope="module")
def found():
    return flip(CONTENT, **FEW)


def test_nothing_is_the_first_plan_left_alone_and_leads_are_those_of_compare(found):
    beside = compare([CONTENT, CONTENT.left_alone()], worlds=6, workers=1)
    values = beside.of("profit")
    assert found.plans == ("content", "doing nothing")
    assert found.found.usual.tolist() == pytest.approx((values[0] - values[1]).tolist())
    assert found.seeds == beside.seeds


def test_only_those_unknowns_are_moved_that_were_named(found):
    names = {one.unknown.name for one in found.found.ends}
    assert {"buying.touch", "content.quality", "content.trust"} <= names
    assert {name.partition(".")[0] for name in names} == {"buying", "content"}
    assert sum(found.counts.values()) == len(names)
    assert len(found.leads) == found.doubt.points == 8


def test_it_shows_itself_in_a_notebook(found):
    assert "content.quality" in found._repr_html_()
    assert "Flip of content against doing nothing" in repr(found)
    frame = found.frame()
    assert list(frame["unknown"]) == [one.unknown.name for one in found.ranked]
    assert {"lead_at_low", "answer", "turns_to_high", "worth"} <= set(frame.columns)


def test_runs_are_kept_and_the_same_call_takes_them_up(found, tmp_path):
    """Stopped twice, ended, and asked again."""
    kept = {**FEW, "out": tmp_path / "runs"}

    def stop_after(most):
        def stop(done, stage):
            if done == most:
                raise KeyboardInterrupt

        return stop

    for most in (3, 60):
        with pytest.raises(KeyboardInterrupt):
            flip(CONTENT, **kept, progress=stop_after(most))
    heard = []
    again = flip(CONTENT, **kept, progress=lambda done, stage: heard.append(done))
    assert told(again) == told(found)
    assert (min(heard) > 50, max(heard)) == (True, found.runs // 2)
    heard.clear()
    assert told(flip(CONTENT, **kept, progress=lambda done, stage: heard.append(done))) == told(found)
    assert heard == []
    with pytest.raises(ResumeRefused, match="it was begun with something else"):
        flip(CONTENT, **{**kept, "points": 9})


def test_with_a_calibration_the_points_are_its_draws_and_that_is_said(found):
    draws = ({"buying.touch": 0.03}, {"buying.touch": 0.05})
    beliefs = Beliefs({"buying.touch": 0.04}, {"buying.touch": (0.02, 0.06)}, draws, "calibrated")
    given = {"only": ["buying.touch"], "worlds": 4, "points": 4, "workers": 1}
    calibrated = flip(CONTENT, beliefs=beliefs, **given)
    assert calibrated.positions[:, 0].tolist() == pytest.approx([0.25, 0.75, 0.25, 0.75])
    for one, words in ((found, "Over all ranges at once"), (calibrated, "Over draws of the calibration")):
        assert words in flip_verdict(one)
        assert flip_data(one)["ranges"]["drawn"] == (one is calibrated)
    assert "校准抽样" in flip_verdict(calibrated, language("zh"))


@pytest.mark.slow
def test_it_does_not_depend_on_processes(found):
    assert told(flip(CONTENT, **{**FEW, "workers": 2})) == told(found)


def test_the_same_plan_twice_is_refused():
    with pytest.raises(InputError, match="come to the same whatever is true"):
        flip(CONTENT, CONTENT, **FEW)


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"metric": "left"}, "can't be ranked by 'left'"),
        ({"worlds": 3}, "3 worlds are too few"),
        ({"points": 1}, "1 points can't cover"),
        ({"confidence": 1.0}, "confidence of 1 is none"),
        ({"only": ["buying.tuch"]}, "is called 'buying.tuch'"),
        ({"second": plan("long").model_copy(update={"days": 20})}, "for 10 and 20 days"),
    ],
)
def test_what_can_not_be_done_is_told(settings, what):
    with pytest.raises(InputError, match=what):
        flip(CONTENT, **{**FEW, **settings})


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(InputError, match="holds other things"):
        flip(CONTENT, **FEW, out=tmp_path)
    with pytest.raises(InputError, match="is a file"):
        flip(CONTENT, **FEW, out=tmp_path / "letter.txt")


def test_a_run_that_fails_is_told_with_its_seed(tmp_path):
    file = tmp_path / "failing.py"
    file.write_text(
        "from typing import Literal\n"
        "from commsim.strategies.base import Strategy\n"
        "class Failing(Strategy):\n"
        "    '''Fails.'''\n"
        "    kind: Literal['failing'] = 'failing'\n"
        "    purpose = 'activity'\n"
        "    def act(self, view, memory):\n"
        "        raise RuntimeError('no')\n"
    )
    take(file)
    with pytest.raises(RunsFailed, match="pairs of runs failed") as caught:
        flip(plan("failing", {"kind": "failing"}), **{**FEW, "only": ["buying.touch"]})
    assert "seed" in str(caught.value)
