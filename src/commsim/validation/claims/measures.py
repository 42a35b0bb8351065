"""Numbers of one run that claims are about.  Each is a callable of a `Run` that can be pickled."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from commsim.analysis.measures import account_sums, outcomes
from commsim.scenario.lint import findings
from commsim.validation.claims.claim import Run

WEEK = 7


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the outcomes of `commsim.analysis.measures`, by name."""

    name: str

    def __call__(self, run: Run) -> float:
        return outcomes(run.records)[self.name]


@dataclass(frozen=True, slots=True)
class Days:
    """A column of the daily table summed over days first to last (from 0, inclusive), or part of them.

    last: the end of the run if None.  weekdays: only these, 0 for the weekday of the first day.
    per: another column by whose sum it is divided.
    """

    column: str
    first: int = 0
    last: int | None = None
    weekdays: tuple[int, ...] = tuple(range(WEEK))
    per: str | None = None

    def __call__(self, run: Run) -> float:
        day = run.records.daily["day"]
        last = day[-1] if self.last is None else self.last
        chosen = (day >= self.first) & (day <= last) & np.isin(day % WEEK, self.weekdays)
        total = float(run.records.daily[self.column][chosen].sum())
        return total / max(1.0, float(run.records.daily[self.per][chosen].sum())) if self.per else total


@dataclass(frozen=True, slots=True)
class MeanOf:
    """A column of the daily table, its mean over days first to last (from 0, inclusive)."""

    column: str
    first: int
    last: int

    def __call__(self, run: Run) -> float:
        return Days(self.column, self.first, self.last)(run) / (self.last - self.first + 1)


@dataclass(frozen=True, slots=True)
class Last:
    """A column of the daily table on the last day."""

    column: str

    def __call__(self, run: Run) -> float:
        return float(run.records.daily[self.column][-1])


@dataclass(frozen=True, slots=True)
class Profit:
    """Yuan earned on days first to last (inclusive; the end of the run if None)."""

    first: int = 0
    last: int | None = None

    def __call__(self, run: Run) -> float:
        day, fen = run.records.ledger["day"], run.records.ledger["fen"]
        last = run.records.days if self.last is None else self.last
        return float(fen[(day >= self.first) & (day <= last)].sum()) / 100


@dataclass(frozen=True, slots=True)
class Booked:
    """Yuan in the books of one strategy, on some accounts or on all, on days first to last (inclusive)."""

    cause: str
    accounts: tuple[str, ...] = ()
    first: int = 0
    last: int | None = None

    def __call__(self, run: Run) -> float:
        of, last = run.records, run.records.days if self.last is None else self.last
        chosen = of.ledger["cause"] == of.causes.index(self.cause)
        chosen &= (of.ledger["day"] >= self.first) & (of.ledger["day"] <= last)
        if self.accounts:
            chosen &= np.isin(of.ledger["account"], [of.accounts.index(name) for name in self.accounts])
        return float(of.ledger["fen"][chosen].sum()) / 100


@dataclass(frozen=True, slots=True)
class PerTeam:
    """Yuan that a strategy earns on each team that filled, before staff."""

    cause: str

    def __call__(self, run: Run) -> float:
        filled = Days("teams")(run) - Days("teams_failed")(run)
        return Booked(self.cause, ("sales", "discount", "goods"))(run) / max(1.0, filled)


@dataclass(frozen=True, slots=True)
class LivelyGroups:
    """Share of groups with a message or more a day in the last week."""

    def __call__(self, run: Run) -> float:
        recent = run.records.groups["day"] >= run.records.days - WEEK
        group, talk = run.records.groups["group"][recent], run.records.groups["messages"][recent]
        return float(np.mean(np.bincount(group, talk) >= WEEK))


@dataclass(frozen=True, slots=True)
class Halving:
    """Days after a day until a week has half of the looks of the week before that day; at most ``most``."""

    after: int
    most: int

    def __call__(self, run: Run) -> float:
        looked = run.records.daily["looked"]
        weekly = np.convolve(looked, np.ones(WEEK), "valid")
        before = weekly[self.after - WEEK]
        below = np.flatnonzero(weekly[self.after :] < before / 2)
        return float(below[0]) if below.size else float(self.most)


@dataclass(frozen=True, slots=True)
class SharedTop:
    """Share of the tenth of members who write most that is also among the tenth who spend most."""

    def __call__(self, run: Run) -> float:
        members = run.records.members
        was = members["status"] > 0
        talkers, buyers = (_top_tenth(members[column][was]) for column in ("messages", "spent"))
        return float(np.isin(talkers, buyers).mean())


def _top_tenth(values: NDArray[Any]) -> NDArray[np.intp]:
    return np.argsort(values, kind="stable")[-max(1, len(values) // 10) :]


@dataclass(frozen=True, slots=True)
class OrdersOfFounders:
    """Orders in the run of those who were members on the first morning."""

    def __call__(self, run: Run) -> float:
        members = run.records.members
        return float(members["orders"][members["joined"] < 0].sum())


@dataclass(frozen=True, slots=True)
class Buyers:
    """Persons with an order in the run."""

    def __call__(self, run: Run) -> float:
        return float(np.count_nonzero(run.records.members["orders"]))


@dataclass(frozen=True, slots=True)
class PerNewcomer:
    """Yuan that a strategy cost, staff left out, for each person who joined."""

    cause: str

    def __call__(self, run: Run) -> float:
        paid = Booked(self.cause, ("commission", "gifts"))(run)
        return -paid / max(1.0, Days("joined")(run))


@dataclass(frozen=True, slots=True)
class PerJoined:
    """Yuan on an account for each person who joined, on days first to last (inclusive)."""

    account: str
    first: int
    last: int

    def __call__(self, run: Run) -> float:
        of = run.records.ledger
        chosen = of["account"] == run.records.accounts.index(self.account)
        chosen &= (of["day"] >= self.first) & (of["day"] <= self.last)
        joined = Days("joined", self.first, self.last)(run)
        return -float(of["fen"][chosen].sum()) / 100 / max(1.0, joined)


@dataclass(frozen=True, slots=True)
class Unbooked:
    """Yuan by which the causes in the ledger miss the accounts, and both what customers paid."""

    def __call__(self, run: Run) -> float:
        of = run.records
        causes = sum(Booked(cause)(run) for cause in of.causes)
        sums = account_sums(of)
        paid = sums.get("sales", 0) + sums.get("discount", 0) - int(of.daily["revenue"].sum())
        return abs(causes - sum(sums.values()) / 100) + abs(paid) / 100


@dataclass(frozen=True, slots=True)
class Warnings:
    """Warnings about the plan that have some words in them."""

    words: str

    def __call__(self, run: Run) -> float:
        return float(sum(self.words in finding.what for finding in findings(run.scenario)))


@dataclass(frozen=True, slots=True)
class RefusedLevels:
    """1 if the plan is refused as pyramid selling with so many levels in its first strategy, else 0."""

    levels: int

    def __call__(self, run: Run) -> float:
        plan = run.scenario.model_dump()
        plan["strategies"][0]["levels"] = (0.1,) * self.levels
        try:
            type(run.scenario).model_validate(plan)
        except ValidationError as error:
            return float(any("pyramid selling" in one["msg"] for one in error.errors()))
        return 0.0
