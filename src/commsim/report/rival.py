"""Doing nothing among the plans of a comparison, called so in the language of the reader."""

from dataclasses import replace

from commsim.analysis.comparison import Comparison
from commsim.analysis.study import DOING_NOTHING
from commsim.report.language import Language


def plan_called(name: str, say: Language) -> str:
    """A plan's name as it is, but for that of doing nothing."""
    return say(name) if name == DOING_NOTHING else name


def with_names(comparison: Comparison, say: Language) -> Comparison:
    """The same comparison with the names that its plans have in a language."""
    return replace(comparison, plans=tuple(plan_called(name, say) for name in comparison.plans))
