"""From a statement, its figures and its tables to one self-contained HTML file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from commsim import __version__
from commsim.records.folder import new_file
from commsim.report.html.origin import told_command
from commsim.report.html.template import policy, style, templates
from commsim.report.language import ENGLISH, Language
from commsim.report.panels import Figure
from commsim.report.tables import Grid


@dataclass(frozen=True)
class Statement:
    """What a page says, in the reader's language: kicker and name stand above, heading above the figures.

    paired: whether the figures hold plans against each other in common worlds, which is then said.
    answer: what the verdict is, if it is no decision.
    """

    kicker: str
    name: str
    facts: Sequence[str]
    verdict: str
    heading: str
    figures: Sequence[Figure]
    grids: Sequence[Grid]
    paired: bool = True
    answer: str = ""


def write_statement(
    statement: Statement, origin: Mapping[str, Any], file: Path, say: Language = ENGLISH
) -> None:
    """Write the page, with what repeats it; `InputError` where the file can't be written.

    origin: of `commsim.records.manifest.provenance`.
    """
    versions = say.listed(f"{name} {version}" for name, version in origin["versions"].items())
    page = templates(say).get_template("statement.html")
    text = page.render(
        style=Markup(style()),
        policy=policy(style(), ""),
        version=__version__,
        name=statement.name,
        facts=statement.facts,
        statement=statement,
        command=told_command(origin["command"]),
        origin=[(say("Made"), origin["created"]), (say("Versions"), versions)],
    )
    with new_file(file) as side:
        side.write_text(text, encoding="utf-8")
