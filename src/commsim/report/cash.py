"""The operator's cash as tables and in a line."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commsim.analysis.cash import MONTH, cash_days
from commsim.analysis.comparison import Comparison
from commsim.analysis.counts import Counts
from commsim.analysis.outlook import CashOutlook, outlook, outlook_of
from commsim.core.units import to_yuan
from commsim.records.records import Records
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell, percent
from commsim.report.tables import Grid

if TYPE_CHECKING:
    from commsim.report.case import Case
    from commsim.scenario.cash import Cash, Fixed

_MONTHLY = {
    "came": "Came in",
    "paid": "Paid out",
    "cash": "Cash",
    "lowest": "Lowest",
    "unpaid": "Unpaid bills",
    "on_the_way": "On its way",
}


def cash_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """Cash month by month; none for plans without it."""
    if "cash" not in counted:
        return []
    header = (say("Month of {days} days", days=MONTH), *(say(label) for label in _MONTHLY.values()))
    rows = [
        (str(row["month"]), *(cell(float(row[name]), "yuan") for name in _MONTHLY))
        for row in counted["cash"].reset_index().to_dict("records")
    ]
    return [Grid(say("Cash month by month (yuan)"), header, tuple(rows))]


def run_cash_grids(records: Records, say: Language = ENGLISH) -> list[Grid]:
    """The days of one run on which cash was lowest, ran out, and was back; none for plans without it."""
    found = cash_days(records)
    if found is None:
        return []
    never = say("not within the run")
    named = {
        "lowest_day": "Lowest, on day",
        "ran_out_day": "Ran out, on day",
        "payback_days": "Back, after days",
    }
    rows = [(say(label), never if found[name] is None else str(found[name])) for name, label in named.items()]
    return [Grid("", (say("Cash"), ""), tuple(rows))]


def comparison_cash_grids(comparison: Comparison, say: Language = ENGLISH) -> list[Grid]:
    """What the worlds of a comparison say of each plan's cash; none where no plan has any."""
    named = [(name, outlook(comparison, plan)) for plan, name in enumerate(comparison.plans)]
    return _outlooks(named, say)


def case_cash_grids(case: "Case", say: Language = ENGLISH) -> list[Grid]:
    """The same for a report: over all worlds of its comparison, or over those looked at closely."""
    if case.comparison is not None:
        return comparison_cash_grids(case.comparison, say)
    named = [
        (name, outlook_of(one.outcome, one.scenario.days))
        for name, one in zip(case.names, case.closeups, strict=True)
    ]
    return _outlooks(named, say)


def _outlooks(named: Iterable[tuple[str, CashOutlook | None]], say: Language) -> list[Grid]:
    rows = [_row(name, found, say) for name, found in named if found is not None]
    header = (
        "Cash",
        "Chance of running out of money",
        "Median payback (days)",
        "Paid back within the run",
        "Lowest cash, median (yuan)",
        "Lowest cash, of one world in ten (yuan)",
    )
    return [Grid(say("Cash over the worlds"), tuple(map(say, header)), tuple(rows))] if rows else []


def _row(name: str, found: CashOutlook, say: Language) -> tuple[str, ...]:
    payback = say("not within the run") if found.payback is None else cell(found.payback, "days")
    shares = percent(found.ran_out, say), payback, percent(found.paid_back, say)
    return name, *shares, cell(found.lowest, "yuan"), cell(found.low, "yuan")


def told_cash(cash: "Cash", say: Language) -> str:
    """``20,000 yuan; credit of 5,000 yuan at 12 % a year; suppliers paid after 30 days; rent 4,500 ...``."""
    told = [say("{amount} yuan", amount=_yuan(cash.opening))]
    if cash.credit:
        rate = f"{100 * cash.interest:g} %"
        told.append(say("credit of {yuan} yuan at {rate} a year", yuan=_yuan(cash.credit), rate=rate))
    if cash.pays_suppliers_after:
        told.append(say("suppliers are paid after {days} days", days=cash.pays_suppliers_after))
    if cash.customers_pay_after:
        told.append(say("customers' money comes after {days} days", days=cash.customers_pay_after))
    return say.parts((*told, *(_fixed(one, say) for one in cash.fixed)))


def _fixed(one: "Fixed", say: Language) -> str:
    cost = say("{name} {yuan} yuan a month", name=say.called(one.name), yuan=_yuan(one.per_month))
    ahead = say("{months} months ahead", months=one.months_ahead)
    return say("{name} ({told})", name=cost, told=ahead) if one.months_ahead else cost


def _yuan(fen: int) -> str:
    return f"{to_yuan(fen):,}"
