"""The replay as a film: GIF, or MP4 where ffmpeg is installed."""

from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.records.folder import new_file
from commsim.report.case import Case
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.plots.look import COLOURS, INK, OPEN, RULE, SOFT, STYLES, settings
from commsim.report.replay import ABSENT, BUYER, GONE, MEMBER, MUTED, NEW, Track, tracks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Page

KINDS = (".gif", ".mp4")
ACROSS, GAP, BLOCKS = 20, 4, 4
"""Members in a row of a group's block, the gap between blocks in places, and blocks in a row."""
WIDE, HEAD, FOOT, CURVE, DOTS = 4.6, 0.9, 0.55, 1.0, 110
"""Inches: width of a plan, heights of the title, the foot and the curve; and dots per inch."""
_COLOURS = {GONE: RULE, MUTED: OPEN, MEMBER: COLOURS[0], NEW: "#3fae5a", BUYER: COLOURS[1]}
_SIZES = {GONE: 1.0, MUTED: 3.0, MEMBER: 5.0, NEW: 7.0, BUYER: 11.0}
_WORDS = {
    MEMBER: "member",
    MUTED: "muted",
    BUYER: "ordered in the last 3 days",
    NEW: "joined in the last 3 days",
}


def check_film(file: Path) -> None:
    """Before any work: `InputError` for another kind of file, and for MP4 without ffmpeg."""
    if file.suffix.lower() not in KINDS:
        raise InputError(
            f"can't write a film as {file.suffix or 'a file without an ending'}",
            where=str(file),
            remedy=f"end its name with {' or '.join(KINDS)}",
        )
    if file.suffix.lower() == ".mp4":
        from matplotlib.animation import FFMpegWriter

        if not FFMpegWriter.isAvailable():
            raise InputError(
                "MP4 needs the program ffmpeg, which is not installed",
                where=str(file),
                remedy="install ffmpeg, or end the name with .gif",
            )


def film(
    case: Case,
    file: str | Path,
    say: Language = ENGLISH,
    *,
    days_per_second: int = 6,
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Film the typical world of the best plans, one picture a day; the last one stays for a second.

    progress: hears the number of days drawn.  Raises `InputError` as `check_film` does, where the file
    can't be written, or where no font has the glyphs.
    """
    check_film(Path(file))
    shown = tracks(case)
    import matplotlib as mpl

    texts = [*case.names, *map(say, _WORDS.values()), say("Look in on a day")]
    with mpl.rc_context(settings(texts)), new_file(file) as side:
        stage = Stage(shown, say)
        writer = _writer(side, days_per_second)
        with writer.saving(stage.page, str(side), dpi=DOTS):
            for day in [*range(stage.days), *[stage.days - 1] * days_per_second]:
                stage.show(day)
                writer.grab_frame()
                progress(day + 1)


def _writer(file: Path, fps: int) -> Any:
    from matplotlib.animation import FFMpegWriter, PillowWriter

    return PillowWriter(fps=fps) if file.suffix.lower() == ".gif" else FFMpegWriter(fps=fps, bitrate=1600)


class Stage:
    """The picture of a day: a block of dots per group and plan, and below it how many look in."""

    def __init__(self, shown: list[Track], say: Language) -> None:
        from matplotlib.figure import Figure as Page

        self.days = max(track.records.days for track in shown)
        self._say, self._tracks = say, shown
        tall = max(map(_tallness, shown)) * WIDE
        size = WIDE * len(shown), _even(tall + 1.3 * CURVE + HEAD + FOOT)
        self.page: Page = Page(figsize=size)
        grid = {"height_ratios": [tall, CURVE], "hspace": 0.3, "left": 0.08, "right": 0.97}
        edges = {"top": 1 - HEAD / size[1], "bottom": FOOT / size[1]}
        axes = self.page.subplots(2, len(shown), squeeze=False, gridspec_kw=grid | edges)
        self._title = self.page.text(0.5, 1 - 0.3 / size[1], "", ha="center", fontsize=13)
        self._dots = [_Dots(track, one, say) for track, one in zip(shown, axes[0], strict=True)]
        most = max(float(_looking(track).max()) for track in shown)
        self._marks = [
            _curve(plan, track, one, most, say)
            for plan, (track, one) in enumerate(zip(shown, axes[1], strict=True))
        ]
        _legend(self.page, say)

    def show(self, day: int) -> None:
        """Change the picture to that of a day."""
        self._title.set_text(self._say("Day {day}", day=day))
        for dots, mark, track in zip(self._dots, self._marks, self._tracks, strict=True):
            at = min(day, track.records.days - 1)
            dots.show(at)
            mark.set_data([at], [_looking(track)[at]])


class _Dots:
    """The members of a plan as dots."""

    def __init__(self, track: Track, axes: "Axes", say: Language) -> None:
        self._track, self._axes, self._say = track, axes, say
        x, y = places(track)
        self._dots = axes.scatter(x, y, s=4.0, linewidths=0)
        axes.set_xlim(x.min() - 2, x.max() + 2)
        axes.set_ylim(y.max() + 2, y.min() - 2)
        axes.set_aspect("equal")
        axes.set_axis_off()

    def show(self, day: int) -> None:
        from matplotlib.colors import to_rgba

        state = self._track.states(day)
        colours = np.zeros((BUYER + 1, 4))
        sizes = np.zeros(BUYER + 1)
        for kind, colour in _COLOURS.items():
            colours[kind], sizes[kind] = to_rgba(colour), _SIZES[kind]
        assert ABSENT not in _COLOURS
        self._dots.set_facecolor(colours[state].tolist())
        self._dots.set_sizes(sizes[state])
        profit = cell(round(float(self._track.profit[day])), "yuan")
        self._axes.set_title(
            f"{self._track.name}\n{self._say('{number} yuan', number=profit)}", fontsize=9, loc="center"
        )


def places(track: Track) -> tuple[Floats, Floats]:
    """Where the members stand: block by block, up to `BLOCKS` in a row, rows of `ACROSS`."""
    sizes = np.bincount(track.group, minlength=len(track.groups))
    within = np.arange(len(track.group)) - (np.cumsum(sizes) - sizes)[track.group]
    tall = -(-int(sizes.max()) // ACROSS) + GAP
    column, row = track.group % BLOCKS, track.group // BLOCKS
    x = column * (ACROSS + GAP) + within % ACROSS
    y = row * tall + within // ACROSS
    return x.astype(float), y.astype(float)


def _tallness(track: Track) -> float:
    """Height of the dots over their width."""
    x, y = places(track)
    return float((np.ptp(y) + 4) / (np.ptp(x) + 4))


def _even(inches: float) -> float:
    """So many inches, rounded up to an even number of dots, which players of MP4 want."""
    return 2 * ceil(inches * DOTS / 2) / DOTS


def _looking(track: Track) -> Floats:
    daily = track.records.daily
    return np.asarray(daily["looked"] / np.maximum(1, daily["members"]))


def _curve(plan: int, track: Track, axes: "Axes", most: float, say: Language) -> Any:
    """The share that looks in over the whole run, and the dot that shows today."""
    from matplotlib.ticker import PercentFormatter

    axes.plot(_looking(track), color=COLOURS[plan], linestyle=STYLES[plan], linewidth=1.4)
    axes.set_ylim(0, most * 1.08)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_title(say("Look in on a day"), fontsize=8, color=SOFT, fontweight="normal")
    axes.grid(axis="y")
    return axes.plot([0], [0], "o", color=INK, markersize=5)[0]


def _legend(page: "Page", say: Language) -> None:
    from matplotlib.lines import Line2D

    made = [
        Line2D([], [], marker="o", linestyle="", color=_COLOURS[kind], markersize=4, label=say(word))
        for kind, word in _WORDS.items()
    ]
    page.legend(handles=made, loc="lower center", ncols=4, fontsize=7.5, bbox_to_anchor=(0.5, -0.005))
