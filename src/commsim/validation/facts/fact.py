"""What a fact is: a claim with its bands and its evidence, and how to measure it in one world."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from commsim.core.units import Grade
from commsim.scenario.schema import Scenario
from commsim.validation.facts.observed import Run, observe_all

Gate = Literal["gate", "warn", "document"]
"""What follows when a fact fails: the validation fails, people are told, or it is only written down."""
Runs = Mapping[str, Run]
"""The runs of a setup in one world, by the name of the plan."""


def fits_anyone(scenario: Scenario) -> str:
    """No reason to leave any community out."""
    return ""


@dataclass(frozen=True, slots=True)
class Setup:
    """Plans to run in every world, from which one or more facts are measured.

    plans: from a scenario, whose people, products and behaviour they keep, to plans by name.
    unfit: why this can't be done with a scenario of the user's; empty if it can.  events: whether the
    facts need events and entries, which take time and memory to keep.
    """

    name: str
    about: str
    plans: Callable[[Scenario], dict[str, Scenario]]
    unfit: Callable[[Scenario], str] = fits_anyone
    events: bool = False

    def run(self, scenario: Scenario, seed: int) -> dict[str, Run]:
        """Run all plans in one world."""
        return observe_all(self.plans(scenario), seed, events=self.events)


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number of a fact and the band in which its median over worlds shall lie.

    Both limits of a band belong to it.  A band open to one side says which way something goes, so its
    only limit does not: no difference at all is none the right way.
    """

    label: str
    low: float = -inf
    high: float = inf
    share: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value is in the band."""
        if self.low > -inf and self.high < inf:
            return self.low <= value <= self.high
        return self.low < value < self.high


@dataclass(frozen=True, slots=True)
class Fact:
    """One stylised fact.

    claim: in words.  measure: a value per statistic from the runs of the setup in one world; nan where
    the world does not tell.  tuned: the model's parameters were chosen with this fact in view, so that
    it is no evidence for them; all other facts were held out.  source, grade: who observed it, and how
    well (see `commsim.core.units.Grade`).
    """

    id: str
    claim: str
    setup: Setup
    statistics: tuple[Statistic, ...]
    measure: Callable[[Runs], Sequence[float]]
    gate: Gate
    source: str
    grade: Grade
    tuned: bool = False


@dataclass(frozen=True, slots=True)
class Omission:
    """A fact that is not measured, and why."""

    id: str
    claim: str
    reason: str
