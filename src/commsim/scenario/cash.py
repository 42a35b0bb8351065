"""Cash of the operator: what there is to begin with, and when money comes in and goes out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.cash import CASH
from commsim.core.part import Part
from commsim.core.units import Fen, Name, Portion, described, param, to_yuan
from commsim.scenario.errors import Finding

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

MONTH = 30
"""Days for which a monthly cost is paid."""
USUAL_BUFFER = 27
"""Days of its usual outlays that the median small firm can pay from cash (JPMorgan Chase Institute 2016)."""


class Fixed(Part):
    """What has to be paid whatever is sold: rent, salaries, subscriptions."""

    name: Name = described("fixed", "Name", unit="text")
    per_month: Fen = param(..., "Cost of 30 days", unit="yuan", low=0, source="operator's choice", grade="D")
    months_ahead: int = param(
        0,
        "Months that are paid together beforehand, such as 3 for rent by the quarter; 0: each at its end",
        unit="months",
        low=0,
        high=12,
        source="operator's choice",
        grade="D",
    )

    def cost(self, day: int) -> int:
        """Fen of a day: whole fen, 30 days of which are the month to the fen."""
        at = day % MONTH
        return self.per_month * (at + 1) // MONTH - self.per_month * at // MONTH

    def due(self, day: int) -> int:
        """Fen to be paid on a day."""
        if self.months_ahead:
            return self.per_month * self.months_ahead * (day % (MONTH * self.months_ahead) == 0)
        return self.per_month * (day % MONTH == MONTH - 1)


class Cash(Part):
    """Cash of the operator, and when money comes in and goes out."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (CASH,)
    opening: Fen = param(
        ..., "Cash on the first morning", unit="yuan", low=0, source="operator's choice", grade="D"
    )
    credit: Fen = param(
        0, "Most that a bank lends beside it", unit="yuan", low=0, source="operator's choice", grade="D"
    )
    interest: Portion = param(
        0.12,
        "Interest a year on what is drawn of the credit",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.04, 0.24),
        source="assumed: between bank loans to small firms and the most that courts enforce",
        grade="D",
    )
    pays_suppliers_after: int = param(
        0,
        "Days from an order to the payment of its goods",
        unit="days",
        low=0,
        high=365,
        plausible=(0, 60),
        source="operator's choice",
        grade="D",
    )
    customers_pay_after: int = param(
        1,
        "Days from a payment by a member, ahead of orders too, to its arrival; platforms pay the next day",
        unit="days",
        low=0,
        high=90,
        source="platform",
        grade="B",
    )
    pays_staff_every: int = param(
        MONTH,
        "Days whose wages for hours of work are paid together, at their end",
        unit="days",
        low=1,
        high=MONTH,
        source="operator's choice",
        grade="D",
    )
    fixed: tuple[Fixed, ...] = described((), "What has to be paid whatever is sold", unit="list")

    @property
    def fixed_per_month(self) -> int:
        """Fen of all fixed costs in 30 days."""
        return sum(one.per_month for one in self.fixed)


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """What contradicts itself in a plan's cash."""
    cash = scenario.cash
    if cash is None:
        return
    first = sum(one.due(0) for one in cash.fixed)
    if cash.opening + cash.credit < first:
        there, due = to_yuan(cash.opening + cash.credit), to_yuan(first)
        yield Finding(
            ("cash", "opening"),
            f"with the credit there are {there:,} yuan, and {due:,} yuan of fixed costs are due on the "
            "first day",
            "put in more, or let fewer months be paid ahead",
        )


def thin(scenario: "Scenario") -> Iterator[Finding]:
    """Warn of cash that lasts for fewer days of fixed costs than is usual."""
    cash = scenario.cash
    if cash is None or not cash.fixed_per_month:
        return
    days = (cash.opening + cash.credit) * MONTH / cash.fixed_per_month
    if days < USUAL_BUFFER:
        yield Finding(
            ("cash", "opening"),
            f"with the credit it pays {days:.0f} days of fixed costs; half of small firms could pay "
            f"{USUAL_BUFFER} days of all their costs",
            "compare with more cash: the chance of running out of money tells whether it matters",
        )
