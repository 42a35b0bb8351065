"""What the members put up with: posts, mutes, leaving, trust."""

import numpy as np

from commsim.analysis.closeup import Closeup
from commsim.core.arrays import Floats
from commsim.report.case import Case
from commsim.report.figures.bands import Curve, over_days, share, weekly
from commsim.report.language import Language
from commsim.report.panels import Figure


def fatigue(case: Case, say: Language) -> list[Figure]:
    """Posts of the operator, members who muted, members who leave, trust."""
    return over_days(case, say, *_CURVES)


def _per_group(closeup: Closeup) -> Floats:
    """Posts of the operator per group of the typical world, which has as many groups as the others."""
    groups = len(np.unique(closeup.typical.groups["group"]))
    return np.asarray(closeup.curve("operator_posts") / max(1, groups))


_CURVES = (
    Curve(
        "fatigue-posts",
        "Posts of the operator",
        "messages",
        "posts a group and day, 7-day mean",
        "What members are asked to read.",
        lambda closeup: weekly(_per_group(closeup)),
    ),
    Curve(
        "fatigue-muted",
        "Group muted",
        "share",
        "share of members",
        "Muted members see posts only when they look in by themselves.",
        lambda closeup: share(closeup, "muted"),
    ),
    Curve(
        "fatigue-left",
        "Left",
        "persons",
        "persons a day, 7-day mean",
        "Those who left don't come back.",
        lambda closeup: weekly(closeup.curve("left")),
    ),
    Curve(
        "fatigue-trust",
        "Trust in the shop",
        "share",
        "mean over members, 0 to 100 %",
        "Grows with content and good parcels, falls with bad ones and with adverts.",
        lambda closeup: closeup.curve("trust"),
        zero=False,
    ),
)
