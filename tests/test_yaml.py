"""No key stands twice in a YAML file: of two the later one would count, and nobody would know."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml

from commsim.report.messages import FILES

ROOT = Path(__file__).parents[1]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WRITTEN = sorted(
    file.relative_to(ROOT).as_posix()
    for folder in ("src", "scenarios", "experiments", "spaces", "docs")
    for file in (ROOT / folder).rglob("*.yaml")
)


def doubled(text: str) -> list[str]:
    return [f"{key} in line {line}" for node in yaml.compose_all(text, LOADER) for key, line in _again(node)]


def _again(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _again(value)
    elif isinstance(node, yaml.SequenceNode):
        yield from chain.from_iterable(map(_again, node.value))


def test_a_doubled_key_is_found_wherever_it_stands():
    assert doubled("a: 1\nb: [{c: 1, d: 2}, {c: 1,\n  c: 2}]\n---\na: 1") == ["c in line 3"]


@pytest.mark.parametrize("file", WRITTEN)
def test_no_key_stands_there_twice(file: str):
    assert doubled((ROOT / file).read_text(encoding="utf-8")) == []


def test_no_message_has_two_answers_in_chinese():
    """The files are read one after another into one table."""
    told: dict[str, str] = {}
    again = []
    for name in FILES:
        words = yaml.load((ROOT / "src/commsim/report" / name).read_text(encoding="utf-8"), LOADER)
        again += [(told[key], name, key) for key in words if key in told]
        told |= dict.fromkeys(words, name)
    assert again == []
