"""`commsim strategies KIND`: all that members can be chosen by."""

import json

import pytest
import yaml
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.mechanism import mechanisms
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
