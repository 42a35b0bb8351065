"""The trainer's notes: a sheet a step in both languages, with the numbers that are kept."""

import re
from importlib import import_module

import pytest
import yaml
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit
from commsim.page import lesson
from commsim.page.notes import notes, number
from commsim.page.typical import lesson_worlds


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_sheet_has_all_that_a_trainer_needs(lang):
    page = notes(lang)
    sheets = page.split('<section class="sheet">')[2:]
    assert len(sheets) == len(lesson.steps())
    assert not re.findall(r"\{|None|undefined|<script|https?://(?!doi)", page.partition("</style>")[2])
    for step, sheet in zip(lesson.steps(), sheets, strict=True):
        words = lesson.told(lang)[step.name]
        text = sheet.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
        for part in ("title", "guess", "intro", "say", "moral", "fact", "unknown"):
            assert words[part].strip() in text, (step.name, part)
        assert all(question in text for question in words["discuss"])
        for source in lesson.sources(step):
            assert lesson.of_source(source.reference, lang) in text
            assert lesson.grade(source) in text


def test_a_sheet_tells_where_the_worlds_lie():
    kept, worlds = lesson_worlds()
    long = next(one for one in kept if one["name"] == "long")
    sheet = notes("en").split('<section class="sheet">')[10]
    low, middle, high = (f"{value:+.1f}".replace("-", "\N{MINUS SIGN}") for value in long["left"])
    assert f">{middle}<" in sheet
    assert f"nine in ten worlds: {low} to {high}" in sheet
    assert f"Typical numbers: {worlds} worlds" in sheet
    assert f"more on the right in {long['ahead'][1]}" in sheet
    assert f"world {long['seed']}" in sheet


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_numbers_in_words_are_those_of_the_worlds(lang):
    kept = {one["name"]: one for one in lesson_worlds()[0]}
    words = lesson.told(lang)
    apart = {name: abs(kept[name]["right"][1] - kept[name]["left"][1]) for name in ("value", "envelopes")}
    gains = {"en": (40, "some 40 fen"), "zh": (40, "4 毛钱左右")}[lang]
    costs = {"en": (15, "some 15 fen"), "zh": (15, "15 分左右")}[lang]
    assert round(100 * apart["value"]) == gains[0]
    assert any(gains[1] in question for question in words["value"]["discuss"])
    assert round(100 * apart["envelopes"]) == costs[0]
    assert costs[1] in words["envelopes"]["moral"]
    assert kept["envelopes"]["ahead"][1] == 0  # or else it is sometimes the other way round
    assert not [name for name in words if re.search(r"of 20 worlds|20 次运气", str(words[name]))]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_sheet_counts_the_worlds_and_says_what_most_show(lang):
    kept, worlds = lesson_worlds()
    for found, sheet in zip(kept, notes(lang).split('<section class="sheet">')[2:], strict=True):
        left, right = found["ahead"]
        level = worlds - left - right
        shows = "a" if left > max(right, level) else "b" if right > level else "c"
        assert lesson.told(lang)[found["name"]][shows] in sheet, found["name"]
        said = yaml.safe_load((lesson.FOLDER / "notes.yaml").read_text(encoding="utf-8"))[lang]["ahead"]
        assert said.format(left=left, right=right, level=level, worlds=worlds) in sheet, found["name"]


def test_only_money_has_a_plus():
    for step in lesson.steps():
        assert number(step, 3.0).startswith("+") == (step.measure == "own"), step.name


def test_the_command_writes_them_and_no_second_time(tmp_path):
    file = tmp_path / "notes.html"
    call = CliRunner().invoke(app, ["demo", "--notes", str(file), "--lang", "zh"])
    assert call.exit_code == 0, call.output
    assert file.read_text(encoding="utf-8") == notes("zh")
    again = CliRunner().invoke(app, ["demo", "--notes", str(file)])
    assert again.exit_code == Exit.INPUT
    assert "exists already" in again.output


def test_the_command_writes_the_page_too_if_that_is_asked(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        import_module("commsim.cli.serve"), "write_page", lambda program, file, *_, **__: asked.append(file)
    )
    files = tmp_path / "notes.html", tmp_path / "page.html"
    call = CliRunner().invoke(app, ["demo", "--notes", str(files[0]), "--export", str(files[1])])
    assert call.exit_code == 0, call.output
    assert files[0].exists()
    assert asked == [files[1]]


def test_a_place_that_takes_no_file_is_told_before_any_work(monkeypatch):
    monkeypatch.setattr("commsim.page.notes.notes", lambda lang: pytest.fail("work was begun"))
    call = CliRunner().invoke(app, ["demo", "--notes", "/proc/notes.html"])
    assert call.exit_code == Exit.INPUT
    assert "/proc" in call.output


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_sheet_fits_a_page_of_a4(browser, lang, tmp_path):
    page = browser.new_page()
    page.set_content(notes(lang))
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1 + len(lesson.steps())
