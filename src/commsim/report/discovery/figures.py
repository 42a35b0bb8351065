"""What scenario discovery has found, as figures for a notebook or files."""

from pathlib import Path
from typing import Any

from commsim.analysis.discovery import Discovery
from commsim.report.figures.uncertain import UNCERTAIN_FIGURES
from commsim.report.language import language
from commsim.report.plots.files import draw_page, plot_panels


def plot_discovery(found: Discovery, file: str | Path | None, lang: str) -> Any:
    """Draw all figures as one figure of matplotlib, or into files; the figure, or the files."""
    drawn = {name: draw(found, language(lang)) for name, draw in UNCERTAIN_FIGURES.items()}
    figures = {name: panels for name, panels in drawn.items() if panels}
    if file is None:
        return draw_page([panel for panels in figures.values() for panel in panels], ())
    return plot_panels(figures, Path(file), ()).files
