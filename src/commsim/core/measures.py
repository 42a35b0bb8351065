"""What is told of a run: the measures, with their units and which way is better."""

from dataclasses import dataclass
from typing import Literal

from commsim.core.effects import Account

Unit = Literal["yuan", "persons", "share", "orders", "messages", "groups", "days"]
RECENT = 7
"""Days at the end of a run over which looking and talk are averaged: one week, so that weekdays cancel."""


BESIDE_ORDERS = Account.FEES, Account.BREAKAGE, Account.ENTRY_FEES, Account.PASSED_ON
"""Accounts of income that is no order."""
COSTS = tuple(a for a in Account if a not in (Account.SALES, Account.DISCOUNT, *BESIDE_ORDERS))
"""Accounts that stand between income and profit."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number about a run: stable name for files, label for people, and unit.

    cost: left out of tables where it is zero everywhere.  extra: left out there too, and yet more of it is
    better.  decides: plans may be ranked by it, since more of it is better.  fewer: less of it is better, as
    of costs.
    """

    name: str
    label: str
    unit: Unit
    cost: bool = False
    extra: bool = False
    decides: bool = False
    fewer: bool = False

    @property
    def more_is_better(self) -> bool:
        """Whether a plan wants at least so much of it, and not at most."""
        return not (self.cost or self.fewer)

    @property
    def optional(self) -> bool:
        """Whether it is left out of tables where it is zero everywhere."""
        return self.cost or self.extra


def _label(account: Account) -> str:
    return "Cost: " + {Account.WRITE_OFF: "write-off", Account.PARTIES: "other parties"}.get(
        account, account.replace("_", " ")
    )


MEASURES: tuple[Measure, ...] = (
    Measure("members", "Members at the end", "persons", decides=True),
    Measure("active", f"Look in on a day (last {RECENT} days)", "share", decides=True),
    Measure("messages", f"Messages per group and day (last {RECENT} days)", "messages", decides=True),
    Measure("by_members", f"Of all messages, by members (last {RECENT} days)", "share"),
    Measure("muted", "Muted at the end", "share", fewer=True),
    Measure(
        "satisfaction",
        f"Satisfaction with service above the usual (last {RECENT} days)",
        "share",
        extra=True,
    ),
    Measure("posts_beyond", "Posts beyond the platform's limits", "messages", cost=True),
    Measure("messages_beyond", "Messages beyond members' limits", "messages", cost=True),
    Measure("self_run", "Days that groups run by themselves", "days", extra=True),
    Measure("joined", "Joined", "persons", decides=True),
    Measure("left", "Left", "persons", fewer=True),
    Measure("orders", "Orders", "orders", decides=True),
    Measure("revenue", "Revenue, as paid", "yuan", decides=True),
    Measure("discount", "Discounts, not in revenue", "yuan", cost=True),
    Measure("fees", "Fees earned, not in revenue", "yuan", extra=True),
    Measure("breakage", "Paid ahead and never used", "yuan", extra=True),
    Measure("entry_fees", "Entry fees of agents", "yuan", extra=True),
    Measure("passed_on", "Passed on by partners out of their part", "yuan", extra=True),
    *(Measure(f"cost_{account}", _label(account), "yuan", cost=True) for account in COSTS),
    Measure("profit_before_staff", "Profit before staff", "yuan", decides=True),
    Measure("profit", "Profit", "yuan", decides=True),
    Measure("profit_per_member", "Profit per member at the start", "yuan", decides=True),
    Measure("liability", "Still owed to members", "yuan", cost=True),
    Measure("ran_out", "Chance of running out of money", "share", cost=True),
    Measure("cash", "Cash at the end", "yuan", extra=True),
    Measure("lowest_cash", "Lowest cash on the way", "yuan", extra=True),
    Measure("payback", "Days to payback (a day more than the run: not within it)", "days", cost=True),
)
"""All measures in the order of tables.  Money is in yuan; costs are positive."""

NAMES = tuple(measure.name for measure in MEASURES)
DECIDING = tuple(measure.name for measure in MEASURES if measure.decides)


def find(name: str) -> Measure:
    """The measure of a name; ValueError if there is none."""
    return MEASURES[NAMES.index(name)]
