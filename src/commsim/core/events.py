"""What happened on a day, in arrays, as strategies see it when they react."""

from dataclasses import dataclass

from commsim.core.arrays import Ints


@dataclass(frozen=True, slots=True)
class Happened:
    """The events of one day.  Persons are row numbers; all arrays of one kind align.

    order_*: every order that holds (teams that filled included; a team's orders appear on the
    day on which it closes).  order_cause: index of the strategy whose offer was taken, -1 for
    the shelf.  join_cause: index of the strategy that brought the newcomer, -1 for none.
    checked_in: who checked in (to the only check-in of the scenario).
    caught_*: shares of envelopes, in fen.
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
    checked_in: Ints
    caught_persons: Ints
    caught_fen: Ints

    def __post_init__(self) -> None:
        """Strategies see the day; none of them can change it for the others."""
        for name in self.__slots__:
            if name != "day":
                getattr(self, name).flags.writeable = False
