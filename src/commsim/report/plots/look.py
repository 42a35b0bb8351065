"""How plots look: colours that differ in grey too, and fonts that have the glyphs."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any

from commsim.core.errors import InputError

COLOURS = ("#0b4f8a", "#e08a3c", "#14785a", "#b58ccc", "#8a6d00", "#8d99a6")
"""Of plans, dark and light by turns."""
STYLES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (7, 2, 1.5, 2)), (0, (2.5, 2.5)), (0, (9, 3)))
HATCHES = ("", "//", "..", "xx", "\\\\", "--")
GAIN, LOSS, OPEN, INK, SOFT, RULE = "#14785a", "#b3372b", "#6b7786", "#18212c", "#566373", "#dbe1e8"
_CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei",
    "PingFang SC", "Hiragino Sans GB", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei",
    "Droid Sans Fallback", "Arial Unicode MS", "Noto Sans CJK JP",
)  # fmt: skip
"""The last is all that older versions of matplotlib see of a file with Noto's fonts for all countries."""


def settings(texts: Iterable[str]) -> dict[Any, Any]:
    """Settings of matplotlib for figures with these texts.

    Raises `InputError` if they are Chinese and no font on this system has such glyphs.
    """
    fonts, weight = ["DejaVu Sans"], "bold"
    if any(map(_is_chinese, texts)):
        fonts, weight = [_chinese_font(), *fonts], "normal"  # many such fonts have no bold
    return {
        "font.family": fonts,
        "font.size": 9,
        "text.color": INK,
        "text.parse_math": False,
        "axes.titlesize": 10,
        "axes.titleweight": weight,
        "axes.titlelocation": "left",
        "axes.edgecolor": SOFT,
        "axes.labelcolor": SOFT,
        "axes.labelsize": 8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.unicode_minus": False,
        "grid.color": RULE,
        "grid.linewidth": 0.7,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.labelsize": 8,
        "ytick.labelsize": 8,
        "legend.frameon": False,
        "pdf.fonttype": 42,
        "svg.hashsalt": "commsim",
    }


def _is_chinese(text: str) -> bool:
    return any("\u2e80" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef" for letter in text)


@cache
def _chinese_font() -> str:
    for known in (_listed, _found):
        names = known()
        for name in _CHINESE:
            if name in names:
                return name
    raise InputError(
        "no font on this system has the Chinese characters that this figure needs",
        where="fonts",
        remedy="install one, such as fonts-noto-cjk on Debian, or give --lang en and names without them",
    )


def _listed() -> set[str]:
    """Fonts in the list that matplotlib keeps between runs."""
    from matplotlib import font_manager

    return {font.name for font in font_manager.fontManager.ttflist}


def _found() -> set[str]:
    """The same after a look at the folders of fonts: that list may be older than a font."""
    from matplotlib import font_manager

    for file in {*font_manager.findSystemFonts()} - {font.fname for font in font_manager.fontManager.ttflist}:
        with suppress(OSError, RuntimeError):  # a kind of font that matplotlib can't read
            font_manager.fontManager.addfont(file)
    return _listed()
