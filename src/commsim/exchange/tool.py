"""The tools of analysis for which a run can be written."""

from typing import Literal

Tool = Literal["r", "pymc-marketing", "lifetimes", "gephi", "networkx"]
