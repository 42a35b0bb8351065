"""What all pages are made with: templates with harmless texts, and a policy that lets nothing in."""

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from commsim.core.harmless import for_html
from commsim.report.language import Language
from commsim.report.svg import draw
from commsim.report.tables import Grid

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
_SHORTEST = 6
"""Letters of a sentence that stands by itself."""
BEST = 3
"""Plans that are shown at once, the best ones; the others unfold."""
LONGEST = 400
"""Letters of a text in a table; the settings at the end of a page hold the whole."""


def style() -> str:
    """The style sheet of all pages."""
    return (FOLDER / "style.css").read_text("utf-8")


def templates(say: Language) -> "Environment":
    """The templates, told in a language."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER / "parts"),
        autoescape=True,
        finalize=for_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"say": say, "draw": draw, "best": BEST}
    made.filters["short"] = _short
    made.filters["by_plans"] = by_plans
    made.filters["sentences"] = sentences
    return made


def by_plans(grid: Grid) -> list[Grid]:
    """A table with a column per plan, the best first, as tables of so many plans as are shown at once."""
    fixed = grid.fixed
    return [
        replace(
            grid,
            header=(*grid.header[:fixed], *grid.header[start : start + BEST]),
            rows=tuple((*row[:fixed], *row[start : start + BEST]) for row in grid.rows),
        )
        for start in range(fixed, len(grid.header), BEST)
    ]


def sentences(text: str) -> list[str]:
    """The sentences of a text, the first to stand above the others; one too short for that keeps the next."""
    parts = [part for part in re.split(r"(?<=[.!?]) |(?<=[。！？])", text) if part]
    while len(parts) > 1 and len(parts[0]) < _SHORTEST:
        parts[:2] = [(" " if parts[0].isascii() else "").join(parts[:2])]
    return parts or [text]


def _short(text: str) -> str:
    """A text of the user's, no longer than a table bears."""
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"


def policy(style: str, script: str) -> str:
    """Nothing from anywhere, but for this script and these styles."""
    own = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; base-uri 'none'; form-action 'none'; {own}"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
