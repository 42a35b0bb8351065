"""Texts of other people's, made harmless where they reach a terminal, a spreadsheet or a page.

A name in a plan, a cell of a roster, a key of YAML or the message of somebody's strategy can hold orders: to
a terminal (colours, another title, a cleared screen), to the eye (marks that turn the direction of
writing), to a spreadsheet (formulas), to a browser (elements).  They are shown, not obeyed.
"""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markupsafe import Markup

_ORDER = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control codes
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # directions of writing
    "\u2028\u2029"  # ends of lines and paragraphs
    "\ud800-\udfff]"  # halves of characters, which no file can hold
)
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")


def is_plain(text: str) -> bool:
    """Whether a text is one line without any order in it."""
    return _ORDER.search(text) is None


def for_terminal(text: str) -> str:
    """The text with every order written out, as ``\\u001b``; line breaks and tabs stay.

    Of a text in JSON it is the same JSON.
    """
    return _shown(text, "\n\t")


def _shown(text: str, kept: str) -> str:
    return _ORDER.sub(lambda found: found[0] if found[0] in kept else f"\\u{ord(found[0]):04x}", text)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return _FORMULA.match(text) is not None


def for_csv(value: Any) -> Any:
    """A cell: numbers stay numbers; a text that a spreadsheet would run as a formula gets a ' in front."""
    if not isinstance(value, str):
        return value
    text = _shown(value, "\r\n\t")
    return f"'{text}" if is_formula(text) else text


def for_html(value: Any) -> "Markup":
    """A value as text of a page, of an element or an attribute; what is markup already stays so."""
    from markupsafe import Markup, escape

    return value if isinstance(value, Markup) else escape(for_terminal(str(value)))
