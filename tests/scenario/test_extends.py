"""Plans that say only how they differ from another."""

from pathlib import Path

import pytest

from commsim.core.errors import InputError
from commsim.scenario.errors import ScenarioError
from commsim.scenario.load import load, loads

BASE = """\
name: Base
about: the usual
community: {members: 800, group_size: 100, roster: {file: people.csv}}
products:
  - {name: coffee, price: 30, unit_cost: 15}
  - {name: tea, price: 20, unit_cost: 9}
strategies:
  - {kind: red_envelope, total: 10, shares: 5}
  - {kind: advert, name: noise, posts: 2}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "base.yaml").write_text(BASE)
    return tmp_path


def write(folder: Path, text: str) -> Path:
    file = folder / "plan.yaml"
    file.write_text("extends: shared/base.yaml\n" + text)
    return file


def test_mappings_merge_and_names_change_add_remove(folder: Path) -> None:
    plan = load(
        write(
            folder,
            "name: Mine\n"
            "community: {members: 900}\n"
            "products: {coffee: {price: 28}}\n"
            "strategies:\n"
            "  red_envelope: {total: 12}\n"
            "  noise: null\n"
            "  rules: {kind: group_rules}\n",
        )
    )
    assert (plan.name, plan.about) == ("Mine", "")
    assert (plan.community.members, plan.community.group_size) == (900, 100)
    assert [(p.name, p.price) for p in plan.products] == [("coffee", 2800), ("tea", 2000)]
    assert [s.name for s in plan.strategies] == ["red_envelope", "rules"]
    envelope = plan.strategies[0].model_dump()
    assert (envelope["total"], envelope["shares"]) == (12, 5)


def test_the_name_of_a_kind_says_the_kind(folder: Path) -> None:
    text = "name: Mine\nstrategies: {content: {posts: 2}, red_envelope: {total: 20}}\n"
    plan = load(write(folder, text))
    assert [s.kind for s in plan.strategies] == ["red_envelope", "advert", "content"]
    (folder / "shared" / "base.yaml").write_text(BASE[: BASE.index("strategies")])
    plan = load(write(folder, text))
    assert [(s.kind, s.name) for s in plan.strategies] == [
        ("content", "content"),
        ("red_envelope", "red_envelope"),
    ]


def test_what_stands_in_the_other_file_is_told_as_it_stands_there(folder: Path) -> None:
    (folder / "shared" / "base.yaml").write_text(BASE + "  - {kind: advert, name: loud, posts: -2}\n")
    with pytest.raises(ScenarioError, match=r"base\.yaml:10:39: strategies\[2\]\.posts: must be"):
        load(write(folder, "name: Mine\nstrategies: {red_envelope: null, content: {}}\n"))


def test_a_list_replaces_the_list(folder: Path) -> None:
    plan = load(write(folder, "name: Mine\nstrategies: [{kind: content}]\n"))
    assert [s.kind for s in plan.strategies] == ["content"]


def test_files_belong_to_the_folder_of_who_names_them(folder: Path) -> None:
    roster = load(write(folder, "name: Mine\n")).community.roster
    assert roster is not None
    assert roster.file == (folder / "shared" / "people.csv").resolve()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "strategies: {red_envelope: {total: 500}}",
            r"plan\.yaml:3:36: strategies\.red_envelope\.total: must be 0\.01",
        ),
        (
            "strategies: {red_envelop: {total: 5}}",
            r"plan\.yaml:3:27: strategies\.red_envelop: says no kind .*; did you mean red_envelope\?",
        ),
        ("strategies: {advert: {posts: -1}}", r"plan\.yaml:3:30: strategies\.advert\.posts: must be"),
        ("products: {tea: {prize: 3}}", r"plan\.yaml:3:18: products\.tea\.prize: unknown key"),
        ("strategies: {red_envelope: null}\ndays: 0", r"plan\.yaml:4:7: days: must be 1"),
        (
            "strategies: {red_envelope: null}\nproducts: {coffee: null, tea: null}",
            r"products: is empty",
        ),
        ("strategies: {red_envelop: null}", r"plan\.yaml:3:14: red_envelop: there is none of this name"),
        ("community: {cap: 50}", r"base\.yaml:3:39: community\.group_size: is over the cap of 50"),
    ],
)
def test_errors_stand_where_they_were_written(folder: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        load(write(folder, "name: Mine\n" + text))


def test_the_name_is_never_inherited(folder: Path) -> None:
    with pytest.raises(ScenarioError, match="name: missing"):
        load(write(folder, "days: 5\n"))


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("plan.yaml", "more than 8 plans extend each other"),
        ("nope", "there is no such scenario"),
        ("[a]", "must be a path"),
    ],
)
def test_wrong_links(tmp_path: Path, link: str, said: str) -> None:
    (tmp_path / "plan.yaml").write_text(f"name: x\nextends: {link}\n")
    with pytest.raises(ScenarioError, match=rf"plan\.yaml:2:10: extends: {said}"):
        load(tmp_path / "plan.yaml")


def test_unknown_scenarios_are_input_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such scenario"):
        load(tmp_path / "missing.yaml")
    with pytest.raises(InputError, match="this is a folder"):
        load(tmp_path)


def test_text_may_extend_a_shipped_plan():
    text = "extends: flash-sale\nname: cheaper\nstrategies: {flash_sale: {discount: 0.3}}"
    (sale,) = loads(text).strategies
    assert sale.discount == 0.3
    assert sale.weekdays == ("mon", "tue", "wed", "thu")


def test_what_another_strategy_still_names_is_told_where_it_is_taken_out(folder: Path) -> None:
    (folder / "shared" / "base.yaml").write_text(
        BASE + "  - {kind: flash_sale, discount: 0.2, product: tea, hour: 20}\n"
        "  - {kind: advert, announces: flash_sale, hour: 9}\n"
    )
    with pytest.raises(
        ScenarioError, match=r"plan\.yaml:3:14: strategies\.flash_sale: advert names it"
    ) as error:
        load(write(folder, "name: Mine\nstrategies: {flash_sale: null}\n"))
    assert "take that out too (advert: null), or let it name another" in str(error.value)
    with pytest.raises(
        ScenarioError, match=r"plan\.yaml:3:12: products\.tea: flash_sale names it \(product\)"
    ):
        load(write(folder, "name: Mine\nproducts: {tea: null}\n"))
    assert load(write(folder, "name: Mine\nstrategies: {flash_sale: null, advert: null}\n"))
