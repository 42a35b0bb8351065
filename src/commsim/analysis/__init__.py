"""From records to answers: outcomes, frames, comparisons."""

from commsim.analysis.frames import economics, funnel, growth, retention
from commsim.analysis.measures import outcomes

__all__ = ["economics", "funnel", "growth", "outcomes", "retention"]
