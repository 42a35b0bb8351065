"""What the pages show is so: commands exist, examples run, links lead somewhere, output is real."""

import importlib.util
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import commsim
from commsim.cli import app
from commsim.core.errors import Exit
from commsim.scenario.load import load
from commsim.scenario.shipped import shipped
from commsim.validation.facts.registry import FACTS

ROOT = Path(__file__).parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
README = PAGES[0].read_text(encoding="utf-8")


def blocks(language, text=README):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def commands():
    """Every call of the command line that a page shows."""
    for page in PAGES:
        for block in blocks("sh", page.read_text(encoding="utf-8")):
            for call in re.findall(r"(?<!install )(?:\.venv/bin/)?\bcommsim ([^#\n]+)", block):
                yield pytest.param(call.split(), id=f"{page.name}: {call.strip()}")


def test_two_commands_of_one_line_install_compare_and_test():
    first, second, *_ = blocks("sh")
    for command in (first, second):
        assert command.count("\n") == 1
    assert re.fullmatch(r"python3 -m venv \S+ && \S+ install \. && \S+/commsim compare \S+ \S+ \S+\n", first)
    assert re.search(r"install '\.\[test\]' && \S+/pytest\n", second)


@cache
def command_line():
    return typer.main.get_command(app)


@pytest.mark.parametrize("words", list(commands()))
def test_each_command_and_option_exists(words):
    group = command_line()
    name, *rest = [word for word in words if word != ">"]
    command = group.commands.get(name, group)
    known = {option for parameter in command.params for option in parameter.opts}
    assert name in group.commands or name in known
    assert {word for word in rest if word.startswith("-")} <= known


@pytest.mark.parametrize("number", range(len(blocks("yaml"))))
def test_each_plan_loads(number, tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text(blocks("yaml")[number], encoding="utf-8")
    assert load(plan).name


def test_the_plan_with_a_calendar_means_what_its_comments_say():
    (text,) = (block for block in blocks("yaml") if "warm_up" in block)
    for setting, comment in (
        ("warm_up: 2", "days 5 and 6"),
        ("starts: 7", "from day 7"),
        ("ends: 34", "to day 34"),
    ):
        assert re.search(rf"{setting} +# .*{comment}", text)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_each_python_example_runs(number, tmp_path):
    script = tmp_path / "example.py"
    script.write_text(blocks("python")[number], encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_table_of_names_is_that_of_the_package():
    section = README.split("## From Python")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)", section, re.MULTILINE)) == sorted(commsim.__all__)


def test_it_names_every_shipped_plan_and_counts_the_facts():
    assert [name for name in shipped() if f"`{name}`" not in README] == []
    assert f"against {len(FACTS)} stylised facts" in README


def test_the_exit_codes_are_those_of_the_program():
    section = README.split("## Exit codes")[1].split("\n## ")[0]
    assert [int(code) for code in re.findall(r"^\| (\d+) ", section, re.MULTILINE)] == list(Exit)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def anchors(page):
    """What GitHub makes of a page's headings, and marks set by hand."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    named = {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}
    return named | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_into_a_page_find_their_heading(page):
    links = re.findall(r"\]\(([^):]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
    lost = [
        f"{link}#{part}" for link, part in links if part not in anchors(page.parent / link if link else page)
    ]
    assert lost == []


@pytest.mark.slow
def test_the_conclusion_on_the_chinese_page_is_what_the_command_prints():
    page = (ROOT / "docs" / "zh.md").read_text(encoding="utf-8")
    (shown,) = re.findall("^> (.+)$", page, re.MULTILINE)
    (words,) = (words for words in re.findall(r"^commsim (.+--worlds.+)$", page, re.MULTILINE))
    told = CliRunner().invoke(app, words.split(), env={"COMMSIM_LANG": "zh"})
    assert told.stdout.strip().splitlines()[-1] == shown


@pytest.mark.slow
def test_the_output_shown_is_what_the_command_prints():
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    refresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(refresh)
    assert refresh.refreshed(README) == README, "run python docs/refresh.py; Numbers belong in the changelog"
