"""What people do about shills: how soon a group finds out, and what that costs the shop."""

from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import Fen, Portion, param

FAKE_REVIEWS = Source(
    "Marketing Science 2022",
    "observational data",
    "He, Hollenbeck, Proserpio: The market for fake reviews. Marketing Science 41(5), 896-921, "
    "doi 10.1287/mksc.2022.1353. Abstract read",
)


class ShillsBehaviour(Part):
    """What becomes of shills; that they are found out, and what it costs, decides whether they pay."""

    detect: float = param(
        0.0005,
        "Chance that a shill gives themselves away to their group on a day; decides the sign of what shills "
        "bring: put in, not found",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.0001, 0.003),
        source="assumed; no measurement found",
        grade="D",
        neutral=0.0,
    )
    rotated: float = param(
        0.5,
        "Factor on that for shills who change their names and pictures",
        unit="factor",
        low=0.0,
        high=1.0,
        plausible=(0.3, 1.0),
        source="assumed from operators' practice",
        grade="D",
    )
    open_days: int = param(
        7,
        "Days after a group has found out on which who looks in learns of it",
        unit="days",
        low=1,
        high=365,
        plausible=(2, 14),
        source="assumed",
        grade="D",
    )
    told: Portion = param(
        0.1,
        "Chance that who has learned of it tells a friend, the day after, in any group or in none any more",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.02, 0.3),
        source="assumed",
        grade="D",
    )
    trust: Portion = param(
        0.7,
        "Share of their trust that who learns of it keeps at once; it comes back like any (trust.recovery): "
        "put in, not found",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.5, 0.85),
        source="assumed; ratings fall after bought reviews (Marketing Science 2022)",
        grade="D",
    )
    leaving: float = param(
        3.0,
        "Factor on the chance to leave of members who have lately learned of it: put in, not found",
        unit="factor",
        low=1.0,
        high=100.0,
        plausible=(1.0, 10.0),
        source="assumed",
        grade="D",
    )
    leaving_days: int = param(
        14,
        "Days for which they are readier to leave",
        unit="days",
        low=1,
        high=365,
        plausible=(3, 60),
        source="assumed",
        grade="D",
    )
    topics: Portion = param(
        0.5,
        "Share of its topics that a group keeps on the day on which it finds out",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.2, 1.0),
        source="assumed",
        grade="D",
    )
    fined: Portion = param(
        0.0,
        "Chance that the shop is fined when a group finds out; nobody knows it, so that the default leaves "
        "fines out, which flatters shills",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.2),
        source="assumed",
        grade="D",
    )
    fine: Fen = param(
        200_000,
        "What the authority asks then",
        unit="yuan",
        low=0,
        high=2_000_000,
        plausible=(10_000, 2_000_000),
        source="assumed: by the law of 2019 200,000 yuan at least, by that of 2025 2 million at most",
        grade="D",
    )
