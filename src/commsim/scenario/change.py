"""A plan that changes on a day: what ran until then stays as it was, something else runs from then on."""

from typing import Any

from pydantic import BaseModel, ValidationError

from commsim.core.errors import InputError
from commsim.scenario.explain import problems
from commsim.scenario.schema import Scenario
from commsim.scenario.yaml_core import PlanDumper
from commsim.scenario.yaml_nodes import parse
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import by_name, first_day, in_charge
from commsim.strategies.registry import UnknownKind, find


def changed(scenario: Scenario, day: int, name: str, strategy: Strategy | None) -> Scenario:
    """The plan in which, from a day on, a strategy has other settings, begins, or (None) is gone.

    The days before come out the same to the byte, since entries of one name are one strategy.  Entries
    of that name with later dates are replaced.  Raises InputError where no plan can say that: when a
    sale is being announced already, or what comes out is not a plan.
    """
    past = [_cut(entry, day, scenario) for entry in scenario.strategies if _is_past(entry, day, name)]
    kept = [entry for entry in scenario.strategies if entry.name != name]
    added = [] if strategy is None else [_from(strategy, day, name, scenario.days)]
    at = next((i for i, entry in enumerate(scenario.strategies) if entry.name == name), len(kept))
    strategies = (*kept[:at], *past, *added, *kept[at:])
    return checked({**dict(scenario), "strategies": strategies})


def running(scenario: Scenario, day: int) -> list[Strategy]:
    """Of each name the entry in charge on a day; those still to come are listed, those that are over not."""
    entries = (in_charge(entries, day) for entries in by_name(scenario.strategies).values())
    return [entry for entry in entries if entry.last_day(scenario.days) >= day]


def read_strategy(settings: dict[str, Any]) -> Strategy:
    """A strategy from settings as a plan has them, in yuan.  Raises InputError with all that is wrong."""
    try:
        cls = find(str(settings.get("kind")))
    except UnknownKind as error:
        raise InputError(str(error)) from error
    try:
        return cls.model_validate(settings)
    except ValidationError as error:
        raise refusal(cls, settings, error) from error


def _is_past(entry: Strategy, day: int, name: str) -> bool:
    return entry.name == name and first_day(entry) < day


def _cut(entry: Strategy, day: int, scenario: Scenario) -> Strategy:
    """The entry up to the day before; its days of closing stay the days that they were."""
    if entry.when is not None:
        raise InputError(
            f"the days of {entry.name} count from when its state is reached, and can't be cut short",
            remedy="change the plan, and start it again",
        )
    last = entry.last_day(scenario.days)
    if last < day:
        return entry
    if entry.starts >= day:
        raise InputError(
            f"{entry.name} is being announced for day {entry.starts + 1}",  # who reads this counts from 1
            remedy=f"change it from day {entry.starts + 2} on",
        )
    closing = max(0, entry.closing - (last - day + 1))
    return entry.model_copy(update={"ends": day - 1, "closing": closing})


def _from(strategy: Strategy, day: int, name: str, days: int) -> Strategy:
    starts = max(day, strategy.starts)
    over = strategy.ends is not None and strategy.ends < starts
    last = days - 1 if over else strategy.last_day(days)
    dates = {
        "starts": starts,
        "ends": None if over else strategy.ends,
        "warm_up": min(strategy.warm_up, starts - day),
        "closing": max(0, min(strategy.closing, last - starts + 1)),
    }
    return strategy.model_copy(update={"name": name, **dates})


def checked(fields: dict[str, Any]) -> Scenario:
    """The plan of these parts; InputError where it can't be."""
    try:
        return Scenario(**fields)
    except ValidationError as error:
        plain = Scenario.model_construct(**fields).model_dump(mode="json")
        raise refusal(Scenario, plain, error) from error


def refusal(
    model: type[BaseModel], settings: dict[str, Any], error: ValidationError, above: str = ""
) -> InputError:
    """Why a model refuses settings, in plain sentences; above: the path at which these stand."""
    import yaml

    tree = parse(yaml.dump(settings, Dumper=PlanDumper))
    found = problems(model, tree, error)
    if len(found) == 1:
        (one,) = found
        return InputError(one.what, where=above + one.path, remedy=one.remedy)
    told = (_sentence(above + problem.path, problem.what, problem.remedy) for problem in found)
    return InputError("\n".join(told))


def _sentence(path: str, what: str, remedy: str) -> str:
    told = f"{path}: {what}" if path else what
    return f"{told}; {remedy}" if remedy else told
