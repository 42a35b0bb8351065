"""Spaces of plans: made of a plan, read from a file, and the plan of some choices."""

import pytest

from commsim.core.errors import InputError
from commsim.experiments.design.paths import changed, locate
from commsim.experiments.space import NOTHING, default_space, load_space
from commsim.experiments.space.default import default_data
from commsim.experiments.space.load import from_data
from commsim.scenario.errors import ScenarioError
from commsim.scenario.load import as_yaml, loads

PLAN = """
name: base
days: 14
community: {members: 60}
products: [{name: tea, price: 30, unit_cost: 15}]
strategies:
  - {kind: flash_sale, discount: 0.2, weekdays: [tue], staff_minutes: 4}
  - {kind: advert, announces: flash_sale, weekdays: [tue], hour: 19}
"""
BASE = loads(PLAN)


def with_choices(space, **choices):
    """The plan with some levers at other values, blanks in names written as underscores."""
    names = [lever.name for lever in space.levers]
    plan = list(space.start)
    for name, value in choices.items():
        k = next(k for k, known in enumerate(names) if known.replace(" ", "_") == name)
        plan[k] = space.levers[k].options.index(value)
    return tuple(plan)


def test_what_is_on_and_on_which_weekdays_are_settings_of_any_design():
    on = locate(BASE, "strategies.flash_sale.on")
    tue, wed = (locate(BASE, f"strategies[0].weekdays.{day}") for day in ("tue", "wed"))
    assert (on.kind, on.value, tue.value, wed.value) == ("bool", True, True, False)
    advert = locate(BASE, "strategies.advert.on").path
    moved = changed(BASE, {tue.path: False, wed.path: True, advert: False})
    assert [(one.name, one.weekdays) for one in moved.strategies] == [("flash_sale", ("wed",))]
    assert changed(BASE, {locate(BASE, "strategies.advert.weekdays.tue").path: False}).strategies[1:] == ()
    assert changed(BASE, {advert: True}) == BASE


def test_a_space_made_of_a_plan_begins_at_the_plan():
    space = default_space(BASE)
    assert space.scenario(space.start).strategies == BASE.strategies
    assert space.scenario(space.emptied).strategies == ()
    assert space.scenario(NOTHING).strategies == ()
    assert (space.limits.posts_per_day, space.limits.posts_per_week) == (2, 7)
    names = {lever.name for lever in space.levers}
    assert {"flash_sale discount", "flash_sale hour", "advert tue", "check_in on"} <= names
    assert not [name for name in names if "staff" in name or "reach" in name]
    discount = next(lever for lever in space.levers if lever.name == "flash_sale discount")
    assert discount.options == (0.1, 0.15, 0.2, 0.3, 0.4)
    assert [discount.edge(k) for k in range(5)] == [True, False, False, False, True]


def test_what_announces_a_sale_goes_with_it_and_choices_of_what_is_off_are_no_choices():
    space = default_space(BASE)
    off = with_choices(space, flash_sale_on=False, flash_sale_discount=0.4)
    assert [one.kind for one in space.scenario(off).strategies] == []
    assert space.canonical(off) == space.canonical(with_choices(space, flash_sale_on=False))
    by_days = with_choices(space, flash_sale_tue=False)
    assert space.canonical(by_days) == space.canonical(off)
    taken = with_choices(space, red_envelope_on=True, red_envelope_sun=True)
    envelope = space.scenario(taken).strategies[-1]
    assert (envelope.kind, envelope.weekdays) == ("red_envelope", ("thu", "sun"))


def test_the_space_that_is_written_is_read_as_the_same(tmp_path):
    file = tmp_path / "space.yaml"
    file.write_text(as_yaml(default_data(BASE)), encoding="utf-8")
    written, made = load_space(file, BASE), default_space(BASE)
    assert written.levers == made.levers
    assert written.limits == made.limits
    assert written.off == made.off


def test_a_file_says_levers_as_a_design_does(tmp_path):
    file = tmp_path / "space.yaml"
    file.write_text(
        """
name: small
levers:
  discount: {path: strategies.flash_sale.discount, low: 0.1, high: 0.3, steps: 3}
  price: {path: "products[0].price", values: [25, 35]}
  who:
    path: strategies.advert.who
    values: {all: null, buyers: {orders: ">=1"}}
derived: {stock: {path: strategies.flash_sale.stock, value: price * 2}}
limits: {budget: 100}
strategies: [{kind: check_in}]
""".replace("strategies: [{kind: check_in}]\n", "")
    )
    space = load_space(file, BASE)
    assert space.levers[1].options == (25.0, 30.0, 35.0)
    assert space.limits.budget == 10_000
    plan = space.scenario(with_choices(space, discount=0.3, price=35.0, who="buyers"))
    assert (plan.strategies[0].discount, plan.products[0].price, plan.strategies[0].stock) == (0.3, 3500, 70)
    assert plan.strategies[1].who is not None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("levers: {a: {path: strategies.flash_sale.discuont, values: [1, 2]}}", "2:10: levers.a: .*discuont"),
        ("levers: {}", "nothing varies: give levers"),
        ("levers: {a: {path: strategies.advert.on, values: [1]}}", "must be true or false"),
        ("levers: {a: {path: strategies.check_in.on, values: [true]}}", "there is no 'check_in'"),
        ("levers: {a: {path: strategies.advert.who, values: [1]}}\nlimit: {}", "limit: unknown key"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_at_its_place(tmp_path, text, what):
    file = tmp_path / "space.yaml"
    file.write_text(f"name: wrong\n{text}\n")
    with pytest.raises(ScenarioError, match=what):
        load_space(file, BASE)


def test_what_may_be_taken_up_needs_a_lever_and_a_name_of_its_own(tmp_path):
    file = tmp_path / "space.yaml"
    levers = "levers: {a: {path: strategies.advert.on, values: [true, false]}}"
    file.write_text(f"name: s\n{levers}\nstrategies: [{{kind: check_in}}]\n")
    with pytest.raises(InputError, match="check_in could never be taken up"):
        load_space(file, BASE)
    file.write_text(f"name: s\n{levers}\nstrategies: [{{kind: advert}}]\n")
    with pytest.raises(InputError, match="has a strategy 'advert' already"):
        load_space(file, BASE)


def test_a_lever_with_nothing_that_can_be_is_refused():
    def space(*prices):
        lever = {"path": "products.tea.price", "values": list(prices)}
        return from_data({"name": "prices", "levers": {"price": lever}}, BASE)

    with pytest.raises(InputError, match="none of the values of the lever 'price' can be") as refused:
        space(-1, 0, 30).refuse_impossible()
    assert refused.value.where == "levers.price"
    space(-1, 28, 30).refuse_impossible()


FESTIVAL = "  - {kind: flash_sale, name: festival, discount: 0.3, hour: 12, starts: 20, ends: 26, warm_up: 3}"
CAMPAIGN = loads(PLAN.replace("days: 14", "days: 40") + FESTIVAL)


def test_a_campaign_is_moved_as_a_whole():
    later = locate(CAMPAIGN, "strategies.festival.later")
    assert (later.kind, later.value) == ("int", 0)
    moved = changed(CAMPAIGN, {later.path: 7}).strategies[2]
    assert (moved.starts, moved.ends) == (27, 33)
    both = changed(CAMPAIGN, {later.path: -7, (*later.path[:2], "ends"): 30}).strategies[2]
    assert (both.starts, both.ends) == (13, 23)


def test_dates_and_whom_are_choices_where_they_can_be():
    space = default_space(CAMPAIGN)
    levers = {lever.name: lever for lever in space.levers}
    assert levers["festival later"].options == (-14, -7, 0, 7)  # two weeks later it would end after the run
    assert "flash_sale later" not in levers  # it has no dates of its own
    soon = default_space(loads(PLAN.replace("staff_minutes: 4", "starts: 3, warm_up: 2")))
    assert "flash_sale later" not in {lever.name for lever in soon.levers}
    assert levers["festival who"].options == ("everybody", "buyers", "non-buyers", "newcomers")
    assert levers["festival who"].start == 0
    assert "advert who" not in levers
    plan = space.scenario(with_choices(space, festival_later=-14, festival_who="buyers"))
    festival = plan.strategies[2]
    assert (festival.starts, festival.ends, festival.who.bought) == (6, 12, True)
    announced = default_space(loads(PLAN.replace("hour: 19", "hour: 19, starts: 7")))
    assert "advert later" not in {lever.name for lever in announced.levers}


def test_a_space_that_is_written_repeats_what_is_the_same():
    """People change it by hand; a reference to another lever would be a trap."""
    text = as_yaml(default_data(CAMPAIGN))
    assert "&id" not in text
    assert text.count("newcomers:") == 2
