"""Text tables: separators, columns and cells, with line numbers for what is wrong."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats
from commsim.core.errors import InputError
from commsim.core.units import MAX_NAME
from commsim.population.files import Source, read_text, unusable
from commsim.scenario.explain import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    Text = pd.Series[str]

_SEPARATORS = ",\t;"
_MOST_TOLD = 20
_DAY = r"^\s*((?:19|20|21)\d\d)(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))(?:[ T].*)?$"
"""Year, month, day in this order, as 2026-03-02, 2026/3/2, 20260302 or 2026年3月2日; a time is ignored."""


@dataclass(frozen=True)
class Table:
    """A table of text cells.  field: the part of the scenario that names the file and its columns."""

    source: Source
    frame: "pd.DataFrame"
    field: str
    encoding: str | None
    separator: str

    def column(self, setting: str, name: str) -> "Text":
        """A column that must be there; ``setting`` is what renames it in the scenario."""
        if name not in self.frame.columns:
            hint = f"{did_you_mean(name, self.frame.columns)} the columns are {self._told()}".strip()
            raise InputError(
                f"there is no column {name!r}",
                where=f"{self.source.path}:1",
                remedy=f"{hint}; set {self.field}.{setting} to the right one",
            )
        return self.frame[name].str.strip()

    def _told(self) -> str:
        """The names of the columns, cut where nobody would read on."""
        names = [name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}..." for name in self.frame.columns]
        more = f" and {len(names) - _MOST_TOLD:,} more" if len(names) > _MOST_TOLD else ""
        return ", ".join(names[:_MOST_TOLD]) + more

    def optional(self, setting: str, name: str | None) -> "Text | None":
        """A column of the usual name ``setting``, if ``name`` is empty and there is one; that of ``name``,
        which must be there; None if there is none, or none is to be read.
        """
        if name is None or (not name and setting not in self.frame.columns):
            return None
        return self.column(setting, name or setting)

    def refuse(self, wrong: Bools, what: Callable[[int], str], remedy: str) -> None:
        """Raise InputError at the first wrong row, if any; ``what`` describes a row by its position."""
        count = int(np.count_nonzero(wrong))
        if count:
            first = int(np.argmax(wrong))
            more = f" (and {count - 1:,} more such rows)" if count > 1 else ""
            raise InputError(
                what(first) + more, where=f"{self.source.path}:{self.line(first)}", remedy=remedy
            )

    def line(self, position: int) -> int:
        """Line of the file on which a row stands; the header is line 1, a cell may hold several lines."""
        text = io.StringIO(read_text(self.source, self.encoding), newline="")
        rows = csv.reader(text, delimiter=self.separator)
        before = islice(rows, int(self.frame.index[position]) + 1)
        return max((rows.line_num for _ in before), default=0) + 1

    def numbers(self, text: "Text", remedy: str = "correct it or leave the cell empty") -> Floats:
        """Cells as numbers of at least 0; blank cells as NaN."""
        import pandas as pd

        values = pd.to_numeric(text, errors="coerce").to_numpy(np.float64, na_value=np.nan)
        blank = text.to_numpy() == ""
        self.refuse(
            ~blank & ~(np.isfinite(values) & (values >= 0)),
            lambda i: f"{text.name} is {text.iloc[i]!r}, not a number of at least 0",
            remedy,
        )
        return np.where(blank, np.nan, values)

    def days(self, text: "Text", *, blank: bool = False) -> NDArray[np.int64]:
        """Cells as days since 1970; blank cells, if allowed, as the smallest integer."""
        import pandas as pd

        short = text.str.slice(0, 11)
        codes, distinct = pd.factorize(short)
        parts = pd.Series(distinct, dtype=str).str.extract(_DAY)
        month, day = parts[1].fillna(parts[3]), parts[2].fillna(parts[4])
        parsed = pd.to_datetime({"year": parts[0], "month": month, "day": day}, errors="coerce")
        days = parsed.to_numpy().astype("datetime64[D]").astype(np.int64)[codes]
        missing = np.isnat(parsed.to_numpy())[codes]
        if blank:
            missing &= short.to_numpy() != ""
        self.refuse(
            missing,
            lambda i: f"{text.name} is {text.iloc[i]!r}, not a date",
            "write dates with the year first, as 2026-03-02",
        )
        return np.asarray(days)


def read_table(source: Source, field: str, encoding: str | None) -> Table:
    """A table with a header line, separated by commas, semicolons or tabs.  Raises InputError."""
    text = read_text(source, encoding)
    separator = max(_SEPARATORS, key=text.split("\n", 1)[0].count)
    frame = parse(source, text, separator=separator, header=0)
    frame.columns = frame.columns.astype(str).str.strip()
    if not len(frame):
        raise unusable(source, "has a header but no rows", "add one line per row")
    return Table(source, frame, field, encoding, separator)


def parse(source: Source, text: str, *, separator: str, header: int | None) -> "pd.DataFrame":
    """Cells as text; blank lines dropped, the index still counts them."""
    import pandas as pd

    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            header=header,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            skipinitialspace=True,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = str(error).replace("Error tokenizing data. C error: ", "").strip()
        raise unusable(source, f"is not a table ({reason})", "give every row the same columns") from None
    if not isinstance(frame.index, pd.RangeIndex):
        raise unusable(
            source,
            "has rows with more cells than the first line",
            "name every column in the first line, with nothing above it",
        )
    hollow = frame[frame.iloc[:, 0] == ""]  # the other cells of these rows only: a table may be wide
    return frame.drop(hollow.index[(hollow == "").all(axis=1)]) if len(hollow) else frame
