"""What scenario discovery has found, as figures for a notebook or files."""

from pathlib import Path
from typing import Any

from commsim.analysis.discovery import Discovery
from commsim.report.figures.uncertain import UNCERTAIN_FIGURES
from commsim.report.language import language
from commsim.report.plots.files import plot_result


def plot_discovery(found: Discovery, file: str | Path | None, lang: str) -> Any:
    """Draw all that there is to show; see `commsim.report.plots.files.plot_result`."""
    drawn = {name: draw(found, language(lang)) for name, draw in UNCERTAIN_FIGURES.items()}
    return plot_result({name: panels for name, panels in drawn.items() if panels}, file, ())
