"""The Chinese names of settings against the schema."""

from collections import Counter

import pytest

from commsim.core.measures import NAMES
from commsim.scenario.chinese import names
from commsim.scenario.fields import settings
from commsim.scenario.schema import Scenario
from commsim.scenario.seasons import Season
from commsim.scenario.sheets.layout import GROUPS, PRODUCTS, SEGMENTS
from commsim.scenario.sheets.names import MODELS, OF_WEEKS
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds

PARTS = {
    "product": MODELS[PRODUCTS], "segment": MODELS[SEGMENTS], "group": MODELS[GROUPS], "season": Season,
}  # fmt: skip
OWNERS = {**kinds(), **PARTS, "strategy": Strategy}


def of(owner):
    start = f"field.{owner}."
    return {key.removeprefix(start): said for key, said in names().items() if key.startswith(start)}


def test_what_has_a_name_exists():
    paths = {one.path for one in settings(Scenario)} | {"extends"} | {f"target.{name}" for name in NAMES}
    told = {key.removeprefix("path.") for key in names() if key.startswith("path.")}
    assert told <= paths
    assert {key.split(".")[1] for key in names() if key.startswith("kind.")} <= {*kinds()}
    assert set(of("week")) == {*OF_WEEKS}


@pytest.mark.parametrize("part", [*PARTS, "strategy"])
def test_each_setting_of_a_part_has_a_name_of_its_own(part):
    without = {f"field.{part}.{name}" for name in set(OWNERS[part].model_fields) ^ set(of(part))}
    assert without == set(), "mend scenario/zh.yaml"
    assert [said for said, n in Counter(of(part).values()).items() if n > 1] == []


@pytest.mark.parametrize("kind", kinds())
def test_no_setting_of_a_kind_is_called_like_one_of_all_strategies(kind):
    assert set(of(kind).values()) & set(of("strategy").values()) == set()
