"""Plans as one file: recorded runs that play, branch and are changed without this program.

A recording holds the runs of a few plans in one world, and of each what comes of the two sliders from many
days on, and of second thoughts later (see `commsim.page.grid`), as much as has room; of each step of the
lesson it holds its two runs.  Of the plans as they begin it holds why they earn what they earn, and the
stories of members whose fate differs most under them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any

from commsim.core.errors import InputError
from commsim.experiments.pool import Pool
from commsim.page.advise import Doubted, Rivals, judged, reasons
from commsim.page.bundle import one_page
from commsim.page.grid import Way, gone, names_of, posts_of, ways
from commsim.page.house import refusal
from commsim.page.lesson import for_page
from commsim.page.messages import MOST_PANELS
from commsim.page.outlook import outlook
from commsim.page.recorder import Recorder, packed
from commsim.page.session import Program
from commsim.page.story import Asked, suggestions
from commsim.page.trace import Wanted, trace
from commsim.page.typical import recorded_seeds
from commsim.scenario.load import dump
from commsim.scenario.schema import Scenario

MEMBERS = 800
"""Of the community that is recorded, at most: two of the groups that the plans have."""
MOST_BYTES = 2_900_000
"""Of the whole file."""
_AT_A_TIME = 64
"""Runs that are asked for together."""
_KEY = 24
"""Letters that the name of a run takes."""
_Pool = Pool[None, tuple[Callable[[Any], Any], Any], Any]
Tell = Callable[[int, int], None]
"""Hears how many runs are recorded, and how many there will be at most."""


@dataclass(frozen=True)
class Recording:
    """The page, and of how many ways the sliders can go, and how many of them it holds."""

    page: str
    held: int
    ways: int


def small(plan: Scenario) -> Scenario:
    """The plan for a community that fits into a file, of whole groups; one that is small already stays."""
    size = plan.community.group_size
    members = min(plan.community.members, MEMBERS // size * size or MEMBERS)
    return plan.model_copy(update={"community": plan.community.model_copy(update={"members": members})})


def recording(
    program: Program, seed: int | None, *, lang: str, lesson: bool, tell: Tell, most: int = MOST_BYTES
) -> Recording:
    """The page with its recorded runs.  seed: the world, else those kept for it.  most: bytes of the file.

    Raises InputError if not even the plans themselves have room.
    """
    first, *others = _worlds(program, seed)
    plans, recorder = [small(plan) for plan in program.plans], Recorder()
    pairs = [(plans, first)]
    for step, world in zip(program.lesson, others, strict=True):
        pairs.append(([small(plan) for plan in step], world))
    hello = {"type": "hello", "forms": [], "conditions": [], "panels": MOST_PANELS, "seeds": first}
    hello |= {"lang": lang, "seed": first, "lesson": lesson, "lesson_seeds": others}
    hello["lesson_steps"] = for_page()
    with Pool(_call, None) as pool:
        starts = _beginnings(recorder, pairs, pool)
        starts[0] |= {"judged": judged(Rivals(tuple(plans), first))}
        starts[0] |= {"suggested": packed(suggestions(Asked(tuple(plans), first)))}
        doubts = [(_why, Doubted(plan, first, whole=True)) for plan in plans]
        starts[0] |= {"reasons": packed(list(pool.map(doubts)))}
        grids = [{"posts": posts_of(plan, 0), "names": names_of(plan)} for plan in plans]
        held: list[dict[str, int]] = [{} for _ in plans]
        starts[0] |= {"grids": [grid | {"runs": runs} for grid, runs in zip(grids, held, strict=True)]}
        table = {"hello": hello, "starts": starts}
        taken = len(one_page(table).encode())
        if taken + recorder.bytes > most:
            raise InputError(
                f"the runs take {(taken + recorder.bytes) / 1e6:.1f} MB without any change of a slider",
                remedy=f"give plans of fewer days; there is room for {most / 1e6:.1f} MB",
            )
        asked = list(_in_turn(plans))
        for number, way, kept in _recorded(pool, plans, first, asked, tell):
            at = recorder.keep(*kept, _people(plans[number], first))
            key = " ".join(f"{step.day} {step.advert} {step.content}" for step in way)
            held[number][key] = at
            if taken + recorder.bytes + _KEY * at > most:
                break
    return Recording(one_page(table | recorder.table()), sum(map(len, held)), len(asked))


def _worlds(program: Program, seed: int | None) -> list[int]:
    """The world of the plans, and of each step of the lesson."""
    kept = recorded_seeds() if seed is None else [seed] * (1 + len(program.lesson))
    return kept[: 1 + len(program.lesson)]


def _beginnings(
    recorder: Recorder, pairs: list[tuple[list[Scenario], int]], pool: _Pool
) -> list[dict[str, Any]]:
    """What the page starts with, each: a world, and its runs with what they come to in other worlds."""
    wanted = [Wanted(plan, seed) for plans, seed in pairs for plan in plans]
    outlooks = iter(pool.map([(outlook, one) for one in wanted]))
    starts = []
    for plans, seed in pairs:
        runs = [recorder.keep(*_traced(Wanted(plan, seed)), _people(plan, seed)) for plan in plans]
        starts.append({"seed": seed, "runs": runs, "outlooks": packed([next(outlooks) for _ in plans])})
    return starts


def _recorded(
    pool: _Pool, plans: list[Scenario], seed: int, asked: list[tuple[int, Way]], tell: Tell
) -> Iterator[tuple[int, Way, tuple[bytes, str]]]:
    """Each way that can be gone, with the number of its plan and its run."""
    for begun in range(0, len(asked), _AT_A_TIME):
        found = [(number, way, gone(plans[number], way)) for number, way in asked[begun : begun + _AT_A_TIME]]
        some = [(number, way, plan) for number, way, plan in found if plan is not None]
        tasks = [(_traced, Wanted(plan, seed)) for _, _, plan in some]
        runs = pool.map(tasks, partial(_told, tell, begun, len(asked)))
        yield from ((number, way, run) for (number, way, _), run in zip(some, runs, strict=True))


def _told(tell: Tell, begun: int, ways: int, done: int) -> None:
    tell(begun + done, ways)


def _in_turn(plans: list[Scenario]) -> Iterator[tuple[int, Way]]:
    """One way of each plan after the other, by the plan's number."""
    for row in zip_longest(*(ways(plan) for plan in plans)):
        yield from ((number, way) for number, way in enumerate(row) if way is not None)


def _why(doubted: Doubted) -> dict[str, Any]:
    """What the page hears that asks why a plan earns what it earns."""
    try:
        return {"type": "why", "whole": True, "told": reasons(doubted)}
    except InputError as error:  # without strategies there is nothing to tell
        return refusal(error)


def _traced(wanted: Wanted) -> tuple[bytes, str]:
    """A plan's run, and its text."""
    return trace(wanted), dump(wanted.scenario)


def _call(_: None, task: tuple[Callable[[Any], Any], Any]) -> Any:
    function, what = task
    return function(what)


def _people(plan: Scenario, seed: int) -> tuple[Any, ...]:
    """What runs of the same people have in common."""
    return seed, plan.community.model_dump_json(), plan.days
