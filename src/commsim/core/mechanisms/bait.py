"""Newcomers by bait, as strategies see them: who came for a prize or a free good, not for the shop."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import NOTHING, Effect, effect
from commsim.core.limits import Persons, Within
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import param


class BaitBehaviour(Part):
    """What newcomers do who came for a prize or a free good: put in, not found."""

    muted: float = param(
        0.4,
        "Share of them who mute the group at once, of those who would not have anyway: put in, not found",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.9),
        source="assumed: few opt out after an incentive (vendors of text messages), so they fall silent",
        grade="D",
        neutral=0.0,
        pathway="prize",
    )
    leave: float = param(
        0.1,
        "Share of them who leave within the days after what they came for is over, beside who leaves "
        "anyway: put in, not found",
        unit="share",
        low=0.0,
        high=0.99,
        plausible=(0.02, 0.5),
        source="Tatango: 1.3-6.1 % opt out within a day of an incentive; a week assumed",
        grade="C",
        neutral=0.0,
        pathway="prize",
    )
    within: int = param(
        7,
        "These days",
        unit="days",
        low=1,
        high=365,
        plausible=(3, 14),
        source="operators' guides: they leave within a week",
        grade="D",
    )


@effect(evening=True, settles=True, cost=NOTHING)
class Lure(Effect):
    """Newcomers of today who came for a prize or a free good: some mute at once, some leave when it is over.

    days: until it is over; 0 for today.
    """

    persons: Persons
    days: Annotated[int, Within(0, 365)]


BAIT = Mechanism(
    "bait",
    "Newcomers who came for a prize or a free good: many mute, some leave when it is over.",
    engine="commsim.simulation.mechanisms.bait:Bait",
    columns=(
        Column(
            "lured", np.int16, "days until a newcomer by bait leaves no sooner than others", range="from 0"
        ),
    ),
    daily=(
        Column("baited", np.int32, "newcomers who came for a prize or a free good"),
        Column("bait_left", np.int32, "of them, who left since it is over"),
    ),
    behaviour=BaitBehaviour,
    sources=(
        Source(
            "Tatango",
            "company figures",
            "Tatango, a vendor of text messages: opt-outs after an incentive to join. Blog, read",
        ),
    ),
    words={
        "pathway.bait.prize": ("who came for a prize mutes and leaves", "为奖品来的人免打扰、退群"),
        "daily.baited": ("Newcomers who came for a prize or a free good", "冲着奖品或免费来的新人"),
        "daily.bait_left": ("Of them, left when it was over", "其中拿完就退群的人数"),
    },
)
