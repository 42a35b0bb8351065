"""Fans who are not the payers, as strategies and readers see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Event, Mechanism
from commsim.core.part import Part
from commsim.core.units import param

PAID_FOR = Event("paid_for", "who ordered what somebody else paid for", kept=True)


class FansBehaviour(Part):
    """What somebody says who is asked to pay for what another has ordered."""

    refuses: float = param(
        0.3,
        "Chance that who is asked to pay for an order of another refuses; it then comes to nothing; "
        "puts in that some refuse",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.05, 0.6),
        source="assumed; no study was found",
        grade="D",
        neutral=0.0,
    )


FANS = Mechanism(
    "fans",
    "Fans who are not the payers: they look in more than others, and what they order somebody else pays for, "
    "or nobody.",
    engine="commsim.simulation.mechanisms.fans:Fans",
    columns=(
        Column(
            "given",
            np.int64,
            "paid by others for what they have ordered so far; part of what was spent",
            agent=True,
            kept=True,
            money=True,
        ),
    ),
    events=(PAID_FOR,),
    daily=(
        Column("asked_to_pay", np.int32, "orders for which somebody else was asked to pay"),
        Column(
            "not_paid_for", np.int32, "of them, those for which nobody would, so that they came to nothing"
        ),
        Column("paid_by_others", np.int64, "paid by somebody else than who ordered", money=True),
    ),
    behaviour=FansBehaviour,
    words={
        "pathway.fans.refuses": ("who is asked to pay may say no", "代付人可能不同意"),
        "daily.asked_to_pay": ("Orders that somebody else is to pay for", "请人代付的订单"),
        "daily.not_paid_for": ("Orders that nobody paid for", "没人代付的订单"),
        "daily.paid_by_others": ("Paid by somebody else", "他人代付金额"),
        "event.paid_for": ("ordered what somebody else paid for", "下单并由他人代付"),
    },
)
