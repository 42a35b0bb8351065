"""Other shops that sell the same, and when they are cheaper or dearer than usual."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from commsim.core.dates import month_ends
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.rivals import RIVALS
from commsim.core.part import Part
from commsim.core.units import (
    WEEKDAYS,
    Day,
    MonthDays,
    Name,
    Off,
    Portion,
    Probability,
    Weekdays,
    described,
    param,
)
from commsim.core.written import LAST
from commsim.scenario.errors import Finding

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

USUAL_SHARE = 0.7
"""Of the need of our people, all rivals together."""


class RivalSale(Part):
    """Days on which a rival asks another price than usual."""

    starts: Day = param(0, "First day", unit="day", source="-", grade="D")
    days: int | None = param(
        None, "Days from then on; to the end if empty", unit="days", low=1, high=3650, source="-", grade="D"
    )
    discount: Off = param(
        ...,
        "Share off the rival's usual price; below 0 it is dearer",
        unit="share",
        low=-2.0,
        high=0.95,
        source="-",
        grade="D",
    )
    weekdays: Weekdays = param(WEEKDAYS, "Weekdays on which it holds", unit="weekdays", source="-", grade="D")
    month_days: MonthDays = param(
        (),
        "Days of the month on which it holds, -1 for the last; all if empty",
        unit="month days",
        source="-",
        grade="D",
    )

    def holds(self, day: int, date: dt.date) -> bool:
        """Whether it is on."""
        last = day if self.days is None else self.starts + self.days - 1
        ends = month_ends(date) and LAST in self.month_days
        due = not self.month_days or date.day in self.month_days or ends
        return self.starts <= day <= last and due and WEEKDAYS[date.weekday()] in self.weekdays


class Rival(Part):
    """A shop that sells the same to our people."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (RIVALS,)
    name: Name = described("rival", "Name", unit="text")
    share: Probability = param(
        USUAL_SHARE,
        "Part of all that our people need of such goods which they buy there while nobody promotes anything",
        unit="share",
        source="a brand fills 25-40 % of its buyers' need (Ehrenberg et al. 2004); of that range what lets "
        "10 to 20 % off take a third of its bump from others (van Heerde et al. 2004): "
        "chosen after looking; how it differs between people: as in Goodhardt et al. 1984",
        grade="C",
    )
    segments: dict[str, Probability] = described(
        {}, "The same for segments where it is another, by their names", unit="names"
    )
    growth: Portion = param(
        0.0,
        "Growth of its pool of customers a month",
        unit="share",
        low=-0.5,
        high=1.0,
        source="-",
        grade="D",
    )
    sales: tuple[RivalSale, ...] = described((), "When its prices are not the usual ones", unit="list")

    def discount(self, day: int, date: dt.date) -> float:
        """Share off its usual price today: the deepest of all that hold."""
        return max((sale.discount for sale in self.sales if sale.holds(day, date)), default=0.0)

    def part(self, segment: str) -> float:
        """Its part of the need of a segment."""
        return self.segments.get(segment, self.share)


def of_segment(rivals: Sequence[Rival], segment: str) -> float:
    """What all of them fill of a segment's need."""
    return sum(rival.part(segment) for rival in rivals)


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """What contradicts itself in the rivals of a scenario."""
    rivals, known = scenario.rivals, [segment.name for segment in scenario.community.segments]
    for i, rival in enumerate(rivals):
        for name in rival.segments:
            if name not in known:
                what = f"there is no segment {name!r}"
                yield Finding(("rivals", i, "segments", name), what, f"there are: {', '.join(known)}")
        for k, sale in enumerate(rival.sales):
            if not sale.weekdays:
                what = "is empty: the sale would never be"
                yield Finding(("rivals", i, "sales", k, "weekdays"), what, "name at least one weekday")
            if sale.starts >= scenario.days:
                what = f"day {sale.starts} is after the run of {scenario.days} days"
                yield Finding(("rivals", i, "sales", k, "starts"), what, f"at most {scenario.days - 1}")
    for name in known:
        if (share := of_segment(rivals, name)) >= 1.0:
            yield Finding(
                ("rivals",),
                f"they fill {share:.0%} of what segment {name!r} needs, and nothing is left to buy from us",
                "give each a share, and let them add up to less than 1",
            )
