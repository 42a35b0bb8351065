"""What is written reads back as the same scenario, whatever it holds."""

import pickle
from pathlib import Path

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commsim.core.units import to_yuan
from commsim.scenario.checks import FIRST_START, LAST_START
from commsim.scenario.load import dump, load, loads, scenario_hash
from commsim.scenario.schema import Community, Product, Scenario, Segment
from commsim.scenario.yaml_core import PlanDumper
from commsim.scenario.yaml_nodes import parse
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.group_buying import GroupBuying, Rung
from commsim.strategies.red_envelope import RedEnvelope

texts = st.text(max_size=20)
names = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=20).filter(
    str.strip
)
yuan = st.integers(1, 10**9).map(to_yuan)
shares = st.floats(0, 1)
products = st.builds(Product, name=names, price=yuan, unit_cost=yuan, appeal=st.floats(0, 10))
envelopes = st.builds(
    RedEnvelope, name=names, goal=texts, total=st.integers(100, 20_000).map(to_yuan), budget=st.none() | yuan
)
sales = st.builds(FlashSale, price=yuan, reach=shares, stock=st.none() | st.integers(0, 10**8))
ladders = st.just(GroupBuying(ladder=(Rung(size=2, price=90), Rung(size=3, price=85.5))))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    chosen = draw(st.lists(envelopes | sales | ladders, max_size=3))
    named = [one.model_copy(update={"name": f"{i} {one.name}"}) for i, one in enumerate(chosen)]
    return Scenario(
        name=draw(names),
        about=draw(texts),
        days=draw(st.integers(1, 3650)),
        start=draw(st.dates(FIRST_START, LAST_START)),
        community=Community(
            members=draw(st.integers(1, 10**6)), segments=(Segment(share=draw(st.floats(0.1, 9))),)
        ),
        products=(draw(products),),
        strategies=tuple(named),
    )


@settings(max_examples=25)
@given(scenarios())
def test_dump_loads_equal(scenario: Scenario) -> None:
    again = loads(dump(scenario))
    assert again == scenario
    assert scenario_hash(again) == scenario_hash(scenario)
    assert pickle.loads(pickle.dumps(scenario)) == scenario


@settings(max_examples=200)
@given(texts)
@example("\x85")
@example(" a \n\n  b\u2028 \n")
def test_any_text_survives(text: str) -> None:
    written = yaml.dump({"a": [text]}, Dumper=PlanDumper, allow_unicode=True, width=100)
    assert parse(written).plain() == {"a": [text]}


def test_words_that_look_like_other_things_stay_text() -> None:
    for word in (
        "1e5",
        "08",
        "on",
        "yes",
        "~",
        "null",
        "2026-03-02",
        "20:00",
        "0x1f",
        "=",
        "<<",
        ".nan",
        "a: b",
    ):
        product = Product(name=word, price=1, unit_cost=1)
        assert loads(dump(Scenario(name=word, products=(product,)))).products[0].name == word


def test_files_are_found_beside_the_scenario(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "plan.yaml").write_text(
        "name: x\nproducts: [{name: a, price: 1, unit_cost: 1}]\n"
        "community: {roster: {file: people.csv}, graph: {kind: file, file: data/ties.csv}}\n"
    )
    people = load(folder / "plan.yaml").community
    assert people.roster is not None
    assert people.roster.file == (folder / "people.csv").resolve()
    assert people.graph.file == (folder / "data/ties.csv").resolve()


def test_hash_follows_settings_and_file_contents_not_paths(tmp_path: Path) -> None:
    text = "name: x\nproducts: [{name: a, price: 1, unit_cost: 1}]\ncommunity: {roster: {file: people.csv}}\n"
    hashes = []
    for folder, content in (("a", "id\n1"), ("b", "id\n1"), ("c", "id\n2")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "people.csv").write_text(content)
        (tmp_path / folder / "plan.yaml").write_text(text)
        hashes.append(scenario_hash(load(tmp_path / folder / "plan.yaml")))
    assert hashes[0] == hashes[1] != hashes[2]
    changed = loads(text).model_copy(update={"days": 61})
    assert scenario_hash(changed) != scenario_hash(loads(text))
