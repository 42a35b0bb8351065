"""Sentences, tables and pictures claim no more than was found."""

import re
from contextlib import suppress
from math import nan
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from typer.testing import CliRunner

from commsim.analysis.intervals import Interval
from commsim.analysis.phrase import Phrase
from commsim.analysis.sensitivity import Analysis, Influence, Policies, Sensitivity
from commsim.cli import app
from commsim.core.errors import InputError
from commsim.core.measures import find
from commsim.experiments.design.schema import Method
from commsim.report.language import language
from commsim.report.plots import look
from commsim.report.sensitivity.data import policies_csv, sensitivity_data
from commsim.report.sensitivity.figures import draw
from commsim.report.sensitivity.tables import LABELS, MOST_POLICIES, sensitivity_grids, sensitivity_verdict
from commsim.report.svg.sheet import on_two_lines, width_of


def said(values: list[list[float]]) -> str:
    policies = Policies(("a", "b"), np.array(values))
    return sensitivity_verdict(Sensitivity("x", find("profit"), policies, (), 1, ()))


def moved(name: str, interval: Interval, outcome: str = "profit") -> Sensitivity:
    parameters = (
        Influence("price", "lever", {name: interval}),
        Influence("hour", "lever", {name: Interval(0, 0, 0)}),
    )
    return Sensitivity("x", find(outcome), None, (Analysis(outcome, "sobol", 64, parameters),), 1, ())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            [[500.0, 600, 700], [400, 500.5, 601]],
            "a is best in 100 % of 3 worlds, on average 99.50 yuan above b.",
        ),
        ([[500.0, 600, 700], [400, 650, 690]], "on average 20.00 yuan above b, which may still be luck."),
        ([[500.0, 600], [500, 600]], "a is best in 50 % of 2 worlds, exactly like b."),
        ([[500.0], [400]], "a is best in 100 % of 1 worlds, which is too few to say how surely."),
    ],
)
def test_which_setting_is_best(values: list[list[float]], sentence: str) -> None:
    assert said(values) == f"Profit: {sentence}" or said(values).endswith(sentence)


@pytest.mark.parametrize(
    ("name", "interval", "sentence"),
    [
        ("total", Interval(0.62, 0.5, 0.7), "(62.0 % of its variance with all that depends on it)"),
        ("first", Interval(0.62, 0.5, 0.7), "(62.0 % of its variance)"),
        ("rank_correlation", Interval(-0.62, -0.7, -0.5), "(rank correlation -0.62)"),
        ("mu_star", Interval(620, 500, 700), "(620 yuan on average over its range)"),
        ("swing", Interval(620, nan, nan), "(by 620 yuan from its worst value to its best)"),
    ],
)
def test_what_decides(name: str, interval: Interval, sentence: str) -> None:
    assert sensitivity_verdict(moved(name, interval)) == f"price moves profit most {sentence}."


def test_what_may_be_nothing_is_not_called_strongest() -> None:
    verdict = sensitivity_verdict(moved("rank_correlation", Interval(0.2, -0.1, 0.5)))
    assert verdict == "Nothing that was varied moves profit for sure."


def test_a_long_table_is_cut_and_files_hold_all() -> None:
    labels = tuple(f"total = {k}" for k in range(30))
    policies = Policies(labels, -np.arange(30.0)[:, None] * np.ones((30, 3)))
    found = Sensitivity("x", find("profit"), policies, (), 1, ())
    (grid,) = sensitivity_grids(found)
    assert len(grid.rows) == MOST_POLICIES
    assert grid.title == "3 worlds; 18 more policies with --json or --out"
    assert len(policies_csv(found).splitlines()) == 31
    assert [row["share_best"] for row in sensitivity_data(found)["policies"][:2]] == [1, 0]


def test_one_world_has_no_intervals() -> None:
    found = Sensitivity("x", find("profit"), Policies(("a", "b"), np.array([[2.0], [1.0]])), (), 1, ())
    assert sensitivity_data(found)["policies"][1]["difference"] is None
    assert policies_csv(found).splitlines()[2] == '"b",1.0,"","","",0.0,1.0'
    assert sensitivity_grids(found)[0].rows[1][2] == "-"


@pytest.mark.parametrize("name", LABELS)
@pytest.mark.parametrize("method", sorted(get_args(Method)))
def test_chinese_says_it_all(name: str, method: str) -> None:
    say, about = language("zh"), Phrase("profit")
    one = Influence("丁", "lever", {name: Interval(0.5, 0.4, 0.6)})
    other = Influence("戊", "lever", {name: Interval(0.5, -0.4, 0.6)})
    lead = Phrase("the lead of {first} over {second} in {outcome}", first="甲", second="乙", outcome=about)
    policies = Policies(("甲", "乙"), np.array([[500.0, 600, 700], [400, 650, 690]]))
    found = Sensitivity(
        "x",
        find("profit"),
        policies,
        (Analysis(lead, method, 9, (one, one)), Analysis(about, method, 9, (other,))),
        1,
        (),
    )
    cells = [
        (grid.title, *grid.header, *(cell for row in grid.rows for cell in row))
        for grid in sensitivity_grids(found, say)
    ]
    told = sensitivity_verdict(found, say) + " ".join(map(" ".join, cells))
    assert (
        re.findall("[A-Za-z]{3,}", told.replace("Sobol", "").replace("Morris", "").replace("sigma", "")) == []
    )
    assert "甲比乙的利润领先多少" in told


def test_sentences_about_what_was_left_out_are_told_in_chinese() -> None:
    note = Phrase("{left} of {all} points have no result and are left out.", left=1, all=7)
    assert note == "1 of 7 points have no result and are left out."
    assert language("zh")(note) == "7 个点中有 1 个没有结果，没有计入。"


@pytest.mark.parametrize(
    "letters", ["depth = {k}, evenings = monday to thursday", "每天晚上八点到十点的限时秒杀方案第{k}号"]
)
def test_names_of_rows_stay_apart(letters: str) -> None:
    labels = [letters.format(k=k / 20) for k in range(12)] + [
        f"{letters} or every day but {k}" for k in range(9)
    ]
    lines = on_two_lines(labels, 190.0)
    assert len(set(lines)) == len(labels)
    assert all(width_of(line) <= 190.0 and line for label in lines for line in label)
    assert max(map(len, lines)) == 2
    assert on_two_lines(["depth = 0.1, evenings = daily"], 190.0) == [("depth = 0.1,", "evenings = daily")]


def test_a_picture_of_each_kind_can_be_drawn(tmp_path: Path) -> None:
    for name, outcome in (("swing", "active"), ("total", "profit"), ("mu_star", "profit")):
        found = moved(name, Interval(0.5, 0.4, nan if name == "swing" else 0.6), outcome)
        draw(found, found.analyses[0], tmp_path / f"{name}.png")
        assert (tmp_path / f"{name}.png").stat().st_size > 5000


@pytest.mark.filterwarnings("error:Glyph")
def test_chinese_names_have_their_letters_in_a_picture(tmp_path: Path, monkeypatch) -> None:
    lever = Influence("折扣", "lever", {"total": Interval(0.5, 0.4, 0.6)})
    found = Sensitivity("x", find("profit"), None, (Analysis("profit", "sobol", 64, (lever,)),), 1, ())
    with suppress(InputError):  # where no font has them
        draw(found, found.analyses[0], tmp_path / "图.png")
    monkeypatch.setattr(look, "_CHINESE", ())
    look._chinese_font.cache_clear()
    with pytest.raises(InputError, match="no font"):
        draw(found, found.analyses[0], tmp_path / "图.png")


def test_a_sweep_has_a_report_of_its_own_and_a_part_in_that_of_a_plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    harm = '<script>alert("x")</script>'
    (tmp_path / "design.yaml").write_text(
        f"name: '{harm}'\nscenario: red-envelope\nrepetitions: 3\nlevers:\n"
        "  total: {path: strategies.red_envelope.total, values: [5, 20]}\n"
        "  size: {path: community.members, values: [100]}\n"
    )
    made = CliRunner().invoke(
        app, ["sweep", "design.yaml", "--out", "out", "--workers", "1", "--html", "sweep.html", "-q"]
    )
    assert made.exit_code == 0, made.output
    page = (tmp_path / "sweep.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "is best in" in page
    assert "6 of 6 runs" in page
    again = CliRunner().invoke(app, ["report", "out", "-o", "again.html", "--lang", "zh"])
    assert again.exit_code == 0, again.output
    chinese = (tmp_path / "again.html").read_text(encoding="utf-8")
    assert '<html lang="zh-Hans">' in chinese
    body = re.sub(
        "<style>.*?</style>|<pre.*?</pre>|<dl.*?</dl>|<[^>]*>|&[^;]*;", " ", chinese, flags=re.DOTALL
    )
    names = {"script", "alert", "total", "size", "json", "out", "Sobol", "commsim", "dev"}
    assert set(re.findall("[A-Za-z]{3,}", body)) <= names
    called = ["run", "red-envelope", "--days", "10", "--out", "run", "-q"]
    assert CliRunner().invoke(app, called).exit_code == 0
    beside = ["report", "run", "-o", "beside.html", "--sweep", "out", "--worlds", "2", "-q"]
    made = CliRunner().invoke(app, beside)
    assert made.exit_code == 0, made.output
    assert 'id="sweep"' in (tmp_path / "beside.html").read_text(encoding="utf-8")
