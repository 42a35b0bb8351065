"""Whom a strategy addresses: members by what is known of them, and groups."""

import difflib
import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, Self

import numpy as np
from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from commsim.core.columns import Column
from commsim.core.conditions import Condition, Within, in_per_cent, readable
from commsim.core.mechanism import Mechanism, mechanisms
from commsim.core.mechanisms.steps import STEPS
from commsim.core.part import Part
from commsim.core.units import Name, Probability, described, param

SHARES = ("activity", "trust", "lot")
"""What of a member lies between 0 and 1, and may be tested in per cent."""


class Of(NamedTuple):
    """What members can be chosen by: its name, unit, meaning, and how one writes it."""

    name: str
    unit: str
    about: str
    example: str


_OF_CORE = {
    "segment": ("name", "[loyal, daily]"),
    "channel": ("name", "[store, friends]"),
    "tag": ("name", "vip"),
    "activity": ("share", '">15%"'),
    "trust": ("share", '"top 20%"'),
    "spent": ("yuan", '">=100"'),
    "per_order": ("yuan", '">=20 <40"'),
    "orders": ("orders", '">=2"'),
    "recruits": ("persons", '">=1"'),
    "joined": ("days", '"<=7"'),
    "points": ("points", '">=100"'),
    "bought": ("yes/no", "true"),
    "muted": ("yes/no", "false"),
    "took": ("name", "membership"),
    "not_took": ("name", "membership"),
    "lot": ("share", "0.5"),
}


def chosen_by() -> list[Of]:
    """All that members can be chosen by, those of mechanisms last."""
    own = [
        Of(name, unit, Who.model_fields[name].description or "", f"who: {{{name}: {example}}}")
        for name, (unit, example) in _OF_CORE.items()
    ]
    return [*own, *(_of_column(column) for _, column in _of_mechanisms().values())]


def _of_column(column: Column) -> Of:
    """A column of a mechanism; it is tested like any number, or by who has most of it."""
    unit = "yuan" if column.money else "share" if column.range == "0 to 1" else column.range or "number"
    example = {"yuan": '">=50"', "share": '">50%"'}.get(unit, '"top 10%"' if "real" in unit else '">=1"')
    return Of(column.name, unit, column.about, f"who: {{{column.name}: {example}}}")


def _of_mechanisms() -> dict[str, tuple[Mechanism, Column]]:
    """What mechanisms keep of persons and strategies may see, by name."""
    return _columns_of(mechanisms())


@cache
def _columns_of(known: tuple[Mechanism, ...]) -> dict[str, tuple[Mechanism, Column]]:
    return {column.name: (one, column) for one in known for column in one.columns if column.seen}


def _more(schema: dict[str, Any]) -> None:
    text = {"type": ["number", "string"]}
    more = {name: {**text, "description": column.about} for name, (_, column) in _of_mechanisms().items()}
    schema["properties"] |= more
    schema["additionalProperties"] = False


def _one_or_more(written: Any) -> Any:
    return (written,) if isinstance(written, str | int) and not isinstance(written, bool) else written


Names = Annotated[tuple[Name, ...], BeforeValidator(_one_or_more)]


NO_CHANNELS = "friends", "unasked", "start"
"""Ways to a group beside the channels of a plan: invited, unasked, or there from the start."""
_NO_NUMBER = "segment", "channel", "tag", "bought", "muted", "took", "not_took", "lot"


class Who(Part):
    """Conditions on members; who fulfils all that are given is addressed.

    Beside these, every column of a mechanism that strategies see can be named, such as ``level``.
    """

    model_config = ConfigDict(frozen=True, extra="allow", json_schema_extra=_more)
    __pydantic_extra__: dict[str, Any] = Field(init=False)
    segment: Names = described((), "Segments, one or more", unit="names")
    channel: Names = described(
        (),
        "Where they came from, one or more: names of the plan's sources, friends for who was invited, "
        "unasked, or start for who was there",
        unit="names",
    )
    tag: Names = described((), "Tags in the list of members, one or more", unit="names")
    activity: Condition | None = described(None, "Chance that they look in on a day", unit="text")
    trust: Condition | None = described(None, "Trust in the shop", unit="text")
    spent: Condition | None = described(None, "Yuan paid since the first day of the run", unit="text")
    per_order: Condition | None = described(None, "Yuan paid an order since then", unit="text")
    orders: Condition | None = described(None, "Orders since then", unit="text")
    recruits: Condition | None = described(None, "Newcomers whom they have brought", unit="text")
    joined: Condition | None = described(
        None, "Days since they joined; who was there at the start joined long ago", unit="text"
    )
    points: Condition | None = described(None, "Points in hand", unit="text")
    bought: bool | None = described(None, "Whether they have ever bought, before the run too", unit="text")
    muted: bool | None = described(None, "Whether they have muted the group", unit="text")
    took: Names = described(
        (), "Strategies of whose offers they have taken one: bought, paid for or joined", unit="names"
    )
    not_took: Names = described((), "Strategies of whose offers they have taken none", unit="names")
    lot: Condition | None = described(
        None, "A draw in 0 to 1 that each keeps for the whole run under any plan; 0.5 is half", unit="text"
    )

    @model_validator(mode="after")
    def _known(self) -> Self:
        known = _of_mechanisms()
        for name, written in self.model_extra.items() if self.model_extra else ():
            if name not in known:
                every = [*type(self).model_fields, *known]
                close = difflib.get_close_matches(name, every, n=1)
                hint = f"did you mean {close[0]}? " if close else ""
                remedy = f"{hint}there are: {', '.join(every)}"
                said = {"what": f"nobody can be chosen by {name!r}", "remedy": remedy, "condition": name}
                raise PydanticCustomError("inconsistent", "{what}; {remedy}", said)
            readable(written)
        for name, written in self.conditions():
            if in_per_cent(written) and not _is_share(name):
                raise ValueError(
                    f"{name} is no share, so {written!r} in per cent says nothing; write a number, or"
                    f' "top 15%" for those who have most of it'
                )
        return self

    def conditions(self) -> Iterator[tuple[str, float | str]]:
        """Tests of numbers by the names of what they test, in the order of the alphabet."""
        given = {name: getattr(self, name) for name in type(self).model_fields} | (self.model_extra or {})
        for name in sorted(given):
            if given[name] is not None and name not in _NO_NUMBER:
                yield name, given[name]
        if self.lot is not None:
            yield "lot", f"<{self.lot}" if isinstance(self.lot, int | float) else self.lot

    def mechanisms(self) -> tuple[Mechanism, ...]:
        """Those that keep what is tested."""
        known = _of_mechanisms()
        chains = [STEPS] if self.took or self.not_took else []
        return tuple(
            {known[name][0]: None for name in self.model_extra or () if name in known} | dict.fromkeys(chains)
        )


def within(name: str) -> Within | None:
    """Between which numbers what is tested lies; None where it has no upper end."""
    known = _of_mechanisms()
    if name in SHARES:
        return Within(0.0, 1.0)
    limits = re.fullmatch(r"(\d+) (?:to|or) (\d+)", known[name][1].range) if name in known else None
    whole = limits is not None and np.issubdtype(known[name][1].dtype, np.integer)
    return Within(float(limits[1]), float(limits[2]), whole) if limits else None


def _is_share(name: str) -> bool:
    """Whether what is tested lies between 0 and 1."""
    known = _of_mechanisms()
    return name in SHARES or (name in known and known[name][1].range == "0 to 1")


def condition_names() -> tuple[str, ...]:
    """All that members can be chosen by, the core's first."""
    return (*Who.model_fields, *_of_mechanisms())


def is_money(name: str) -> bool:
    """Whether a mechanism's column that is tested is in fen; conditions are in yuan."""
    known = _of_mechanisms()
    return name in known and known[name][1].money


def _only(written: Any) -> Any:
    single = isinstance(written, str | int) and not isinstance(written, bool)
    return {"only": written} if single or isinstance(written, list | tuple) else written


GroupName = str | int
GroupNames = Annotated[tuple[GroupName, ...], BeforeValidator(_one_or_more)]


class SomeGroups(Part):
    """Some groups: by name or number (from 1), a share of them by luck, or those of no other strategy."""

    only: GroupNames = described((), "Names or numbers of the groups", unit="names")
    without: GroupNames = described((), "Names or numbers of the groups left out", unit="names")
    share: Probability | None = param(
        None, "Share of the groups, drawn by luck", unit="share", source="operator's choice", grade="D"
    )
    draw: int = param(
        0,
        "Number of the drawing: strategies with the same one share it",
        unit="number",
        low=0,
        high=999,
        source="operator's choice",
        grade="D",
    )
    other_than: str = described("", "Name of a strategy whose groups are left out", unit="text")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [bool(self.only), bool(self.without), self.share is not None, bool(self.other_than)]
        if sum(given) != 1:
            raise ValueError(
                "groups are chosen in one way; write a list of names, or one of share, without, other_than"
            )
        return self


Groups = Annotated[SomeGroups, BeforeValidator(_only)]
"""As plans write it: a list alone says the names or numbers."""
