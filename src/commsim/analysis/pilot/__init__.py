"""Trials of two plans in real groups: how large, drawn by lot, and read.

`pilot` is the function that says how large; `Pilot` is what it answers with.  (Which groups of a *plan* a
strategy is for stands in `commsim.simulation.pilots`.)
"""

from commsim.analysis.pilot.find import pilot
from commsim.analysis.pilot.result import Pilot

__all__ = ["Pilot", "pilot"]
