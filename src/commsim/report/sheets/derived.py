"""The sheets that follow from a plan: the table that operators use, with its cost, and the days."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from commsim.core.units import WEEKDAYS, to_yuan
from commsim.report.audience import for_whom
from commsim.report.language import Language
from commsim.report.plan import plan_rows
from commsim.report.plan_header import plan_header
from commsim.report.strategy_words import hours_of
from commsim.scenario.lint import product_of
from commsim.scenario.sheets.grid import Value
from commsim.scenario.sheets.layout import CALENDAR, PLAN
from commsim.scenario.sheets.tables import Sheet
from commsim.simulation.forecast import forecast
from commsim.strategies.base import CLOSING, FORMAL, WARM_UP, Phase
from commsim.strategies.calendar import formal_days

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario
    from commsim.strategies.base import Strategy

MOST_ROWS = 15_000
"""Rows of a calendar; of more the first, with a word about the rest."""
_PLAN = ("name", "goal", "plan", "reach", "dates")
_HEAD = (
    "day", "date", "weekday", "hour", "for", "name", "kind", "product", "price (yuan)", "discount", "reach",
    "phase",
)  # fmt: skip
Row = tuple[Value, ...]


def plan_sheet(plan: "Scenario", say: Language) -> Sheet:
    """Goal, plan, reach, dates and certain cost of each strategy, the sums, and who and what it is about."""
    rows: list[Row] = []
    sums = [0, 0]
    for strategy, told in zip(plan.strategies, plan_rows(plan, say), strict=True):
        cost = forecast(strategy, plan)
        if cost is not None:
            sums = [sums[0] + cost.things, sums[1] + cost.staff]
        depends = say("yes") if cost is None or cost.depends else ""
        amounts = ("", "") if cost is None else (to_yuan(cost.things), to_yuan(cost.staff))
        told = {**told, "name": say.of(plan).cause(told["name"])}
        rows.append((*(told[column] for column in _PLAN), *amounts, depends))
    things, staff = map(to_yuan, sums)
    rows.append((say("Together"), *[None] * 4, things, staff, None))
    rows.append((say("Things and staff"), *[None] * 4, to_yuan(sum(sums)), None, None))
    rows += [(say(label), None, text) for label, text in plan_header(plan, say).items()]
    heads = (*(say.column(column) for column in _PLAN), say("Things (yuan)"), say("Staff (yuan)"))
    note = say("What the plan comes to on paper. It follows from the other sheets and is not read back.")
    return Sheet(PLAN, (*heads, say("More depends on members")), tuple(rows), note, derived=True)


def calendar_sheet(plan: "Scenario", say: Language) -> Sheet:
    """What happens on which day, at which hour."""
    found = sorted(_moments(plan, say), key=lambda row: (row[0], row[3], row[5]))
    rows: list[Row] = found[:MOST_ROWS]
    if len(found) > MOST_ROWS:
        rows.append((None, say("and so on to day {day}", day=plan.days - 1)))
    note = say("What happens on which day. It follows from the sheet of strategies: change that one.")
    return Sheet(CALENDAR, tuple(map(say.column, _HEAD)), tuple(rows), note, derived=True)


def _moments(plan: "Scenario", say: Language) -> Iterator[Row]:
    for strategy in plan.strategies:
        for day, phase in _days(strategy, plan):
            date = plan.start + dt.timedelta(days=day)
            for hour in hours_of(strategy) or (strategy.hour,):
                yield (
                    day,
                    date,
                    say(WEEKDAYS[date.weekday()]),
                    f"{hour:02}:00",
                    for_whom(strategy, say.of(plan)) or say("all"),
                    say.of(plan).cause(strategy.name),
                    say.kind(strategy.kind),
                    *_sold(strategy, plan),
                    strategy.reach,
                    say(str(phase)),
                )


def _days(strategy: "Strategy", plan: "Scenario") -> Iterator[tuple[int, Phase]]:
    strategy = strategy.waiting()
    for day in range(max(0, strategy.starts - strategy.warm_up), min(strategy.starts, plan.days)):
        yield day, WARM_UP
    last = strategy.last_day(plan.days)
    for day in formal_days(strategy, plan.start, plan.days):
        yield day, CLOSING if day > last - strategy.closing else FORMAL


def _sold(strategy: "Strategy", plan: "Scenario") -> tuple[Value, Value, Value]:
    """Product, price and discount of a strategy that sells one."""
    asked = getattr(strategy, "price", None)
    if not strategy.holds_sales and asked is None:
        return None, None, None
    product = product_of(strategy, plan)
    if rungs := getattr(strategy, "ladder", ()):
        return product.name, ", ".join(f"{rung.size}: {to_yuan(rung.price):g}" for rung in rungs), None
    sale_price = getattr(strategy, "sale_price", None)
    price = sale_price(product.price) if sale_price is not None else asked or product.price
    return product.name, to_yuan(price), round(1 - price / product.price, 4)
