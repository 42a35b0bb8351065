"""The evidence behind the defaults for people: a table, the studies in full, plain data."""

from collections.abc import Sequence
from typing import Any

from commsim.report.data import to_csv
from commsim.report.language import ENGLISH, Language
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
    return it.path, f"{it.default}{unit}", it.plausible or it.allowed, one.grade, _basis(one)


def _basis(one: Evidence) -> str:
    """The source, after the kinds of study that it does not say itself."""
    source = one.setting.source.removeprefix("-")
    unsaid = ", ".join(study for study in one.studies if study not in source)
    return ": ".join(filter(None, (unsaid, source)))


def references(found: Sequence[Evidence]) -> list[str]:
    """The studies that these defaults name, in full, in the order of their names."""
    named = {source.name for one in found for source in one.sources}
    return [
        f"{source.name} ({source.kind}): {source.reference}" for source in SOURCES if source.name in named
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
