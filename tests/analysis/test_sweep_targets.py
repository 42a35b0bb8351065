"""How often the policies of a sweep reach the targets of their plans."""

import pytest
from test_sensitivity import explained

from commsim.report.language import language
from commsim.report.sensitivity.data import sensitivity_data
from commsim.report.sensitivity.tables import sensitivity_grids

DESIGN = """
name: goals
scenarios: [%s]
uncertainties: {a: {path: behaviour.look.muted, low: 0, high: 1}}
sampling: {uncertainties: {method: latin_hypercube, samples: 80}}
"""
TARGETS = {
    "half": "target: {profit: 25}",
    "never": "target: {profit: 1000}",
    "none": "",
    "others": 'target: {orders: 5, members: "+5 %"}',
}


def profit(values, repetition):
    """The same plans in the order of their names, all by ``a``."""
    return 50 * values["a"] + (1.0 if "half" in values["scenario"] else 0.0)


def swept(folder, *names):
    for name in names:
        text = f"extends: active-group\nname: {name}\n{TARGETS[name]}\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return explained(folder, DESIGN % ", ".join(f"{name}.yaml" for name in names), profit)


def test_the_chance_is_that_of_runs_that_have_all_goals(tmp_path):
    found = swept(tmp_path, "half", "never", "none", "others")
    chances = dict(zip(found.policies.labels, found.policies.chances, strict=True))
    half, never, none, others = (chances[next(one for one in chances if name in one)] for name in TARGETS)
    assert half.mean == pytest.approx(0.52, abs=0.03)
    assert (never.mean, none, others) == (0.0, None, None)
    told = [str(note) for note in found.notes]
    assert "Goals against doing nothing are left out: a sweep does not run the plans left alone." in told
    assert any("did not keep" in note and "orders" in note for note in told)
    for code, head in (("en", "Target reached (95 %)"), ("zh", "达到目标值的比例（95 %）")):
        grid = sensitivity_grids(found, language(code))[0]
        assert grid.header[-1] == head
        assert [row[-1] for row in grid.rows].count("") == 2
    rows = {row["levers"]: row["target"] for row in sensitivity_data(found)["policies"]}
    assert sum(row is None for row in rows.values()) == 2


def test_a_sweep_without_targets_has_no_such_column(tmp_path):
    found = swept(tmp_path, "none", "others")
    assert found.policies.chances == ()
    assert "Target" not in " ".join(sensitivity_grids(found)[0].header)
    assert all(row["target"] is None for row in sensitivity_data(found)["policies"])
