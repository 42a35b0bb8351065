"""What one run leaves behind, in memory: columns by table, readable without the engine."""

from dataclasses import dataclass, field, replace

from commsim.core.arrays import Columns
from commsim.core.harmless import for_terminal
from commsim.core.notebook import figure, html_table
from commsim.core.units import FEN_PER_YUAN


@dataclass(frozen=True, repr=False)
class Records:
    """The results of one run.  Tables are dicts of equally long numpy columns; money is in fen.

    daily: one row per day (members, looked, messages, orders, revenue ...).
    ledger: profit and loss per day, account and cause: ``day``, ``account`` and ``cause`` (indices
    into `accounts` and `causes`), ``fen`` (income positive, cost negative).
    groups: one row per group and day; `group_name` tells what each is called.
    hours: one row per day and hour of the day.
    products: one row per product and day on which it was sold or spoilt, of plans with ``goods``, else empty.
    events, members, entries: filled at full detail only, else empty.  ``entries`` is the ledger
    entry by entry, with person and group (-1 for none).
    """

    scenario: str
    seed: int
    days: int
    accounts: tuple[str, ...]
    causes: tuple[str, ...]
    daily: Columns
    ledger: Columns
    groups: Columns
    hours: Columns = field(default_factory=dict)
    products: Columns = field(default_factory=dict)
    events: Columns = field(default_factory=dict)
    members: Columns = field(default_factory=dict)
    entries: Columns = field(default_factory=dict)
    group_names: tuple[str, ...] = ()

    def __repr__(self) -> str:
        told = ", ".join(f"{name} {figure(value, '')}" for name, value in self._sums().items())
        return for_terminal(f"<Records of {self.scenario!r}, {self.days} days, seed {self.seed}: {told}>")

    def _repr_html_(self) -> str:
        """For notebooks: what the run came to, and how many rows each table has."""
        tables = ("daily", "ledger", "groups", "hours", "products", "events", "members", "entries")
        kept = {name: len(next(iter(table.values()))) for name in tables if (table := getattr(self, name))}
        rows = [(name, figure(value, "")) for name, value in self._sums().items()]
        rows += [(f"rows of .{name}", f"{count:,}") for name, count in kept.items()]
        return html_table(f"{self.scenario}, {self.days} days, seed {self.seed}", ("", ""), rows)

    def _sums(self) -> dict[str, float]:
        if not self.days:
            return {}
        return {
            "members at the end": int(self.daily["members"][-1]),
            "joined": int(self.daily["joined"].sum()),
            "left": int(self.daily["left"].sum()),
            "orders": int(self.daily["orders"].sum()),
            "revenue, yuan": self.daily["revenue"].sum() / FEN_PER_YUAN,
            "profit, yuan": self.ledger["fen"].sum() / FEN_PER_YUAN,
        }

    def first(self, days: int) -> "Records":
        """What the run had left after so many days; without ``members``, who stand as at its end."""

        def until(table: Columns) -> Columns:
            kept = table["day"] < days if table else slice(None)
            return {name: column[kept] for name, column in table.items()}

        return replace(
            self,
            days=min(days, self.days),
            daily=until(self.daily),
            ledger=until(self.ledger),
            groups=until(self.groups),
            hours=until(self.hours),
            products=until(self.products),
            events=until(self.events),
            members={},
            entries=until(self.entries),
        )

    def group_name(self, group: int) -> str:
        """The user's name of a group, or its number, counted from 1."""
        named = 0 <= group < len(self.group_names)
        return (self.group_names[group] if named else "") or str(group + 1)
