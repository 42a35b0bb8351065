"""A sheet to draw on: elements in order, every text harmless, looks left to the classes of the page."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from commsim.core.harmless import for_html

WIDTH = 460.0
"""Units across every sheet: about as many pixels as a figure has on a screen, so that 12 is legible."""
GLYPH = 7.4
"""Mean width of a Latin letter at the size of labels; a Chinese one is twice as wide."""


class Sheet:
    """Shapes in units of the sheet, x to the right, y down."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        self.width, self.height = width, height
        self._parts: list[Markup] = []

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """A straight line."""
        self._add('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>', x1, y1, x2, y2, kind)

    def path(self, points: Sequence[tuple[float, float]], kind: str, *, closed: bool = False) -> None:
        """A line through points, or with ``closed`` the area that it encloses."""
        told = "L".join(f"{_short(x)} {_short(y)}" for x, y in points)
        self._add('<path d="M{}{}" class="{}"/>', told, "Z" if closed else "", kind)

    def rect(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A rectangle with slightly round corners; never thinner than can be seen."""
        size = max(width, 0.8), max(height, 0.8)
        self._add('<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>', x, y, *size, kind)

    def circle(self, x: float, y: float, radius: float, kind: str) -> None:
        """A dot."""
        self._add('<circle cx="{}" cy="{}" r="{}" class="{}"/>', x, y, radius, kind)

    def text(self, x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> None:
        """A text whose baseline is at y."""
        self._add('<text x="{}" y="{}" text-anchor="{}" class="{}">{}</text>', x, y, anchor, kind, text)

    def done(self, title: str, about: str) -> Markup:
        """The drawing, with a text alternative for who can't see it."""
        head = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            _short(self.width), _short(self.height), for_html(_signs(f"{title}. {about}"))
        )
        return head + Markup("").join(self._parts) + Markup("</svg>")

    def _add(self, shape: str, *values: object) -> None:
        told = (_short(value) if isinstance(value, float | int) else for_html(value) for value in values)
        self._parts.append(Markup(shape).format(*told))


def _signs(text: str) -> str:
    """An account, in Chinese with Chinese signs between its parts."""
    if not re.search(_HAN, text):
        return text
    told = re.sub(rf"({_HAN}[^.;:,]*)\. ", r"\1。", text)
    return re.sub("([;:,]) ", lambda sign: {";": "；", ":": "：", ",": "，"}[sign[1]], told)


_HAN = "[\u4e00-\u9fff]"


def _short(value: float) -> str:
    """A coordinate to a tenth of a unit, without needless zeros."""
    return f"{value:.1f}".removesuffix(".0")


def width_of(text: str) -> float:
    """About how wide a label is."""
    return sum(GLYPH if ord(letter) < 0x2E80 else 2 * GLYPH for letter in text)


def margin_for(labels: Iterable[str], most: float = 0.44 * WIDTH) -> float:
    """Room for labels to the left of a drawing, not more than ``most``."""
    return min(most, max(map(width_of, labels), default=0.0) + 14.0)


def on_two_lines(labels: Sequence[str], room: float) -> list[tuple[str, ...]]:
    """Each label on at most two lines, cut where it would not fit.

    Where cutting makes two of them look alike, all get their number, as in the table behind the drawing.
    """
    made = [_on_two_lines(label, room) for label in labels]
    if len(set(made)) == len(set(labels)):
        return made
    return [_on_two_lines(f"{number}. {label}", room) for number, label in enumerate(labels, start=1)]


def _on_two_lines(label: str, room: float) -> tuple[str, ...]:
    if width_of(label) <= room:
        return (label,)
    fits = max(1, sum(width_of(label[:end]) <= room for end in range(1, len(label))))
    ends = (label.rfind(", ", 1, fits) + 1, label.rfind(" ", 1, fits + 1), fits)  # Chinese breaks anywhere
    possible = [end for end in ends if end > 0]
    at = next((end for end in possible if width_of(label[end:].strip()) <= room), possible[-1])
    return label[:at], shortened(label[at:].strip(), room)


def shortened(text: str, room: float) -> str:
    """The text, cut where it would not fit."""
    while width_of(text) > room and len(text) > 2:
        text = text[:-2].rstrip("…") + "…"
    return text
