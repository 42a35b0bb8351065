"""``commsim show``: a plan as the table that operators use."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import typer

from commsim.cli.options import AsJson, ScenarioName, StrategyFiles
from commsim.cli.output import print_json, print_table, table

if TYPE_CHECKING:
    from pydantic import BaseModel

    from commsim.scenario.schema import Product, Scenario
    from commsim.strategies.base import Strategy

COLUMNS = ("name", "goal", "plan", "reach", "dates", "cost")


def show(scenario: ScenarioName, as_json: AsJson = False, strategies: StrategyFiles = None) -> None:
    """Show a plan as a table: goal, plan, reach, dates (warm-up, formal, closing), cost."""
    from commsim.scenario.load import load

    plan = load(scenario)
    rows = [_row(strategy, plan) for strategy in plan.strategies]
    if as_json:
        print_json({"name": plan.name, "about": plan.about, "header": _header(plan), "strategies": rows})
        return
    typer.echo(plan.name)
    for label, text in ({"About": plan.about.strip()} | _header(plan)).items():
        if text:
            typer.echo(f"{label + ':':<11} {text}")
    _print_rows(rows)


def _print_rows(rows: list[dict[str, str]]) -> None:
    if not rows:
        typer.echo("No strategies: the operator does nothing.")
        return
    shown = table(*(column.capitalize() for column in COLUMNS))
    for row in rows:
        shown.add_row(*(row[column] for column in COLUMNS))
    print_table(shown)


def _header(plan: "Scenario") -> dict[str, str]:
    last = plan.start + dt.timedelta(days=plan.days - 1)
    return {
        "Days": f"{plan.days}, {plan.start} to {last}",
        "Community": _community(plan),
        "Products": "; ".join(_product(product) for product in plan.products),
        "Operator": _operator(plan),
    }


def _community(plan: "Scenario") -> str:
    people = plan.community
    own = [str(part.file) for part in (people.roster, people.history) if part]
    if own:
        return f"read from {' and '.join(own)}, groups of {people.group_size} where none are given"
    kinds = ", ".join(f"{segment.name} {segment.share:g}" for segment in people.segments)
    segments = f"; {kinds}" if len(people.segments) > 1 else ""
    groups = -(-people.members // people.group_size)
    size = f"{people.group_size} (at most {people.cap})"
    return f"{people.members:,} members in {groups:,} groups of {size}{segments}"


def _product(product: "Product") -> str:
    price, cost = _yuan(product.price), _yuan(product.unit_cost)
    margin = 1 - product.unit_cost / product.price
    return f"{product.name} at {price} yuan, cost {cost} yuan (margin {margin:.0%}), for {product.role}"


def _operator(plan: "Scenario") -> str:
    operator = plan.operator
    wage, minutes = _yuan(operator.wage_per_hour), f"{operator.minutes_per_group:g}"
    return f"{wage} yuan per hour of staff, {minutes} minutes per group and day besides the strategies"


def _row(strategy: "Strategy", plan: "Scenario") -> dict[str, str]:
    return {
        "name": strategy.name,
        "goal": strategy.goal or strategy.purpose,
        "plan": _words(strategy),
        "reach": f"{strategy.reach:.0%}",
        "dates": _dates(strategy, plan),
        "cost": _cost(strategy, plan),
    }


def _words(strategy: "Strategy") -> str:
    """The kind, its own settings as far as they are set, and when it runs."""
    from commsim.strategies.base import Strategy

    own = [name for name in type(strategy).model_fields if name not in Strategy.model_fields]
    settings = [
        f"{name.replace('_', ' ')} {_value(strategy, name)}" for name in own if _is_set(strategy, name)
    ]
    days = "daily" if len(strategy.weekdays) == 7 else ", ".join(strategy.weekdays)
    kind = strategy.kind.replace("_", " ")
    return "; ".join([f"{kind} {days} {strategy.hour}:00", *settings])


def _is_set(strategy: "Strategy", name: str) -> bool:
    return name in strategy.model_fields_set and getattr(strategy, name) not in (None, "", ())


def _value(strategy: "Strategy", name: str) -> str:
    from pydantic import BaseModel

    from commsim.scenario.fields import card, value_text

    value, dumped = getattr(strategy, name), strategy.model_dump()[name]
    if isinstance(value, tuple) and isinstance(value[0], BaseModel):
        return ", ".join(_item(item) for item in value)
    unit = card(type(strategy).model_fields[name]).get("unit")
    return value_text(dumped) + (" yuan" if unit == "yuan" else "")


def _item(item: "BaseModel") -> str:
    """``2: 90`` for pairs such as rungs, ``streak 7 points 20`` for larger items."""
    from commsim.scenario.fields import value_text

    given = {name: value_text(part) for name, part in item.model_dump(exclude_unset=True).items()}
    if len(type(item).model_fields) == 2:
        return ": ".join(given.values())
    return " ".join(f"{name} {part}" for name, part in given.items())


def _dates(strategy: "Strategy", plan: "Scenario") -> str:
    last = strategy.last_day(plan.days)
    formal = _span(plan, strategy.starts, last)
    parts = []
    if strategy.warm_up:
        parts.append(f"warm-up {_span(plan, strategy.starts - strategy.warm_up, strategy.starts - 1)}")
    parts.append(f"formal {formal}")
    if strategy.closing:
        parts.append(f"closing {_span(plan, last - strategy.closing + 1, last)}")
    return "\n".join(parts)


def _span(plan: "Scenario", first: int, last: int) -> str:
    start, end = (plan.start + dt.timedelta(days=day) for day in (first, last))
    return f"{start}" if first == last else f"{start} to {end}"


def _cost(strategy: "Strategy", plan: "Scenario") -> str:
    from commsim.cli.forecast import forecast

    cost = forecast(strategy, plan)
    if cost is None:
        return "see run"
    parts = [f"up to {_yuan(cost.things)} yuan"] if cost.things else []
    parts += [f"staff {_yuan(cost.staff)} yuan"] if cost.staff else []
    parts += ["the rest depends on members: see run"] if cost.depends else []
    parts += [] if strategy.budget is None else [f"stops at {_yuan(strategy.budget)} yuan"]
    return "\n".join(parts) or "nothing"


def _yuan(fen: int) -> str:
    from commsim.core.units import to_yuan
    from commsim.scenario.fields import number

    amount: Any = to_yuan(fen)
    return number(round(amount) if amount > 1000 else amount)
