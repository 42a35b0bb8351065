"""From records to answers: outcomes, frames, comparisons."""

from commsim.analysis.economics import contributions, economics, waterfall
from commsim.analysis.funnel import funnel
from commsim.analysis.groups import group_table
from commsim.analysis.growth import growth
from commsim.analysis.invitations import generations, invitation_tree
from commsim.analysis.measures import outcomes
from commsim.analysis.order_numbers import money_by_order
from commsim.analysis.retention import cohorts, retention
from commsim.analysis.stages import stages_counted

__all__ = [
    "cohorts",
    "contributions",
    "economics",
    "funnel",
    "generations",
    "group_table",
    "growth",
    "invitation_tree",
    "money_by_order",
    "outcomes",
    "retention",
    "stages_counted",
    "waterfall",
]
