"""A whole run as the page draws it: one message with everything of every day, so that the clock can go back.

A trace is four bytes with the length of a JSON head, the head, and columns of bytes; ``head["columns"]``
says where each column lies, as (offset, type, shape).
"""

import json
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.counts import counts
from commsim.analysis.measures import outcomes, path
from commsim.analysis.reached import reached
from commsim.core.arrays import Columns
from commsim.core.columns import Column
from commsim.core.events import Happened
from commsim.core.harmless import for_terminal
from commsim.core.view import MEMBER, STRANGER
from commsim.page.alone import alone
from commsim.page.taught import taught
from commsim.page.watched import Deeds, open_world, people_of
from commsim.records.records import Records
from commsim.records.tables import PAYMENT
from commsim.report.agents import agent_grids
from commsim.report.language import language
from commsim.report.parties import party_grids
from commsim.report.partners import partner_grids
from commsim.report.stages import stage_grid
from commsim.report.targets.tables import run_target_grid
from commsim.scenario.schema import Scenario
from commsim.scenario.unlawful import breaches
from commsim.simulation.world import World

MOST_MARKS = 1_500_000
"""Persons x days above which a community is drawn as groups."""
MOST_MEMBERS = 6_000
MOST_BINS = 600
"""Marks for groups at most; beyond that neighbouring groups share one."""
MOST_BARS = 120_000
"""Bins x days."""
MOST_TIES = 30_000
_DIGITS = 6
"""Of numbers that are shown."""

LEFT, HERE, MUTED, LOOKED, BOUGHT, PAID, CAME, INVITED = (1 << bit for bit in range(8))
"""Bits of a person's mark of a day; INVITED stays for good, the others are as the day ends."""

_DAILY = ("members", "looked", "messages", "muted", "muted_today", "joined", "invited", "left", "orders")


@dataclass(frozen=True)
class Wanted:
    """What to run: a plan in a world."""

    scenario: Scenario
    seed: int


def trace(wanted: Wanted) -> bytes:
    """Run a plan and pack what the page draws of it."""
    days = wanted.scenario.days
    persons = people_of(wanted.scenario, wanted.seed).n_persons
    one_by_one = persons <= MOST_MEMBERS and persons * (days + 1) <= MOST_MARKS
    deeds = Deeds(days)
    world = open_world(wanted.scenario, wanted.seed, deeds, full=one_by_one)
    if one_by_one:
        sold, columns = _live_in_full(world, days)
        records = world.records()
        columns |= _persons(world)
        _mark_paid(columns["marks"], records)
    else:
        sold = [_sold(world, world.advance()) for _ in range(days)]
        records = world.records()
        columns = _bins(records)
    left_alone = alone(wanted.scenario, wanted.seed)
    head = _head(world, records)
    own = np.cumsum(path(records)[:, -1] - left_alone)
    head = (
        head
        | {"alone": left_alone.tolist()}
        | {"taught": taught(records.daily, own, groups=head["groups"], members=head["members"])}
        | _target(wanted, records)
        | _counted(records)
        | {"sold": sold, "deeds": _told(deeds), "one_by_one": one_by_one}
    )
    return _pack(head, columns)


def _target(wanted: Wanted, records: Records) -> dict[str, Any]:
    """The goals of the plan as a table in each language, head first; empty for a plan without any."""
    target = wanted.scenario.target
    if not target.goals:
        return {"target": {}}
    found = outcomes(records)
    left = found
    if target.relative:
        alone = open_world(wanted.scenario.left_alone(), wanted.seed, Deeds(records.days), full=False)
        for _ in range(records.days):
            alone.advance()
        left = outcomes(alone.records())
    goals = reached(target, lambda name: np.array([found[name]]), lambda name: np.array([left[name]]))
    grids = {code: run_target_grid(goals, lambda name: found[name], language(code)) for code in ("en", "zh")}
    return {"target": {code: [grid.header, *grid.rows] for code, grid in grids.items()}}


def _counted(records: Records) -> dict[str, Any]:
    """Tables in each language, head first: who got to which stage, who is paid, partners, agents; if any."""
    told: dict[str, dict[str, Any]] = {"stages": {}, "parties": {}, "partners": {}, "agents": {}}
    found = counts(records) if records.events else {}
    for code in ("en", "zh") if found else ():
        say = language(code)
        stages = stage_grid((say("Number"),), (found,), say)
        for name, grids in {
            "stages": [stages] if stages else [],
            "parties": party_grids(found, say),
            "partners": partner_grids(found, say),
            "agents": agent_grids(found, say),
        }.items():
            for grid in grids:
                head = grid.header if grid.header[0] else (grid.title, *grid.header[1:])
                told[name][code] = [head, *grid.rows]
    return told


def _sold(world: World, happened: Happened) -> dict[int, int]:
    """Orders of a day by cause."""
    causes = np.where(happened.order_cause < 0, world.shelf, happened.order_cause)
    found, counts = np.unique(causes, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _told(deeds: Deeds) -> list[list[tuple[int, str, int, int]]]:
    return [[(deed.cause, deed.what, deed.posts, deed.hour) for deed in day] for day in deeds.days]


def _live_in_full(world: World, days: int) -> tuple[list[dict[int, int]], Columns]:
    """Live all days; marks and messages (at most 255) of every evening by person, row 0 the first morning."""
    sold = []
    marks, wrote = np.zeros((2, days + 1, len(world.people.status)), np.uint8)
    marks[0] = _standing(world)
    before = world.people.messages.copy()
    for day in range(1, days + 1):
        happened = world.advance()
        sold.append(_sold(world, happened))
        marks[day] = _standing(world)
        for bit, persons in (
            (LOOKED, happened.lookers),
            (BOUGHT, happened.order_persons),
            (CAME, happened.joined),
        ):
            marks[day, persons] |= bit
        wrote[day] = np.minimum(world.people.messages - before, 255)
        before = world.people.messages.copy()
    return sold, {"marks": marks, "wrote": wrote}


def _mark_paid(marks: NDArray[np.uint8], records: Records) -> None:
    events = records.events
    paid = events["kind"] == PAYMENT
    marks[events["day"][paid] + 1, events["person"][paid]] |= PAID


def _standing(world: World) -> NDArray[np.uint8]:
    people = world.people
    here = people.status == MEMBER
    mark = np.where(here, HERE, 0) | np.where(people.muted & here, MUTED, 0)
    gone = (people.status != STRANGER) & ~here
    came = (people.inviter >= 0) & (people.status != STRANGER)
    return np.asarray(mark | np.where(gone, LEFT, 0) | np.where(came, INVITED, 0), np.uint8)


def _persons(world: World) -> Columns:
    people, population = world.people, world.population
    columns: Columns = {"group": people.group.astype(np.int16), "inviter": people.inviter.astype(np.int32)}
    rows = np.repeat(np.arange(population.n_persons, dtype=np.int32), np.diff(population.offsets))
    once = rows < population.neighbours
    ties = np.column_stack([rows[once], population.neighbours[once]]).astype(np.int32)
    return columns | {"ties": ties if len(ties) <= MOST_TIES else ties[:0]}


def _bins(records: Records) -> Columns:
    """Sums over groups (or, where there are many, over neighbouring groups) by day: days x bins x columns."""
    table, days = records.groups, len(records.daily["day"])
    names = ("members", "looked", "muted", "messages", "orders")
    cube = np.stack([table[name].reshape(days, -1) for name in names], axis=2)
    width = -(-cube.shape[1] // max(1, min(MOST_BINS, MOST_BARS // days)))
    starts = np.arange(0, cube.shape[1], width)
    return {"bins": np.add.reduceat(cube, starts, axis=1).astype(np.float32), "width": np.array([width])}


def _head(world: World, records: Records) -> dict[str, Any]:
    scenario, daily = world.scenario, records.daily
    return {
        "name": scenario.name,
        "about": scenario.about[:2000],
        "unlawful": {one.word: one.what for one in breaches(scenario).values()},
        "days": scenario.days,
        "start": scenario.start.isoformat(),
        "seed": world.seed,
        "groups": int(records.groups["group"].max(initial=-1)) + 1,
        "group_names": list(records.group_names),
        "persons": len(world.people.status),
        "members": int(np.count_nonzero(world.population.group >= 0)),
        "causes": records.causes,
        "kinds": {strategy.name: strategy.kind for strategy in scenario.strategies},
        "entries": [strategy.model_dump(mode="json") for strategy in scenario.strategies],
        "products": [{"name": one.name, "price": one.price / 100} for one in scenario.products],
        "daily": {name: daily[name].tolist() for name in _DAILY}
        | {"revenue": (daily["revenue"] / 100).tolist()}
        | {"profit": path(records)[:, -1].tolist()},
        "more": {
            column.name: _shown(column, daily[column.name])
            for column in world.mechanisms.daily
            if daily[column.name].any()
        },
        "money": [column.name for column in world.mechanisms.daily if column.money],
        "outcomes": {name: round(value, _DIGITS) for name, value in outcomes(records).items()},
    }


def _shown(column: Column, values: NDArray[Any]) -> list[float]:
    """A mechanism's number of every day, money in yuan."""
    shown: list[float] = np.round(values / 100 if column.money else values.astype(float), _DIGITS).tolist()
    return shown


def _pack(head: dict[str, Any], columns: Columns) -> bytes:
    places, blob = {}, b""
    for name, column in columns.items():
        column = np.ascontiguousarray(column if column.dtype != np.int64 else column.astype(np.int32))
        blob += b"\0" * (-len(blob) % 4)
        places[name] = (len(blob), column.dtype.name, column.shape)
        blob += column.tobytes()
    text = for_terminal(json.dumps(head | {"columns": places}, ensure_ascii=False)).encode()
    text += b" " * (-len(text) % 4)
    return struct.pack("<I", len(text)) + text + blob
