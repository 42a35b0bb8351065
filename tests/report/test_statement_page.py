"""Pages of one statement: a sentence above the others, words to the left, places that are no gains."""

import re

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from commsim.analysis.intervals import Interval
from commsim.report.html.statement import Statement, write_statement
from commsim.report.html.template import sentences
from commsim.report.language import ENGLISH, language
from commsim.report.panels import Whiskers
from commsim.report.plots.draw import draw as draw_on_axes
from commsim.report.plots.look import COLOURS
from commsim.report.svg import draw
from commsim.report.tables import Grid

ORIGIN = {"versions": {"commsim": "1"}, "command": ["commsim"], "created": "today"}


def page(tmp_path, **given: object) -> str:
    shown = {
        "kicker": "k", "name": "n", "facts": (), "verdict": "It holds in 9.5 % of cases. No more is known.",
        "heading": "Pictures", "figures": (), "grids": (),
    }  # fmt: skip
    write_statement(Statement(**{**shown, **given}), ORIGIN, tmp_path / "page.html")  # type: ignore[arg-type]
    return (tmp_path / "page.html").read_text(encoding="utf-8")


def whiskers(**given: object) -> Whiskers:
    rows = (("look", Interval(0.5, 0.2, 0.8)),)
    return Whiskers(ENGLISH, "k", "T", "share", "Place", "", rows, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two; three. Four", ["One. Two; three.", "Four"]),
        (
            "That is 0.05 of it, or 3.5 %. Is that much? No.",
            ["That is 0.05 of it, or 3.5 %.", "Is that much?", "No."],
        ),
        ("四组就够，区间 3.5 至 4.5。利润要更多组。", ["四组就够，区间 3.5 至 4.5。", "利润要更多组。"]),
        ("", [""]),
        ("nothing at all", ["nothing at all"]),
    ],
)
def test_a_verdict_falls_into_its_sentences_and_numbers_stay_whole(text: str, parts: list[str]):
    assert sentences(text) == parts


def test_the_first_sentence_stands_above_the_others(tmp_path):
    text = page(tmp_path)
    assert '<p class="conclusion">It holds in 9.5 % of cases.</p>' in text
    assert "<li>No more is known.</li>" in text
    assert "In short</h2>" in text
    assert "What was found</h2>" in page(tmp_path, answer="What was found")


def test_a_part_without_pictures_is_left_out(tmp_path):
    assert "Pictures</h2>" not in page(tmp_path)
    assert "Pictures</h2>" in page(tmp_path, figures=[whiskers()])


def test_columns_of_words_are_not_set_as_numbers(tmp_path):
    grid = Grid(
        "",
        ("Do", "It tells", "Mean", "Sign"),
        (("a", "look.muted", "-3 (2 to 4)", "same"), ("b", "", "1 %", "")),
    )
    assert [grid.is_words(column) for column in range(4)] == [True, True, False, True]
    text = page(tmp_path, grids=[grid])
    assert '<th scope="col" class="w">It tells</th>' in text
    assert '<th scope="col" class="n">Mean</th>' in text
    told = Grid("", ("a", "b"), (("x", "words enough for a column that is wide"), ("y", "few")))
    assert page(tmp_path, grids=[told]).count('class="w long"') == 2  # lest it become a pillar in print
    assert not Grid("", ("a", "b"), (("x", ""), ("y", "-"))).is_words(1)  # nothing to read


def test_a_place_in_a_range_is_no_gain_and_has_its_own_words():
    text = str(draw(whiskers(told=("0.3 (0.1 to 0.5)",), marks=(0.9,), span=(0.0, 1.0))))
    assert "dot place" in text
    assert "dot gain" not in text
    assert ">0.3 (0.1 to 0.5)</text>" in text
    stroke, dot = re.search(r'<line x1="([\d.]+)"[^>]*thought', text), re.search(r'cx="([\d.]+)"', text)
    assert float(stroke[1]) > float(dot[1])  # what was thought lies above the estimate
    assert "dot gain" in str(draw(whiskers()))
    axes = Figure().subplots()
    draw_on_axes(whiskers(told=("0.3 (0.1 to 0.5)",), marks=(0.9,)), axes)
    assert to_hex(axes.lines[0].get_color()) == COLOURS[0]
    assert any(set(line.get_xdata()) == {0.9} for line in axes.lines)


def test_it_is_told_in_chinese(tmp_path):
    shown = Statement("k", "n", (), "四组就够，再多无益。利润要更多组。", "图", (), ())
    write_statement(shown, ORIGIN, tmp_path / "zh.html", language("zh"))
    text = (tmp_path / "zh.html").read_text(encoding="utf-8")
    assert "<li>利润要更多组。</li>" in text
