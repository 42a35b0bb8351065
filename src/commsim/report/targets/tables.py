"""What is said of targets that were tried: tables of chances, and a sentence for each plan."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.reached import Reached, all_met, chance
from commsim.core.measures import find
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell, labelled, percent
from commsim.report.tables import Grid
from commsim.report.targets.words import told

Mean = Callable[[str], float]
"""Gives the mean of a measure by its name."""


def run_target_grid(goals: Sequence[Reached], value: Mean, say: Language = ENGLISH) -> Grid:
    """The goals of one run: what was needed in its world, what it came to, and whether that is enough."""
    rows = [
        (
            labelled(find(goal.wanted.measure), say),
            told(goal.wanted, say),
            _cell(goal, float(goal.needed[0])),
            _cell(goal, value(goal.wanted.measure)),
            _yes(bool(goal.met[0]), say),
        )
        for goal in goals
    ]
    if len(goals) > 1:
        rows.append((say("All together"), "", "", "", _yes(bool(all_met(goals)[0]), say)))
    header = ("Target", "Wanted", "Needed here", "Value", "Reached")
    return Grid("", tuple(map(say, header)), tuple(rows), fixed=2)


def _yes(reached: bool, say: Language) -> str:
    return say("reached") if reached else say("missed")


def target_grids(comparison: Comparison, say: Language = ENGLISH) -> list[Grid]:
    """A table for each plan with a target."""
    return [
        target_grid(comparison.plans[plan], goals, _means(comparison, plan), say)
        for plan, goals in enumerate(comparison.targets)
        if goals
    ]


def _means(comparison: Comparison, plan: int) -> Mean:
    return lambda name: float(comparison.of(name)[plan].mean())


def target_grid(plan: str, goals: Sequence[Reached], mean: Mean, say: Language = ENGLISH) -> Grid:
    """The goals of a plan: what they need on the mean, what there is, and how often that is enough."""
    rows = [
        (
            labelled(find(goal.wanted.measure), say),
            told(goal.wanted, say),
            _cell(goal, float(goal.needed.mean())),
            _cell(goal, mean(goal.wanted.measure)),
            told_chance(goal.chance, say),
        )
        for goal in goals
    ]
    if len(goals) > 1:
        rows.append((say("All together"), "", "", "", told_chance(chance(all_met(goals)), say)))
    reached = say("Reached in worlds ({confidence:.0f} %)", confidence=100 * CONFIDENCE)
    header = (say("Target of {plan}", plan=plan), say("Wanted"), say("Needed"), say("Mean"), reached)
    return Grid("", header, tuple(rows), fixed=2)


def _cell(goal: Reached, value: float) -> str:
    unit = find(goal.wanted.measure).unit
    return cell(round(value) if unit in ("persons", "orders") and abs(value) >= 100 else value, unit)


def told_chance(interval: Interval, say: Language = ENGLISH) -> str:
    """``85 % (64 % to 95 %)``."""
    low, high = percent(interval.low, say), percent(interval.high, say)
    return f"{percent(interval.mean, say)} ({say('{low} to {high}', low=low, high=high)})"


def target_sentences(comparison: Comparison, say: Language = ENGLISH) -> Iterator[str]:
    """For each plan with a target: in how many of the worlds it is reached."""
    for plan, goals in zip(comparison.plans, comparison.targets or [()] * len(comparison.plans), strict=True):
        if goals:
            yield target_sentence(plan, goals, say)


def target_sentence(plan: str, goals: Sequence[Reached], say: Language) -> str:
    """In how many of the worlds a plan reaches all its goals."""
    met = all_met(goals)
    around = chance(met)
    sentence = (
        "{plan} reaches its target in {count} of {worlds} worlds, which is a chance of {low} to {high}."
        if len(goals) == 1
        else "{plan} reaches all of its target in {count} of {worlds} worlds, "
        "which is a chance of {low} to {high}."
    )
    return say(
        sentence,
        plan=plan,
        count=int(np.count_nonzero(met)),
        worlds=len(met),
        low=percent(around.low, say),
        high=percent(around.high, say),
    )
