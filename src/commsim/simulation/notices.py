"""What the operator does today, as the kernels read it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools
from commsim.simulation.dials import Dials

NARROW = np.dtype(
    [
        ("audience", "i8"),
        ("posts", "f8"),
        ("empty", "f8"),  # how many of them
        ("deals", "f8"),
        ("content", "f8"),  # this and `trust` with its sign and squared, as they add up
        ("trust", "f8"),
        ("price", "f8"),  # log of the lowest price on show over the usual one
    ]
)
"""What only some members get: posts, what they are worth, and prices."""

SALE = np.dtype(
    [
        ("cause", "i8"),
        ("stream", "u8"),
        ("product", "i8"),
        ("price", "f8"),  # log of price over the usual price, a sample's at most; of a team's first rung
        ("sample", "f8"),  # hazard of taking it as a first sample, 0 for what is none
        ("attendance", "f8", (4,)),  # rate of being there, see `clock.attendance`
        ("hours", "f8"),  # for which it is open today
        ("stock", "i8"),  # pieces left, -1 for no limit
        ("cue", "f8"),  # log uplift of scarcity and of a last call
        ("habit", "i8"),  # row of the habit matrix for the slot, and for all of the strategy's
        ("any_habit", "i8"),
        ("audience", "i8"),
        ("previewed", "i8"),  # bit k: a warm-up post k days ago
        ("asks", "i8"),
        ("yes", "f8"),  # chance that a friend joins, over the mean readiness to; likewise:
        ("wait", "f8"),
        ("outside", "?"),
        ("lift", "f8"),  # log uplift for who is there, beside what is promoted
        ("pooled", "?"),  # who is there sees what all groups have bought, not theirs alone
        ("countdown", "f8"),  # last minutes that are counted down
        ("few", "i8"),  # pieces left at which members see that they are few, -1 if they don't
    ]
)
"""An offer, or a team offer (which also has asks, yes, wait, outside)."""

HINT = np.dtype([("sale", "i8"), ("days", "i8"), ("audience", "i8")])
"""A post of another strategy that told of a sale (its row) some days ago."""

CALL = np.dtype([("sale", "i8"), ("audience", "i8")])
"""A call to a sale (its row) that only some members hear."""

ASKING = np.dtype(
    [
        ("cause", "i8"),
        ("row", "i8"),  # of the matrix of who was asked
        ("stream", "u8"),
        ("mean", "f8"),
        ("quality", "f8"),
        ("audience", "i8"),
    ]
)
"""A campaign that asks lookers to bring friends."""


class Sales(NamedTuple):
    """Offers in order of their hour: records of `SALE`, and what is as wide as the scenario.

    number: of today's, the first of so many rows, and of hints and calls, likewise; an array of three.
    appeal: factor by kind of customer.  groups: where.  calls: how strongly each group is called to it.
    sizes, fen: ladder of a team offer; a plain offer has sizes[j, 0] == 0 and its price in fen[j, 0].  hints:
    records of `HINT`, and the groups that each went to.  some: records of `CALL`, and how strongly in each
    group.  there: members who came, filled in when it opens.  persons: audiences, see
    `audiences.Audiences.table`; an ``audience`` of -1 is everybody.
    """

    number: NDArray[np.int64]
    rows: NDArray[np.void]
    appeal: NDArray[np.float64]
    groups: Bools
    calls: NDArray[np.float64]
    sizes: NDArray[np.int64]
    fen: NDArray[np.int64]
    hints: NDArray[np.void]
    hinted: Bools
    some: NDArray[np.void]
    some_called: NDArray[np.float64]
    there: NDArray[np.int64]
    persons: Bools


class Asking(NamedTuple):
    """Campaigns of today: records of `ASKING`, and whom they ask.

    occasions: number of the occasion by campaign and group, -1 where it does not ask.  asked: the last
    one at which each person was asked, likewise.  outsiders: rows of the first from outside, and after the
    last.  persons: audiences, as in `Sales`.
    """

    rows: NDArray[np.void]
    occasions: NDArray[np.int16]
    asked: NDArray[np.int16]
    outsiders: tuple[int, int]
    persons: Bools


class Reaching(NamedTuple):
    """Records of `NARROW` with the groups that each of them goes to, and audiences, as in `Sales`."""

    rows: NDArray[np.void]
    groups: Bools
    persons: Bools


class Today(NamedTuple):
    """What holds today: the tables that the day's effects of the core and the mechanisms' dials make.

    notices: by group, rows as in `columns.NOTICES`.  habits: strength by row (`SALE`) and person.
    """

    notices: NDArray[np.float64]
    narrow: Reaching
    dials: Dials
    sales: Sales
    asking: Asking
    habits: NDArray[np.float32]
