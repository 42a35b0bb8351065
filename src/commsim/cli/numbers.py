"""Numbers that people give in several ways: 200 or 1%, one number of days or several."""

from typing import TYPE_CHECKING

import typer

from commsim.core.errors import InputError

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
