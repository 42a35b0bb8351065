"""Promoters who pass on a part of their commission to who buys, as strategies and readers see it."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Share, Within
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.units import Probability, param


class PassingOnBehaviour(Part):
    """What promoters do with what they are asked to pass on."""

    willing: Probability = param(
        0.5,
        "Share of promoters who pass on what they are asked to; puts in that any do",
        unit="share",
        plausible=(0.1, 1.0),
        source="operators' guides: leaders pass on a small part; share assumed",
        grade="D",
        neutral=0.0,
    )


def off(rate: float, part: float) -> float:
    """Share taken off a price so that it is a part of the commission, at a rate, on what is then paid."""
    return rate * part / (1.0 + rate * part)


@effect(cost=DEPENDS)
class PassOn(Effect):
    """From today on, whom promoters brought for this strategy pay less, out of the promoter's commission.

    rate: commission on what these pay.  part: of the commission that is passed on.  days: after they joined.
    """

    rate: Share
    part: Share
    days: Annotated[int, Within(0, 3650)]


PASSING_ON = Mechanism(
    "passing_on",
    "Promoters who pass on a part of their commission to whom they have brought, as a lower price.",
    engine="commsim.simulation.mechanisms.passing_on:PassingOn",
    daily=(
        Column("passed_orders", np.int32, "orders that promoters made cheaper out of their commission"),
        Column("promoters_passed_on", np.int64, "what promoters gave for that", money=True),
    ),
    behaviour=PassingOnBehaviour,
    words={
        "field.distributor_rebate.passed_on": ("Passed on to who buys", "让利比例"),
        "pathway.passing_on.willing": ("promoters pass on a part", "推广人让利"),
        "daily.passed_orders": ("Orders with a part passed on", "推广人让利的订单"),
        "daily.promoters_passed_on": ("Passed on by promoters (yuan)", "推广人让利（元）"),
    },
)
