"""The rows of a table of exports that can be used, and remarks on the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Ints
from commsim.exchange.recognise import Layout
from commsim.exchange.sheets import Sheet


@dataclass(frozen=True)
class Remark:
    """So many rows about which there is something to say.

    line: of the first one, 0 for none.  column: the one that it is about.
    """

    what: str
    rows: int
    line: int = 0
    column: str = ""


@dataclass
class Read:
    """The rows of a table that can be used.

    people: hashes by column.  values: days as ordinals, fen, counts.  texts: of groups.  rows: how many there
    were, all in all.  staff: who of them works for the operator.
    """

    sheet: Sheet
    layout: Layout
    lines: Ints
    people: dict[int, NDArray[np.object_]]
    values: dict[str, Ints]
    groups: NDArray[np.object_]
    staff: Bools
    rows: int
    remarks: list[Remark] = field(default_factory=list)
    used: int = 0

    @property
    def kind(self) -> str:
        """Name of the kind."""
        return self.layout.kind.name

    def keep(self, chosen: Bools, why: str, column: str = "") -> None:
        """Go on with some rows, and remark on the others, if any."""
        self.remark(~chosen, why, column)
        self.lines, self.groups, self.staff = self.lines[chosen], self.groups[chosen], self.staff[chosen]
        self.people = {at: column[chosen] for at, column in self.people.items()}
        self.values = {name: column[chosen] for name, column in self.values.items()}

    def remark(self, which: Bools, what: str, column: str = "") -> None:
        """Remark on rows, if any."""
        if which.any():
            line = int(self.lines[np.argmax(which)])
            self.remarks.append(Remark(what, int(which.sum()), line, column))


def matching(texts: Sequence[str], pattern: str) -> Bools:
    """Which texts have a pattern in them."""
    known = {text: re.search(pattern, text, re.IGNORECASE) is not None for text in set(texts)}
    return np.fromiter((known[text] for text in texts), np.bool_, len(texts))
