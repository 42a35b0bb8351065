"""What the command line says in Chinese: help, errors, warnings, remarks."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.core import TyperArgument
from typer.testing import CliRunner

from commsim.cli import app
from commsim.cli.helping import words_of_help
from commsim.core.errors import InputError
from commsim.report import messages
from commsim.report.language import language
from commsim.report.messages import error_in_chinese, in_chinese
from commsim.scenario.fields import settings
from commsim.scenario.load import load
from commsim.scenario.schema import Scenario
from commsim.simulation import warm_up
from commsim.strategies.audience import chosen_by
from commsim.strategies.registry import kinds
from commsim.validation.claims.catalogue import CLAIMS
from commsim.validation.facts.registry import FACTS

SOURCES = Path(messages.__file__).parent.parent
TELL = {
    *(
        "Finding",
        "Problem",
        "InputError",
        "ValueError",
        "BadParameter",
        "PydanticCustomError",
        "CommsimError",
    ),
    *(
        "refusal",
        "unusable",
        "print_text",
        "said",
        "_refusal",
        "_wrong",
        "_unknown",
        "_told",
        "_blame",
        "_absent",
    ),
}
"""What texts for people are given to, beside what is raised."""
FOR_PROGRAMMERS = {
    "AssertionError",
    "AttributeError",
    "RuntimeError",
    "IndexError",
    "KeyError",
    "TypeError",
    "Exit",
}
NEEDS_NO_WORDS = "commsim {}", "commsim: {}", "{what}; {remedy}", "{}: {}", "{} done", "pip install"


_HALF = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
"""Three English words in a row: a pattern was too wide for what stands in its hole."""
_NAMES = re.compile(r"`[^`]*`|'[^']*'|commsim [a-z]+|together: true")
"""What is quoted, and commands, which stay as they are."""


def _han(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def _texts(node: ast.AST) -> list[str]:
    """The texts that an expression may give, with ``{}`` for what is put in."""
    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.JoinedStr(values=parts):
            return ["".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in parts)]
        case ast.IfExp(body=one, orelse=other):
            return _texts(one) + _texts(other)
        case ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            return [text for part in parts for text in _texts(part)]
    return []


def _named_in(tree: ast.AST) -> dict[str, list[str]]:
    """The texts that each name may stand for: ``what = "is empty" if ... else "is no table"``."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for name in (target.id for target in node.targets if isinstance(target, ast.Name)):
                found.setdefault(name, []).extend(_texts(node.value))
    return found


def _told_in(tree: ast.AST) -> Iterator[str]:
    parts = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for part in (*parts, tree):
        named = _named_in(part) if part is not tree else {}
        yield from _told_of(part, named)


def _told_of(tree: ast.AST, named: dict[str, list[str]]) -> Iterator[str]:
    for node in ast.walk(tree):
        raised = isinstance(node, ast.Raise)
        call = node.exc if isinstance(node, ast.Raise) else node
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name == "warning":  # what is remarked on the way
            yield from (re.sub("%[sd]", "{}", text) for text in _texts(call.args[0]))
        if name in ("progress_bar", "bar"):
            yield from (f"{text} done" for text in _texts(call.args[0]))
        if name in TELL or (raised and name not in FOR_PROGRAMMERS):
            words = (k.value for k in call.keywords if k.arg in ("what", "remedy"))
            for given in (*call.args, *words):
                yield from named.get(given.id, []) if isinstance(given, ast.Name) else _texts(given)


def _all_texts() -> list[str]:
    found: set[str] = {warm_up.MESSAGE}
    for file in SOURCES.rglob("*.py"):
        if "testing" not in file.parts:
            found.update(_told_in(ast.parse(file.read_text(encoding="utf-8"))))
    return sorted(
        text
        for text in found
        if " " in text.strip()
        and len(text.replace("{}", "").strip()) > 2
        and not text.startswith(NEEDS_NO_WORDS)
    )


def test_every_text_that_is_told_has_chinese_words():
    texts = _all_texts()
    assert len(texts) > 600
    told = {text: in_chinese(text.replace("{}", "7")) for text in texts}
    assert [text for text, chinese in told.items() if not _han(chinese)] == []
    assert [text for text, chinese in told.items() if _HALF.search(_NAMES.sub("", chinese))] == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("can't be read: [Errno 21] Is a directory: 'a'", "无法读取：这是文件夹：'a'"),
        ("limits.margin: must be a number, is 'nan%'", "limits.margin：必须是数字，现在是 'nan%'"),
        ("there is no 'hours' in 'advert'", "'advert' 里没有 'hours'"),  # answered in another order
        ("must be a whole number, is a list", "必须是整数，现在是列表"),
        ("did you mean price? allowed here: a, b", "是不是想写 price？可以写：a、b"),
        ("what nobody ever said", "what nobody ever said"),
        ("cut it earlier; keep one", "切早一些；留一个"),
        ("cut it earlier; my own words", "切早一些；my own words"),
        ("one; two", "one; two"),
        ("0.5 to 1 days", "0.5 到 1（天）"),  # in its unit
        ("0.5 to 1 of theirs", "0.5 到 1 of theirs"),
        ("who is told is not", "who is told is not"),
        (
            "must be 0 to 50 orders/week, is 60; allowed: at least 0 yuan",
            "必须在 0 到 50 之间（单/周），现在是 60；可以是：至少 0（元）",
        ),
        ("join to order", "join to order"),  # no numbers
        ("3 of 5 claims hold. Not so: 1, 2.", "5 条说法中有 3 条成立。不成立：1、2。"),
        ("keep one\nsplit it", "留一个\n请拆开"),
    ],
)
def test_a_text_is_found_by_its_pattern(english: str, chinese: str):
    assert in_chinese(english) == chinese


def test_no_pattern_stands_twice():
    """Of two the later one would count, and nobody would know."""
    read = [yaml.compose((SOURCES / "report" / name).read_text("utf-8")) for name in messages.FILES]
    keys = [key.value for one in read for key, _ in one.value]
    assert sorted(keys) == sorted(set(keys))


def test_no_hole_for_a_number_is_left_in_an_answer():
    assert [answer for answer in messages._patterns().values() if "{#}" in answer] == []


def _lacking(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if text not in ("", "-") and not _han(in_chinese(text))})


def test_all_settings_are_described_in_chinese():
    plans = [Scenario, *kinds().values()]
    listed = [one for model in plans for one in settings(model)]
    assert len(listed) > 900
    assert _lacking(one.about for one in listed) == []
    assert _lacking(one.about for one in chosen_by()) == []
    docs = [" ".join(part.split()) for it in kinds().values() for part in inspect.getdoc(it).split("\n\n")]
    assert _lacking(docs) == []
    units = {one.unit for one in (*listed, *chosen_by())} - {"", "-"}
    assert {unit for unit in units if not _han(language("zh").unit(unit))} == set()


def test_claims_and_facts_are_told_in_chinese():
    assert _lacking(one.says for one in CLAIMS) == []
    assert _lacking(it.label for one in CLAIMS for it in one.expects) == []
    assert _lacking(one.claim for one in FACTS) == []
    assert _lacking(it.label for one in FACTS for it in one.statistics) == []


@pytest.mark.parametrize(
    "command",
    [["strategies"], ["strategies", "flash_sale"], ["claims", "--list"], ["check", "active-group"]],
)
def test_tables_are_chinese(command: list[str]):
    told = _say(*command).stdout
    assert re.findall(r"[A-Z][a-z]+ [a-z]+ [a-z]+", told) == []


def test_an_error_keeps_its_place():
    error = InputError("is empty", where="plan.yaml", remedy="save it as UTF-8")
    assert error_in_chinese(error) == "plan.yaml：是空的；另存为 UTF-8"


def _say(*args: str, variable: str = "zh") -> Any:
    return CliRunner().invoke(app, args, env={"COMMSIM_LANG": variable, "COLUMNS": "100"})


def test_the_option_goes_before_the_environment():
    assert "没有这个方案" in _say("check", "nosuch").stdout
    assert "there is no such scenario" in _say("check", "nosuch", "--lang", "en").stdout
    assert "没有这个方案" in _say("check", "nosuch", "--lang=zh", variable="en").stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["run", "--seed", "x", "active-group"], "要写整数|不是整数"),
        (["run"], "缺少参数"),
        (["run", "active-group", "--days", "0"], "不能小于|不在"),
        (["nosuch"], "没有命令"),
        (["run", "--nosuch"], "没有选项"),
        (["--nosuch"], "没有选项"),
        (["compare", "active-group", "--seed"], "要写一个值"),
    ],
)
def test_wrong_usage_is_told_in_chinese(args: list[str], words: str):
    told = _say(*args)
    assert told.exit_code == 2
    assert re.search(words, told.output), told.output
    assert not re.search(r"Error|Usage|Try", told.output)


def test_a_language_that_there_is_not_is_refused():
    assert _say("check", "active-group", "--lang", "fr").exit_code == 2
    assert _say("check", "active-group", variable="fr").exit_code == 2
    told = _say("check", "active-group", variable="zh_CN")
    assert told.exit_code == 2
    assert "COMMSIM_LANG 的值不对：'zh_CN' 不在 en、zh 之中" in told.output


def test_a_language_that_the_variable_asks_for_in_vain_is_told_before_all_else():
    told = _say("nosuch", variable="fr")
    assert told.exit_code == 2
    assert "Invalid value for COMMSIM_LANG: 'fr' is none of en, zh" in told.output
    assert _say("check", "active-group", "--lang", "en", variable="fr").exit_code == 0


def test_no_words_are_kept_for_help_that_there_is_not():
    group = typer.main.get_command(app)
    arguments = [one for it in group.commands.values() for one in it.params if isinstance(one, TyperArgument)]  # type: ignore[attr-defined]
    if not any(one.help for one in arguments):
        pytest.skip("this version of typer shows no help of arguments")
    told = {"Show this message and exit."}
    for command in (group, *group.commands.values()):  # type: ignore[attr-defined]
        told |= {command.help, command.epilog, *(getattr(param, "help", None) for param in command.params)}
    assert set(words_of_help()) <= told


def test_the_chinese_starter_says_what_the_english_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert _say("init", "--force").exit_code == 0
    chinese = load("my-plan.yaml").model_dump()
    assert _say("check", "my-plan.yaml", "--strict").exit_code == 0
    assert _say("init", "--force", "--lang", "en").exit_code == 0
    english = load("my-plan.yaml").model_dump()
    assert _unnamed(chinese) == _unnamed(english)


def _unnamed(data: Any) -> Any:
    """Without the names that each language has of its own."""
    match data:
        case dict():
            return {key: _unnamed(value) for key, value in data.items() if key not in NAMES}
        case list() | tuple():
            return [_unnamed(item) for item in data]
    return data


NAMES = {"name", "about", "goal", "product"}
