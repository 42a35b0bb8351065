"""Options for what a plan may take."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer


@dataclass(frozen=True)
class Limits:
    """Limits of a plan, by the names that a plan has for them; None where it has its own."""

    budget: Annotated[
        float | None, typer.Option(metavar="YUAN", min=0, help="Most that strategies may cost in all.")
    ] = None
    hours: Annotated[float | None, typer.Option(metavar="HOURS", min=0, help="Most hours of staff.")] = None
    posts_per_day: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=0, help="Most posts a day in a group.")
    ] = None
    posts_per_week: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=0, help="Most posts a week in a group.")
    ] = None
    margin: Annotated[
        str | None, typer.Option(metavar="SHARE%", help="Least profit as a share of revenue.")
    ] = None
    leaving: Annotated[
        str | None, typer.Option(metavar="SHARE%", help="Most who leave, of all who were members.")
    ] = None

    @property
    def given(self) -> dict[str, Any]:
        """Those that were given."""
        return {name: value for name, value in asdict(self).items() if value is not None}
