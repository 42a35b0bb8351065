"""Tables of what mechanisms count, of one run or of the mean over worlds."""

from dataclasses import replace
from typing import TYPE_CHECKING

from commsim.analysis.comparison import Comparison
from commsim.analysis.counts import Counts
from commsim.report.agents import agent_grids
from commsim.report.brought import brought_grids
from commsim.report.cash import cash_grids
from commsim.report.channels import channel_grids, fan_grids
from commsim.report.coupons import coupon_grids
from commsim.report.gates import gate_grids
from commsim.report.language import ENGLISH, Language
from commsim.report.paid_ahead import paid_ahead_grids
from commsim.report.parties import party_grids
from commsim.report.partners import partner_grids
from commsim.report.products import product_grids
from commsim.report.stages import order_grids
from commsim.report.streams import shill_grids, stream_grids
from commsim.report.tables import Grid
from commsim.report.upgrades import upgrade_grids

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

_MADE = (
    order_grids,
    cash_grids,
    product_grids,
    paid_ahead_grids,
    channel_grids,
    party_grids,
    partner_grids,
    agent_grids,
    brought_grids,
    coupon_grids,
    upgrade_grids,
    stream_grids,
    shill_grids,
    gate_grids,
)

_COMPARED = party_grids, channel_grids, partner_grids


def counted_grids(counted: Counts, plan: "Scenario", say: Language = ENGLISH) -> list[Grid]:
    """All tables of what a plan has, from `commsim.analysis.counts`."""
    say = say.of(plan)
    return [*(grid for make in _MADE for grid in make(counted, say)), *fan_grids(counted, plan, say)]


def compared_counted_grids(comparison: Comparison, say: Language = ENGLISH) -> list[Grid]:
    """Where members came from, who earns, what began when, plan by plan; none where no world was watched."""
    named = zip(comparison.plans, comparison.counts, strict=False)
    return [
        replace(grid, title=say("{name}: {told}", name=name, told=grid.title))
        for plan, (name, counted) in enumerate(named)
        for grid in (
            *(grid for make in _COMPARED for grid in make(counted, say)),
            *agent_grids(counted, say, beyond_nothing(comparison, plan)),
            *gate_grids(counted, say),
        )
    ]


def beyond_nothing(comparison: Comparison, plan: int) -> float | None:
    """Yuan that a plan earns before staff beyond doing nothing, mean over worlds; None if not run."""
    found = comparison.beyond.get("profit_before_staff")
    return found[plan].mean if found else None
