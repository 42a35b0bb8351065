"""A calendar of rows says the same as the strategies that it stands for."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from commsim.scenario.errors import ScenarioError
from commsim.scenario.json_schema import json_schema
from commsim.scenario.load import dump, load, loads
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import by_name, formal_days, in_charge

PLAN = """\
name: Mask
days: 60
start: 2026-03-02
products: [{name: mask, price: 45, unit_cost: 15}, {name: pack, price: 110, unit_cost: 45}]
"""


def table(*rows: str, more: str = "") -> tuple[Strategy, ...]:
    return loads(PLAN + more + "weeks:\n" + "".join(f"  - {{{row}}}\n" for row in rows)).strategies


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        loads(PLAN + text)
    return str(caught.value)


def test_rows_are_the_strategies_that_they_stand_for() -> None:
    written = """\
strategies: [{kind: content}]
weeks:
  - {days: mon-thu, hour: 20:00, do: flash_sale, product: mask, price: 39}
  - {days: fri, hour: 20, do: group_buying, product: pack, ladder: {2: 90, 3: 85}}
"""
    plain = """\
strategies:
  - {kind: content}
  - {kind: flash_sale, weekdays: [mon, tue, wed, thu], hour: 20, product: mask, price: 39}
  - kind: group_buying
    weekdays: [fri]
    hour: 20
    product: pack
    ladder: [{size: 2, price: 90}, {size: 3, price: 85}]
"""
    plan = loads(PLAN + written)
    assert plan == loads(PLAN + plain)
    assert loads(dump(plan)) == plan


def test_rows_that_differ_in_their_weekdays_alone_are_one_strategy() -> None:
    (sale,) = table(
        "days: mon, hour: 20:00, do: flash_sale, price: 39", "days: thu, do: flash_sale, price: 39, hour: 20"
    )
    assert (sale.name, sale.weekdays) == ("flash_sale", ("mon", "thu"))


def test_several_of_a_kind_are_told_apart_by_days_and_hour() -> None:
    found = table(
        "days: mon-wed, hour: 20, do: flash_sale, product: mask, price: 39",
        "days: thu, hour: 20, do: flash_sale, product: pack, price: 99",
        "days: thu, hour: 20, do: flash_sale, product: mask, price: 40",
        "date: 2026-03-08, hour: 12, do: flash_sale, price: 30",
        "month_days: [8, last], do: flash_sale, price: 35, hour: 21",
        "days: sat, do: flash_sale, name: weekend, price: 38",
    )
    assert [sale.name for sale in found] == [
        "flash_sale mon-wed 20:00",
        "flash_sale thu 20:00",
        "flash_sale thu 20:00 (2)",
        "flash_sale 2026-03-08 12:00",
        "flash_sale day 8, last 21:00",
        "weekend",
    ]
    assert (found[3].starts, found[3].ends) == (6, 6)


@pytest.mark.parametrize(
    ("week", "days"),
    [
        ("2", [9]),
        ("[1, 3]", [2, 16]),
        ("1-3", [2, 9, 16]),
        ("2 of 4", [9, 37]),
        ("even", [9, 23, 37, 51]),
        ("单周", [2, 16, 30, 44, 58]),
        ("第2周", [9]),
    ],
)
def test_weeks_in_which_a_row_holds(week: str, days: list[int]) -> None:
    plan = loads(PLAN + f"weeks: [{{days: wed, week: {week}, do: content}}]")
    assert formal_days(plan.strategies[0], plan.start, plan.days) == days


def test_rows_of_one_time_in_different_weeks_are_one_strategy_that_changes() -> None:
    found = table(
        "week: 1, days: tue, hour: 20, do: flash_sale, product: mask, price: 39",
        "week: 2, days: tue, hour: 20, do: flash_sale, product: pack, price: 99, warm_up: 1",
        "week: 3-4, days: tue, hour: 20, do: flash_sale, product: mask, price: 38, closing: 7",
        "days: fri, hour: 20, do: flash_sale, price: 37",
    )
    (turns,) = (entries for entries in by_name(found).values() if len(entries) == 3)
    assert [in_charge(turns, day).model_dump()["price"] for day in (0, 5, 6, 13, 14, 40)] == [
        39,
        39,
        99,
        99,
        38,
        38,
    ]
    assert turns[-1].last_day(60) == 27


def test_rows_of_a_cycle_take_no_turns() -> None:
    plan = loads(
        PLAN
        + "weeks:\n"
        + "  - {week: 1 of 2, days: tue, hour: 20, do: flash_sale, price: 39}\n"
        + "  - {week: 2 of 2, days: tue, hour: 20, do: flash_sale, price: 35}\n"
    )
    odd, even = plan.strategies
    assert (odd.name, even.name) == ("flash_sale tue 20:00", "flash_sale tue 20:00 (2)")
    assert formal_days(odd, plan.start, 28) == [1, 15]
    assert formal_days(even, plan.start, 28) == [8, 22]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weeks: {a: 1}", "scenario:5:8: weeks: must be a list of rows"),
        ("weeks: [2]", "scenario:5:9: weeks[0]: is no row; write {days: mon-thu"),
        ("weeks: [{week: 0, do: content}]", "scenario:5:16: weeks[0].week: is no week of the run; write 2"),
        ("weeks: [{week: 10, do: content}]", "scenario:5:16: weeks[0].starts: day 63 is after the run"),
        (
            "weeks: [{days: mon, weekdays: tue, do: content}]",
            "weeks[0].weekdays: says weekdays, which is said",
        ),
        (
            "weeks: [{do: content}, {do: contents}]",
            "scenario:5:29: weeks[1].kind: unknown kind 'contents'; did",
        ),
        ("weeks: [{do: content, post: 2}]", "scenario:5:23: weeks[0].post: unknown key; did you mean posts?"),
        ("weeks: [{do: content, hour: 20:30}]", "weeks[0].hour: '20:30' is no whole hour"),
        ("strategies: [{kind: content}]\nweeks: [{do: content}]", "weeks[0]: the name 'content' is taken by"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_at_its_place(text: str, said: str) -> None:
    assert said in refusal(text)


def test_a_plan_that_extends_another_replaces_its_table_or_changes_a_row_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        PLAN + "strategies: [{kind: group_rules}]\nweeks:\n"
        "  - {days: tue, hour: 20, do: flash_sale, price: 39}\n  - {days: wed, do: content}\n"
    )

    def kinds(text: str) -> list[tuple[str, Any]]:
        (tmp_path / "plan.yaml").write_text("extends: base.yaml\nname: Mine\n" + text)
        return [(s.name, s.model_dump().get("price")) for s in load(tmp_path / "plan.yaml").strategies]

    rules = ("group_rules", None)
    assert kinds("") == [rules, ("flash_sale", 39), ("content", None)]
    assert kinds("weeks: [{days: fri, do: red_envelope}]") == [rules, ("red_envelope", None)]
    assert kinds("strategies: {flash_sale: {price: 35}, content: null}") == [rules, ("flash_sale", 35)]
    assert kinds("weeks: []") == [rules]
    (tmp_path / "middle.yaml").write_text(
        "extends: base.yaml\nname: Middle\nstrategies: {flash_sale: {price: 35}}\n"
    )
    (tmp_path / "plan.yaml").write_text("extends: middle.yaml\nname: Mine\nweeks: []\n")
    assert [s.name for s in load(tmp_path / "plan.yaml").strategies] == ["group_rules"]


def test_editors_know_rows() -> None:
    validator = Draft202012Validator(json_schema())
    plan = {"name": "x", "products": [{"name": "a", "price": 1, "unit_cost": 1}]}
    row = {"days": "mon-thu", "hour": "20:00", "do": "flash_sale", "price": 39}
    assert validator.is_valid(plan | {"weeks": [row]})
    assert not validator.is_valid(plan | {"weeks": [row | {"do": "flashsale"}]})
