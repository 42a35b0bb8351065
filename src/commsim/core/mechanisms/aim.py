"""What an operator finds out about members to choose among them, and groups that are formed anew."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import NOTHING, Effect, effect
from commsim.core.limits import Within
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import Probability, param

MOST_BANDS = 99
"""Into which members can be sorted before groups are formed."""


class AimBehaviour(Part):
    """What can be known of members, and what moving to another group does to them."""

    reliability: Probability = param(
        0.3,
        "Correlation of a survey's answers, who is willing to bring friends, with who does; puts in how much "
        "choosing by it gains",
        unit="correlation",
        plausible=(0.1, 0.5),
        source="assumed; most of who is paid by what they bring earns little or nothing (FTC 2024)",
        grade="D",
    )
    moved: Probability = param(
        0.1,
        "Share of the activity that is lost by being moved to another group",
        unit="share",
        plausible=(0.0, 0.3),
        source="assumed",
        grade="D",
        neutral=0.0,
    )


@effect(cost=NOTHING)
class Regroup(Effect):
    """Whom the strategy addresses are put into groups of their own this evening, likes with likes.

    by: what sorts them, a name as in ``who``.  at: bounds between bands of it; none for one band, whose
    members are put together in order.  tags: the bands, where it is by tag: the first one that a member has.
    most: members of a group, also of groups that open later.
    """

    by: str
    at: tuple[Annotated[float, Within()], ...]
    tags: tuple[str, ...]
    most: Annotated[int, Within(2, 500)]


LAST_ORDER = Column(
    "last_order", np.float32, "days since their last order, also before the start; without end for none",
    start=np.inf, seen=True, agent=True, kept=True,
)  # fmt: skip
WILLING = Column(
    "willing", np.float32, "what a survey says of how willing they are to bring friends",
    range="real, mean 0", seen=True, agent=True, kept=True,
)  # fmt: skip
AIM = Mechanism(
    "aim",
    "Days since the last order and a survey of who is willing, to choose members by; groups formed anew.",
    engine="commsim.simulation.mechanisms.aim:Aims",
    columns=(LAST_ORDER, WILLING),
    daily=(Column("moved", np.int32, "members who were put into other groups"),),
    behaviour=AimBehaviour,
    sources=(
        Source(
            "FTC 2024",
            "observational data",
            "Federal Trade Commission (2024): staff report on income disclosures of 70 multi-level marketing "
            "companies. Summary read",
        ),
    ),
    words={
        "pathway.aim.moved": ("being moved to another group costs activity", "换群损失活跃"),
        "kind.split": ("Split groups", "拆群重组"),
        "field.split.by": ("By", "分群依据"),
        "field.split.at": ("Bounds", "分档界限"),
        "field.split.tags": ("Tags", "标签"),
        "field.split.max": ("Most members of a group", "每群人数上限"),
        "daily.moved": ("Members moved to other groups", "换群人数"),
    },
)
