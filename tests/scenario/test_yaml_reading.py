"""What the reader takes, what it refuses, and how quickly."""

import time
from pathlib import Path

import pytest

from commsim.scenario.errors import ScenarioError
from commsim.scenario.yaml_nodes import MAX_BYTES, parse, read


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        parse(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("20:00", "20:00"),
        ("2026-03-02", "2026-03-02"),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("08", 8),
        ("-3", -3),
        ("true", True),
        ("~", None),
        ("", None),
        ("'7'", "7"),
        ("!!str 7", "7"),
        ("1_000", "1_000"),
    ],
)
def test_words_mean_what_yaml_1_2_says(word: str, value: object) -> None:
    found = parse(f"a: {word}").plain()["a"]
    assert found == value
    assert type(found) is type(value)


def test_places_count_from_one_and_tell_keys_from_values() -> None:
    tree = parse("a:\n  - b:  12\n")
    leaf = tree.at(("a", 0, "b"))
    assert (leaf.place.line, leaf.place.column) == (2, 9)
    assert leaf.key is not None
    assert (leaf.key.line, leaf.key.column) == (2, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: {c: 1,\n  c: 2}", "scenario:3:3: c: written twice; first in line 2"),
        ("a: &x 1\nb: *x", "scenario:2:4: the alias *x is not allowed"),
        ("a: 1\n---\nb: 1", "scenario:2:1: a second document"),
        ("a: !!python/object/apply:os.system [ls]", "scenario:1:4: the tag tag:yaml.org,2002:python"),
        ("a: !mine x", "scenario:1:4: can't be read: the tag !mine is not allowed"),
        ("? [a]\n: 1", "a key must be a word"),
        ("a: [1, 2", "scenario:2:1: not YAML"),
        ("a:\n\t- b", "scenario:2:1: a tab indents this line"),
        ("", "the file is empty"),
        ("- a", "not a mapping of keys to values"),
        ("a: " + "9" * 5000, "scenario:1:4: can't be read"),
    ],
)
def test_refuses_with_place(text: str, said: str) -> None:
    assert said in refusal(text)


def test_all_repeated_keys_are_told_at_once() -> None:
    assert refusal("a: 1\na: 2\nb: 1\nb: 1\n").count("written twice") == 2


@pytest.mark.parametrize(("opened", "column"), [("[", 31), ("{a: ", 118), ("- ", 60)])
def test_deep_nesting_is_refused_at_once(opened: str, column: int) -> None:
    start = time.process_time()
    found = refusal("a:\n " + opened * 100_000)
    assert f"scenario:2:{column}: nested more than 30 levels deep; no scenario is" in found
    assert time.process_time() - start < 5.0


def test_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    start = time.process_time()
    assert "alias" in refusal("\n".join(lines))
    assert time.process_time() - start < 5.0


def test_endless_lists_are_refused_at_once() -> None:
    start = time.process_time()
    assert "scenario:1:59999: more than 20,000 values" in refusal("a: [" + "b, " * 300_000 + "]")
    assert time.process_time() - start < 5.0


def test_files_over_a_megabyte_are_refused(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_text("#" * (MAX_BYTES + 1))
    with pytest.raises(ScenarioError, match="over 1 MB"):
        read(big)


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    file = tmp_path / "bom.yaml"
    file.write_bytes("\ufeffname: 咖啡".encode())
    assert read(file).plain() == {"name": "咖啡"}


def test_other_encodings_are_named_with_their_place(tmp_path: Path) -> None:
    file = tmp_path / "gbk.yaml"
    file.write_bytes(b"days: 3\nname: " + "咖啡".encode("gbk"))
    with pytest.raises(ScenarioError, match=r"gbk\.yaml:2:7: the text is not UTF-8; save it as UTF-8"):
        read(file)


def test_a_folder_or_missing_file_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="can't be read"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 群\x07c\n", "scenario:2:5: not YAML: the character U+0007 can't stand here; delete it"),
        ("a: 1\n\x1b[31mb: 3\n", "scenario:2:1: not YAML: the character U+001B"),
        ("a: [\n\x00", "scenario:2:1: not YAML: the character U+0000"),
        ("a: \ud800\n", "scenario:1:4: not YAML: the character U+D800"),
    ],
)
def test_control_characters_are_told_with_their_place(text: str, told: str) -> None:
    assert told in refusal(text)
