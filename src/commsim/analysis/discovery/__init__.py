"""Scenario discovery: in which worlds a plan loses, told by few limits, and which settings decide that.

`discover` is the one function; `Discovery` is what it answers with.
"""

from commsim.analysis.discovery.discover import Discovery, discover

__all__ = ["Discovery", "discover"]
