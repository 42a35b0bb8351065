"""Every shipped design can be used, and what can't be run in a moment is small enough for a coffee."""

from pathlib import Path

import pytest

from commsim.core.measures import NAMES
from commsim.experiments.design import load_design

ROOT = Path(__file__).parents[2]
DESIGNS = sorted((ROOT / "experiments").glob("*.yaml"))


@pytest.mark.parametrize("file", DESIGNS, ids=lambda file: file.stem)
def test_a_shipped_design_is_sound(file: Path) -> None:
    design = load_design(file, measures=NAMES)
    assert design.file.about
    assert 10 <= len(design.points()) * design.repetitions <= 3000
    assert len({str(point.values) for point in design.points()[:50]}) == min(50, len(design.points()))


def test_they_cover_what_operators_ask() -> None:
    assert {file.stem for file in DESIGNS} >= {
        "red-envelope-size",
        "flash-sale-pattern",
        "ladder-prices",
        "commission-levels",
        "check-in-prizes",
        "advert-frequency",
        "group-size",
        "active-group-sobol",
        "five-plans",
    }


def test_groups_of_any_size_cost_the_same_labour() -> None:
    design = load_design("group-size")
    minutes = set()
    for point in design.points()[:7]:
        plan = design.scenario(point)
        groups, rest = divmod(plan.community.members, plan.community.group_size)
        assert rest == 0
        minutes.add(round(groups * sum(strategy.staff_minutes for strategy in plan.strategies), 6))
    assert minutes == {52.5}


def test_the_design_on_the_page_is_sound(tmp_path: Path) -> None:
    page = (ROOT / "docs/designs.md").read_text(encoding="utf-8")
    (tmp_path / "design.yaml").write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    design = load_design(tmp_path / "design.yaml", measures=NAMES)
    assert [column.name for column in design.columns] == [
        "scenario",
        "minutes",
        "cost",
        "behaviour.buying.elasticity",
    ]
    assert len(design.points()) == 2 * 2 * 60
    assert len(load_design(ROOT / "docs/examples/uncertain.yaml").points()) == 2 * 60


def test_the_page_counts_the_runs_of_each() -> None:
    page = (ROOT / "docs/designs.md").read_text(encoding="utf-8")
    for file in DESIGNS:
        design = load_design(file)
        assert f"| `{file.stem}` | {len(design.points()) * design.repetitions:,} |" in page
