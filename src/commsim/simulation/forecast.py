"""What a strategy costs whatever members do, read off its own effects on paper; no run is needed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.core.declare import Cost, Effect
from commsim.core.effects import Work
from commsim.core.errors import InputError
from commsim.core.paper import PaperView
from commsim.population.listed import groups_at_start
from commsim.scenario.schema import Scenario
from commsim.simulation.answers import answers, start
from commsim.simulation.pilots import GroupsByName
from commsim.strategies.base import Strategy
from commsim.strategies.robot import Robot

MINUTES = 60


@dataclass(frozen=True)
class Forecast:
    """Fen for things and for staff, whether more depends on what members do, and minutes of staff."""

    things: int
    staff: int
    depends: bool
    minutes: float = 0.0


def forecast(strategy: Strategy, scenario: Scenario) -> Forecast | None:
    """Cost of a strategy over the run; None where the groups are in files of the user's that can't be read.

    Envelopes count in full, although what nobody catches comes back.
    """
    view = _paper(scenario)
    if view is None:
        return None
    minutes, staff, groups = 0.0, 0, _groups_of(strategy, scenario, view.n_groups)
    depends = type(strategy).react is not Strategy.react
    for effect in _played(strategy, view):
        cost = _on_paper(effect, groups)
        view.spent_fen += cost.fen
        minutes += cost.minutes
        staff += cost.staff
        depends |= cost.depends
    staff += round(minutes * scenario.operator.wage_per_hour / MINUTES)
    return Forecast(view.spent_fen, staff, depends, minutes)


@dataclass(frozen=True)
class GroupCosts:
    """Of each group at the start: yuan for things, and hours of staff."""

    yuan: Floats
    hours: Floats


def forecast_by_group(scenario: Scenario) -> GroupCosts | None:
    """What strategies cost in each group; None as `forecast`.

    What is for several groups together is shared by them evenly.
    """
    view = _paper(scenario)
    if view is None:
        return None
    yuan, hours = np.zeros((2, view.n_groups))
    hours += scenario.operator.minutes_per_group * scenario.days / MINUTES
    wage = scenario.operator.wage_per_hour
    for strategy in scenario.strategies:
        chosen = _chosen(strategy, scenario, view.n_groups)
        view.spent_fen = 0
        for effect in _played(strategy, view):
            of = getattr(effect, "groups", None)
            there = chosen if of is None else chosen & np.asarray(of, np.bool_)
            cost, number = _on_paper(effect, int(there.sum())), max(1, int(there.sum()))
            view.spent_fen += cost.fen
            yuan[there] += cost.fen / 100 / number
            hours[there] += (cost.minutes / MINUTES + (cost.staff / wage if wage else 0.0)) / number
    return GroupCosts(yuan, hours)


def groups_on_paper(scenario: Scenario) -> int | None:
    """Groups at the start; None as `forecast`."""
    view = _paper(scenario)
    return None if view is None else view.n_groups


def work_saved(robot: Robot, scenario: Scenario) -> float | None:
    """Minutes that a robot saves on paper in each of its groups, mean of its days; None as `forecast`.

    It saves what other strategies ask for on these days.
    """
    view = _paper(scenario)
    if view is None:
        return None
    days, minutes = range(robot.starts, robot.last_day(scenario.days) + 1), 0.0
    for other in scenario.strategies:
        for effect in _played(other, view) if other is not robot else ():
            if isinstance(effect, Work) and not effect.in_all and view.day in days:
                chosen = 1.0 if effect.groups is None else float(np.mean(effect.groups))
                minutes += effect.minutes * chosen
    return robot.saves * minutes / max(1, len(days))


def _paper(scenario: Scenario) -> PaperView | None:
    try:
        sizes = groups_at_start(scenario.community, scenario.start)
    except InputError:
        return None
    people = int(sizes.sum()), 0, len(sizes)
    return PaperView(*people, products=scenario.products, start=scenario.start, days=scenario.days)


def _played(strategy: Strategy, view: PaperView) -> Iterator[Effect]:
    """What a strategy answers on each of its days, which the view then shows."""
    memory = start(strategy, view)
    for day in range(view.days):
        view.day = day
        if strategy.phase(view) is not None:
            yield from answers(strategy, view, "act", strategy.act, view, memory)


def _groups_of(strategy: Strategy, scenario: Scenario, number: int) -> int:
    """How many groups a strategy is for."""
    return int(np.count_nonzero(_chosen(strategy, scenario, number)))


def _chosen(strategy: Strategy, scenario: Scenario, number: int) -> Bools:
    """The groups that a strategy is for; all where only a file knows their names."""
    every = np.ones(number, np.bool_)
    if strategy.groups is None:
        return every
    names = [group.name for group in scenario.community.groups or ()]
    try:
        chosen = GroupsByName(0, names, number, number).choose(scenario.strategies)
    except InputError:
        return every
    found = chosen[scenario.strategies.index(strategy)]
    return every if found is None else found


def _on_paper(effect: Effect, groups: int) -> Cost:
    """The certain cost of an effect that goes to all groups, or to those that it has chosen."""
    cost, chosen = effect.terms.cost, getattr(effect, "groups", None)
    if isinstance(cost, Cost):
        return cost
    return cost(effect, groups if chosen is None else int(np.count_nonzero(chosen)))
