"""Figures into files: PNG, SVG or PDF, each with all its panels."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from commsim.analysis.discovery import Discovery, discover
from commsim.analysis.sensitivity import sensitivity
from commsim.core.errors import InputError
from commsim.records.folder import new_file
from commsim.records.sweep import SweepResults
from commsim.report.case import Case
from commsim.report.figures import FIGURES
from commsim.report.figures.sweep import SWEEP_FIGURES
from commsim.report.figures.uncertain import SERIES, UNCERTAIN_FIGURES, series
from commsim.report.language import ENGLISH, Language
from commsim.report.panels import Bars, Flow, Gaps, Lines, Tornado, Waterfall, Whiskers
from commsim.report.plots.draw import Drawn, draw
from commsim.report.plots.look import settings
from commsim.report.plots.scatter import Along, Cases, Tiles
from commsim.report.plots.strips import height

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Page

KINDS = (".png", ".svg", ".pdf")
WIDTH, HEIGHT, DPI = 3.9, 2.7, 200
"""Inches of a panel (its height if it has no rows), and dots per inch of a PNG."""
ROOM = 1.2
"""Further inches where something is written at both ends of bars."""
SHORT, LETTER = 24, 0.07
"""Letters of a row's name that a panel has room for, and inches of each further one."""


def places(names: Sequence[str], file: Path, known: Collection[str] = tuple(FIGURES)) -> dict[str, Path]:
    """Where each figure goes: all as pages of one PDF, else one file each, named after it.

    Raises `InputError` for another kind of file, or a figure that there is not.
    """
    if file.suffix.lower() not in KINDS:
        raise InputError(
            f"can't write figures as {file.suffix or 'a file without an ending'}",
            where=str(file),
            remedy=f"end its name with one of {', '.join(KINDS)}",
        )
    for name in names:
        if name not in known:
            raise InputError("there is no such figure", where=name, remedy=f"give one of: {', '.join(known)}")
    if len(names) == 1 or file.suffix.lower() == ".pdf":
        return dict.fromkeys(names, file)
    return {name: file.with_name(f"{file.stem}-{name}{file.suffix}") for name in names}


class Plotted(NamedTuple):
    """The files that were written, and the names of figures that had nothing to show."""

    files: list[Path]
    left_out: list[str]


def plot(case: Case, file: str | Path, names: Sequence[str] = (), say: Language = ENGLISH) -> Plotted:
    """Draw figures of `FIGURES` (all if none is named) into files.

    A figure without anything to show, such as invitations where nobody was invited, is left out.
    Raises `InputError` where a file can't be written, or a font lacks the glyphs.
    """
    there = places(names or tuple(FIGURES), Path(file))
    return _plot({name: FIGURES[name](case, say) for name in there}, there, case.names)


ALL_OF_SWEEPS = (*SWEEP_FIGURES, *UNCERTAIN_FIGURES, SERIES)
"""Names of what can be drawn of a sweep."""


def plot_sweep(
    results: SweepResults,
    outcome: str,
    file: str | Path,
    names: Sequence[str] = (),
    say: Language = ENGLISH,
) -> Plotted:
    """Draw figures of `SWEEP_FIGURES` and `UNCERTAIN_FIGURES` as `plot` does those of a case.

    What a sweep has nothing of is left out, such as a box where none passes.
    """
    there = places(names or ALL_OF_SWEEPS, Path(file), ALL_OF_SWEEPS)
    found = sensitivity(results, outcome) if set(there) & set(SWEEP_FIGURES) else None
    cases = _cases(results, outcome, named=bool(names)) if set(there) & set(UNCERTAIN_FIGURES) else None
    drawn: dict[str, list[Drawn]] = {}
    for name in there:
        if name in SWEEP_FIGURES and found is not None:
            drawn[name] = [*SWEEP_FIGURES[name](found, say)]
        elif cases is not None and name in UNCERTAIN_FIGURES:
            drawn[name] = [*UNCERTAIN_FIGURES[name](cases, say)]
        elif name == SERIES:
            drawn[name] = [*series(results, say)]
    return _plot(drawn, there, ())


def plot_panels(figures: Mapping[str, Sequence[Drawn]], file: Path, plans: Sequence[str]) -> Plotted:
    """Draw figures that are made already into files, as `plot` does."""
    return _plot(figures, places(tuple(figures), file, tuple(figures)), plans)


def plot_result(figures: Mapping[str, Sequence[Drawn]], file: str | Path | None, plans: Sequence[str]) -> Any:
    """Draw all figures of a result as one figure of matplotlib, or into files; the figure, or the files."""
    if file is None:
        return draw_page([panel for panels in figures.values() for panel in panels], plans)
    return plot_panels(figures, Path(file), plans).files


def draw_page(panels: Sequence[Drawn], plans: Sequence[str]) -> "Page":
    """Figures side by side, for a notebook."""
    import matplotlib as mpl

    with mpl.rc_context(settings([*plans, *_texts({"": list(panels)})])):
        return _page(panels)


def _cases(results: SweepResults, outcome: str, *, named: bool) -> Discovery | None:
    """What scenario discovery finds; None for a sweep that it can't search, unless its figures were named."""
    try:
        return discover(results, outcome)
    except InputError:
        if named:
            raise
        return None


def _plot(figures: Mapping[str, Sequence[Drawn]], there: dict[str, Path], plans: Sequence[str]) -> Plotted:
    panels = {name: shown for name, shown in figures.items() if shown}
    if not panels:
        raise InputError("nothing to show", where=", ".join(there), remedy="name another figure")
    import matplotlib as mpl

    with mpl.rc_context(settings([*plans, *_texts(panels)])):
        pages = {name: _page(shown) for name, shown in panels.items()}
        return Plotted(_save(pages, there), [name for name in there if name not in panels])


def _save(pages: "dict[str, Page]", there: dict[str, Path]) -> list[Path]:
    first = there[next(iter(pages))]
    if first.suffix.lower() == ".pdf":
        from matplotlib.backends.backend_pdf import PdfPages

        with new_file(first) as side, PdfPages(side, metadata={"CreationDate": None}) as pdf:
            for page in pages.values():
                pdf.savefig(page)
        return [first]
    for name, page in pages.items():
        undated = {"Date": None} if there[name].suffix.lower() == ".svg" else None
        with new_file(there[name]) as side:
            page.savefig(side, dpi=DPI, metadata=undated)
    return [there[name] for name in pages]


def _page(panels: Sequence[Drawn]) -> "Page":
    """All panels of a figure, two in a row, with one legend for the plans."""
    from matplotlib.figure import Figure as Page

    across = min(2, len(panels))
    down = -(-len(panels) // across)
    tallest = [max(map(_height, panels[k : k + across])) for k in range(0, len(panels), across)]
    page = Page(figsize=(max(map(_width, panels)) * across, sum(tallest) + 0.3), layout="constrained")
    axes = page.subplots(down, across, squeeze=False, height_ratios=tallest).ravel()
    for panel, one in zip(panels, axes, strict=False):
        draw(panel, one)
    for one in axes[len(panels) :]:
        one.set_visible(False)
    pairs = [zip(*reversed(one.get_legend_handles_labels()), strict=True) for one in axes]
    found = dict(pair for pair in chain(*pairs))
    if len(found) > 1:
        page.legend(list(found.values()), list(found), loc="outside upper left", ncols=2 * across - 1)
    return page


def _width(panel: Drawn) -> float:
    """Inches; more where the names of rows would leave no room for what they name."""
    names = [row[0] for row in panel.rows] if isinstance(panel, Whiskers | Tornado) else []
    more = ROOM if isinstance(panel, Tornado) else 0.0
    return WIDTH + more + LETTER * max(0, max(map(len, names), default=0) - SHORT)


def _height(panel: Drawn) -> float:
    """Inches, by the number of rows."""
    match panel:
        case Lines() | Along() | Cases() | Tiles():
            return HEIGHT
        case Gaps():
            return height(panel)
        case Bars():
            return 0.7 + (0.2 * len(panel.series) + 0.08) * len(panel.labels)
        case Waterfall() | Flow():
            return 0.7 + 0.2 * len(panel.steps)
        case _:
            return 0.8 + 0.28 * len(panel.rows)


def _texts(panels: Mapping[str, Sequence[Drawn]]) -> Iterator[str]:
    """Everything that may be written into the figures."""
    for shown in panels.values():
        for panel in shown:
            grid = panel.grid()
            yield from (panel.title, panel.measured, *grid.header)
            yield from (text for row in grid.rows for text in row)
