"""Members who sit in several groups, as strategies and readers see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import param


class SeveralGroupsBehaviour(Part):
    """How groups on one phone compete for a look."""

    attention: float = param(
        1.0,
        "Exponent of a group's part of all groups on a phone that have something new, in the odds of a look "
        "at it; 0 if they do not compete: puts in that they do",
        unit="exponent",
        low=0.0,
        high=3.0,
        plausible=(0.0, 1.5),
        source="Feng et al. 2015: on Weibo passing something on goes by its fraction; taken for looks",
        grade="C",
        neutral=0.0,
        pathway="attention",
    )
    usual: float = param(
        15.0,
        "Other groups on the phone of a member as the rest of the model has them (median)",
        unit="groups",
        low=1.0,
        high=1000.0,
        plausible=(10.0, 20.0),
        source="China Youth Daily 2020: 25 % are in fewer than 10, 59 % in 10 to 30, 16 % in more",
        grade="C",
    )
    spread: float = param(
        0.6,
        "Log standard deviation of these across people, where a plan gives a number of them",
        unit="log",
        low=0.0,
        high=2.0,
        plausible=(0.5, 0.7),
        source="China Youth Daily 2020: fitted to its bands",
        grade="C",
    )


FURTHER = Column(
    "further",
    np.int8,
    "further groups of the shop that they sit in",
    range="from 0",
    agent=True,
    kept=True,
)
OTHERS = Column(
    "others",
    np.float32,
    "groups of other people on their phone",
    range="from 0",
    agent=True,
    kept=True,
)
SEVERAL_GROUPS = Mechanism(
    "several_groups",
    "Members who sit in several groups: what is posted in all of the shop's comes to them, and all groups "
    "compete for their looks.",
    engine="commsim.simulation.mechanisms.several_groups:SeveralGroups",
    columns=(FURTHER, OTHERS),
    daily=(
        Column("in_several", np.int32, "members who sit in more than one of the shop's groups"),
        Column("posts_again", np.int64, "posts that came to members from further groups, over all of them"),
    ),
    behaviour=SeveralGroupsBehaviour,
    sources=(
        Source(
            "Feng et al. 2015",
            "observational data",
            "Feng, Hu, Li, Stanley, Havlin, Braunstein: Competing for attention in social media "
            "under information overload conditions. PLoS ONE 10(7) e0126090. Not re-read here",
        ),
    ),
    words={
        "pathway.several_groups.attention": (
            "groups on one phone compete for a look",
            "多个群争抢同一个人的注意力",
        ),
        "daily.in_several": ("Members in several of the shop's groups", "同时在本店多个群的成员"),
        "daily.posts_again": ("Posts that came again from further groups", "在其他群里重复收到的帖子"),
    },
)
