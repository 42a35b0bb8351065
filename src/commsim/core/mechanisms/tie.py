"""The tie between a member and the operator, as strategies and readers see it."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, NOTHING, Effect, effect
from commsim.core.limits import Groups, NotNegative, Share, Within
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import Portion, param

START = 0.2
"""Of everybody; only what is above it acts."""


class TieBehaviour(Part):
    """How a tie with the operator grows and fades, and what it does: put in, not found."""

    gain: Portion = param(
        0.02,
        "Share of the way to a full tie that one personal contact goes",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.01, 0.06),
        source="assumed",
        grade="D",
    )
    shown: Portion = param(
        0.002,
        "Share of the way to a full tie that a post goes in which the owner shows themself, of who looks in; "
        "puts in that it binds",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.006),
        source="sign: who discloses more is liked more (Collins & Miller 1994); size assumed: a tenth of a "
        "contact",
        grade="D",
    )
    enough: float = param(
        10.0,
        "Such posts seen in a week at which one more adds nothing, and beyond which it takes away; puts in "
        "that people can have enough",
        unit="posts",
        low=1.0,
        high=1000.0,
        plausible=(4.0, 20.0),
        source="sign: liking by exposures is an inverted U (Montoya et al. 2017); size assumed",
        grade="D",
    )
    fading: Portion = param(
        0.005,
        "Share of what was gained that is lost in a day",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0025, 0.02),
        source="assumed: half of it in some 5 months without contact",
        grade="D",
    )
    softens: Portion = param(
        0.3,
        "Share of price elasticity that a full tie takes away; puts in that friends mind prices less",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.15, 0.6),
        source="operators' guides: friendship, not cold business; size assumed",
        grade="D",
        neutral=0.0,
        pathway="tie",
    )
    forgives: Portion = param(
        0.4,
        "Share of the trust that a bad parcel costs which a full tie spares",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.2, 0.8),
        source="sign: friends forgive a bad outcome more (Ho 2012); size assumed",
        grade="D",
        neutral=0.0,
        pathway="tie",
    )
    buying: float = param(
        0.2,
        "Log of what a full tie adds to the rate of buying; puts in that it sells",
        unit="log",
        low=0.0,
        high=3.0,
        plausible=(0.0, 0.5),
        source="sign: relationships go with loyalty and sales (Palmatier et al. 2006); size assumed",
        grade="D",
        neutral=0.0,
        pathway="tie",
    )
    leaving: float = param(
        0.5,
        "Log of what a full tie takes off leaving; puts in that it keeps",
        unit="log",
        low=0.0,
        high=5.0,
        plausible=(0.0, 1.0),
        source="assumed, as of buying",
        grade="D",
        neutral=0.0,
        pathway="tie",
    )


@effect(cost=DEPENDS)
class Approach(Effect):
    """Staff talk with each addressed member in private, by chance.

    minutes: that it takes.  wage: fen an hour, the operator's if None.
    """

    chance: Share
    minutes: NotNegative
    wage: Annotated[int, Within(0, money=True)] | None = None


@effect(cost=NOTHING)
class Appear(Effect):
    """The owner shows themself in so many posts of today: who looks in is closer to them, or has enough."""

    posts: Annotated[int, Within(1, 1000)] = 1
    groups: Groups = None


OWNER = Column("owner_seen", np.float32, "posts of the owner's own that they have seen lately")
TIE = Mechanism(
    "tie",
    "Friendship of members with the operator: grows with personal contact and by who the owner is, softens "
    "prices and mishaps.",
    engine="commsim.simulation.mechanisms.tie:Ties",
    columns=(
        Column(
            "tie",
            np.float32,
            "how close they are to who runs the group",
            start=START,
            range="0 to 1",
            seen=True,
            agent=True,
            kept=True,
        ),
        OWNER,
    ),
    daily=(
        Column("approached", np.int32, "members with whom staff talked in private"),
        Column("mean_tie", np.float32, "mean tie of members with the operator", range="0 to 1"),
    ),
    behaviour=TieBehaviour,
    changes_traits=True,
    sources=(
        Source(
            "Collins & Miller 1994",
            "meta-analysis",
            "Collins, Miller: Self-disclosure and liking: a meta-analytic review. Psychological Bulletin "
            "116(3), 457-475. Abstract read: who discloses intimate things is liked more; mostly of persons "
            "face to face",
        ),
        Source(
            "Montoya et al. 2017",
            "meta-analysis",
            "Montoya, Horton, Vevea, Citkowicz, Lauber: A re-examination of the mere exposure effect. "
            "Psychological Bulletin 143(5), 459-498. Abstract read: liking rises with exposures and falls "
            "again (268 curves of 81 articles)",
        ),
        Source(
            "Ho 2012",
            "small study",
            "Ho: does friendship help in personal selling? The contingent effect of outcome favorability. "
            "Psychology & Marketing 29(2), 87-97. Abstract read",
        ),
        Source(
            "Palmatier et al. 2006",
            "meta-analysis",
            "Palmatier, Dant, Grewal, Evans: Factors influencing the effectiveness of relationship "
            "marketing: a meta-analysis. Journal of Marketing 70(4), 136-153. Not re-read here",
        ),
    ),
    words={
        "pathway.tie.tie": ("personal ties sell, keep and forgive", "人情带动购买、留存与谅解"),
        "kind.personal_contact": ("Personal contact", "一对一沟通"),
        "field.personal_contact.minutes": ("Minutes of each", "每次分钟数"),
        "field.personal_contact.per_month": ("Contacts a member and month", "每人每月次数"),
        "field.personal_contact.wage": ("Wage an hour", "时薪"),
        "kind.persona": ("The owner as a person", "老板人设"),
        "field.persona.posts": ("Posts a day", "每天条数"),
        "field.persona.quality": ("Worth of a post", "每条内容价值"),
        "field.persona.minutes": ("Minutes to make each", "每条制作分钟数"),
        "field.persona.wage": ("The owner's wage an hour", "老板时薪"),
        "daily.approached": ("Talked with in private", "一对一沟通人数"),
        "daily.mean_tie": ("Tie with the operator", "与群主的交情"),
    },
)
