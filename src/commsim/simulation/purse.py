"""The money in envelopes: sent, caught, sent on by members, and returned after a day."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.simulation.books import Books
from commsim.simulation.collect import Collector
from commsim.simulation.recorder import Recorder
from commsim.simulation.state import People

RESENT_FEN = 1000  # who sends an envelope on sends 10 yuan in 20 shares at 20 h: assumed, grade D
RESENT_SHARES = 20
RESENT_HOUR = 20


class Purse:
    """Keeps account of envelopes from one day to the next."""

    def __init__(self, people: People, books: Books, recorder: Recorder) -> None:
        self._people, self._books, self._recorder = people, books, recorder
        self._unclaimed = 0
        self._resent: tuple[Any, ...] | None = None

    def morning(self, today: Collector) -> None:
        """Take back what nobody caught yesterday; put out what members send on."""
        self._books.returned(self._unclaimed)
        if self._resent is not None:
            today.add_packets(RESENT_HOUR, *self._resent)
        self._unclaimed, self._resent = 0, None

    def evening(self, day: int, packets: NDArray[np.void], catches: NDArray[np.int64]) -> int:
        """Book the operator's envelopes at what was caught; returns the fen that members send on tomorrow."""
        if not len(packets):
            return 0
        operators = packets["sender"] < 0
        sent = int(packets["total"][operators].sum())
        self._books.send(sent)
        own = catches[operators[catches[:, 2]]]
        person, fen, cause = own[:, 0], own[:, 1], packets["cause"][own[:, 2]]
        self._books.taken(cause, fen, person, self._people.group[person])
        self._recorder.event("payment", day, person, -1, fen, cause)
        self._unclaimed = sent - int(fen.sum())
        on = catches[catches[:, 3] > 0]
        if len(on):  # one a day from each, or generous people would send each other ever more
            on = on[np.sort(np.unique(on[:, 0], return_index=True)[1])]
            sender, row = on[:, 0], packets[on[:, 2]]
            odds = row["resend"], row["slope"]
            where = row["cause"], self._people.group[sender], sender
            self._resent = (*where, RESENT_FEN, RESENT_SHARES, *odds)
        return RESENT_FEN * len(on)
