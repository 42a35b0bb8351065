"""Runs of one process share their people where they may, which changes no bit of a result."""

import numpy as np
import pytest

from commsim.analysis import sweep
from commsim.analysis.measures import PATH, outcomes, path
from commsim.core.measures import NAMES
from commsim.experiments.design import load_design
from commsim.experiments.schedule import Schedule
from commsim.population import build
from commsim.simulation.run import simulate

DESIGN = """
name: whom runs share
scenario: active-group
repetitions: 2
series: true
levers:
  total: {path: strategies.red_envelope.total, values: [2, 20]}
LEVER
"""
LEVERS = {
    "none but of a strategy": ("", (2, 2)),
    "of the community": ("  size: {path: community.members, values: [100, 150]}", (4, 8)),
    "of behaviour": ("  talk: {path: behaviour.talk.half_life, values: [2, 4]}", (4, 8)),
}


@pytest.mark.parametrize("name", LEVERS)
def test_runs_are_those_of_people_of_their_own(name, tmp_path, monkeypatch):
    lever, (fewest, most) = LEVERS[name]
    (tmp_path / "design.yaml").write_text(DESIGN.replace("LEVER", lever))
    design = load_design(tmp_path / "design.yaml", measures=NAMES)
    monkeypatch.setattr(sweep, "_PEOPLE", sweep._People())
    real, made = build.build, []

    def counting(*arguments, **named):
        made.append(named)
        return real(*arguments, **named)

    plan = Schedule(design)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build", counting)
        found = [sweep.run_point(design, plan[k]) for k in range(len(plan))]
    for run, result in zip((plan[k] for k in range(len(plan))), found, strict=True):
        records = simulate(design.scenario(run.point), run.seed)
        assert result.values == tuple(outcomes(records)[measure] for measure in NAMES)
        np.testing.assert_array_equal(result.series, path(records))
        assert result.series.shape[1] == len(PATH)
    assert fewest <= len(made) <= most
