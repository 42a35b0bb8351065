"""docs/glossary.md against the code: what it names exists, no word is there twice, no text uses another.

Texts are pages, docstrings, comments, messages, help, plans and the live page; names in the code are not.
"""

import ast
import importlib
import inspect
import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest

import commsim
from commsim.core.columns import PERSONS
from commsim.records.tables import TABLES
from commsim.scenario.fields import settings
from commsim.scenario.schema import Scenario
from commsim.simulation.state import Groups
from commsim.strategies.registry import kinds

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
TITLES = (
    "He, Hollenbeck, Proserpio",
    "Virtual red packets and groups, matched",
)
"""What others have called their studies."""
FOLDERS = ("src", "docs", "tests", "benchmarks", "changelog.d", ".ci")
KINDS = {".md", ".py", ".yaml", ".yml", ".html", ".js", ".css", ".toml"}
OF_OTHERS = {"uplot"}
"""Folders with texts that are not ours."""


def rows(text):
    """Rows of all tables of the page, without heads, and the last table apart."""
    *tables, last = re.findall(r"^\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    cells = [[re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()] for table in (*tables, last)]
    found = [[[cell.strip() for cell in row] for row in table] for table in cells]
    return [row for table in found[:-1] for row in table], found[-1]


WORDS, UNUSED = rows(GLOSSARY.read_text(encoding="utf-8"))
STATES = {f"people.{column.name}" for block in PERSONS.values() for column in block}
STATES |= {f"groups.{name}" for name in Groups._fields}
COLUMNS = {f"{table}.{column.name}" for table, columns in TABLES.items() for column in columns}
SETTINGS = {one.path for one in settings(Scenario)}
SETTINGS |= {one.path for kind, cls in kinds().items() for one in settings(cls, f"{kind}.")}


def exists(name):
    """Whether a state, a column, a setting, a file or something under ``commsim.`` has this name."""
    if "/" in name:
        return (ROOT / name).exists()
    if name in STATES | COLUMNS | SETTINGS:
        return True
    parts = name.split(".")
    for depth in range(len(parts), 0, -1):
        try:
            here = importlib.import_module(".".join(("commsim", *parts[:depth])))
        except ModuleNotFoundError:
            continue
        return has(here, parts[depth:])
    return False


def has(here, names):
    if not names:
        return True
    fields = inspect.get_annotations(here) if isinstance(here, type) else {}
    if len(names) == 1 and names[0] in fields:
        return True
    return hasattr(here, names[0]) and has(getattr(here, names[0]), names[1:])


@pytest.mark.parametrize("row", WORDS, ids=lambda row: row[0])
def test_a_word_is_explained_and_found_in_the_code(row):
    word, meaning, _, where = row
    assert word
    assert len(meaning) > 10
    names = re.findall(r"`([^`]+)`", where)
    assert names
    assert [name for name in names if not exists(name)] == []


@pytest.mark.parametrize(
    "name", ["daily.visits", "people.mood", "core.effects.Bribe", "analysis.sensitivity.Policies.luck", "no"]
)
def test_a_name_that_does_not_exist_is_noticed(name):
    assert not exists(name)


def test_no_word_stands_there_twice():
    words = [row[0] for row in WORDS]
    assert len(words) > 90
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert sorted(set(words) & set(", ".join(row[1] for row in UNUSED).split(", "))) == []


@cache
def texts(file):
    """What people read of a file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return "\n".join((*said(text), *commented(text), *told_by_names(file, text)))
    return re.sub(r"`[^`\s]+`", "", text) if file.suffix == ".md" else text


@cache
def raw(file):
    """All that stands in a file, with spaces for what may hide where a word begins."""
    return re.sub(r"_|\\[a-z]", " ", file.read_text(encoding="utf-8"))


def worth_reading(file, words):
    """Whether the first word of one of them is there at all: to take a file apart is dear."""
    first = {re.escape(word.split()[0]) for word in words}
    return re.search(rf"(?i)\b(?:{'|'.join(first)})s?\b", raw(file)) is not None


def said(text):
    """Docstrings, messages, help: strings."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def commented(text):
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def told_by_names(file, text):
    """Names of tests, which are sentences."""
    if file.name.startswith("test_"):
        for name in re.findall(r"def test_(\w+)", text):
            yield name.replace("_", " ")


FILES = [
    *sorted(ROOT.glob("*.md")),
    *(
        file
        for folder in FOLDERS
        for file in sorted((ROOT / folder).rglob("*"))
        if file.suffix in KINDS and file not in (GLOSSARY, Path(__file__)) and not OF_OTHERS & set(file.parts)
    ),
]


def uses(text, words):
    """Those of the words that stand in a text, in one or in several."""
    for title in TITLES:
        text = text.replace(title, "")
    found = re.findall(rf"\b({'|'.join(map(re.escape, words))})(?:s)?\b", text, re.IGNORECASE)
    return sorted({word.lower() for word in found})


@pytest.mark.parametrize("row", UNUSED, ids=lambda row: row[0])
def test_nothing_is_said_by_another_word(row):
    words = row[1].split(", ")
    read = (file for file in FILES if worth_reading(file, words))
    found = {str(file.relative_to(ROOT)): uses(texts(file), words) for file in read}
    assert {name: used for name, used in found.items() if used} == {}


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name
)
def test_a_page_says_at_first_what_a_world_is(page):
    prose = re.sub(
        r"^```.*?^```$|`[^`]+`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    first = re.search(r"(?<!uncertain )\bworlds?\b(?! \(replication)", prose)
    said = re.search(r"\bworlds? \(replication", prose)
    assert first is None or page == GLOSSARY or (said is not None and said.start() < first.start())


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_a_text_points_to_exists(file):
    named = re.findall(r"`commsim\.((?:\w+\.)*\w+)`", file.read_text(encoding="utf-8"))
    assert [name for name in named if name not in commsim.__all__ and not exists(name)] == []


def test_another_word_is_noticed():
    assert uses("Whether he looked into his packets", ["he", "his", "packet", "him"]) == [
        "he",
        "his",
        "packet",
    ]
    assert (
        uses("the others, then; packets_of; Virtual red packets and groups, matched", ["he", "packet"]) == []
    )
