"""What no Chinese text may hold: English words, and Western signs between Chinese ones."""

import html
import re
from functools import cache
from typing import get_args

from commsim.core.measures import NAMES as MEASURES
from commsim.exchange.tool import Tool
from commsim.report.figures import FIGURES
from commsim.report.messages import in_chinese
from commsim.report.plots.files import ALL_OF_SWEEPS
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.shipped import shipped
from commsim.strategies.registry import kinds
from commsim.validation.sources import SOURCES

WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
AS_IT_IS = (
    r"https?://\S+|tcp://\S+",
    r"``[^`]*``|`[^`]*`|'[^']*'|\"[^\"]*\"",  # quoted: what the user wrote, or is to write
    r"(?:(?<=：)|(?<=^))[\w.\[\]]+(?:、[\w.\[\]]+)*(?=[：；]|$)",  # keys of a file
    r"(?<=是不是想写 )[\w.]+|# yaml-language-server: ",
    r"[\w./{}$*-]+\.(?:yaml|csv|xlsx|html|json|png|svg|pdf|gif|mp4|py|txt|gz|parquet)\b",  # files
    r"\b[a-z_]+(?:\.[a-z_]+|\[\d*\])+",  # paths of settings
    r"(?<!\w)\.[a-z]{2,4}\d?\b",  # endings of files
    r"(?<![\w-])--?[a-z][\w-]*",  # options
    r"(?:commsim|pip install) [a-z][\w-]*",
    r"\b[A-Za-z]+(?:_[A-Za-z]+)+\b",  # settings and kinds of more than one word
    r"\b[0-9a-f]{64}\b|(?<=版本)(?:[\s|]*[A-Za-z]+[ -][\w.-]+、?)+|commsim [\d.a-z]+",  # what made a page
    r"(?:[A-Z][a-z]+, )*[A-Z][\w-]+ (?:et al\.|and|&) ?(?:[A-Z]\w+ )?(?:\d{4})?",  # authors
)
"""What stands in Chinese as it does in English."""
_NAMES = """
API App ASCII COMMSIM CSV Ctrl Dask Excel GB GraphML HTML ID JavaScript JSON LANG Linux MB PDF PNG Python SHA
Schema SVG UTF WPS YAML commsim en ffmpeg shell zh BG NBD CDNOW Morris PRIM Shapley Sobol' Spearman VIP Enron
IRC WhatsApp eBay
"""
NAMES = set(_NAMES.split())
"""Formats, programs, methods and sets of data that are written in Latin letters in China, too."""
TO_TYPE = {
    *MEASURES,
    *get_args(Tool),
    *FIGURES,
    *ALL_OF_SWEEPS,
    *Behaviour.model_fields,
    *shipped(),
    *shipped("spaces"),
    *(
        "nothing",
        "read",
        "my-plan",
        "pilot-list",
        "why",
        "root",
        "name",
        "elasticity",
        "frequency",
        "recency",
    ),
}
"""What is typed as a value of an option, or names one."""


def english(text: str, *own: str) -> list[str]:
    """Words of Latin letters that stand in a text and are neither names nor quoted."""
    for name in cited():
        text = text.replace(name, " ")
    for pattern in AS_IT_IS:
        text = re.sub(pattern, " ", text, flags=re.M)
    text = _named((*own, *kinds(), *TO_TYPE)).sub(" ", text)
    return [word for word in WORD.findall(text) if word not in NAMES]


@cache
def cited() -> list[str]:
    """Titles of studies, and the names by which they are cited, in both languages; the longest first."""
    told = {name for one in SOURCES for name in (one.reference, one.name)}
    names = told | {in_chinese(name) for name in told}
    return sorted(names, key=len, reverse=True)


@cache
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    told = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<![A-Za-z_])(?:{told})(?![A-Za-z_])")


def half_width(text: str) -> list[str]:
    """Western signs between Chinese words."""
    return re.findall("HAN[;:,] ?HAN|HAN[(]HAN|。 HAN".replace("HAN", "[\u4e00-\u9fff]"), text)


def read_of(page: str) -> str:
    """What a reader of a page sees or hears: no scripts, styles and files, but what pictures are called."""
    page = re.sub(r"<(script|style|pre)\b.*?</\1>", " ", page, flags=re.S)
    called = "|".join(re.findall(r"(?:title|alt|aria-label|placeholder)=\"([^\"]*)\"", page))
    return html.unescape(re.sub(r"<[^>]+>", "|", page) + called)
