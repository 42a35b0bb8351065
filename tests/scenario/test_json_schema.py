"""The JSON Schema that editors use agrees with the loader."""

import pytest
import yaml
from jsonschema import Draft202012Validator

from commsim.scenario.json_schema import json_schema
from commsim.scenario.load import dump, load
from commsim.scenario.shipped import shipped
from commsim.scenario.words import is_chinese
from commsim.strategies.registry import kinds


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_kind_is_listed_with_its_fields_and_limits_in_yuan() -> None:
    defs = json_schema()["$defs"]
    for kind, cls in kinds().items():
        named = {name for name in defs[kind]["properties"] if not is_chinese(name)}
        assert named == set(cls.model_fields)
    total = defs["red_envelope"]["properties"]["total"]
    assert (total["minimum"], total["maximum"], total["default"]) == (0.01, 200, 10)
    assert defs["red_envelope"]["properties"]["budget"]["minimum"] == 0


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenarios_are_valid(name: str, validator: Draft202012Validator) -> None:
    written = yaml.load(shipped()[name].read_text("utf-8"), Loader=yaml.BaseLoader)
    assert written["name"]
    assert [
        e.message for e in validator.iter_errors(yaml.safe_load(dump(load(name))) | {"start": "2026-03-02"})
    ] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"strategies": [{"kind": "red_envelop"}]},
        {"strategies": [{"kind": "red_envelope", "total": 300}]},
        {"strategies": [{"total": 3}]},
        {"community": {"group_sise": 3}},
        {"days": 0},
    ],
)
def test_what_the_loader_refuses_is_invalid(
    wrong: dict[str, object], validator: Draft202012Validator
) -> None:
    good = {"name": "x", "products": [{"name": "a", "price": 1, "unit_cost": 1}]}
    assert validator.is_valid(good)
    assert not validator.is_valid(good | wrong)


def test_plans_that_extend_others_are_valid(validator: Draft202012Validator) -> None:
    assert validator.is_valid(
        {"name": "x", "extends": "y", "strategies": {"red_envelope": {"total": 1}, "b": None}}
    )
    assert not validator.is_valid({"extends": "y"})


def test_limits_of_what_may_be_written_as_text_are_told() -> None:
    """To editors, and to the page, which makes its controls from the models' own schemas."""
    of = kinds()["flash_sale"].model_json_schema()["properties"]
    assert [(of[name]["minimum"], of[name]["maximum"]) for name in ("hour", "starts", "reach")] == [
        (0, 23),
        (0, 3650),
        (0, 1),
    ]
    assert of["discount"]["maximum"] == 1
    assert of["ends"]["anyOf"][0]["maximum"] == 3650
    assert kinds()["content"].model_json_schema()["properties"]["fresh"]["maximum"] == 1
