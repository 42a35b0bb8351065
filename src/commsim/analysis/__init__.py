"""From records to answers: outcomes, frames, comparisons."""

from commsim.analysis.economics import contributions, economics, waterfall
from commsim.analysis.funnel import funnel
from commsim.analysis.groups import group_table
from commsim.analysis.growth import growth
from commsim.analysis.invitations import generations, invitation_tree
from commsim.analysis.measures import outcomes
from commsim.analysis.retention import cohorts, retention

__all__ = [
    "cohorts",
    "contributions",
    "economics",
    "funnel",
    "generations",
    "group_table",
    "growth",
    "invitation_tree",
    "outcomes",
    "retention",
    "waterfall",
]
