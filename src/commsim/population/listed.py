"""Real people: roster, order history and edge list put together, read once per process."""

import datetime as dt
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.errors import InputError
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.population.edges import read_edges
from commsim.population.files import Source, locate
from commsim.population.graph import Ties
from commsim.population.history import day_of, read_history
from commsim.population.layout import Layout, draw_segments, group_bounds, outside_blocks
from commsim.population.orders import Orders
from commsim.population.repeat_buying import Fit, Purchases
from commsim.population.repeat_choice import choose
from commsim.population.roster import Roll, read_roster, roll_of
from commsim.population.sparse import Rows, compress
from commsim.scenario.schema import Community, Graph, History, Roster, Segment

_log = logging.getLogger(__name__)
_FEW = 100
"""Fewer customers than this leave the fitted parameters very uncertain."""


@dataclass(frozen=True, eq=False)
class Buying:
    """What an order history says of every person, by row.

    seen: in weeks of the pace of the end, up to then.  chances: of each stage of the fit, rows, see
    `commsim.population.repeat_buying.Fit.chances`.  trend, regularity: see
    `commsim.population.repeat_choice.Choice`.  last_order: days from the last order to the first morning.
    """

    fitted: Fit
    trend: float
    regularity: float
    seen: Purchases
    chances: Floats
    bought: Bools
    last_order: Floats


@dataclass(frozen=True, eq=False)
class Listed:
    """The people of a community that was read from files.

    roll: who they are.  rows: the row of each person of the roll.  outsiders: bounds of blocks, as in
    `Layout`.  labels: an id per row.  buying, friendships: None if there is no such file.
    """

    roll: Roll
    rows: NDArray[np.int64]
    outsiders: NDArray[np.int64]
    labels: tuple[str, ...]
    buying: Buying | None
    friendships: Rows | None

    @property
    def tags(self) -> dict[str, Ints]:
        """Rows of who has each tag."""
        return {tag: self.rows[places] for tag, places in self.roll.tags.items()}

    def layout(self, segments: tuple[Segment, ...], seed: int) -> Layout:
        """Rows of one world: segments that the roster leaves open are drawn."""
        segment = draw_segments(segments, len(self.labels), seed)
        known = self.roll.segment >= 0
        segment[self.rows[known]] = self.roll.segment[known]
        return Layout(self.roll.members, self.outsiders, segment)


def read_listed(community: Community, base: Path | None, today: dt.date) -> Listed | None:
    """The people of the community's files, None if it names none.

    What was read is kept until a file or a setting changes.  Raises InputError.
    """
    if community.graph.kind == "file" and community.graph.file is None:
        raise InputError(
            "no file is named", where="community.graph.file", remedy="name an edge list or GraphML file"
        )
    found = {name: _locate(part, base) for name, part in community.data.items()}
    if not found:
        return None
    roster, history, graph = (found.get(name) for name in ("roster", "history", "graph"))
    return _read(community, roster, history, graph, today)


def _locate(part: Roster | History | Graph, base: Path | None) -> Source:
    assert part.file is not None
    return locate(part.file, base, part.sha256)


def groups_at_start(community: Community, today: dt.date) -> NDArray[np.int64]:
    """Members of each group at the start, generated or read.  Raises InputError as `read_listed`."""
    listed = read_listed(community, None, today)
    return np.diff(group_bounds(community) if listed is None else listed.roll.members)


@lru_cache(maxsize=4)
def _read(
    community: Community, roster: Source | None, history: Source | None, graph: Source | None, today: dt.date
) -> Listed:
    orders, end = None, 0
    if history and community.history:
        orders, end = read_history(history, community.history, today)
    ties: Ties | None = None
    if roster and community.roster:
        roll = read_roster(roster, community, community.roster, today)
    elif orders:
        roll = roll_of(_shuffled(_customers(orders)), community.group_size)
    elif graph:
        ids, ties = read_edges(graph)
        roll = roll_of(ids, community.group_size)
    if graph and ties is None:
        ties = read_edges(graph, roll.ids)[1]
    rows, outsiders = _rows(roll, 0.0 if graph else community.outside_per_member)
    buying = None
    if orders and history:
        buying = _match(orders, end, history, roll, rows, int(outsiders[-1]), today)
    friendships = compress(len(roll.ids), *ties) if ties else None
    return Listed(roll, rows, outsiders, _labels(roll, rows, int(outsiders[-1])), buying, friendships)


def _shuffled(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The same order in every world, which says nothing of when a customer came."""
    luck = uniforms(key(0, Purpose.GROUP, 0, salt("customers")), np.arange(len(ids)))
    return tuple(ids[i] for i in np.argsort(luck, kind="stable"))


def _rows(roll: Roll, outside_per_member: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A row for each person of the roll, and the outsiders' blocks; the listed are spread over them."""
    n_members = int(roll.members[-1])
    listed = len(roll.ids) - n_members
    outside = listed + round(outside_per_member * n_members)
    spread = np.arange(listed, dtype=np.int64) * outside // max(1, listed)
    return np.concatenate([np.arange(n_members), n_members + spread]), outside_blocks(roll.members, outside)


def _labels(roll: Roll, rows: NDArray[np.int64], persons: int) -> tuple[str, ...]:
    """The user's ids; outsiders who were generated are named after their row."""
    labels = [f"outsider {row}" for row in range(persons)]
    for row, label in zip(rows.tolist(), roll.ids, strict=True):
        labels[row] = label
    return tuple(labels)


def _customers(orders: Orders) -> tuple[str, ...]:
    """Ids of who has ordered, in order of first appearance in the file."""
    return tuple(orders.ids[i] for i in np.unique(orders.customer))


def _match(
    orders: Orders, end: int, source: Source, roll: Roll, rows: Ints, persons: int, today: dt.date
) -> Buying:
    """Fit all customers, and find those who are on the roll."""
    import pandas as pd

    ids, which = _customers(orders), np.full(persons, -1, np.int64)
    which[rows] = pd.Index(ids).get_indexer(pd.Index(roll.ids))
    bought = which >= 0
    others = len(ids) - int(np.count_nonzero(bought))
    if not bought.any():
        raise InputError(
            f"no customer is on the roster; the history has ids such as {ids[0]!r}, "
            f"the roster such as {roll.ids[0]!r}",
            where=str(source.path),
            remedy="use the same ids in both files",
        )
    if others:
        _log.info("%s: %d customers are not on the roster and only inform the fit", source.path, others)
    if len(ids) < _FEW:
        _log.warning("%s: %d customers are few; the rates are rough", source.path, len(ids))
    choice = choose(orders, end)
    fitted, seen = choice.fitted, choice.observed.seen.take(which)
    last_order = (day_of(today) - choice.observed.last[which]).astype(float)
    return Buying(fitted, choice.trend, choice.regularity, seen, fitted.chances(seen), bought, last_order)
