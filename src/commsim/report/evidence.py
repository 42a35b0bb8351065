"""The evidence behind the defaults for people: a table, the studies in full, plain data."""

from collections.abc import Sequence
from typing import Any

from commsim.report.data import to_csv
from commsim.report.language import ENGLISH, Language
from commsim.report.messages import in_chinese
from commsim.report.tables import Grid
from commsim.validation.evidence import Evidence
from commsim.validation.sources import SOURCES

_HEADER = ("Setting", "Default", "Range", "Grade", "Rests on")
_COLUMNS = (
    "path", "about", "default", "unit", "allowed", "plausible", "grade", "studies", "source", "references",
)  # fmt: skip


def evidence_grid(found: Sequence[Evidence], say: Language = ENGLISH) -> Grid:
    """One row per default; the range is that of the evidence, or the limits where there is none."""
    return Grid(
        f"{len(found)} default{'' if len(found) == 1 else 's'}",
        _HEADER,
        tuple(_row(one, say) for one in found),
        fixed=len(_HEADER),
    )


def _row(one: Evidence, say: Language) -> tuple[str, ...]:
    it = one.setting
    unit = "" if it.default == "-" or it.unit in ("-", "choice", "yes/no") else f" {say.unit(it.unit)}"
    default, may_be = say.values(it.default), say.values(it.plausible or it.allowed)
    return it.path, f"{default}{unit}", may_be, one.grade, _basis(one, say)


def _basis(one: Evidence, say: Language) -> str:
    """The source, after the kinds of study that it does not say itself."""
    source = one.setting.source.removeprefix("-")
    unsaid = say.listed(in_words(study, say) for study in one.studies if study not in source)
    source = in_words(source, say)
    return say.titled(unsaid, source) if unsaid and source else unsaid or source


def in_words(text: str, say: Language) -> str:
    """What a setting says of itself, or where it comes from, in a language."""
    return say.known(text) or in_chinese(text)


def references(found: Sequence[Evidence], say: Language = ENGLISH) -> list[str]:
    """The studies that these defaults name, in full, in the order of their names."""
    named = {source.name for one in found for source in one.sources}
    return [
        say.titled(say("{name} ({told})", name=one.name, told=in_words(one.kind, say)), one.reference)
        for one in SOURCES
        if one.name in named
    ]


def evidence_data(found: Sequence[Evidence]) -> list[dict[str, Any]]:
    """One object per default, with stable keys; ranges and defaults as one would write them."""
    return [
        {
            "path": one.setting.path,
            "about": one.setting.about,
            "default": one.setting.default,
            "unit": one.setting.unit,
            "allowed": one.setting.allowed,
            "plausible": one.setting.plausible,
            "grade": one.grade,
            "studies": list(one.studies),
            "source": one.setting.source,
            "references": [source.reference for source in one.sources],
        }
        for one in found
    ]


def evidence_csv(found: Sequence[Evidence]) -> str:
    """One row per default, columns as the keys of `evidence_data`; several studies are separated by ;."""
    rows = ([_flat(one[name]) for name in _COLUMNS] for one in evidence_data(found))
    return to_csv(_COLUMNS, rows)


def _flat(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)
