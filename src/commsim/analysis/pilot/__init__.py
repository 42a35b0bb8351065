"""Trials of two plans in real groups: how large, drawn by lot, and read.

`pilot` says how large, and answers with a `Pilot`; `register_pilot` draws the groups; `read_pilot` reads what
became of them, a `Trial`; `reweigh_pilot` lets a calibration hear of it.  (Which groups of a *plan* a
strategy is for: `commsim.simulation.pilots`.)
"""

from commsim.analysis.pilot.find import pilot
from commsim.analysis.pilot.found import Trial, read_pilot
from commsim.analysis.pilot.registered import register_pilot
from commsim.analysis.pilot.result import Pilot
from commsim.analysis.pilot.reweigh import reweigh_pilot

__all__ = ["Pilot", "Trial", "pilot", "read_pilot", "register_pilot", "reweigh_pilot"]
