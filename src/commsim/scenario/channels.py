"""Where members come from: channels, each with its steps to the group, its costs and its calendar."""

import datetime as dt
from collections.abc import Iterator
from math import ceil, prod, sqrt
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import model_validator

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.sources import SOURCES
from commsim.core.part import Part
from commsim.core.units import WEEKDAYS, Day, Fen, Name, Probability, Weekdays, described, param
from commsim.scenario.channel_kinds import STEPS, USUAL, ChannelKind, Usual
from commsim.scenario.errors import Finding
from commsim.strategies.audience import NO_CHANNELS

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

_YOURS = "operator's choice; of its kind if empty: measure it"
MOST_SEATS = 5_000_000


def _share(about: str) -> Probability | None:
    share: Probability | None = param(None, about, unit="share", source=_YOURS, grade="D", assumed=True)
    return share


class Steps(Part):
    """Shares of people who pass each step to the group, of those who have come as far."""

    reach: Probability | None = _share("Of those whom it could reach: who notice it")
    scan: Probability | None = _share("Of these: who scan the code, or click")
    add: Probability | None = _share("Of these: who become a friend of the shop's account")
    join: Probability | None = _share("Of these: who join a group")


class Wave(Part):
    """Some days on which a channel works, and on no others."""

    starts: Day = param(..., "First day", unit="day", source="operator's choice", grade="D")
    days: int = param(1, "Days", unit="days", low=1, high=3650, source="operator's choice", grade="D")
    people: int = param(
        ...,
        "People whom it could reach in these days, evenly",
        unit="persons",
        low=0,
        high=1_000_000_000,
        source="operator's choice",
        grade="D",
    )

    def contacts(self, day: int) -> int:
        """Of a day."""
        k = day - self.starts
        return (k + 1) * self.people // self.days - k * self.people // self.days if 0 <= k < self.days else 0


class Channel(Part):
    """A way in which people come: where they are met, what they do until they join, and what that costs."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (SOURCES,)
    name: Name = described("", "Name in tables and in the ledger; the kind if empty", unit="text")
    kind: ChannelKind = param(
        ...,
        "What it is: a store, cards in parcels, an official account with fans, a live stream, bought ads, "
        "the street, prizes, or adding people in bulk; sets what is usual of it",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    per_day: float | None = param(
        None,
        "People whom it could reach on a day on which it works",
        unit="persons/day",
        low=0.0,
        high=10_000_000.0,
        source="operator's choice",
        grade="D",
    )
    fans: int | None = param(
        None,
        "People whom it could ever reach, each once: followers of an account, the audience of an advert",
        unit="persons",
        low=1,
        high=1_000_000_000,
        source="operator's choice",
        grade="D",
    )
    waves: tuple[Wave, ...] = described((), "Days on which it works, and on no others", unit="list")
    steps: Steps = described(Steps(), "What share passes each step", unit="section")
    lag: int | None = param(
        None, "Days from one step to the next", unit="days", low=0, high=30, source=_YOURS, grade="D"
    )
    tilt: float = param(
        0.0,
        "How much more readily who buys often passes the steps, an exponent of their rate of buying: puts in "
        "how much the steps select",
        unit="exponent",
        low=0.0,
        high=5.0,
        plausible=(0.0, 1.0),
        source="assumed; 0 for steps that select nobody",
        grade="D",
        assumed=True,
    )
    buyers: Probability | None = _share("Of who joins: who has bought from the shop already")
    segment: str = described("", "Segment of all who come; as in the community if empty", unit="name")
    per_contact: Fen | None = param(
        None,
        "Cost of each person whom it could reach (of fans: whom it reaches)",
        unit="yuan",
        low=0,
        source=_YOURS,
        grade="D",
    )
    per_join: Fen | None = param(
        None,
        "Cost of each who joins: a gift, a discount, an advert",
        unit="yuan",
        low=0,
        source=_YOURS,
        grade="D",
    )
    rise: float | None = param(
        None,
        "Share by which both are dearer after a year, day by day",
        unit="share",
        low=-0.9,
        high=10.0,
        plausible=(0.0, 0.4),
        source="operators' lore: bought contacts rose by a third a year from 2020 to 2023; else assumed",
        grade="D",
        assumed=True,
    )
    crowding: float = param(
        0.5,
        "How much dearer people become as the pool of fans is used up, an exponent of the share that is left",
        unit="exponent",
        low=0.0,
        high=3.0,
        plausible=(0.0, 1.0),
        source="assumed",
        grade="D",
        assumed=True,
    )
    budget: Fen | None = param(
        None, "It stops when it has cost this much, staff left out", unit="yuan", low=0,
        source="operator's choice", grade="D",
    )  # fmt: skip
    staff_minutes: float = param(
        0.0,
        "Staff time on a day on which it works",
        unit="minutes",
        low=0.0,
        high=100_000.0,
        source="operator's choice",
        grade="D",
    )
    starts: Day = param(0, "First day", unit="day", source="-", grade="D")
    ends: Day | None = param(
        None, "Last day (inclusive); the end of the run if empty", unit="day", source="-", grade="D"
    )
    weekdays: Weekdays = param(WEEKDAYS, "Weekdays on which it works", unit="weekdays", source="-", grade="D")

    @model_validator(mode="before")
    @classmethod
    def _name_it(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.get("name"):
            return data
        kind = data.get("kind")  # what is wrong with it is told of it alone, not of the name as well
        return {**data, "name": kind if isinstance(kind, str) and kind.strip() else "source"}

    @model_validator(mode="after")
    def _reaches_somebody(self) -> Self:
        if self.per_day is not None and self.waves:
            raise ValueError("has both per_day and waves; give one of them")
        if self.per_day is None and not self.waves and self.fans is None:
            raise ValueError("reaches nobody; give per_day (people a day), waves or fans")
        return self

    @property
    def usual(self) -> Usual:
        """What is usual of its kind, where the plan says nothing else."""
        given = {name: getattr(self.steps, name) for name in STEPS}
        given |= {name: getattr(self, name) for name in Usual._fields if name not in given and name != "asks"}
        return USUAL[self.kind]._replace(**{name: one for name, one in given.items() if one is not None})

    @property
    def spread(self) -> bool:
        """Whether its fans are reached by themselves, spread over the days on which it works."""
        return self.per_day is None and not self.waves

    def works(self, day: int, date: dt.date) -> bool:
        """Whether it works on a day."""
        if self.waves and not any(wave.starts <= day < wave.starts + wave.days for wave in self.waves):
            return False
        ends = day if self.ends is None else self.ends
        return self.starts <= day <= ends and WEEKDAYS[date.weekday()] in self.weekdays

    def days_of(self, scenario: "Scenario") -> list[int]:
        """All days of a run on which it works."""
        start = scenario.start
        return [d for d in range(scenario.days) if self.works(d, start + dt.timedelta(days=d))]

    def contacts(self, day: int, luck: float) -> int:
        """People whom it could reach on a day on which it works; luck decides on parts of a person."""
        if self.per_day is None:
            return sum(wave.contacts(day) for wave in self.waves)
        return int(self.per_day + luck)

    def seats(self, scenario: "Scenario") -> int:
        """Rows that are enough for all who come by it in a run, but for luck of one in a billion."""
        usual, days = self.usual, self.days_of(scenario)
        joins = with_odds(usual.join, getattr(scenario.behaviour, SOURCES.name).welcomed)
        people = sum(self.contacts(day, 1.0) for day in days) if not self.spread else self.fans or 0
        people = people if self.fans is None else min(people, self.fans)
        if not days or not people:
            return 0
        mean = people * float(prod(getattr(usual, name) for name in STEPS[:-1])) * joins
        return min(people, ceil(mean + 6.0 * sqrt(mean) + 10.0))


def with_odds(share: float, factor: float) -> float:
    """A share whose odds are multiplied."""
    return share * factor / (1.0 - share + share * factor)


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """What contradicts itself, or something else, in the sources of a scenario."""
    segments = [segment.name for segment in scenario.community.segments]
    strategies = {strategy.name for strategy in scenario.strategies}
    for i, channel in enumerate(scenario.sources):
        path = ("sources", i)
        if channel.name in strategies or channel.name in ("operator", "shelf", *NO_CHANNELS):
            what = f"the name {channel.name!r} has another meaning in the ledger"
            yield Finding((*path, "name"), what, "give it a name of its own")
        if channel.segment and channel.segment not in segments:
            what = f"there is no segment {channel.segment!r}"
            yield Finding((*path, "segment"), what, f"there are: {', '.join(segments)}")
        if not channel.days_of(scenario):
            what = f"no day of the run of {scenario.days} days is among those on which it works"
            yield Finding(path, what, "mend starts, ends, weekdays or waves")
        if (seats := channel.seats(scenario)) > MOST_SEATS:
            what = f"{seats:,} people would join, more than {MOST_SEATS:,}"
            yield Finding(path, what, "lower its steps, or who it could reach")
