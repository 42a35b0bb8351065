"""Numbers that people give in several ways: 200 or 1%, one number of days or several."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commsim.core.errors import InputError
from commsim.experiments.effort import MAX_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.compare import Precision


def read_precision(text: str, option: str = "--precision") -> "Precision":
    """``200`` is a half-width in the metric's unit, ``1%`` a share; typer.BadParameter otherwise."""
    from commsim.analysis.compare import Precision

    share = text.strip().endswith(("%", "％"))
    try:
        number = float(text.strip().rstrip("%％"))
    except ValueError:
        number = float("nan")
    if not 0 < number < float("inf"):
        raise typer.BadParameter(
            f"{text!r} is neither an amount such as 200 nor a share such as 1%", param_hint=option
        )
    return Precision(share=number / 100) if share else Precision(half_width=number)


def read_days(text: str | None) -> tuple[int, ...]:
    """``60,180,365`` as numbers, none for nothing; typer.BadParameter for what is no list of days."""
    from commsim.analysis.looks import lengths

    try:
        return lengths([int(part) for part in text.replace("，", ",").split(",")]) if text else ()
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no number of days, nor several such as 60,180,365", param_hint="--days"
        ) from None
    except InputError as error:
        raise typer.BadParameter(error.what, param_hint="--days") from None


@dataclass(frozen=True)
class Effort:
    """How many worlds, or how narrow the intervals shall be."""

    worlds: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", min=2, max=100_000, help="Exactly so many worlds; else as many as needed."
        ),
    ] = None
    precision: Annotated[
        str | None,
        typer.Option(
            metavar="YUAN|SHARE%", help="Add worlds until the interval is within plus or minus this. [1%]"
        ),
    ] = None
    max_worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, max=100_000, help="Most worlds to add.")
    ] = MAX_WORLDS

    def __post_init__(self) -> None:
        if self.worlds is not None and self.precision is not None:
            raise typer.BadParameter("give --worlds or --precision, not both", param_hint="--worlds")

    @property
    def given(self) -> dict[str, Any]:
        """The arguments by which `compare` of Python knows that."""
        wanted = None if self.precision is None else read_precision(self.precision)
        return {"worlds": self.worlds, "precision": wanted, "max_worlds": self.max_worlds}
