"""Who knows whom, and the files of the user's own people: orders and members."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from commsim.core.part import Part
from commsim.core.units import Probability, described, param

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


def _column(about: str) -> Any:
    """A column that has a usual name.  Empty: read if there is one of that name; null: never read."""
    return described("", about, unit="column")


def _sha256() -> Any:
    about = "SHA-256 of the file, which is refused if it is another one; plans that are kept have it"
    return described(None, about, unit="text")


class Graph(Part):
    """Who knows whom."""

    kind: Literal["communities", "small_world", "preferential", "none", "file"] = param(
        "communities",
        "communities: hubs and triangles inside groups, some ties across",
        unit="choice",
        source="clustering and spread of degrees as in the Enron and faculty graphs",
        grade="C",
    )
    degree: float = param(
        6.0,
        "Mean friends inside the community per member",
        unit="friends",
        low=0.0,
        high=200.0,
        plausible=(1.0, 15.0),
        source="BeiBei: 7.9 shopping ties, in-group part assumed",
        grade="C",
        assumed=True,
    )
    outside_degree: float = param(
        4.0,
        "Mean friends of an outsider in the modelled population",
        unit="friends",
        low=0.0,
        high=50.0,
        source="BeiBei: 7.9 shopping ties, outside part assumed",
        grade="C",
        assumed=True,
    )
    triangles: Probability = param(
        0.8,
        "Chance that a tie closes a triangle",
        unit="probability",
        plausible=(0.5, 0.9),
        source="clustering .4-.6 in the Enron and faculty graphs",
        grade="C",
        assumed=True,
    )
    across: Probability = param(
        0.1, "Share of ties that cross groups", unit="share", source="assumed", grade="D", assumed=True
    )
    file: Path | None = described(
        None, "Edge list (CSV, optionally .gz) or GraphML, for kind file", unit="path"
    )
    sha256: Sha256 | None = _sha256()


class History(Part):
    """An order history: one row per order, from which buying rates and lapses are estimated."""

    file: Path = described(..., "CSV with customer, date and amount", unit="path")
    sha256: Sha256 | None = _sha256()
    customer: str = described("customer", "Column of the customer's id", unit="column")
    date: str = described("date", "Column of the date", unit="column")
    amount: str | None = _column(
        "Column of the amount in yuan, checked but not used; `amount` if empty, where there is one"
    )
    until: dt.date | None = described(
        None, "Use orders up to this day only; the last day in the file if empty", unit="date"
    )
    activity: Probability | None = param(
        None,
        "Activity of the customers in the time of the orders, if a group was run for them then; "
        "0.02 or empty if there was none",
        unit="probability",
        source="-",
        grade="D",
    )
    encoding: str | None = described(None, "Text encoding; found out (UTF-8, GB18030) if empty", unit="text")


class Roster(Part):
    """A list of members: one row per person."""

    file: Path = described(..., "CSV with at least an id", unit="path")
    sha256: Sha256 | None = _sha256()
    id: str = described("id", "Column of the person's id", unit="column")
    group: str | None = _column("Column of the group; `group` if empty, where there is one")
    joined: str | None = _column("Column of the date of joining; `joined` if empty, where there is one")
    muted: str | None = _column(
        "Column that says whether they muted the group (yes/no, true/false, 1/0); "
        "`muted` if empty, where there is one"
    )
    messages: str | None = _column(
        "Column of the messages that they wrote; `messages` if empty, where there is one"
    )
    messages_days: float = param(
        30.0, "Days over which those messages were counted", unit="days", low=1.0, source="-", grade="D"
    )
    segment: str | None = _column("Column of the segment's name; `segment` if empty, where there is one")
    tags: str | None = _column(
        "Column of tags, separated by ; or |; the first that names a segment gives it; "
        "`tags` if empty, where there is one"
    )
    encoding: str | None = described(None, "Text encoding; found out (UTF-8, GB18030) if empty", unit="text")
