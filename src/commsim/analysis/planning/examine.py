"""What fresh worlds say of a plan that was found: lead, limits, worths of its choices, doubts."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from commsim.analysis.best import Best
from commsim.analysis.intervals import Interval, t_interval
from commsim.analysis.planning.finals import MAY_BREAK
from commsim.analysis.planning.planned import Candidate, Change
from commsim.analysis.planning.trials import Over, Trials
from commsim.analysis.planning.weights import signs
from commsim.analysis.planning.words import changes_of, groups_of, told_changes
from commsim.analysis.uncertainty import Doubt, doubt
from commsim.analysis.within import Kept, kept
from commsim.core.arrays import Floats
from commsim.experiments.space import NOTHING, Choices, Space
from commsim.scenario.schema import Scenario
from commsim.scenario.shipped_words import made

MOST_WORLDS, FEWEST_WORLDS = 40, 10
FEWEST_TO_TELL = 4
"""Worlds in which a choice is undone; with runs for fewer it is not."""
MOST_TRIED = 3
"""Plans at the top that are looked at, until one keeps its limits there too."""
RUNNERS = 3
BATCH = 10
"""Uncertain points that are tried at a time."""
_NONE = Interval(0.0, 0.0, 0.0)


@dataclass
class Examined:
    """See `commsim.analysis.planning.planned.Planned`.  cut_short: somebody interrupted the last of it."""

    race: Best | None = None
    scenario: Scenario | None = None
    changes: tuple[Change, ...] = ()
    lead: Interval = _NONE
    over_nothing: Interval = _NONE
    runners: tuple[Candidate, ...] = ()
    front: tuple[Candidate, ...] = ()
    limits: tuple[Kept, ...] = ()
    doubt: Doubt | None = None
    doubt_nothing: Doubt | None = None
    seeds: tuple[int, ...] = ()
    worlds: Floats = field(default_factory=lambda: np.zeros((3, 0)))
    cut_short: bool = False


def examine(
    trials: Trials, race: Best | None, racers: list[Choices], worlds: int, *, short: bool
) -> Examined:
    """Look at the best of a race that keeps its limits in further worlds."""
    seeds = trials.seeds("last", worlds)
    ranked = [racers[k] for k in race.ranked] if race else racers
    winner = _first_within(trials, ranked, seeds)
    found = look_at(trials, winner, seeds)
    found.race = race
    base = trials.space.canonical(trials.space.start)
    if winner is not None and winner != base and not short:
        try:
            _more(trials, found, winner, _others(race, racers, winner, base), seeds)
        except KeyboardInterrupt:
            found.cut_short = True
    return found


def _others(race: Best | None, racers: list[Choices], winner: Choices, base: Choices) -> list[Choices]:
    """The other plans from the best down, without those that gave the same as a better one in every world."""
    if race is None:
        return []
    others = [racers.index(winner)]
    for k in race.ranked:
        if racers[k] not in (winner, base) and not any(_alike(race, k, other) for other in others):
            others.append(k)
    return [racers[k] for k in others[1:]]


def _alike(race: Best, one: int, other: int) -> bool:
    worlds = min(race.worlds(one), race.worlds(other))
    return np.array_equal(race.values[one][:worlds], race.values[other][:worlds])


def look_at(trials: Trials, winner: Choices | None, seeds: list[int]) -> Examined:
    """A plan beside the base and doing nothing in these worlds; None is no plan, and shows the base."""
    found, base = Examined(seeds=tuple(seeds)), trials.space.canonical(trials.space.start)
    shown = base if winner is None else winner
    numbers = trials.numbers([shown, base, NOTHING], seeds)
    found.worlds = numbers[:, :, 0]
    found.lead, found.over_nothing = (_apart(trials, numbers, 0, other) for other in (1, 2))
    found.limits = _kept(trials, numbers[0])
    if winner is not None:
        found.scenario = named(trials, winner)
        found.changes = tuple(changes_of(trials.space, winner))
    return found


def _first_within(trials: Trials, ranked: list[Choices], seeds: list[int]) -> Choices | None:
    """The best plan that breaks a limit in few enough of the further worlds."""
    for plan in ranked[:MOST_TRIED]:
        if not trials.limits:
            return plan
        if not _breaks(trials, trials.numbers([plan], seeds)):
            return plan
    return None


def _breaks(trials: Trials, numbers: Floats) -> bool:
    """Whether a plan is beyond a limit in too many of the worlds of its numbers (1 x worlds x ...)."""
    return bool((trials.broken(numbers) > 0).mean() > MAY_BREAK)


def _apart(trials: Trials, numbers: Floats, one: int, other: int, metric: int = 0) -> Interval:
    apart = numbers[one, :, metric] - numbers[other, :, metric]
    apart = apart[np.isfinite(apart)]
    return t_interval(apart) if len(apart) > 1 else _NONE


def _kept(trials: Trials, numbers: Floats) -> tuple[Kept, ...]:
    return kept(trials.space.limits, numbers[:, len(trials.work.metrics) :].tolist())


def named(trials: Trials, plan: Choices) -> Scenario:
    """The plan of some choices under a name of its own."""
    scenario = trials.space.scenario(plan)
    if plan == trials.space.canonical(trials.space.start):
        return scenario
    told = told_changes(changes_of(trials.space, plan))
    about = made("{name} with other choices: {changes}", name=scenario.name, changes=told)
    return scenario.model_copy(
        update={"name": made("{name}, planned", name=scenario.name[:70]), "about": about}
    )


def _more(trials: Trials, found: Examined, winner: Choices, others: list[Choices], seeds: list[int]) -> None:
    """What there is time and runs for: worths of choices, the next best, uncertain points."""
    found.changes = _worths(trials, winner, seeds)
    with suppress(Over):
        found.runners = candidates(trials, others[:RUNNERS], seeds)
    trials.allowance.share_rest()
    found.doubt, found.doubt_nothing = _doubts(trials, winner)


def _worths(trials: Trials, winner: Choices, seeds: list[int]) -> tuple[Change, ...]:
    """Each change with what goes if it alone is undone, in as many of the worlds as runs are left for."""
    space = trials.space
    changes, groups = changes_of(space, winner), groups_of(space, winner)
    seeds = seeds[: trials.allowance.left(len(seeds) * len(changes)) // max(1, len(changes))]
    return tuple(
        _with_worth(trials, change, winner, _undone(space, winner, levers), seeds)
        for change, levers in zip(changes, groups, strict=True)
    )


def _undone(space: Space, winner: Choices, levers: Collection[int]) -> Choices:
    """The plan with some levers as they are in the base."""
    return space.canonical(
        tuple(lever.start if k in levers else winner[k] for k, lever in enumerate(space.levers))
    )


def _with_worth(trials: Trials, change: Change, winner: Choices, undone: Choices, seeds: list[int]) -> Change:
    needed = not trials.allowed(undone)
    if undone == winner or len(seeds) < FEWEST_TO_TELL or not _can_be(trials, undone):
        return change._replace(needed=needed)
    with suppress(Over):
        numbers = trials.numbers([winner, undone], seeds)
        needed = needed or _breaks(trials, numbers[1:])
        worth = _apart(trials, numbers, 0, 1)
        return change._replace(worth=worth, needed=needed, worlds=len(seeds))
    return change._replace(needed=needed)


def _can_be(trials: Trials, plan: Choices) -> bool:
    """Whether the plan can be run at all; it may break limits, since nobody takes it."""
    from commsim.core.errors import CommsimError

    try:
        trials.space.scenario(plan)
    except CommsimError:
        return False
    return True


def candidates(trials: Trials, plans: list[Choices], seeds: list[int]) -> tuple[Candidate, ...]:
    """Plans with their leads over the base in fresh worlds, in every measure."""
    if not plans:
        return ()
    base = trials.space.canonical(trials.space.start)
    numbers = trials.numbers([base, *plans], seeds)
    made = []
    for number, plan in enumerate(plans, 1):
        leads = tuple(_apart(trials, numbers, number, 0, k) for k in range(len(trials.work.metrics)))
        told = tuple(changes_of(trials.space, plan))
        made.append(Candidate(f"plan {number}", told, leads, named(trials, plan)))
    return tuple(made)


def _doubts(trials: Trials, winner: Choices) -> tuple[Doubt | None, Doubt | None]:
    """The leads over the base and over nothing at points where all that is unknown is otherwise."""
    rows: list[tuple[float, ...]] = []
    try:
        for first in range(0, trials.work.doubts, BATCH):
            points = range(first, min(first + BATCH, trials.work.doubts))
            seeds = trials.seeds("doubt", points.stop)
            rows += trials.answers([(winner, seeds[k], k) for k in points], 3, each=3)
    except Over:
        pass
    values = np.array([row for row in rows if np.isfinite(row).all()]).reshape(-1, 3)
    if not len(values):
        return None, None
    sign = float(signs(trials.work.metrics)[0])
    return doubt(sign * (values[:, 0] - values[:, 1])), doubt(sign * (values[:, 0] - values[:, 2]))
