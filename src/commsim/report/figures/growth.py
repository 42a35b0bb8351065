"""Who joins, and who brings whom."""

import numpy as np

from commsim.report.case import Case
from commsim.report.figures.bands import Curve, over_days, weekly
from commsim.report.language import Language
from commsim.report.panels import Bars, Figure, Series

DEEPEST = 6
"""Generations that are shown; those further down are added up in the last."""


def growth(case: Case, say: Language) -> list[Figure]:
    """Newcomers day by day, and the generations of invitations; nothing where nobody joins."""
    if not any(closeup.curve("joined").any() for closeup in case.closeups):
        return []
    invited = any(closeup.curve("invited").any() for closeup in case.closeups)
    return [*over_days(case, say, _JOINED), *([_generations(case, say)] if invited else [])]


_JOINED = Curve(
    "growth-joined",
    "Joined",
    "persons",
    "persons a day, 7-day mean",
    "Brought by members or come by themselves.",
    lambda closeup: weekly(closeup.curve("joined")),
)


def _generations(case: Case, say: Language) -> Bars:
    frames = [closeup.generations.iloc[1 : DEEPEST + 1] for closeup in case.closeups]
    depth = max(map(len, frames))
    series = [
        Series(name, plan, _padded(frame["persons"].to_numpy(float), depth))
        for plan, (name, frame) in enumerate(zip(case.names, frames, strict=True))
    ]
    return Bars(
        say,
        "growth-generations",
        say("The tree of invitations"),
        "persons",
        say("persons, mean over the worlds"),
        say("First: brought by members who were there or came by themselves; second: brought by the first."),
        tuple(say("generation {number}", number=k + 1) for k in range(depth)),
        tuple(series),
    )


def _padded(values: "np.ndarray[tuple[int], np.dtype[np.float64]]", size: int) -> "np.ndarray":
    return np.concatenate([values, np.zeros(size - len(values))])
