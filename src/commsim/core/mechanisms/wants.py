"""What members want of a group, as strategies see it: needs, a problem, desire."""

from enum import StrEnum
from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Share, Within
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.want_behaviour import WantBehaviour


class About(StrEnum):
    """What a story is about."""

    PRODUCT = "product"
    BUYERS = "buyers"
    PAINS = "pains"


@effect(word="story", cost=DEPENDS)
class Narrate(Effect):
    """A story is told to who looks in today: of the product, of its buyers, or of what it is good against.

    quality: 1 for the best.  posts: stories.
    """

    about: About
    quality: Share
    posts: Annotated[int, Within(1, 20)] = 1
    reach: Share = 1.0


WANTS = Mechanism(
    "wants",
    "What members want: needs that the group meets, a problem that it solves, desire raised by stories.",
    engine="commsim.simulation.mechanisms.wants:Wants",
    columns=(
        Column(
            "desire",
            np.float32,
            "desire for what is sold, by stories",
            range="0 to 1",
            seen=True,
            agent=True,
            kept=True,
        ),
        Column(
            "aware",
            np.int8,
            "whether they know the problem that the product solves",
            range="0 or 1",
            seen=True,
            agent=True,
            kept=True,
        ),
        Column(
            "unmet",
            np.float32,
            "share of their needs that the group does not meet",
            range="0 to 1",
            agent=True,
            kept=True,
        ),
    ),
    daily=(
        Column("told", np.int32, "members who heard a story"),
        Column("aware_members", np.int32, "members who know the problem that the product solves"),
        Column("mean_desire", np.float64, "mean desire of members", range="0 to 1"),
        Column(
            "mean_unmet",
            np.float64,
            "mean share of members' needs that the group does not meet",
            range="0 to 1",
        ),
    ),
    behaviour=WantBehaviour,
    words={
        "pathway.wants.unmet": ("who misses what they want leaves", "需求没满足就走"),
        "pathway.wants.solved": ("a solved problem makes a group worth a look", "解决问题的群更值得看"),
        "pathway.wants.desire": ("stories wake desire", "故事激发欲望"),
        "pathway.wants.first": ("who knows their problem buys first", "知道痛点才有首单"),
        "pathway.wants.pushed": ("who is sold to too soon leaves", "过早推销让人走"),
        "kind.story": ("Stories", "讲故事种草"),
        "story.deed.story": ("{name} told", "{name}"),
        "field.story.about": ("About", "讲什么"),
        "field.story.quality": ("How good", "内容好坏"),
        "field.story.posts": ("Stories a day", "每天篇数"),
        "field.story.cost": ("Cost of each", "每篇成本"),
        "daily.told": ("Members who heard a story", "看到故事的成员"),
        "daily.aware_members": ("Members who know the problem", "意识到痛点的成员"),
        "daily.mean_desire": ("Desire (mean)", "想要程度（均值）"),
        "daily.mean_unmet": ("Needs not met (mean)", "未满足的需求（均值）"),
    },
)
