"""Content that wears with every showing, theme by theme, as strategies and readers see it."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import Portion, param


class WearBehaviour(Part):
    """How content of one theme tires who has seen much of it."""

    per_post: Portion = param(
        0.0115,
        "Share of what is left of a theme's effects, but for what is new in kind, that a post of it wears "
        "off; puts in that variety pays",
        unit="share",
        low=0.0,
        high=0.99,
        plausible=(0.004, 0.035),
        source="campaigns of five themes (Bass et al. 2007, Bruce 2008) for the sign; size assumed: half of "
        "it in 60 posts, as most groups with a daily post are quiet within two months (WeCom groups)",
        grade="D",
        neutral=0.0,
    )
    rest: float = param(
        180.0,
        "Days without a theme after which half of its showings are forgotten; puts in that variety pays",
        unit="days",
        low=1.0,
        high=100_000.0,
        plausible=(30.0, 365.0),
        source="wear and forgetting go together (Bass et al. 2007); slow repetition satiates less (Galak et "
        "al. 2011); size assumed",
        grade="D",
    )


WORN = Column("worn", np.float32, "share of what today's content would add that is worn off", range="0 to 1")
WEAR = Mechanism(
    "wear",
    "Content wears with every showing of its theme, and recovers while the theme rests.",
    engine="commsim.simulation.mechanisms.wear:Wear",
    daily=(WORN,),
    behaviour=WearBehaviour,
    sources=(
        Source(
            "Bass et al. 2007",
            "observational data",
            "Bass, Bruce, Majumdar, Murthi: Wearout effects of different advertising themes: a dynamic "
            "Bayesian model of the advertising-sales relationship. Marketing Science 26(2), 179-195. "
            "Abstract read: five themes wear and are forgotten at rates of their own; money divided "
            "otherwise among themes sells more",
        ),
        Source(
            "Bruce 2008",
            "observational data",
            "Bruce: Pooling and dynamic forgetting effects in multitheme advertising. Marketing Science "
            "27(4), 659-673. Abstract read: a pool of themes wears less",
        ),
        Source(
            "Galak et al. 2011",
            "randomised experiment",
            "Galak, Kruger, Loewenstein: Is variety the spice of life? It all depends on the rate of "
            "consumption. Judgment and Decision Making 6(3), 230-238. Abstract read: variety is liked better "
            "than a better-liked single thing when consumption is continuous, not when it is slow",
        ),
    ),
    words={
        "pathway.wear.per_post": ("content of one theme wears", "同题材内容看多了会腻"),
        "daily.worn": ("Worn off today's content", "当日内容的疲劳损耗"),
    },
)
