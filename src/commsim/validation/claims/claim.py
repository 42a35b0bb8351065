"""What a claim is: plans that differ where it says, what to measure, and where that must lie."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Literal, NamedTuple

from commsim.analysis.intervals import Interval
from commsim.records.records import Records
from commsim.scenario.load import loads
from commsim.scenario.schema import Scenario


class Verdict(StrEnum):
    """What the worlds say of a claim."""

    HOLDS = "holds"
    DOES_NOT = "does not"
    UNDECIDED = "undecided"


class Run(NamedTuple):
    """A plan that was run in one world."""

    scenario: Scenario
    records: Records


Runs = Mapping[str, Run]
"""The plans of a claim in one world, by name."""
Contrast = Callable[[Runs], float]
"""One number from the plans in one world; its mean over worlds is what a claim is about."""
Unit = Literal["share", "yuan", "orders", "persons", "days", "messages", "adverts", "warnings", "refusals"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that must be so if a claim is true: the mean contrast lies between low and high.

    It holds if the whole 95 % interval of the mean lies between them, does not if all of the interval
    lies elsewhere, and is undecided otherwise.  ``share`` is shown in per cent.
    """

    label: str
    contrast: Contrast
    low: float = -inf
    high: float = inf
    unit: Unit = "share"

    def verdict(self, interval: Interval) -> Verdict:
        """What an interval of the mean contrast says."""
        if self.low < interval.low and interval.high < self.high:
            return Verdict.HOLDS
        outside = interval.high <= self.low or interval.low >= self.high
        return Verdict.DOES_NOT if outside else Verdict.UNDECIDED


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    id: a number of the operators' guides' mechanisms.  says: the claim in our words.  base: the shipped
    scenario that all plans extend.  plans: what each changes in it, as YAML.  expects: what must be so.
    full: whether the measures need events and members.
    """

    id: str
    says: str
    base: str
    plans: Mapping[str, str]
    expects: tuple[Expectation, ...]
    full: bool = False

    def scenarios(self) -> dict[str, Scenario]:
        """The plans as scenarios, by name."""
        return {name: loads(self._text(name, change)) for name, change in self.plans.items()}

    def _text(self, name: str, change: str) -> str:
        return f"extends: {self.base}\nname: {name!r}\n{change}"


def overall(verdicts: list[Verdict]) -> Verdict:
    """Of a whole claim: it does not hold if one expectation does not, and holds if all do."""
    if Verdict.DOES_NOT in verdicts:
        return Verdict.DOES_NOT
    return Verdict.UNDECIDED if Verdict.UNDECIDED in verdicts else Verdict.HOLDS
