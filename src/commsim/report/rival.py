"""What plans of a comparison, doing nothing among them, are called in the language of the reader."""

from dataclasses import replace

from commsim.analysis.comparison import Comparison
from commsim.analysis.study import DOING_NOTHING
from commsim.report.language import Language


def plan_called(name: str, say: Language) -> str:
    """A plan's name as it is, but for those of doing nothing and of shipped plans."""
    return say(name) if name == DOING_NOTHING else say.told(name)


def plans_called(names: tuple[str, ...], say: Language) -> tuple[str, ...]:
    """The names of plans that are told together; as they are where two would be called the same."""
    called = tuple(plan_called(name, say) for name in names)
    return called if len(set(called)) == len(set(names)) else names


def with_names(comparison: Comparison, say: Language) -> Comparison:
    """The same comparison with the names that its plans have in a language."""
    return replace(comparison, plans=plans_called(comparison.plans, say))
