"""A plan as operators write it: dates, days of the month, ranges of weekdays, clocks, ladders, amounts."""

import datetime as dt
from typing import Annotated

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from commsim.core.errors import InputError
from commsim.core.units import to_fen
from commsim.core.written import share
from commsim.scenario.community import Community, Segment
from commsim.scenario.errors import ScenarioError
from commsim.scenario.json_schema import json_schema
from commsim.scenario.load import dump, load, loads
from commsim.scenario.rivals import Rival
from commsim.scenario.schema import Product, Scenario
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.registry import kinds

PLAN = "name: x\ndays: 60\nstart: 2026-03-02\nproducts: [{name: coffee, price: 30, unit_cost: 15}]\n"
SALE = PLAN + "strategies:\n  - {kind: flash_sale, discount: 0.2, %s}\n"


def sale(settings: str) -> FlashSale:
    (found,) = loads(SALE % settings).strategies
    assert isinstance(found, FlashSale)
    return found


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    return str(caught.value)


WRITTEN = [
    ("starts: 2026-03-16", "starts: 14"),
    ("starts: 2026/3/16, ends: 2026年4月1日", "starts: 14, ends: 30"),
    ("hour: 20:00", "hour: 20"),
    ('hour: "9：00"', "hour: 9"),
    ("hour: 晚上8点", "hour: 20"),
    ("hour: 8 pm", "hour: 20"),
    ("hour: 12 am", "hour: 0"),
    ("weekdays: mon-thu", "weekdays: [mon, tue, wed, thu]"),
    ("weekdays: [mon-wed, sat]", "weekdays: [mon, tue, wed, sat]"),
    ("weekdays: Friday to Monday", "weekdays: [fri, sat, sun, mon]"),
    ("weekdays: weekends", "weekdays: [sat, sun]"),
    ("weekdays: every day", "weekdays: [mon, tue, wed, thu, fri, sat, sun]"),
    ("weekdays: 周一至周四", "weekdays: [mon, tue, wed, thu]"),
    ("weekdays: 周一、周三和周日", "weekdays: [mon, wed, sun]"),
    ("weekdays: 周一三五", "weekdays: [mon, wed, fri]"),
    ("weekdays: [星期二, 周末]", "weekdays: [tue, sat, sun]"),
    ("month_days: 8", "month_days: [8]"),
    ("month_days: [8, 18, last]", "month_days: [8, 18, -1]"),
    ('month_days: "1-3, 28"', "month_days: [1, 2, 3, 28]"),
    ("month_days: 每月8号、18号、月末", "month_days: [8, 18, -1]"),
    ("reach: 60%", "reach: 0.6"),
    ("budget: ¥1200.50", "budget: 1200.5"),
    ("budget: 1.5万元", "budget: 15000"),
    ('budget: "1,200 yuan"', "budget: 1200"),
]


@pytest.mark.parametrize(("written", "plain"), WRITTEN)
def test_it_means_what_the_plain_form_says(written: str, plain: str) -> None:
    assert sale(written) == sale(plain)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


@pytest.mark.parametrize(("written", "plain"), WRITTEN)
def test_the_schema_for_editors_takes_it(written: str, plain: str, validator: Draft202012Validator) -> None:
    for text in (SALE % written, SALE % plain):
        data = yaml.load(text, Loader=yaml.BaseLoader) | {"days": 60, "products": PRODUCTS}
        (entry,) = data["strategies"]
        data["strategies"] = [{key: _number(value) for key, value in entry.items()}]
        assert [error.message for error in validator.iter_errors(data)] == []


PRODUCTS = [{"name": "coffee", "price": 30, "unit_cost": "15元"}]


def _number(value: object) -> object:
    if isinstance(value, list):
        return [_number(item) for item in value]
    try:
        return float(str(value)) if "." in str(value) else int(str(value))
    except ValueError:
        return value


def test_what_is_kept_has_one_form() -> None:
    kept = dump(
        loads(SALE % "starts: 2026-03-16, weekdays: mon-thu, month_days: last, hour: 20:00, reach: 60%")
    )
    (entry,) = yaml.safe_load(kept)["strategies"]
    assert entry["starts"] == 14
    assert (entry["weekdays"], entry["month_days"]) == (["mon", "tue", "wed", "thu"], [-1])
    assert (entry["hour"], entry["reach"]) == (20, 0.6)


@pytest.mark.parametrize(
    ("price", "discount"), [("8折", 0.2), ("八五折", 0.15), ("9.5折", 0.05), ("88折", 0.12), ("15%", 0.15)]
)
def test_a_discount_in_tenths_that_are_paid(price: str, discount: float) -> None:
    entry = "strategies:\n  - {kind: flash_sale, %s: %s}\n"
    assert loads(PLAN + entry % ("discount", price)).strategies[0].discount == discount  # type: ignore[attr-defined]
    if "折" in price:
        assert loads(PLAN + entry % ("price", price)) == loads(PLAN + entry % ("discount", discount))


@pytest.mark.parametrize(
    ("text", "value"),
    [("-100%", -1.0), ("-12.5 %", -0.125), ("15%", 0.15), ("百分之5", 0.05), ("负百分之5", -0.05)],
)
def test_a_share_may_be_below_nothing(text: str, value: float) -> None:
    assert share(text) == value


@pytest.mark.parametrize("text", ["¥99.00", "99元", "99", "￥ 99 元整", "99块", "RMB 99"])
def test_amounts(text: str) -> None:
    assert to_fen(text) == 9900


def test_a_ladder_as_a_mapping_is_the_ladder_by_size() -> None:
    entry = "strategies:\n  - {kind: group_buying, ladder: %s}\n"
    rows = "[{size: 2, price: 90}, {size: 3, price: 85.5}, {size: 10, price: 75}]"
    assert loads(PLAN + entry % "{10: 75, 2: 90, 3: 85.5元}") == loads(PLAN + entry % rows)
    assert refusal(PLAN + entry % "{2: 90, 3: cheap}").startswith(
        "scenario:6:45: strategies[0].ladder.3: 'cheap' is not an amount in yuan"
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            "starts: 2026-02-16",
            "scenario:6:47: strategies[0].starts: 2026-02-16 is before the plan's first day, 2026-03-02",
        ),
        ("ends: 2026-06-16", "ends: day 106 is after the run of 60 days"),
        ("ends: 2026-06-31", "ends: must be a day of the run, from 0, or a date such as 2026-03-16, is"),
        ("hour: 20:30", "hour: '20:30' is no whole hour: write 20:00 or 21:00"),
        ("hour: 1230", "hour: must be 0 to 23 hour, is 1230"),
        ("hour: 99", "hour: must be 0 to 23 hour, is 99"),
        ("hour: 晚上8点半", "write 20:00 or 21:00"),
        ("weekdays: [mon-foo, tue]", "strategies[0].weekdays[0]: must be one of mon, tue"),
        (
            "weekdays: often",
            "weekdays: must be one of mon, tue, wed, thu, fri, sat, sun, is 'often'; several",
        ),
        ("month_days: [32]", "month_days[0]: must be -1 to 31 month days, is 32"),
        ("month_days: 0", "month_days: a month has no day 0; write 1 to 31, or last"),
        ("reach: 150%", "reach: must be 0 to 1 share, is '150%'"),
        ("budget: 8折", "budget: '8折' is a share of a price; write what is to be paid, in yuan"),
    ],
)
def test_what_can_not_be_meant_is_told_at_its_place(settings: str, said: str) -> None:
    assert said in refusal(SALE % settings)


def test_a_date_counts_from_the_start_that_the_last_plan_of_a_chain_gives(tmp_path) -> None:
    (tmp_path / "base.yaml").write_text(SALE % "starts: 2026-03-16")
    (tmp_path / "later.yaml").write_text("extends: base.yaml\nname: later\nstart: 2026-03-14\n")
    (tmp_path / "too-late.yaml").write_text("extends: base.yaml\nname: later\nstart: 2026-03-17\n")
    assert load(tmp_path / "base.yaml").strategies[0].starts == 14
    assert load(tmp_path / "later.yaml").strategies[0].starts == 2
    with pytest.raises(InputError, match=r"base\.yaml:6:47: .*2026-03-16 is before .* 2026-03-17"):
        load(tmp_path / "too-late.yaml")


def test_python_takes_dates_in_a_plan_and_says_so_outside_of_one() -> None:
    product = Product(name="coffee", price=30, unit_cost=15)
    entry = {"kind": "content", "starts": dt.date(2026, 3, 4), "hour": dt.time(12)}
    plan = Scenario(name="x", start=dt.date(2026, 3, 2), products=(product,), strategies=(entry,))
    assert (plan.strategies[0].starts, plan.strategies[0].hour) == (2, 12)
    with pytest.raises(ValueError, match="no plan says when day 0 is"):
        FlashSale(discount=0.2, starts=dt.date(2026, 3, 4))


@pytest.mark.parametrize("calendar", ["weeks: [5], cycle: 4", "cycle: 4"])
def test_a_cycle_has_the_weeks_that_are_named(calendar: str) -> None:
    assert "strategies[0].cycle: has 4 weeks, and `weeks` names" in refusal(SALE % calendar)


def test_a_clock_that_a_reader_of_yaml_1_1_has_made_minutes_of_is_understood() -> None:
    assert sale("hour: 1200") == sale("hour: 20")


def shares(model, path):
    """The fields of a model that are a share of one."""
    for name, field in model.model_fields.items():
        if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("unit") == "share":
            yield pytest.param(field, id=f"{path}.{name}")


ALL_SHARES = [share for kind, cls in kinds().items() for share in shares(cls, kind)]
ALL_SHARES += [
    share for part in (Product, Segment, Community, Rival) for share in shares(part, part.__name__)
]


@pytest.mark.parametrize("field", ALL_SHARES)
def test_every_share_can_be_written_in_per_cent(field):
    adapter = TypeAdapter(Annotated[field.annotation, *field.metadata])
    assert adapter.validate_python("10%") == 0.1
