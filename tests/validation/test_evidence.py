"""No default without its card, no card without a study, no grade better than the study."""

import ast
import csv
import importlib.util
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit, InputError
from commsim.core.units import NO_NUMBER, described
from commsim.scenario.fields import card, model_in
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds
from commsim.validation.evidence import NO_GRADE, evidence
from commsim.validation.sources import SOURCES, kinds_of_study

STRONG = {"randomised experiment", "natural experiment"}
BROAD = {"meta-analysis", "observational data", "refit of public data"}
DOCS = Path(__file__).parents[2] / "docs"
WEAK = {"assumed", "tuned", "operators' practice", "company figures", "small study"}


def fields(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every field of a model and of the models in it that holds a number or a choice, but the kind."""
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        if inner is not None and inner is not Strategy:
            yield from fields(inner, f"{above}{name}.")
        if name != "kind" and inner is None and card(field).get("unit") not in NO_NUMBER:
            yield f"{above}{name}", field


def all_fields() -> list[tuple[str, FieldInfo]]:
    found = list(fields(Scenario))
    for kind, cls in kinds().items():
        found += fields(cls, f"{kind}.")
    return found


def without_card(found: list[tuple[str, FieldInfo]]) -> list[str]:
    return [path for path, field in found if not {"unit", "source", "grade"} <= set(card(field))]


def test_every_default_has_a_card():
    found = all_fields()
    assert len(found) > 200
    assert without_card(found) == []


def test_a_default_without_a_card_is_found():
    class Bare(Strategy):
        kind: str = "bare"
        size: int = 3

    assert without_card(list(fields(Bare, "bare."))) == ["bare.size"]


def test_what_holds_no_number_has_no_card_of_evidence():
    texts = [field for cls in (Scenario, *kinds().values()) for field in cls.model_fields.values()]
    without = [field for field in texts if card(field).get("unit") in NO_NUMBER]
    assert len(without) > 15
    assert all(set(card(field)) == {"unit"} for field in without)
    with pytest.raises(ValueError, match="use param"):
        described(0.3, "Chance to join", unit="probability")


def test_every_card_says_what_kind_of_study_it_rests_on():
    assert [one.setting.path for one in evidence() if not one.studies] == []
    assert len(evidence()) > 150


def test_no_grade_is_better_than_the_study():
    for one in evidence():
        studies = set(one.studies)
        allowed = {"A": STRONG, "B": STRONG | BROAD}.get(one.grade)
        assert allowed is None or studies & allowed, one
        assert one.grade != "C" or studies - {"assumed", "tuned"}, one
        assert one.grade != "D" or studies & WEAK, one


def test_what_is_only_assumed_is_graded_so():
    for one in evidence():
        if set(one.studies) <= {"assumed", "tuned"}:
            assert one.grade == "D", one


def test_every_study_is_cited_and_named_once():
    names = [source.name for source in SOURCES]
    cited = {source.name for one in evidence() for source in one.sources}
    assert cited == set(names)
    assert names == sorted(set(names), key=str.casefold)


def test_what_is_put_in_says_so_and_is_named_in_the_docs():
    """Settings that docs/limits.md lists by name, and behaviour that says it of itself."""
    saying = {one.setting.path for one in evidence() if re.search(r"\bputs? in\b", one.setting.about)}
    limits = (DOCS / "limits.md").read_text(encoding="utf-8")
    listed = limits.partition("## What is put in, not found")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([a-z_]+\.[a-z_.]+)`", listed))
    assert len(named) > 50
    assert named - {path.removeprefix("behaviour.").replace("[]", "") for path in saying} == set()
    pages = listed + "".join(file.read_text(encoding="utf-8") for file in (DOCS / "mechanisms").glob("*.md"))
    behaviour = {path.removeprefix("behaviour.") for path in saying if path.startswith("behaviour.")}
    assert {name for name in behaviour if f"`{name}`" not in pages} == set()


def test_choices_and_rules_have_no_grade():
    (cap,), (days, *_) = evidence("cap", NO_GRADE), evidence("days")
    assert (cap.studies, days.studies) == (("rule",), ("choice",))
    assert days.grade == NO_GRADE
    assert all(one.grade != NO_GRADE for one in evidence("behaviour"))


@pytest.mark.parametrize(
    ("source", "kinds_found"),
    [
        ("assumed, sign after Yuan et al. 2017", ("observational data", "assumed")),
        ("operator's choice", ("choice",)),
        ("operators' lore", ("operators' practice",)),
        ("somebody said so", ()),
    ],
)
def test_kinds_of_study_come_from_names_and_words(source, kinds_found):
    assert kinds_of_study(source) == kinds_found


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("habit", [f"behaviour.habit.{name}" for name in ("speed", "speed_spread", "missed", "transfer")]),
        ("behaviour.habit.missed", ["behaviour.habit.missed"]),
        ("group-buying.accept", ["group_buying.accept"]),
        (
            "elasticity",
            ["community.groups.elasticity", "community.segments[].elasticity", "behaviour.buying.elasticity"],
        ),
    ],
)
def test_a_name_is_a_section_a_strategy_or_a_setting(name, paths):
    assert [one.setting.path for one in evidence(name)] == paths


@pytest.mark.parametrize("name", ["elastcity", "", "behaviour.buying.elasticitty", "[]", "."])
def test_unknown_names_are_refused(name):
    with pytest.raises(InputError, match="no default has this name"):
        evidence(name)


def test_the_nearest_name_is_suggested():
    with pytest.raises(InputError, match="did you mean elasticity"):
        evidence("elastcity")


def test_a_setting_of_every_strategy_is_listed_once():
    assert [one.setting.path for one in evidence("warm_up")] == ["strategies[].warm_up"]


def call(*args: str):
    return CliRunner(env={"COLUMNS": "110"}).invoke(app, ["evidence", *args])


def test_the_table_tells_where_a_number_comes_from():
    shown = call("elasticity").stdout
    for part in ("2.8", "2 to 4.5", "Bijmolt et al. 2005 (meta-analysis)", "Journal of Marketing Research"):
        assert part in shown


def test_the_weak_ones_are_listed_by_their_grade():
    rows = json.loads(call("--grade", "d", "--json").stdout)
    assert rows
    assert {row["grade"] for row in rows} == {"D"}
    assert "behaviour.talk.topics" in {row["path"] for row in rows}


def test_csv_holds_what_json_holds(tmp_path):
    table = list(csv.DictReader(io.StringIO(call("buying", "--csv", "-").stdout)))
    data = json.loads(call("buying", "--json").stdout)
    assert [row["path"] for row in table] == [row["path"] for row in data]
    assert [row["studies"] for row in table] == ["; ".join(row["studies"]) for row in data]
    file = tmp_path / "evidence.csv"
    assert call("buying", "--csv", str(file)).exit_code == Exit.OK
    assert call("buying", "--csv", str(file)).exit_code == Exit.INPUT


def test_wrong_usage_is_told():
    assert call("--grade", "E").exit_code == Exit.USAGE
    unknown = call("elastcity")
    assert unknown.exit_code == Exit.INPUT
    assert "did you mean elasticity" in unknown.stderr


def test_strategies_of_ones_own_are_listed_too(tmp_path):
    file = tmp_path / "wave.py"
    file.write_text(
        "from typing import ClassVar, Literal\n"
        "from commsim.core.units import param\n"
        "from commsim.strategies.base import Strategy\n\n\n"
        "class Wave(Strategy):\n"
        '    """Waves."""\n\n'
        '    kind: Literal["wave"] = "wave"\n'
        '    purpose: ClassVar = "activity"\n'
        '    times: int = param(2, "How often", unit="times", low=0, source="assumed", grade="D")\n'
    )
    assert "wave.times" in call("wave", "--strategies", str(file)).stdout


def test_the_page_shows_what_the_command_prints():
    spec = importlib.util.spec_from_file_location("refresh", DOCS / "refresh.py")
    refresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(refresh)
    page = (DOCS / "evidence.md").read_text(encoding="utf-8")
    assert refresh.refreshed(page) == page, "run python docs/refresh.py docs/evidence.md"


def test_the_page_knows_the_numbers_that_are_fixed_in_the_code():
    page = (DOCS / "evidence.md").read_text(encoding="utf-8")
    fixed = re.findall(r"^\| `([\w.]+)\.(\w+)` \| ([^|]+) \|.*\| ([A-D]) \|$", page, re.MULTILINE)
    assert len(fixed) > 10
    for module, name, value, _ in fixed:
        assert getattr(importlib.import_module(f"commsim.{module}"), name) == ast.literal_eval(value), name
