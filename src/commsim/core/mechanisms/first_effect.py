"""The first effect of what was bought, as strategies and readers see it."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Event, Mechanism
from commsim.core.part import Part
from commsim.core.units import Portion, param

LONG_AGO = -32000
"""In place of a day: they had seen the effect before the run, so that it moves them no more."""
NOT_YET = -1


class FirstEffectBehaviour(Part):
    """What it does to members to see that a product works for them: put in, not found."""

    trust: Portion = param(
        0.05,
        "Share of the way to full trust that the first effect moves a member",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.1),
        source="operators' guides: first make them see an effect; size assumed",
        grade="D",
        neutral=0.0,
        pathway="seen",
    )
    vain: Portion = param(
        0.03,
        "Share of their trust that is lost when the days are over and nothing shows",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.1),
        source="assumed, below what a bad parcel costs",
        grade="D",
        neutral=0.0,
        pathway="seen",
    )
    repeat: float = param(
        0.1,
        "Log of what having seen it adds to the rate of buying, beside trust",
        unit="log",
        low=0.0,
        high=2.0,
        plausible=(0.0, 0.3),
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="seen",
    )
    asked: float = param(
        1.6,
        "Factor on the friends whom they bring when asked, once they have seen it: put in, not found",
        unit="factor",
        low=0.01,
        high=20.0,
        plausible=(1.0, 2.5),
        source="operators' guides: who has seen the effect spreads the word; size assumed",
        grade="D",
        neutral=1.0,
        pathway="asked",
    )
    asked_before: float = param(
        0.5,
        "Factor on the friends whom they bring when asked before they have seen any: put in, not found",
        unit="factor",
        low=0.01,
        high=20.0,
        plausible=(0.25, 1.0),
        source="operators' guides: do not push for friends early; size assumed",
        grade="D",
        neutral=1.0,
        pathway="asked",
    )
    pressed: float = param(
        2.0,
        "Factor on leaving, for some days, of who was asked for friends before they have seen any effect: "
        "put in, not found",
        unit="factor",
        low=0.01,
        high=100.0,
        plausible=(1.0, 4.0),
        source="operators' guides: to ask for friends early makes members leave; size assumed",
        grade="D",
        neutral=1.0,
        pathway="asked",
    )
    pressed_days: int = param(
        7, "These days", unit="days", low=1, high=365, plausible=(3, 14), source="assumed", grade="D"
    )
    unasked: float = param(
        0.002,
        "Friends whom who has just seen the effect brings a day without being asked: put in, not found",
        unit="persons/day",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.004),
        source="assumed: with the half-life .17 in all, as many as an occasion on which one is asked",
        grade="D",
        neutral=0.0,
        pathway="seen",
    )
    half_life: float = param(
        60.0,
        "Days after which half of them tell nobody of it any more",
        unit="days",
        low=1.0,
        high=10_000.0,
        plausible=(20.0, 180.0),
        source="assumed",
        grade="D",
    )


FELT = Column(
    "felt", np.int8, "whether they have seen the effect of something that they bought", range="0 or 1",
    seen=True, agent=True, kept=True,
)  # fmt: skip
FIRST = Event("first_effect", "members who see the effect of what they bought for the first time", kept=True)
FIRST_EFFECT = Mechanism(
    "first_effect",
    "Products whose effect shows some days after delivery, and what it moves members to who see it.",
    engine="commsim.simulation.mechanisms.first_effect:FirstEffect",
    columns=(
        FELT,
        Column(
            "felt_on", np.int16, "day on which they saw it first, -1 for not yet", start=NOT_YET, kept=True
        ),
        Column(
            "pressed", np.int16, "last day on which it moves them that they were asked too soon", start=-1
        ),
    ),
    events=(FIRST,),
    daily=(
        Column("first_effects", np.int32, "persons who see an effect for the first time"),
        Column(
            "in_vain", np.int32, "parcels whose days are over and that show nothing to who had seen nothing"
        ),
        Column("have_felt", np.int32, "members who have seen an effect"),
        Column("unasked", np.int32, "friends who accept to join because somebody who saw it told them"),
    ),
    behaviour=FirstEffectBehaviour,
    words={
        "pathway.first_effect.seen": (
            "an effect that is seen wins trust, orders and friends",
            "见效带来信任、复购与转介绍",
        ),
        "pathway.first_effect.asked": (
            "asking for friends before or after an effect differs",
            "见效前后请人转介绍效果不同",
        ),
        "daily.first_effects": ("See an effect for the first time", "首次见效人数"),
        "daily.in_vain": ("Waited in vain for an effect", "用了没见效"),
        "daily.have_felt": ("Members who have seen an effect", "已见效会员"),
        "daily.unasked": ("Friends brought unasked", "自发转介绍的好友"),
        "event.first_effect": ("Saw that it works.", "第一次见到效果。"),
    },
)
