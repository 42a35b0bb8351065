"""No English word is left in what Chinese results tell of shipped plans, but for names, paths and files."""

import re

import pytest

from commsim.report.language import language
from commsim.report.plan import plan_rows
from commsim.report.plan_header import plan_header
from commsim.report.sheets.derived import calendar_sheet, plan_sheet
from commsim.report.sheets.sheets import sheets_of
from commsim.scenario.fields import choices_of
from commsim.scenario.load import load
from commsim.scenario.schema import Scenario
from commsim.scenario.shipped import shipped
from commsim.strategies.audience import condition_names
from commsim.strategies.registry import kinds

WORD = re.compile(r"[A-Za-z][A-Za-z_']+")
ZH = language("zh")
FILES = re.compile(r"[\w-]+\.(?:csv|xlsx)")


def names(plan):
    """What the plan calls things; a strategy that is called by its kind has a Chinese word."""
    people = plan.community
    called = [plan, *plan.products, *people.segments, *(people.groups or ()), *plan.rivals, *plan.seasons]
    called += [*plan.sources, *(one for one in plan.strategies if one.name != one.kind)]
    own = {getattr(one, "name", "") for one in called} | {one.goal for one in plan.strategies}
    own |= {theme for one in plan.strategies for theme in getattr(one, "themes", ())}
    return sorted(filter(None, own), key=len, reverse=True)


def english(text, plan):
    for name in names(plan):
        text = text.replace(name, " ")
    return WORD.findall(FILES.sub(" ", text))


@pytest.mark.parametrize("name", shipped())
def test_a_plan_as_it_is_shown(name):
    plan = load(name)
    say = ZH.of(plan)
    for label, text in plan_header(plan, ZH).items():
        text = text.replace(plan.caution, " ") if plan.caution else text  # the user's own words
        if label != "Cash":  # fixed costs have names of the user's
            assert english(ZH(label) + " " + text, plan) == []
    for row in plan_rows(plan, ZH):
        for column, text in row.items():
            told = say.cause(text) if column == "name" else text
            assert english(f"{ZH.column(column)} {told}", plan) == []


@pytest.mark.parametrize("name", ["fruit-shop", "beauty-welfare-group", "unlike-groups"])
def test_the_sheets_that_follow_from_a_plan(name, tmp_path):
    plan = load(name)
    for sheet in (plan_sheet(plan, ZH), calendar_sheet(plan, ZH)):
        cells = {str(cell) for row in (sheet.head, *sheet.rows) for cell in row if isinstance(cell, str)}
        assert [word for cell in cells for word in english(cell, plan)] == []
    for sheet in sheets_of(plan, tmp_path, ZH):
        assert english(sheet.note, plan) == []


def test_no_condition_and_no_choice_is_left_in_english():
    shop = [{"name": "茶", "price": 30, "unit_cost": 15}]
    who = {"channel": ["store", "friends", "unasked", "start"], "took": "content", "not_took": "live"}
    strategies = [{"kind": "content"}, {"kind": "live"}, {"kind": "coupon", "face": 3, "who": who}]
    sources = [{"kind": "store", "per_day": 3}]
    made = {"name": "方案", "products": shop, "strategies": strategies, "sources": sources}
    plan = Scenario.model_validate(made)
    told = plan_rows(plan, ZH)[-1]["plan"]
    assert WORD.findall(told) == []
    assert "来源渠道 门店或好友邀请" in told
    assert [name for name in condition_names() if WORD.search(ZH.condition(name))] == []
    choices = [
        str(one)
        for cls in kinds().values()
        for name, field in cls.model_fields.items()
        if name != "kind"
        for one in choices_of(field.annotation)
    ]
    assert [one for one in choices if ZH.choice(one) == one] == []


def test_every_choice_of_a_strategy_in_a_shipped_plan_has_a_word():
    """The test above would let a word pass that happens to be a name of the plan."""
    assert ZH.choice("sent") == "直接发放"
    assert ZH.choice("goods") == "商品"
    assert ZH.condition("last_order") == "距上次下单天数"
    assert ZH.choice("a word of an own strategy") == "a word of an own strategy"
