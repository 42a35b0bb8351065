"""What a plan is written to, as a workbook or as CSV, reads back as the same plan."""

import datetime as dt
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from commsim import simulate
from commsim.core.harmless import is_formula
from commsim.report.language import ENGLISH, language
from commsim.report.sheets.comma import one_csv
from commsim.report.sheets.sheets import sheets_of
from commsim.report.sheets.workbook import write_workbook
from commsim.scenario.load import dump, load, load_plan, loads
from commsim.scenario.schema import Scenario
from commsim.scenario.shipped import shipped
from commsim.strategies.registry import kinds

LANGUAGES = [ENGLISH, language("zh")]


def as_workbook(plan: Scenario, file: Path, say=ENGLISH) -> Path:
    write_workbook(sheets_of(plan, file.parent, say), file, say)
    return file


def as_csv(plan: Scenario, file: Path, say=ENGLISH) -> Path:
    file.write_text(one_csv(sheets_of(plan, file.parent, say), say), encoding="utf-8-sig", newline="")
    return file


QUICKLY = ("fruit-shop", "slimming-tiers", "unlike-groups", "real-shop", "unmanaged-group")
"""Plans that use most of what tables hold; the others are read back at leisure."""


@pytest.mark.parametrize(
    ("name", "say"),
    [
        pytest.param(name, say, marks=() if name in QUICKLY else pytest.mark.slow)
        for name in shipped()
        for say in LANGUAGES
    ],
    ids=lambda one: getattr(one, "code", one),
)
def test_every_shipped_plan_comes_back_the_same(name, say, tmp_path):
    plan = load_plan(name).scenario
    assert load_plan(as_workbook(plan, tmp_path / "plan.xlsx", say)).scenario == plan
    again = load_plan(as_csv(plan, tmp_path / "plan.csv", say)).scenario
    assert again == plan
    assert dump(again) == dump(plan)


PLAIN = {
    "name": "plain",
    "products": [{"name": "tea", "price": 9.9, "unit_cost": 4}],
    "sources": [{"kind": "store", "name": "counter", "per_day": 3}],
}


def odd() -> Scenario:
    """A plan with all that tables could trip over."""
    return Scenario.model_validate(
        {
            "name": "=1+1",
            "about": "two lines,\nthe second; with a semicolon\n",
            "days": 21,
            "start": dt.date(2027, 12, 31),
            "community": {
                "groups": [{"name": "#1", "members": 60}, {"name": "001", "members": 50}, 40],
                "segments": [{"name": "a, b", "share": 2}, {"name": "[c]", "talk": 1.25}],
            },
            "products": [
                {"name": "@tea", "price": 9.9, "unit_cost": 4, "segments": ["a, b"]},
                {"name": "12", "price": 1, "unit_cost": 0.5, "segments": ["a, b", "[c]"], "shelf": False},
            ],
            "strategies": [
                {"kind": "flash_sale", "product": "12", "discount": 0.15, "goal": "-50 %", "budget": 0.01},
                {"kind": "group_buying", "product": "12", "ladder": [{"size": 2, "price": 0.85}]},
                {"kind": "advert", "hours": [9, 21], "name": "true", "weekdays": ["sun"], "ends": 9},
                {"kind": "content", "name": "null", "staff_minutes": 0.1 + 0.2},
                {"kind": "check_in", "prizes": [{"streak": 3, "points": 5}, {"streak": 9, "gift": 2.5}]},
            ],
            "target": {"orders": "+5 %", "active": "15 %", "members": 100},
            "behaviour": {"buying": {"touch": 0.07}},
        }
    )


@pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)
@pytest.mark.parametrize(("write", "name"), [(as_workbook, "p.xlsx"), (as_csv, "p.csv")])
def test_odd_names_and_values_come_back_the_same(write, name, say, tmp_path):
    plan = odd()
    assert load(write(plan, tmp_path / name, say)) == plan


EMPTY = {"goods": {}, "wants": {"needs": {}}, "accounts": {}}


@pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)
@pytest.mark.parametrize(("write", "name"), [(as_workbook, "p.xlsx"), (as_csv, "p.csv")])
@pytest.mark.parametrize(
    "settings", [*({name: told} for name, told in EMPTY.items()), {"goods": {"shipping": None}}], ids=str
)
def test_a_section_that_says_nothing_is_there_all_the_same(settings, write, name, say, tmp_path):
    plan = Scenario.model_validate({**PLAIN, **settings})
    assert plan != Scenario.model_validate(PLAIN)
    assert load(write(plan, tmp_path / name, say)) == plan


def test_a_section_that_is_there_takes_settings_above_and_below_its_row(tmp_path):
    text = (
        "[Settings]\nname,p\ngoods.tastes,false\ngoods,{}\ngoods.baskets,false\n[Strategies]\nkind,name\n"
        "[Products]\nname,price,unit_cost\ntea,9,4\n"
    )
    (tmp_path / "p.csv").write_text(text)
    goods = load(tmp_path / "p.csv").goods
    assert (goods.tastes, goods.baskets) == (False, False)


def test_results_are_the_same_to_the_byte(tmp_path):
    plan = loads("extends: active-group\nname: short\ndays: 9\ncommunity: {members: 120, group_size: 40}")
    again = load(as_workbook(plan, tmp_path / "p.xlsx"))
    one, other = (simulate(each, 3, detail="full") for each in (plan, again))
    for table in ("daily", "ledger", "groups"):
        mine, theirs = getattr(one, table), getattr(other, table)
        assert {name: column.tobytes() for name, column in mine.items()} == {
            name: column.tobytes() for name, column in theirs.items()
        }


def test_no_text_is_a_formula_in_a_spreadsheet(tmp_path):
    plan = odd()
    made = load_workbook(as_workbook(plan, tmp_path / "p.xlsx"))
    cells = [cell for page in made for row in page.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    risky = [cell for cell in cells if isinstance(cell.value, str) and is_formula(cell.value)]
    assert risky
    assert all(cell.quotePrefix for cell in risky)
    text = as_csv(plan, tmp_path / "p.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    assert "\n=" not in text


def test_files_are_found_from_where_the_workbook_is(tmp_path):
    (tmp_path / "plans").mkdir()
    plan = load_plan("real-shop").scenario
    again = load_plan(as_workbook(plan, tmp_path / "plans" / "p.xlsx")).scenario
    assert again.community.history.file == plan.community.history.file


def test_a_workbook_can_be_extended_and_extend(tmp_path):
    as_workbook(load_plan("active-group").scenario, tmp_path / "base.xlsx")
    (tmp_path / "more.yaml").write_text("extends: base.xlsx\nname: more\nstrategies: {advert: null}\n")
    kept = [strategy.name for strategy in load(tmp_path / "more.yaml").strategies]
    assert "advert" not in kept
    assert len(kept) == len(load("active-group").strategies) - 1


def test_what_a_planner_sees(tmp_path):
    made = load_workbook(as_workbook(load_plan("beauty-welfare-group").scenario, tmp_path / "p.xlsx"))
    assert made.sheetnames[:5] == ["Plan", "Calendar", "Strategies", "Products", "Settings"]
    days = [[cell.value for cell in row] for row in made["Calendar"].iter_rows(min_row=3)]
    tuesday = [row for row in days if row[5] == "mask evening" and row[0] == 1]
    assert tuesday[0][1:-1] == [
        dt.datetime(2026, 3, 3), "tue", "20:00", "all", "mask evening", "flash sale", "mask", 33, 0.1538, 1,
        "formal",
    ]  # fmt: skip
    assert next(row[11] for row in days if row[5] == "mask evening") == "warm-up"
    assert made["Calendar"].freeze_panes == "A3"
    assert made["Calendar"].protection.sheet
    assert made["Strategies"]["A2"].font.bold
    assert not made["Strategies"].protection.sheet
    offered = made["Strategies"].data_validations.dataValidation[0]
    assert offered.formula1 == f"'# kinds'!$A$1:$A${len(kinds())}"
    totals = next(row for row in made["Plan"].iter_rows(values_only=True) if row[0] == "Together")
    assert totals[5:7] == (4780, 4791.67)


def test_a_chinese_workbook_has_chinese_heads(tmp_path):
    made = load_workbook(
        as_workbook(load_plan("beauty-welfare-group").scenario, tmp_path / "p.xlsx", LANGUAGES[1])
    )
    assert made.sheetnames[:6] == ["方案", "日历", "策略", "商品", "设置", "人群"]
    for name in made.sheetnames[:6]:
        heads = [
            cell.value
            for cell in made[name][2]
            if cell.value and not made[name].column_dimensions[cell.column_letter].hidden
        ]
        assert [head for head in heads if re.search("[a-z]", head)] == []
        assert re.search("[\u4e00-\u9fff]", made[name]["A1"].value)
    assert [cell.value for cell in made["策略"][5]][:5] == ["限时秒杀", "mask evening", "sell", "周二", 20]
    assert made["设置"]["A7"].value == "群类型"


def test_what_is_no_name_of_a_kind_alone_keeps_that_of_the_schema(tmp_path):
    """Two settings that are called alike in Chinese get no head in common."""
    plan = load_plan("active-group").scenario.model_copy(
        update={"strategies": tuple(_each_kind()), "days": 90, "allow_unlawful": ("shills",)}
    )
    again = load_plan(as_csv(plan, tmp_path / "p.csv", LANGUAGES[1])).scenario
    assert again.strategies == plan.strategies


def _each_kind():
    """A strategy of each kind with all its own settings given."""
    needed = {"red_envelope": {"total": 10}, "flash_sale": {"discount": 0.2}}
    for kind, model in kinds().items():
        try:
            made = model.model_validate({"kind": kind, **needed.get(kind, {})})
        except ValueError:
            continue
        given = {name for name in type(made).model_fields if getattr(made, name) not in (None, (), "")}
        yield type(made).model_construct(_fields_set=given, **dict(made))
