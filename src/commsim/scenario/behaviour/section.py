"""What every section of the behaviour is made of."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from commsim.core.units import Grade, param

TUNED = "tuned so that groups live and die as they were seen to; measured nowhere"


class Section(BaseModel):
    """A frozen group of numbers; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def number(
    default: float,
    about: str,
    unit: str,
    source: str,
    grade: Grade,
    low: float,
    high: float,
    plausible: tuple[float, float] | None = None,
) -> Any:
    """A number with its card, see `commsim.core.units.param`."""
    return param(
        default, about, unit=unit, source=source, grade=grade, low=low, high=high, plausible=plausible
    )
