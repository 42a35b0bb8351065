"""What all pages are made with: templates with harmless texts, and a policy that lets nothing in."""

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from commsim.core.harmless import for_html
from commsim.report.language import Language
from commsim.report.svg import draw

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
_SHORTEST = 6
"""Letters of a sentence that stands by itself."""
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
    made.globals |= {"say": say, "draw": draw}
    made.filters["short"] = _short
    made.filters["sentences"] = sentences
    return made


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
