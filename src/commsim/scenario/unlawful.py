"""Strategies that the law forbids: a plan that holds one must say so in a word of its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commsim.scenario.errors import Finding
from commsim.strategies.breach import Breach

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

SETTING = "allow_unlawful"


def breaches(scenario: "Scenario") -> dict[int, Breach]:
    """What is unlawful about its strategies, by their place in the calendar."""
    members = scenario.community.members
    found = {i: strategy.breach(members) for i, strategy in enumerate(scenario.strategies)}
    return {i: breach for i, breach in found.items() if breach is not None}


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """Unlawful strategies that the plan does not allow."""
    for i, breach in breaches(scenario).items():
        if breach.word not in scenario.allow_unlawful:
            allowed = ", ".join((*scenario.allow_unlawful, breach.word))
            yield Finding(
                ("strategies", i),
                _told(breach),
                f"take it out; or to study what it does write {SETTING}: [{allowed}] beside the plan's name, "
                "and every result will say so",
            )


def allowed(scenario: "Scenario") -> Iterator[Finding]:
    """Warnings of what the plan holds all the same, and of words that allow nothing in it."""
    found = breaches(scenario)
    for i, breach in found.items():
        yield Finding(("strategies", i), _told(breach), "every result of this plan says so")
    for word in scenario.allow_unlawful:
        if word not in {breach.word for breach in found.values()}:
            yield Finding((SETTING,), f"{word!r} allows nothing that the plan holds", "leave it out")


def _told(breach: Breach) -> str:
    return f"{breach.what}: the law forbids that ({breach.law})"
