"""What every result of a plan says of what is unlawful in it."""

from commsim.analysis.phrase import Phrase
from commsim.scenario.schema import Scenario
from commsim.scenario.unlawful import breaches


def flags(scenario: Scenario) -> tuple[Phrase, ...]:
    """A sentence for each thing that the law forbids and the plan allows, and what the plan says itself."""
    by_word = {breach.word: breach for breach in breaches(scenario).values()}
    own = (Phrase("{plan}: {caution}", plan=scenario.name, caution=scenario.caution),)
    return (own if scenario.caution else ()) + tuple(
        Phrase(
            "{plan} breaks the law: {what} ({law}).",
            plan=scenario.name,
            what=Phrase(breach.what),
            law=Phrase(breach.law),
        )
        for breach in by_word.values()
    )
