"""What every figure has, before it is drawn."""

from dataclasses import dataclass

from commsim.core.arrays import Floats
from commsim.core.measures import Unit
from commsim.report.language import Language


@dataclass(frozen=True, slots=True)
class Series:
    """One plan's values; ``low`` and ``high`` are the limits of its band, if it has one.

    plan: number of the plan, which decides about its colour.
    """

    name: str
    plan: int
    values: Floats
    low: Floats | None = None
    high: Floats | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """What all figures have: a language, a stable name, a title, what is measured, and how to read it."""

    say: Language
    key: str
    title: str
    unit: Unit
    measured: str
    note: str
