"""Figures and films as files."""

from itertools import pairwise

import numpy as np
import pytest
from hostile_plans import BUSY
from matplotlib import font_manager
from matplotlib.animation import FFMpegWriter
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from commsim.core.errors import InputError
from commsim.report.figures import FIGURES
from commsim.report.language import language
from commsim.report.panels import Lines, Series
from commsim.report.plots import look
from commsim.report.plots.draw import draw
from commsim.report.plots.files import places, plot
from commsim.report.plots.film import film


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_figure_in_each_kind_of_file(case, tmp_path, ending, start):
    written, left_out = plot(case, tmp_path / f"f.{ending}", ["money"])
    assert left_out == []
    assert written == [tmp_path / f"f.{ending}"]
    assert written[0].read_bytes().startswith(start)


def test_all_figures_are_pages_of_one_pdf_or_files_of_their_own(case, tmp_path):
    assert set(places(tuple(FIGURES), tmp_path / "f.pdf").values()) == {tmp_path / "f.pdf"}
    names = ["decision", "curves", "funnel", "retention", "growth", "causes"]
    written, left_out = plot(case, tmp_path / "f.png", names)
    assert [file.stem for file in written] == [f"f-{name}" for name in names if name not in left_out]
    assert [file.name for file in written][:2] == ["f-decision.png", "f-curves.png"]
    sizes = [Image.open(file).size for file in written]
    assert all(width > 700 and height > 200 for width, height in sizes)


def test_the_same_case_gives_the_same_bytes(case, tmp_path):
    (one,), _ = plot(case, tmp_path / "a.svg", ["funnel"])
    (two,), _ = plot(case, tmp_path / "b.svg", ["funnel"])
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("file", "names", "said"),
    [("f.jpg", ["money"], r"can't write figures as \.jpg"), ("f.png", ["mony"], "no such figure")],
)
def test_what_can_not_be_drawn(case, tmp_path, file, names, said):
    with pytest.raises(InputError, match=said):
        plot(case, tmp_path / file, names)


def test_chinese_needs_a_font_and_says_so(case, tmp_path, monkeypatch):
    look._chinese_font.cache_clear()
    own = [font for font in font_manager.fontManager.ttflist if font.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [])
    with pytest.raises(InputError, match=r"no font .* install one, such as fonts-noto-cjk"):
        plot(case, tmp_path / "f.png", ["funnel"], language("zh"))
    assert plot(case, tmp_path / "f.png", ["funnel"]).files
    look._chinese_font.cache_clear()


def test_neighbouring_plans_differ_in_grey():
    grey = [0.299 * r + 0.587 * g + 0.114 * b for r, g, b in map(to_rgb, look.COLOURS)]
    assert all(abs(one - other) > 0.12 for one, other in pairwise(grey))
    assert len({*map(str, look.STYLES)}) == len(look.COLOURS)


@pytest.mark.slow
def test_a_film_has_a_picture_for_every_day(case, tmp_path):
    days = []
    film(case, tmp_path / "r.gif", days_per_second=2, progress=days.append)
    with Image.open(tmp_path / "r.gif") as found:
        assert BUSY.days <= found.n_frames <= BUSY.days + 2
    assert days[: BUSY.days] == list(range(1, BUSY.days + 1))


def test_mp4_needs_ffmpeg_and_says_so(case, tmp_path, monkeypatch):
    monkeypatch.setattr(FFMpegWriter, "isAvailable", classmethod(lambda cls: False))
    with pytest.raises(InputError, match=r"ffmpeg, which is not installed; install ffmpeg, or end .* \.gif"):
        film(case, tmp_path / "r.mp4")
    with pytest.raises(InputError, match=r"can't write a film as \.avi"):
        film(case, tmp_path / "r.avi")


@pytest.mark.parametrize(("low", "bottom"), [(-40.0, -40.0), (3.0, 0.0)])
def test_curves_begin_at_nought_and_show_what_lies_below(low, bottom):
    axes = Figure().subplots()
    lead = Series("other", 0, np.array([5.0, 80.0]), np.array([low, 20.0]), np.array([9.0, 90.0]))
    draw(Lines(language("en"), "lead", "Lead", "yuan", "ahead", "", (lead,)), axes)
    assert axes.get_ylim()[0] <= bottom
    assert (axes.get_ylim()[0] == 0) == (bottom == 0)


def test_what_has_nothing_to_show_is_told_of(case, tmp_path, monkeypatch):
    monkeypatch.setitem(FIGURES, "growth", lambda case, say: [])
    written, left_out = plot(case, tmp_path / "f.png", ["funnel", "growth"])
    assert ([file.name for file in written], left_out) == (["f-funnel.png"], ["growth"])
    with pytest.raises(InputError, match="nothing to show"):
        plot(case, tmp_path / "f.png", ["growth"])
