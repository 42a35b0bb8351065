"""``commsim data``: what there is in an operator's exports."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.options import AsJson
from commsim.cli.results import show_result
from commsim.cli.spoken import Lang

MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="YAML that says which files and columns hold what."),
]
"""For exports whose columns are called as nobody else calls them."""


def data(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Exports of WeCom, a shop system and the like: CSV or .xlsx."),
    ],
    mapping: MappingFile = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Say what is understood of your exports: files, columns, members, days; what is odd and missing.

    Columns are known by their names, Chinese or English.  People are known by hashes that end with the
    command; texts of messages are not looked at.
    """
    from commsim.exchange.reading import read_folder
    from commsim.report.exports import reading_data, reading_grids, reading_verdict
    from commsim.report.language import language

    say = language(lang)
    found = read_folder(folder, mapping)
    show_result(
        as_json=as_json,
        data=lambda: reading_data(found),
        grids=lambda: reading_grids(found, say),
        verdict=lambda: reading_verdict(found, say),
    )
