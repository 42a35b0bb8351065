"""What a run has kept, apart from the world that lived it."""

from typing import NamedTuple

from commsim.core.arrays import Columns
from commsim.records.records import Records
from commsim.records.tables import as_declared
from commsim.simulation.books import ACCOUNTS, Books
from commsim.simulation.recorder import Recorder


class Kept(NamedTuple):
    """All that records are made of.  members: their table, empty at daily detail."""

    scenario: str
    seed: int
    days: int
    causes: tuple[str, ...]
    group_names: tuple[str, ...]
    recorder: Recorder
    books: Books
    members: Columns

    def records(self) -> Records:
        """The tables."""
        recorder, books = self.recorder, self.books
        tables = {
            "daily": recorder.daily(),
            "ledger": books.ledger(),
            "groups": recorder.groups(),
            "hours": recorder.hours(),
            "products": recorder.products(),
            "events": recorder.events(),
            "members": self.members,
            "entries": books.entries(),
        }
        return Records(
            scenario=self.scenario,
            seed=self.seed,
            days=self.days,
            accounts=tuple(account.value for account in ACCOUNTS),
            causes=self.causes,
            group_names=self.group_names,
            **{name: as_declared(name, columns) for name, columns in tables.items()},
        )
