"""From reach to repurchase."""

import numpy as np

from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.numbers import percent
from commsim.report.panels import Bars, Figure, Series


def funnel(case: Case, say: Language) -> list[Figure]:
    """How many members get to each step, mean over the worlds; beside each bar its share of the first."""
    frames = [closeup.funnel for closeup in case.closeups]
    series = [
        Series(name, plan, frame["persons"].round().to_numpy(float))
        for plan, (name, frame) in enumerate(zip(case.names, frames, strict=True))
    ]
    notes = [tuple(f"({percent(part, say)})" for part in frame["share_of_all"]) for frame in frames]
    panel = Bars(
        say,
        "funnel",
        say("From reach to repurchase"),
        "persons",
        say("persons, mean over the worlds"),
        say("In brackets the share of all who ever were members. Who buys from the shelf need not look in."),
        tuple(say(step) for step in frames[0]["step"]),
        tuple(series),
        tuple(notes),
    )
    return [panel] if np.any(series[0].values) else []
