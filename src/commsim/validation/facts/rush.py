"""The minutes of a flash sale: F22."""

import numpy as np

from commsim.records.tables import ORDER
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.plans import MONTH, bare
from commsim.validation.facts.ratio import ratio

HALF_HOUR = 30
"""Minutes."""


def _sales(scenario: Scenario) -> dict[str, Scenario]:
    sale = {"kind": "flash_sale", "discount": 0.2, "weekdays": ["wed", "sat"], "open_hours": 2}
    return {"sales": bare(scenario, MONTH, sale)}


SALES = Setup("flash sales", "two sales of two hours a week, a fifth off, for 30 days", _sales, events=True)


def _rush(runs: Runs) -> tuple[float, float]:
    """Share of orders in the first half hour; and the busiest later one over it."""
    events = runs["sales"].records.events
    minutes = events["minute"][(events["kind"] == ORDER) & (events["minute"] >= 0)]
    first, *later = np.bincount(minutes // HALF_HOUR, minlength=2).tolist()
    return ratio(first, minutes.size), ratio(max(later), first)


FACTS = (
    Fact(
        "F22",
        "Half of a flash sale's orders come in the first half hour",
        SALES,
        (
            Statistic("orders in the first half hour of two hours", 0.45, 0.85, share=True),
            Statistic("the busiest later half hour over the first", high=1.0),
        ),
        _rush,
        "warn",
        "vendor figures: flash windows are back to base after one or two hours",
        "C",
        tuned=True,
    ),
)
