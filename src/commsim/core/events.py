"""What happened on a day, in arrays, as strategies see it when they react."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commsim.core.arrays import Ints
from commsim.core.mechanism import NOBODY, Event, Occurred


@dataclass(frozen=True, slots=True)
class Happened:
    """The events of one day.  Persons are row numbers; all arrays of one kind align.

    order_*: every order that holds (teams that filled included; a team's orders appear on the
    day on which it closes).  order_cause: index of the strategy whose offer was taken, -1 for
    the shelf.  join_cause: index of the strategy that brought the newcomer, -1 for none.
    more: what mechanisms tell, by name of the event; see `of`.
    """

    day: int
    lookers: Ints
    order_persons: Ints
    order_products: Ints
    order_fen: Ints
    order_cause: Ints
    joined: Ints
    join_inviters: Ints
    join_cause: Ints
    left: Ints
    muted: Ints
    unmuted: Ints
    more: Mapping[str, Occurred] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Strategies see the day; none of them can change it for the others."""
        for array in (
            self.lookers, self.order_persons, self.order_products, self.order_fen, self.order_cause,
            self.joined, self.join_inviters, self.join_cause, self.left, self.muted, self.unmuted,
        ):  # fmt: skip
            array.setflags(write=False)
        for occurred in self.more.values():
            for array in occurred:
                array.setflags(write=False)

    def of(self, event: Event) -> Occurred:
        """To whom an event of a mechanism happened today; nobody where the plan does not use it."""
        return self.more.get(event.name, NOBODY)
