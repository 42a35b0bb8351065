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
    posts = over_days(
        case,
        say,
        Curve(
            "fatigue-posts",
            say("Posts of the operator"),
            "messages",
            say("posts a group and day, 7-day mean"),
            say("What members are asked to read."),
        ),
        lambda closeup: weekly(_per_group(closeup)),
    )
    muted = over_days(
        case,
        say,
        Curve(
            "fatigue-muted",
            say("Group muted"),
            "share",
            say("share of members"),
            say("Muted members see posts only when they look in by themselves."),
        ),
        lambda closeup: share(closeup, "muted"),
    )
    left = over_days(
        case,
        say,
        Curve(
            "fatigue-left",
            say("Left"),
            "persons",
            say("persons a day, 7-day mean"),
            say("Those who left don't come back."),
        ),
        lambda closeup: weekly(closeup.curve("left")),
    )
    trust = over_days(
        case,
        say,
        Curve(
            "fatigue-trust",
            say("Trust in the shop"),
            "share",
            say("mean over members, 0 to 100 %"),
            say("Grows with content and good parcels, falls with bad ones and with adverts."),
            zero=False,
        ),
        lambda closeup: closeup.curve("trust"),
    )
    return [posts, muted, left, trust]


def _per_group(closeup: Closeup) -> Floats:
    """Posts of the operator per group of the typical world, which has as many groups as the others."""
    groups = len(np.unique(closeup.typical.groups["group"]))
    return np.asarray(closeup.curve("operator_posts") / max(1, groups))
