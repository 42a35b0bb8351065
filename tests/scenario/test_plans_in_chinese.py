"""A plan in Chinese is the plan in English."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from commsim.scenario.errors import ScenarioError
from commsim.scenario.json_schema import json_schema
from commsim.scenario.load import dump, load, loads
from commsim.scenario.words import key_words, kind_words
from commsim.scenario.yaml_nodes import parse
from commsim.strategies.registry import BUILT_IN, kinds

PAGE = Path(__file__).parents[2] / "docs" / "plans.md"
ZH, EN = re.findall(r"```yaml\n((?:名称|name): .*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
BUILT = list(kinds())[: len(BUILT_IN)]
SHOP = "products: [{name: tea, price: 30, unit_cost: 15}]\n"


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    return str(caught.value)


def test_the_two_plans_of_the_docs_are_the_same() -> None:
    plan = loads(ZH)
    assert plan == loads(EN)
    assert loads(dump(plan)) == plan
    assert "kind: flash_sale" in dump(plan)


def test_editors_take_both_and_no_slips() -> None:
    validator = Draft202012Validator(json_schema())
    for text in (ZH, EN):
        assert [error.message for error in validator.iter_errors(parse(text).plain())] == []
    for right, wrong in (
        ("清理比例", "清理"),
        ("类型: 群规", "类型: 规则"),
        ("名称: 美妆福利群\n", ""),
        ("活动: 红包, ", ""),
    ):
        assert not validator.is_valid(parse(ZH.replace(right, wrong)).plain()), wrong


@pytest.mark.parametrize("kind", BUILT)
def test_every_setting_of_every_kind_has_a_word_that_means_nothing_else(kind: str) -> None:
    words = key_words(kinds()[kind], kind)
    plain = {names[0] for names in words.values() if len(names) == 1}
    assert set(kinds()[kind].model_fields) - plain == set()
    assert kind in kind_words().values()


def test_a_plan_may_extend_one_in_the_other_language(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        "name: Base\n" + SHOP + "strategies: [{kind: red_envelope, total: 10}, {kind: advert, name: 内容}]\n"
    )
    (tmp_path / "plan.yaml").write_text(
        "名称: 我的\n基于: base.yaml\n策略:\n"
        "  红包: {每个红包金额: 12元}\n  内容: {每天广告条数: 3}\n  签到: {每次积分: 5}\n"
    )
    plan = load(tmp_path / "plan.yaml")
    assert [(s.name, s.kind) for s in plan.strategies] == [
        ("red_envelope", "red_envelope"),
        ("内容", "advert"),
        ("check_in", "check_in"),
    ]
    settings = [s.model_dump() for s in plan.strategies]
    assert (settings[0]["total"], settings[1]["posts"], settings[2]["points"]) == (12, 3, 5)
    (tmp_path / "english.yaml").write_text(
        "extends: plan.yaml\nname: English\nstrategies: {内容: null, red_envelope: {total: 20}}\n"
    )
    assert [s.name for s in load(tmp_path / "english.yaml").strategies] == ["red_envelope", "check_in"]


def test_what_is_called_like_a_kind_keeps_its_name() -> None:
    plan = loads(
        "name: x\n" + SHOP + "strategies:\n  - {类型: 限时秒杀, 名称: 拼团, 折扣: 8折}\n"
        "  - {类型: 广告, 预告哪个活动: 拼团, 时间: 9}\n"
    )
    assert plan.strategies[1].model_dump()["announces"] == "拼团"


CLEAR = {
    "折扣: 9折": 0.1,
    "优惠比例: 10%": 0.1,
    "优惠比例: 0.1": 0.1,
    "discount: 0.1": 0.1,
    "折扣: 八五折": 0.15,
}


def test_a_discount_in_chinese_says_whether_it_is_paid_or_taken_off() -> None:
    """折扣 0.1 reads as nine tenths off to some and as one tenth off to others."""
    sale, levels = "  - {类型: 限时秒杀, %s}\n", "  - {类型: 会员等级, 等级: [{期间消费满: 9, %s}]}\n"
    text = "name: x\n" + SHOP + "strategies:\n" + sale + levels
    for written, off in CLEAR.items():
        first, second = (one.model_dump() for one in loads(text % (written, written)).strategies)
        assert first["discount"] == second["at"][0]["discount"] == off
    for written in ("折扣: 0.1", "折扣: 10%", "折扣比例: 0.9", "会员折扣: 1"):
        for both in ((written, "优惠比例: 10%"), ("优惠比例: 10%", written)):
            with pytest.raises(ScenarioError, match=r"paid or what is taken off; write .*9折.*优惠比例: 10%"):
                loads(text % both)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("名称: x\nname: y\n", "scenario:3:1: name: says name, as line 2 does already; keep one"),
        ("name: x\n天数: 0\n", "scenario:3:5: 天数: must be 1 to 3,650 days, is 0"),
        ("name: x\n策略: [{类型: 秒杀}]\n", "unknown kind '秒杀'; did you mean 限时秒杀? Known: 红包"),
        (
            "name: x\n策略: [{类型: 内容, 每天内容数: 2}]\n",
            "每天内容数: unknown key; did you mean 每天内容条数?",
        ),
        (
            "name: x\n策略: [{类型: 广告, 时刻: 9}]\n",
            "scenario:3:15: 时刻: may mean hour or hours here; write one",
        ),
        ("name: x\n社群: {成员: 20}\n", "scenario:3:6: 社群.成员: unknown key; did you mean 成员数?"),
    ],
)
def test_errors_stand_at_their_places(text: str, said: str) -> None:
    assert said in refusal(SHOP + text)
