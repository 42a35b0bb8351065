"""``discover`` and the figures of ``plot`` as a user meets them, on a sweep with a planted box."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from commsim import discover, load_results
from commsim.analysis.discovery import boxes
from commsim.analysis.measures import PATH
from commsim.analysis.sweep import read_design
from commsim.cli import app
from commsim.core.errors import Exit, InputError
from commsim.experiments.results import Result
from commsim.experiments.sweep import Job, Manner, carry_out
from commsim.report.discovery.tables import discovery_verdict
from commsim.report.language import language

DESIGN = """
name: planted
scenarios: [unmanaged-group, flash-sale]
uncertainties:
  silent: {path: behaviour.look.muted}
  trust: {path: behaviour.buying.trust}
  price: {path: products.coffee.price, low: 20, high: 40}
sampling: {uncertainties: {method: latin_hypercube, samples: 150}}
outcomes: [profit, active]
series: true
"""


def planted(design, run):
    """The sale loses 50 yuan where price is above 32 and silent below 0.25; else it gains 100 and more."""
    values = run.point.values
    lead = -50.0 if values["price"] > 32 and values["silent"] < 0.25 else 100.0 + values["price"]
    profit = 1000.0 + (lead if values["scenario"] == "flash-sale" else 0.0)
    return Result((profit, 5.0), np.full((3, len(PATH)), profit))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("discover")
    (folder / "design.yaml").write_text(DESIGN, encoding="utf-8")
    design = read_design(folder / "design.yaml")
    carry_out(design, Job(planted, ("profit", "active"), PATH), folder / "results", Manner(workers=1))
    return folder / "results"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(boxes, "SHUFFLES", 19)
    monkeypatch.setattr(boxes, "HALVES", 4)
    monkeypatch.setattr(boxes, "MOST_BOXES", 1)


def call(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_the_planted_box_is_told_in_tables_page_and_files(results, tmp_path):
    done = call("discover", results, "--html", tmp_path / "page.html", "--out", tmp_path / "found")
    assert done.exit_code == Exit.OK, done.output
    assert "flash-sale is behind the best of the others" in done.stdout
    assert "Robustness over 150 worlds" in done.stdout
    data = json.loads((tmp_path / "found" / "discovery.json").read_text(encoding="utf-8"))
    first = data["boxes"][0]
    limits = {one["setting"]: one for one in first["limits"]}
    assert limits["price"]["low"] == pytest.approx(32, abs=0.5)
    assert limits["silent"]["high"] == pytest.approx(0.25, abs=0.01)
    assert first["passes"]
    assert min(first["coverage"], first["density"]) > 0.9
    assert {one["setting"] for one in data["scores"][:2]} == {"price", "silent"}
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Scenario discovery" in page
    assert "<script" not in page
    with (tmp_path / "found" / "cases.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 150
    inside = [row for row in rows if float(row["price"]) > 32 and float(row["silent"]) < 0.25]
    assert all(row["wanted"] in ("True", "true", "1") for row in inside)


def test_it_is_told_in_chinese_and_shows_itself(results):
    found = discover(results, limits=2)
    told = discovery_verdict(found, language("zh"))
    assert "不如" in told
    assert "price 不低于" in told
    assert "price [" in found._repr_html_()
    assert "planted" in repr(found)
    assert found.frame()["box"].max() == 1
    assert len(found.plot().axes) >= 5


@pytest.mark.parametrize(
    ("settings", "share"),
    [({"below": 1000.0}, 0.13), ({"above": 1136.0}, 0.1), ({"policy": "unmanaged-group"}, 0.87)],
)
def test_what_is_of_interest_can_be_said(results, settings, share):
    assert discover(results, **settings).share == pytest.approx(share, abs=0.07)


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"policy": "other"}, "no such policy"),
        ({"outcome": "gold"}, "no outcome 'gold'"),
        ({"below": 1.0, "above": 2.0}, "one of against"),
        ({"limits": 0}, "needs a limit"),
    ],
)
def test_what_can_not_be_asked_is_told(results, settings, what):
    with pytest.raises(InputError, match=what):
        discover(load_results(results), **settings)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_are_drawn(results, tmp_path, lang):
    names = ("main_effects", "tornado", "series", "box", "map") if lang == "en" else ("box", "map")
    done = call("plot", results, *names, "-o", tmp_path / "figures.svg", "--lang", lang)
    if lang == "zh" and done.exit_code == Exit.INPUT:
        assert "font" in done.stderr
        return
    assert done.exit_code == Exit.OK, done.output
    assert {Path(file).name for file in tmp_path.iterdir()} == {f"figures-{name}.svg" for name in names}
    assert "price" in (tmp_path / "figures-box.svg").read_text(encoding="utf-8")
