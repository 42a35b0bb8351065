"""`commsim strategies KIND`: all that members can be chosen by."""

import json
import re

import pytest
import yaml
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.mechanism import mechanisms
from commsim.scenario.load import loads
from commsim.strategies.audience import Who


def test_conditions_are_listed_with_units_and_examples_that_are_read():
    done = CliRunner().invoke(app, ["strategies", "content", "--json"])
    listed = {one["name"]: one for one in json.loads(done.stdout)["who"]}
    columns = {column.name for one in mechanisms() for column in one.columns if column.seen}
    assert set(listed) == {*Who.model_fields, *columns}
    assert {"last_order", "willing", "level"} <= set(listed)
    for name, one in listed.items():
        assert one["unit"]
        assert one["about"]
        assert list(yaml.safe_load(one["example"])["who"]) == [name]
        assert Who(**yaml.safe_load(one["example"])["who"])
    assert listed["balance"]["unit"] == "yuan"


@pytest.mark.parametrize(
    ("kind", "there"), [("coupon", True), ("split", True), ("levels", True), ("group_rules", False)]
)
def test_what_is_for_whole_groups_chooses_no_members(kind, there):
    told = CliRunner().invoke(app, ["strategies", kind], env={"COLUMNS": "200"}).stdout
    assert ("What `who` may say" in told) == there
    assert ("who: {last_order:" in told) == there


def told_in_chinese(*words):
    return CliRunner().invoke(app, ["strategies", *words], env={"COLUMNS": "300", "COMMSIM_LANG": "zh"})


def test_in_chinese_kinds_have_the_names_that_plans_have_and_are_found_by_them():
    listed = [line.split()[0] for line in told_in_chinese().stdout.splitlines()[3:34]]
    assert {"限时秒杀", "群规", "流失召回"} <= set(listed)
    for kind in listed:
        assert told_in_chinese(kind).stdout.startswith(f"{kind} ")
    assert told_in_chinese("限时秒杀").stdout == told_in_chinese("flash-sale").stdout
    refused = told_in_chinese("限时秒沙")
    assert refused.exit_code == 3
    assert "限时秒杀" in refused.stderr
    assert "flash_sale" not in refused.stderr


def test_what_is_told_in_chinese_can_be_written_in_a_plan():
    told = told_in_chinese("抽奖").stdout
    assert re.search("^ 面向哪些群.群的占比 .*\n groups.share ", told, re.MULTILINE)
    examples = re.findall(r"面向哪些人: \{(?!体验到效果).*\"\}", told)  # none that name a thing of the shop
    assert len(examples) > 20
    entries = "".join(f"\n  - {{玩法: 内容, 名称: 第{i}项, {one}}}" for i, one in enumerate(examples))
    plan = loads(f"extends: fans\nname: 试\nabout: 试\nstrategies:{entries}\n")
    assert all(entry.who is not None for entry in plan.strategies)


def test_conditions_are_listed_once():
    told = CliRunner().invoke(app, ["strategies", "lottery"], env={"COLUMNS": "200"}).stdout
    assert len(re.findall(r"^ (?:\w+\.)*spent ", told, re.MULTILINE)) == 1
    assert "{number: 100, worth: 3}" in told


def test_what_can_choose_no_members_is_not_said_to():
    listed = json.loads(CliRunner().invoke(app, ["strategies", "robot", "--json"]).stdout)["fields"]
    paths = [one["path"] for one in listed]
    assert "when.who.spent" in paths
    assert not [path for path in paths if path.startswith("who")]
