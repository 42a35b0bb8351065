"""Strategies that the law forbids: a plan that holds one must say so in a word of its own."""

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from commsim.scenario.errors import Finding
from commsim.strategies.breach import Breach
from commsim.strategies.registry import kinds

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

SETTING = "allow_unlawful"


def breaches(scenario: "Scenario") -> dict[int, Breach]:
    """What is unlawful about its strategies, by their place in the calendar."""
    members = scenario.community.members
    found = {i: strategy.breach(members) for i, strategy in enumerate(scenario.strategies)}
    return {i: breach for i, breach in found.items() if breach is not None}


def _words(scenario: "Scenario") -> list[str]:
    """All words that may stand there: of kinds that there are, and of what the plan holds."""
    of_kinds = {word for cls in kinds().values() for word in cls.breach_words}
    return sorted(of_kinds | {breach.word for breach in breaches(scenario).values()})


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """Unlawful strategies that the plan does not allow, and words that nothing unlawful has."""
    known = _words(scenario) if scenario.allow_unlawful else []
    for k, word in enumerate(scenario.allow_unlawful):
        if word not in known:
            close = difflib.get_close_matches(word, known, n=1)
            hint = f"did you mean {close[0]}? " if close else ""
            what = f"{word!r} is no word for anything unlawful"
            yield Finding((SETTING, k), what, f"{hint}there are: {', '.join(known)}")
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
    for k, word in enumerate(scenario.allow_unlawful):
        if word not in {breach.word for breach in found.values()}:
            yield Finding((SETTING, k), f"{word!r} allows nothing that the plan holds", "leave it out")


def _told(breach: Breach) -> str:
    return f"{breach.what}: the law forbids that ({breach.law})"
