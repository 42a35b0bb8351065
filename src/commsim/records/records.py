"""What one run leaves behind, in memory: columns by table, readable without the engine."""

from dataclasses import dataclass, field

from commsim.core.arrays import Columns


@dataclass(frozen=True)
class Records:
    """The results of one run.  Tables are dicts of equally long numpy columns; money is in fen.

    daily: one row per day (members, looked, messages, orders, revenue ...).
    ledger: profit and loss per day, account and cause: ``day``, ``account`` and ``cause`` (indices
    into `accounts` and `causes`), ``fen`` (income positive, cost negative).
    groups: one row per group and day; `group_name` tells what each is called.
    events, members, entries: filled at full detail only, else empty.  ``entries`` is the ledger
    entry by entry, with person and group (-1 for none).
    """

    scenario: str
    seed: int
    days: int
    accounts: tuple[str, ...]
    causes: tuple[str, ...]
    daily: Columns = field(repr=False)
    ledger: Columns = field(repr=False)
    groups: Columns = field(repr=False)
    events: Columns = field(default_factory=dict, repr=False)
    members: Columns = field(default_factory=dict, repr=False)
    entries: Columns = field(default_factory=dict, repr=False)
    group_names: tuple[str, ...] = field(default=(), repr=False)

    def group_name(self, group: int) -> str:
        """The user's name of a group, or its number, counted from 1."""
        named = 0 <= group < len(self.group_names)
        return (self.group_names[group] if named else "") or str(group + 1)
