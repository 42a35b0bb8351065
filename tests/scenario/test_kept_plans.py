"""A plan that was kept means what it meant: run again, extended, beside its files and without them."""

from pathlib import Path

import pytest

from commsim.core.errors import InputError
from commsim.population.build import build
from commsim.population.people import Population
from commsim.scenario.errors import ScenarioError
from commsim.scenario.load import dump, load, loads, scenario_hash
from commsim.scenario.schema import Scenario

PLAN = """
name: shop
days: 3
start: 2026-03-02
products: [{name: coffee, price: 30, unit_cost: 15}]
community:
  roster: {file: members.csv}
  history: {file: orders.csv}
"""
ORDERS = "customer,date\nm1,2025-01-01\nm1,2025-02-01\nm2,2025-02-01\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A plan over a roster and a history that have the columns that are needed, and no others."""
    (tmp_path / "members.csv").write_text("id\n" + "".join(f"m{i}\n" for i in range(60)))
    (tmp_path / "orders.csv").write_text(ORDERS)
    (tmp_path / "plan.yaml").write_text(PLAN)
    return tmp_path / "plan.yaml"


def people(plan: Scenario) -> Population:
    return build(plan.community, plan.behaviour, 7, today=plan.start)


def kept(plan: Scenario, folder: Path) -> Path:
    """The plan as a folder of results keeps it."""
    (folder / "run").mkdir()
    (folder / "run" / "scenario.yaml").write_text(dump(plan))
    return folder / "run" / "scenario.yaml"


def test_a_kept_plan_reads_the_same_people(shop: Path, tmp_path: Path) -> None:
    plan = load(shop)
    again = load(kept(plan, tmp_path))
    assert again == plan
    assert people(again).trait_rows.tobytes() == people(plan).trait_rows.tobytes()
    assert scenario_hash(again) == scenario_hash(plan)


def test_a_kept_plan_can_be_extended_to_what_the_plan_itself_would_give(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "others.csv").write_text("id,tags\nx,\nm1,\n")
    change = "name: y\ncommunity: {group_size: 30, roster: {file: others.csv}}\n"
    found = []
    for base in (shop, kept(load(shop), tmp_path)):
        (tmp_path / "change.yaml").write_text(f"extends: {base}\n{change}")
        found.append(load(tmp_path / "change.yaml"))
    assert found[0] == found[1]
    assert people(found[0]).labels is not None


@pytest.mark.parametrize("name", ["members.csv", "orders.csv"])
def test_a_data_file_that_has_changed_is_refused(shop: Path, tmp_path: Path, name: str) -> None:
    plan = kept(load(shop), tmp_path)
    with (tmp_path / name).open("a") as stream:
        stream.write("\n")
    with pytest.raises(InputError, match=rf"{name}: is not the file .* put that one back; .* sha256"):
        people(load(plan))
    people(load(shop))  # the plan that was not kept takes the file as it is


CHANGES = (
    "community: {members: 300}",
    "community: {segments: {all: {buyers: 0.5}}}",
    "products: {tea: {price: 20, unit_cost: 10}}",
    "reading: guides",
    "days: 20\nstart: 2026-05-04",
    "strategies: {content: {posts: 2}, red_envelope: {total: 20}, group_buying: {asks: 4}}\nreading: guides",
    "strategies: [{kind: red_envelope}]",
    "behaviour: {invite: {delay: 3}}",
)


@pytest.mark.parametrize("plan", ["active-group", "real-shop", "group-buying", "slimming-tiers"])
def test_whatever_extends_a_kept_plan_is_what_would_extend_the_plan(plan: str, tmp_path: Path) -> None:
    base, done = kept(load(plan), tmp_path), 0
    for change in CHANGES:
        (tmp_path / "of plan.yaml").write_text(f"extends: {plan}\nname: y\n{change}\n")
        (tmp_path / "of kept.yaml").write_text(f"extends: {base}\nname: y\n{change}\n")
        try:
            wanted = load(tmp_path / "of plan.yaml")
        except InputError:  # a plan without segments of its own has none to change by name
            continue
        assert load(tmp_path / "of kept.yaml") == wanted, change
        done += 1
    assert done >= len(CHANGES) - 2


def test_groups_can_be_changed_in_a_kept_plan(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(
        "name: x\nproducts: [{name: a, price: 1, unit_cost: 1}]\n"
        "community: {groups: [{name: 一群, members: 80}, 20]}\n"
    )
    base = kept(load(tmp_path / "plan.yaml"), tmp_path)
    assert load(base).community.members == 100
    (tmp_path / "more.yaml").write_text(
        f"extends: {base}\nname: y\ncommunity: {{groups: {{一群: 200, 三群: 30}}}}\n"
    )
    found = load(tmp_path / "more.yaml").community
    assert [(group.name, group.members) for group in found.groups or ()] == [
        ("一群", 200),
        ("", 20),
        ("三群", 30),
    ]
    assert found.members == 250


def test_a_column_that_the_plan_names_must_be_there(shop: Path) -> None:
    shop.write_text(PLAN.replace("members.csv}", "members.csv, group: group}"))
    with pytest.raises(InputError, match="there is no column 'group'"):
        people(load(shop))
    shop.write_text(PLAN.replace("members.csv}", "members.csv, group: null}"))
    people(load(shop))


def test_a_hash_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="sha256"):
        loads(PLAN.replace("members.csv}", "members.csv, sha256: abc}"))


def test_settings_that_an_older_version_kept_are_told_from_slips() -> None:
    kept = PLAN.split("community:")[0] + "behaviour: {buying: {aware: 0.2}, invite: {dispersion: 0.5}}\n"
    with pytest.raises(ScenarioError) as refused:
        loads(kept)
    found = [(problem.path, problem.what[:19], problem.remedy[-14:]) for problem in refused.value.problems]
    assert found == [
        ("behaviour.buying.aware", "no setting any more", " buying.touch)"),
        ("behaviour.invite.dispersion", "no setting any more", "invite.spread)"),
    ]
