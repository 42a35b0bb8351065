"""What a strategy costs whatever members do, read off its own effects on paper; no run is needed."""

from dataclasses import dataclass

import numpy as np

from commsim.core.declare import Cost, Effect
from commsim.core.errors import InputError
from commsim.core.paper import PaperView
from commsim.population.listed import groups_at_start
from commsim.scenario.schema import Scenario
from commsim.simulation.answers import answers, start
from commsim.strategies.base import Strategy

MINUTES = 60


@dataclass(frozen=True)
class Forecast:
    """Fen for things and for staff, and whether more depends on what members do."""

    things: int
    staff: int
    depends: bool


def forecast(strategy: Strategy, scenario: Scenario) -> Forecast | None:
    """Cost of a strategy over the run; None where the groups are in files of the user's that can't be read.

    Envelopes count in full, although what nobody catches comes back.
    """
    try:
        sizes = groups_at_start(scenario.community, scenario.start)
    except InputError:
        return None
    members, groups = int(sizes.sum()), len(sizes)
    view = PaperView(members, 0, groups, products=scenario.products, start=scenario.start, days=scenario.days)
    memory, minutes = start(strategy, view), 0.0
    depends = type(strategy).react is not Strategy.react
    for view.day in range(scenario.days):
        if strategy.phase(view) is None:
            continue
        for effect in answers(strategy, view, "act", strategy.act, view, memory):
            cost = _on_paper(effect, groups)
            view.spent_fen += cost.fen
            minutes += cost.minutes
            depends |= cost.depends
    return Forecast(view.spent_fen, round(minutes * scenario.operator.wage_per_hour / MINUTES), depends)


def _on_paper(effect: Effect, groups: int) -> Cost:
    """The certain cost of an effect that goes to all groups, or to those that it has chosen."""
    cost, chosen = effect.terms.cost, getattr(effect, "groups", None)
    if isinstance(cost, Cost):
        return cost
    return cost(effect, groups if chosen is None else int(np.count_nonzero(chosen)))
