"""Money and points that move at once: what strategies pay and award, staff, newcomers' cost."""

import numpy as np

from commsim.core import effects as e
from commsim.core.arrays import Ints
from commsim.core.effects import Account
from commsim.core.maths import exp, log
from commsim.scenario.schema import Operator
from commsim.simulation.books import Books
from commsim.simulation.kernels.settling import award, redeem
from commsim.simulation.recorder import Recorder
from commsim.simulation.state import People
from commsim.simulation.takes import takes

_STAFF = Account.STAFF  # to ask an enum for a member costs as much as an entry in the books


class Payments:
    """Pays for the operator; ``own`` is the cause of what belongs to no strategy.

    It remembers at which mean worth each person's points were given.  ``day`` is today.  channels: causes of
    the plan's channels, who pay for newcomers themselves.
    """

    def __init__(
        self, operator: Operator, own: int, people: People, books: Books, recorder: Recorder
    ) -> None:
        self._operator, self._own = operator, own
        self._people, self._books, self._recorder = people, books, recorder
        self._worths = np.zeros(len(people.status))
        self.day, self.channels = 0, range(0)

    def running_costs(self, staff: list[tuple[int, float, int | None]], groups: int) -> None:
        """Pay for the day: minutes of staff by cause at a wage, and what each group costs anyway."""
        usual = self._operator.wage_per_hour
        for cause, minutes, wage in (*staff, (self._own, self._operator.minutes_per_group * groups, None)):
            if minutes > 0:
                self._books.charge(_STAFF, cause, round(minutes * (usual if wage is None else wage) / 60))
        if self._operator.tools_per_group:
            self._books.charge(Account.TOOLS, self._own, self._operator.tools_per_group * groups)

    def answers(self, number: float, paid: float) -> None:
        """Pay for the time in which so many members were answered, less the minutes paid already."""
        minutes = number * self._operator.minutes_per_answer - paid
        fen = round(minutes * self._operator.wage_per_hour / 60)
        if fen:
            self._books.charge(Account.STAFF, self._own, fen)

    def newcomers(self, joined: Ints, inviters: Ints) -> None:
        """Pay for who came unasked."""
        alone = joined[inviters < 0]
        if self.channels:
            cause = self._people.join_cause[alone]
            alone = alone[(cause < self.channels.start) | (cause >= self.channels.stop)]
        if len(alone) and self._operator.acquisition:
            years = self.day / 365.0
            fen = round(self._operator.acquisition * exp(log(1.0 + self._operator.acquisition_rise) * years))
            self._pay_each(Account.ACQUISITION, self._own, np.full(len(alone), fen), alone)

    def _pay_each(self, account: Account, cause: int, fen: Ints, persons: Ints) -> None:
        self._books.pay(account, cause, int(fen.sum()))
        if self._books.full:
            self._books.note(account, cause, -fen, persons, self._people.group[persons])

    @takes(e.Pay)
    def _pay(self, effect: e.Pay, cause: int) -> None:
        fen = np.asarray(effect.fen, np.int64)  # of an own strategy it may be of a type without a sign
        self._pay_each(effect.account, cause, fen, effect.persons)
        self._recorder.event("payment", self.day, effect.persons, -1, fen, cause)

    @takes(e.Spend)
    def _spend(self, effect: e.Spend, cause: int) -> None:
        self._books.charge(effect.account, cause, int(effect.fen))

    @takes(e.Award)
    def _award(self, effect: e.Award, cause: int) -> None:
        persons, points = np.asarray(effect.persons, np.int64), np.asarray(effect.points, np.int64)
        fen = np.empty(len(persons), np.int64)
        total = award(self._people.points, self._worths, persons, points, float(effect.worth), fen)
        self._books.award(cause, total)
        if self._books.full:
            self._books.note(Account.POINTS, cause, -fen, persons, self._people.group[persons])

    @takes(e.Redeem)
    def _redeem(self, effect: e.Redeem, cause: int) -> None:
        persons, points = np.asarray(effect.persons, np.int64), np.asarray(effect.points, np.int64)
        goods, owed = np.empty((2, len(persons)), np.int64)
        worth = float(effect.worth)
        sums = redeem(self._people.points, self._worths, persons, points, worth, goods, owed)
        self._books.redeem(cause, *sums)
        if self._books.full:
            changed = goods != owed
            persons, more = persons[changed], (goods - owed)[changed]
            self._books.note(Account.POINTS, cause, -more, persons, self._people.group[persons])
