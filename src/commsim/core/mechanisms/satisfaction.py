"""How satisfied members are with the service, and what they do then: parameters and their sources."""

from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import Grade, param

USUAL = 0.7
"""Satisfaction that everybody starts from and tends back to; only the ratio to it acts."""


def _share(
    default: float, about: str, usual: tuple[float, float], source: str = "assumed", grade: Grade = "D"
) -> float:
    made: float = param(
        default, about, unit="share", low=0.0, high=1.0, plausible=usual, source=source, grade=grade
    )
    return made


class ServiceBehaviour(Part):
    """Questions of members, how answers are felt, and what satisfaction does.

    ``buying``, ``leaving`` and ``friends`` put in that satisfaction is worth something: that better service
    sells more is not found by the model, only how much of it a plan can get for its hours.
    """

    ask_goods: float = _share(
        0.02, "Chance that who looks in asks about goods before buying", usual=(0.005, 0.05)
    )
    ask_order: float = _share(
        0.15, "Chance that an order brings a question on the same day", usual=(0.05, 0.3)
    )
    ask_parcel: float = _share(1.0, "Chance that a bad parcel brings one", usual=(0.5, 1.0))
    good: float = _share(0.9, "How satisfying an answer of staff on the same day is", usual=(0.8, 1.0))
    patience: float = param(
        1.0,
        "Days of waiting after which an answer is worth 1/e of that",
        unit="days",
        low=0.1,
        high=100.0,
        plausible=(0.5, 3.0),
        source="assumed",
        grade="D",
    )
    robot_fails: float = _share(
        0.4, "How satisfying a robot's answer is that does not solve it", usual=(0.1, 0.6)
    )
    free: float = _share(1.0, "How satisfying a free service is that nobody had to ask for", usual=(0.8, 1.0))
    learning: float = _share(
        0.25, "Share of the way by which one answer moves satisfaction", usual=(0.1, 0.5)
    )
    fading: float = _share(0.01, "Share of the way back to the usual in a day", usual=(0.003, 0.03))
    buying: float = param(
        0.4,
        "Elasticity of the rate of buying to satisfaction; puts in that service sells",
        unit="power",
        low=0.0,
        high=5.0,
        plausible=(0.2, 0.8),
        source="sign: 535 correlations (Mittal et al. 2023); size by analogy to ratings: You et al. 2015",
        grade="B",
        neutral=0.0,
        pathway="satisfaction",
    )
    leaving: float = param(
        1.0,
        "Elasticity of leaving to satisfaction, with a minus; puts in that service keeps",
        unit="power",
        low=0.0,
        high=5.0,
        plausible=(0.3, 2.0),
        source="sign: Mittal et al. 2023; size assumed",
        grade="D",
        neutral=0.0,
        pathway="satisfaction",
    )
    friends: float = param(
        0.4,
        "Elasticity to satisfaction of friends who accept an invitation; puts in that service brings friends",
        unit="power",
        low=0.0,
        high=5.0,
        plausible=(0.0, 0.8),
        source="sign: Mittal et al. 2023; size assumed, as of buying",
        grade="D",
        neutral=0.0,
        pathway="satisfaction",
    )
    welcomed: float = param(
        0.7,
        "Factor on leaving while a welcome is remembered; puts in that a welcome keeps newcomers",
        unit="factor",
        low=0.01,
        high=1.0,
        plausible=(0.5, 1.0),
        source="assumed",
        grade="D",
        neutral=1.0,
    )
    welcome_days: int = param(
        14,
        "Days for which a welcome is remembered",
        unit="days",
        low=1,
        high=365,
        plausible=(7, 30),
        source="assumed",
        grade="D",
    )


SOURCES = (
    Source(
        "Mittal et al. 2023",
        "meta-analysis",
        "Mittal et al.: Customer satisfaction, loyalty behaviors, and firm financial performance: what 40 "
        "years of research tells us. Marketing Letters, 10.1007/s11002-023-09671-w. Abstract read: signs",
    ),
)
