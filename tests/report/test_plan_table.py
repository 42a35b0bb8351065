"""The plan table calls kinds and settings what they are there, in Chinese as in English."""

import re

import pytest

from commsim.report.audience import for_whom
from commsim.report.language import ENGLISH, language
from commsim.report.plan import plan_rows
from commsim.report.plan_header import plan_header
from commsim.scenario.load import load
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.strategies.registry import BUILT_IN, kinds

CLASSES = dict(list(kinds().items())[: len(BUILT_IN)])
NEEDED = {
    "coupon": {"face": 5},
    "red_envelope": {"total": 10},
    "flash_sale": {"discount": 0.2},
    "group_buying": {"ladder": [{"size": 2, "price": 25}]},
    "upgrade": {"of": "coffee", "product": "cup"},
}
ZH = language("zh")


def plan(*strategies):
    shop = [{"name": "coffee", "price": 30, "unit_cost": 15}, {"name": "cup", "price": 80, "unit_cost": 30}]
    return Scenario.model_validate(
        {"name": "plan", "products": shop, "strategies": strategies, "allow_unlawful": ["shills"]}
    )


def told(strategy, say=ZH):
    """What the table says of a strategy in its column of the plan, part by part."""
    (row,) = plan_rows(plan(strategy), say)
    return re.split("; |；", row["plan"])


@pytest.mark.parametrize("kind", CLASSES)
def test_every_kind_and_setting_has_a_chinese_name(kind):
    given = plan({"kind": kind, **NEEDED.get(kind, {})})
    values = given.strategies[0].model_dump()
    every = {name: value for name, value in values.items() if value is not None}
    cell = told(CLASSES[kind].model_construct(_fields_set=set(every), **dict(given.strategies[0])))
    own = [
        name for name, value in every.items() if name not in Strategy.model_fields and value not in ("", ())
    ]
    assert len(cell) == 1 + bool(for_whom(given.strategies[0])) + len(own)
    assert [part for part in cell if not re.match(r"[\u4e00-\u9fff]", part)] == []
    names = [
        ZH.setting(kind, name) for name in CLASSES[kind].model_fields if name not in Strategy.model_fields
    ]
    assert [name for name in names if re.search("[a-z]", name)] == []
    assert len(set(names)) == len(names)


def test_a_kind_may_be_called_like_a_setting_of_another():
    levels = told({"kind": "levels", "at": [{"spent": 150, "discount": 0.05}]})
    assert levels == ["会员等级 每天 20:00", "等级 期间消费满 150 优惠比例 0.05"]
    rebate = told({"kind": "distributor_rebate", "levels": [0.1]})
    assert rebate[1].startswith("各级佣金比例 ")


def test_yes_and_no_are_told_in_chinese():
    assert told({"kind": "group_rules", "enforced": False})[1].endswith(" 否")
    levels = told({"kind": "levels", "at": [{"spent": 150, "early_access": True}]})
    assert levels[1].endswith(" 是")


def test_a_strategy_is_called_by_its_kind_and_a_name_that_was_given_stays():
    sale = {"kind": "flash_sale", "discount": 0.2}
    named = plan(
        {**sale, "name": "content"},
        {"kind": "levels"},
        {**sale, "name": "red_envelope tue"},
        {"kind": "advert", "announces": "content", "name": "operators"},
        {"kind": "content", "name": "check_in", "groups": {"share": 0.5}},
        {"kind": "red_envelope", "total": 9, "groups": {"other_than": "check_in"}},
    )
    say = ZH.of(named)
    told = [say.cause(one.name) for one in named.strategies]
    assert told == ["content", "会员等级", "red_envelope tue", "operators", "check_in", "红包"]
    assert [say.cause(name) for name in ("operator", "shelf", "total", "*")] == [
        "运营者",
        "货架",
        "合计",
        "全部合起来",
    ]
    rows = plan_rows(named, ZH)
    assert "预告哪个活动 content" in rows[3]["plan"]
    assert "check_in 没有面向的群" in rows[5]["plan"]
    assert language("en").of(named).cause("levels") == "levels"


def test_a_setting_of_a_strategy_of_ones_own_is_not_called_like_a_built_in_one():
    assert ZH.setting("content", "cost") == "制作成本"
    assert ZH.setting("welcome", "cost") == "cost"


def test_a_strategy_with_hours_of_its_own_is_told_at_those_and_no_other():
    plan = Scenario.model_validate(
        {
            "name": "p",
            "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
            "strategies": [
                {"kind": "advert", "hours": [9, 18], "weekdays": ["mon"]},
                {"kind": "red_envelope", "hour": 19},
            ],
        }
    )
    told = [row["plan"] for row in plan_rows(plan)]
    assert told == ["advert mon 9:00, 18:00", "red envelope daily 19:00"]


def test_whom_a_strategy_addresses_is_told():
    some = {"groups": {"share": 0.25}}
    assert told({"kind": "content", **some}, ENGLISH)[1] == "25 % of the groups, by luck"
    who = {"who": {"activity": ">0.3", "muted": False}}
    assert told({"kind": "content", **who}, ENGLISH)[1] == "members with activity >0.3, muted false"
    assert told({"kind": "content", **who})[1].startswith("满足")
    assert len(told({"kind": "content"})) == 1


def test_rows_of_a_table_of_weeks_are_called_by_kind_days_and_hour_in_both_languages():
    name = "flash_sale mon-wed, fri 20:00"
    sale = {"kind": "flash_sale", "discount": 0.2, "weekdays": ["mon"]}
    rows = plan({**sale, "name": name}, {**sale, "weekdays": ["thu"]}, {**sale, "name": "my_own mon"})
    assert ZH.of(rows).cause(name) == "限时秒杀 周一至周三、周五 20:00"
    assert language("en").of(rows).cause(name) == "flash sale mon-wed, fri 20:00"
    assert ZH.of(rows).cause("flash_sale") == "限时秒杀"
    assert ZH.of(rows).cause("my_own mon") == "my_own mon"


def test_what_an_advert_announces_is_told_in_words():
    sale = {"kind": "flash_sale", "discount": 0.2}
    rows = plan_rows(plan(sale, {"kind": "advert", "announces": "flash_sale"}), ZH)
    assert "预告哪个活动 限时秒杀" in rows[1]["plan"]


def test_days_of_the_month_and_weeks_are_told():
    for settings, english, chinese in (
        ({"month_days": [8, 28, -1]}, "on 8, 28, the last of the month", "每月 8、28、最后一日"),
        ({"weekdays": ["wed"], "weeks": [2]}, "wed in weeks 2", "周三 第 2 周"),
        ({"weeks": [1], "cycle": 2}, "in weeks 1 of 2", "每 2 周的第 1 周"),
    ):
        given = {"kind": "content", **settings}
        assert plan_rows(plan(given))[0]["plan"].startswith(f"content {english} 20:00")
        assert plan_rows(plan(given), ZH)[0]["plan"].startswith(f"内容 {chinese} 20:00")


def test_packs_and_parcels_are_told_in_both_languages():
    goods = {
        "shipping": {"cost": 6, "fee": 2, "free_from": 59, "together": True, "shared": 0.2, "teams": True}
    }
    shop = [
        {"name": "tea", "price": 30, "unit_cost": 15},
        {"name": "three", "price": 80, "unit_cost": 45, "pack_of": "tea", "pieces": 3},
    ]
    made = Scenario.model_validate({"name": "plan", "products": shop, "goods": goods})
    english, chinese = plan_header(made), plan_header(made, ZH)
    assert english["Products"].split("; ")[1].startswith("three (3 x tea) at 80 yuan")
    assert english["Parcels"].split("; ") == [
        "a parcel costs 6 yuan", "customers pay 2 yuan of it", "free from 59 yuan",
        "all orders of a day to one address in one parcel", "20 % of people at a friend's address",
        "what a team buys goes to who launched it",
    ]  # fmt: skip
    assert chinese["Parcels"].startswith("每个包裹 6 元；向顾客收 2 元；满 59 元包邮；")
    assert chinese["Parcels"].endswith("；20 % 的人寄到朋友处；团购寄给团长")


def test_who_sits_in_several_groups_is_told():
    several = {"share": 0.4, "further": 2, "others": 20}
    shop = [{"name": "tea", "price": 30, "unit_cost": 15}]
    plan = Scenario.model_validate({"name": "plan", "products": shop, "several_groups": several})
    told = "further groups of the shop for 40 % of people: 2; groups of other people on a phone (median): 20"
    assert plan_header(plan)["Several groups"] == told
    chinese = plan_header(plan, ZH)["Several groups"]
    assert chinese == "40 % 的人另在本店 2 个群里；手机里别人的群（中位数）：20 个"


def test_what_a_segment_has_of_its_own_is_told():
    told = plan_header(load("fans"))["Buying"].split("; ")
    assert told[-1].endswith("elasticity x 0.5, talk x 2, looking x 2, paid for 90 %")
    assert "talk x" not in told[1]
    chinese = plan_header(load("fans"), language("zh"))["Buying"]
    assert "看群系数 ×3" in chinese
    assert "他人代付比例 90 %" in chinese
