"""What all pages are made with: templates with harmless texts, and a policy that lets nothing in."""

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from commsim.core.harmless import for_html
from commsim.report.language import Language
from commsim.report.svg import draw

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
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
    return made


def _short(text: str) -> str:
    """A text of the user's, no longer than a table bears."""
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"


def policy(style: str, script: str) -> str:
    """Nothing from anywhere, but for this script and these styles."""
    own = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; base-uri 'none'; form-action 'none'; {own}"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
