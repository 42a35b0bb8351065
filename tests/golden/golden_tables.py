"""What every shipped plan comes to in one small world.  After a change of numbers that was meant:

    python tests/golden/golden_tables.py

and say in the changelog, under Numbers, what moved and why.
"""

import csv
from pathlib import Path

from commsim.scenario.load import load
from commsim.scenario.schema import Scenario
from commsim.scenario.shipped import shipped
from commsim.simulation.run import simulate

FILE = Path(__file__).with_name("shipped.csv")
NEEDS_FILES = ("real-shop",)
MEMBERS, DAYS, SEED = 600, 28, 7
SUMS = ("looked", "messages", "joined", "left", "orders", "caught", "checked_in", "teams")
LAST = ("members", "muted", "liability")


def small(name: str) -> Scenario:
    """A shipped plan for a few hundred people and four weeks."""
    scenario = load(name)
    members = min(MEMBERS, scenario.community.members)
    community = scenario.community.model_copy(update={"members": members})
    return scenario.model_copy(update={"days": DAYS, "community": community})


def row(name: str) -> dict[str, str]:
    """Sums over the run, states at its end, and money in fen."""
    records = simulate(small(name), SEED)
    daily = records.daily
    found = {"plan": name} | {column: daily[column].sum() for column in SUMS}
    found |= {column: daily[column][-1] for column in LAST}
    found |= {"revenue": daily["revenue"].sum(), "profit": records.ledger["fen"].sum()}
    return {column: str(value) for column, value in found.items()}


def plans() -> list[str]:
    """All shipped plans that need no files of the user's."""
    return sorted(set(shipped()) - set(NEEDS_FILES))


def read() -> dict[str, dict[str, str]]:
    """The stored table, by plan."""
    with FILE.open(newline="", encoding="utf-8") as stream:
        return {stored["plan"]: stored for stored in csv.DictReader(stream)}


def write() -> None:
    """Store what the plans come to now."""
    rows = [row(name) for name in plans()]
    with FILE.open("w", newline="", encoding="utf-8") as stream:
        table = csv.DictWriter(stream, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    write()
