"""The demonstration and its lesson as one file: recorded runs that play without this program.

A recording holds the runs of a few plans in one world, and of each what comes of the two sliders at a few
values from a few days on.  A run is kept as the difference of its bytes to a run of the same people, which
are mostly the same, so that all of them fit into one file.
"""

import base64
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from commsim.page.advise import Rivals, judged
from commsim.page.bundle import one_page
from commsim.page.messages import MOST_PANELS
from commsim.page.outlook import outlook
from commsim.page.session import Program
from commsim.page.trace import Wanted, trace
from commsim.page.typical import recorded_seeds
from commsim.scenario.change import changed, read_strategy, running
from commsim.scenario.load import dump
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy

MEMBERS = 600
"""Of the community that is recorded: two groups of the size that the plans have."""
POSTS = {"advert": (0, 1, 3, 6), "content": (0, 1, 2)}
"""What the sliders were recorded at."""
DAYS = (0, 10, 20, 30, 40)
"""From which days on."""
FRESH: dict[str, dict[str, Any]] = {
    "advert": {"hours": [10, 15, 20], "staff_minutes": 1},
    "content": {"hour": 12, "staff_minutes": 1.5},
}
"""What a slider begins where nothing of its kind runs, as on the page."""
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Lever:
    """Posts a day of one kind from a day on."""

    advert: int
    content: int
    day: int


def small(plan: Scenario) -> Scenario:
    """The plan for a community that fits into a file; one that is small already stays."""
    members = min(MEMBERS, plan.community.members)
    return plan.model_copy(update={"community": plan.community.model_copy(update={"members": members})})


def recording(program: Program, seed: int | None, *, lang: str, lesson: bool, tell: Tell) -> str:
    """The page with its recorded runs.  seed: the world, else those kept for it.

    tell: hears how many runs are recorded.
    """
    first, *others = _worlds(program, seed)
    keeper, plans = Keeper(tell), [small(plan) for plan in program.plans]
    start, grids = _beginning(keeper, plans, first), []
    for plan in plans:
        runs = {_key(lever): keeper.keep(_set(plan, lever), first) for lever in _variants(plan)}
        grids.append({"posts": _posts(plan, 0), "runs": runs})
    start |= {"grids": grids, "judged": judged(Rivals(tuple(plans), first))}
    lesson_worlds = zip(program.lesson, others, strict=True)
    steps = [_beginning(keeper, [small(plan) for plan in step], world) for step, world in lesson_worlds]
    hello = {"type": "hello", "forms": [], "conditions": [], "panels": MOST_PANELS, "seeds": first}
    hello |= {"lang": lang, "seed": first, "lesson": lesson, "lesson_seeds": others}
    grid = {"posts": POSTS, "days": DAYS}
    return one_page({"hello": hello, "grid": grid, "starts": [start, *steps], "runs": keeper.runs})


def _worlds(program: Program, seed: int | None) -> list[int]:
    """The world of the plans, and of each step of the lesson."""
    kept = recorded_seeds() if seed is None else [seed] * (1 + len(program.lesson))
    return kept[: 1 + len(program.lesson)]


def _beginning(keeper: "Keeper", plans: list[Scenario], seed: int) -> dict[str, Any]:
    """What the page starts with: a world, and its runs with what they come to in other worlds."""
    runs = [keeper.keep(plan, seed) for plan in plans]
    for run, plan in zip(runs, plans, strict=True):
        keeper.runs[run]["outlook"] = outlook(Wanted(plan, seed))
    return {"seed": seed, "runs": runs}


def _variants(plan: Scenario) -> Iterator[Lever]:
    """The sliders at every other pair of recorded values, from every recorded day on."""
    for day in DAYS:
        now = _posts(plan, day)
        for advert in POSTS["advert"]:
            for content in POSTS["content"]:
                lever = Lever(advert, content, day)
                if day < plan.days and now != {"advert": advert, "content": content}:
                    yield lever


def _set(plan: Scenario, lever: Lever) -> Scenario:
    """The plan with its sliders set."""
    told = f"{plan.name} / {lever.advert} {lever.content} {lever.day + 1}"
    for kind, posts in (("advert", lever.advert), ("content", lever.content)):
        found = _daily(plan, kind, lever.day)
        if posts == (found.posts if found else 0):
            continue
        name = found.name if found else kind
        fresh = found.model_dump(mode="json", exclude_unset=True) if found else {"kind": kind, **FRESH[kind]}
        strategy = read_strategy({**fresh, "name": name, "posts": posts}) if posts else None
        plan = changed(plan, lever.day, name, strategy)
    return plan.model_copy(update={"name": told})


def _posts(plan: Scenario, day: int) -> dict[str, int]:
    found = {kind: _daily(plan, kind, day) for kind in POSTS}
    return {kind: entry.posts if entry else 0 for kind, entry in found.items()}


def _daily(plan: Scenario, kind: str, day: int) -> Any:
    """The strategy that a slider stands for on a day: it posts every day to everybody."""
    return next((one for one in running(plan, day) if one.kind == kind and _is_daily(one)), None)


def _is_daily(one: Strategy) -> bool:
    settings = one.model_dump(mode="json")
    return not settings.get("announces") and len(settings["weekdays"]) in (0, 7) and not settings.get("who")


def _key(lever: Lever) -> str:
    return f"{lever.day} {lever.advert} {lever.content}"


class Keeper:
    """Recorded runs as texts, each beside the run of the same people that it is told from."""

    def __init__(self, tell: Tell) -> None:
        self.runs: list[dict[str, Any]] = []
        self._tell = tell
        self._first: dict[tuple[int, int], tuple[int, bytes]] = {}

    def keep(self, plan: Scenario, seed: int) -> int:
        """Run a plan and keep what the page draws of it; the number under which it is kept."""
        packed = trace(Wanted(plan, seed))
        length = struct.unpack_from("<I", packed)[0]
        head, columns = packed[4 : 4 + length], packed[4 + length :]
        at, (beside, other) = len(self.runs), self._first.get((seed, len(columns)), (None, b""))
        if beside is None:
            self._first[seed, len(columns)] = at, columns
        else:
            columns = bytes(one ^ two for one, two in zip(columns, other, strict=True))
        run: dict[str, Any] = {"head": _packed(head), "columns": _packed(columns), "beside": beside}
        run["plan"] = _packed(dump(plan).encode())
        self.runs.append(run)
        self._tell(len(self.runs))
        return at


def _packed(text: bytes) -> str:
    return base64.b64encode(zlib.compress(text, 9)).decode()
