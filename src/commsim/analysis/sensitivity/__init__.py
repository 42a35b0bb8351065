"""What decides the outcome of a sweep: the measures of sensitivity, and what they come to for one outcome.

`sensitivity` is the one function; the other names are what it answers with.
"""

from commsim.analysis.sensitivity.analyse import Analysis, Policies, Sensitivity, sensitivity
from commsim.analysis.sensitivity.indices import Influence

__all__ = ["Analysis", "Influence", "Policies", "Sensitivity", "sensitivity"]
