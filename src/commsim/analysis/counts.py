"""What tables of mechanisms are made of: frames of counts that add up, so that worlds can be averaged."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from commsim.analysis.agents import agents_counted
from commsim.analysis.brought import given_away, newcomers_counted
from commsim.analysis.cash import cash_by_month
from commsim.analysis.channels import channels_counted
from commsim.analysis.coupons import coupons_counted
from commsim.analysis.gates import gates_counted
from commsim.analysis.order_numbers import money_by_order
from commsim.analysis.paid_ahead import cards_by_month, memberships_by_month, terms_ended
from commsim.analysis.parties import parties_counted
from commsim.analysis.partners import partners_counted
from commsim.analysis.products import products_counted
from commsim.analysis.stages import stages_counted
from commsim.analysis.streams import shills_counted, streams_counted
from commsim.analysis.upgrades import upgrades_counted
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

Counts = Mapping[str, "pd.DataFrame"]
"""Frames by what they count; a run has only those of what is in it.  Their index says what rows are of."""

COUNTED: dict[str, Callable[[Records], "pd.DataFrame | None"]] = {
    "memberships": memberships_by_month,
    "terms": terms_ended,
    "cards": cards_by_month,
    "cash": cash_by_month,
    "products": products_counted,
    "channels": channels_counted,
    "parties": parties_counted,
    "partners": partners_counted,
    "agents": agents_counted,
    "newcomers": newcomers_counted,
    "given": given_away,
    "coupons": coupons_counted,
    "upgrades": upgrades_counted,
    "streams": streams_counted,
    "shills": shills_counted,
    "gates": gates_counted,
    "stages": stages_counted,
    "orders": money_by_order,
}
"""What counts each: a frame of numbers that may be added to those of another world, or None."""


def counts(records: Records) -> Counts:
    """All that can be counted of a run."""
    found = {name: count(records) for name, count in COUNTED.items()}
    return {name: frame for name, frame in found.items() if frame is not None}


def mean_counts(worlds: Sequence[Counts]) -> Counts:
    """The mean over worlds, row by row; a world without a row counts as nought."""
    import pandas as pd

    names = dict.fromkeys(name for world in worlds for name in world)
    found = {name: [world[name] for world in worlds if name in world] for name in names}
    return {
        name: pd.concat(frames).groupby(level=[*range(frames[0].index.nlevels)], sort=False).sum()
        / len(worlds)
        for name, frames in found.items()
    }
