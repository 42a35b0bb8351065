"""A list of members from a file: who is in which group, who has muted it, how much each one writes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats, Ints
from commsim.core.errors import InputError
from commsim.population.files import Source
from commsim.population.layout import even_groups
from commsim.population.tables import Table, read_table
from commsim.scenario.explain import did_you_mean
from commsim.scenario.schema import Community, Roster, Segment

if TYPE_CHECKING:
    from commsim.population.tables import Text

_FIELD = "community.roster"
_YES = ("yes", "y", "true", "t", "1", "是")
_NO = ("no", "n", "false", "f", "0", "否")
_TALK_SHAPE = 0.41
"""Gamma shape of talk rates behind the shrinkage: negative binomial fit to messages per poster in 178
chat excerpts (Kummerfeld et al. 2019, IRC disentanglement data)."""


@dataclass(frozen=True, eq=False)
class Roll:
    """People from files, in the order of their rows: members group by group, then outsiders.

    ids: the user's own.  members: bounds of the groups.  names: of the groups, empty if they have none.
    segment: index, -1 where not known.  muted: 1, 0 or -1 where not known.  talk: talk rate (mean 1), NaN
    where not known.  tags: places of who has each tag.
    """

    ids: tuple[str, ...]
    members: NDArray[np.int64]
    segment: NDArray[np.int8]
    muted: NDArray[np.int8]
    talk: NDArray[np.float32]
    names: tuple[str, ...] = ()
    tags: Mapping[str, Ints] = field(default_factory=dict)


def roll_of(ids: tuple[str, ...], group_size: int) -> Roll:
    """People of whom only the ids are known, in groups of the usual size."""
    unknown = np.full(len(ids), -1, np.int8)
    talk = np.full(len(ids), np.nan, np.float32)
    return Roll(ids, even_groups(len(ids), group_size), unknown, unknown, talk)


def read_roster(source: Source, community: Community, roster: Roster, today: dt.date) -> Roll:
    """The people of a roster.  Raises InputError with the line for what can't be used."""
    table = read_table(source, _FIELD, roster.encoding)
    ids = _ids(table, roster)
    group, bounds, names = _groups(table, roster, community)
    order = np.argsort(np.where(group < 0, len(bounds), group), kind="stable")
    return Roll(
        tuple(ids.to_numpy()[order].tolist()),
        bounds,
        _segments(table, roster, community.segments)[order],
        _muted(table, roster)[order],
        _talk(table, roster, today)[order],
        names,
        _tags(table, roster, order),
    )


def _ids(table: Table, roster: Roster) -> "Text":
    ids = table.column("id", roster.id)
    table.refuse(ids.to_numpy() == "", lambda i: "the id is empty", "give every person an id")
    table.refuse(
        ids.duplicated().to_numpy(),
        lambda i: f"id {ids.iloc[i]!r} stands already on line {table.line(ids.tolist().index(ids.iloc[i]))}",
        "keep one row per person",
    )
    return ids


def _groups(
    table: Table, roster: Roster, community: Community
) -> tuple[NDArray[np.int64], NDArray[np.int64], tuple[str, ...]]:
    """Group per row in order of first appearance (-1 for outsiders), and the groups' bounds and names."""
    import pandas as pd

    names = table.optional("group", roster.group)
    if names is None:
        bounds = even_groups(len(table.frame), community.group_size)
        return np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)), bounds, ()
    group, named = pd.factorize(names.where(names != "", None))
    sizes = np.bincount(group[group >= 0], minlength=len(named))
    if not len(named):
        raise InputError(
            "nobody is in a group", where=str(table.source.path), remedy="fill the column of the group"
        )
    if sizes.max() > community.cap:
        over = [f"{name} ({size:,})" for name, size in zip(named, sizes, strict=True) if size > community.cap]
        raise InputError(
            f"{len(over)} groups have more than {community.cap} members: {', '.join(over[:5])}",
            where=str(table.source.path),
            remedy="split them or raise community.cap (500 at most)",
        )
    return group, np.concatenate([[0], np.cumsum(sizes)]), tuple(named)


def _segments(table: Table, roster: Roster, segments: tuple[Segment, ...]) -> NDArray[np.int8]:
    """Segment per row: that of its own column, else the first tag that names one, else -1."""
    import pandas as pd

    known = {s.name: i for i, s in enumerate(segments)}
    index = _tagged(table, roster, known)
    text = table.optional("segment", roster.segment)
    if text is None:
        return index
    wrong = ~text.isin(["", *known]).to_numpy()
    hint = did_you_mean(text[wrong].iloc[0], known) if wrong.any() else ""
    table.refuse(
        wrong,
        lambda i: f"segment {text.iloc[i]!r} is not in community.segments",
        f"{hint} use one of: {', '.join(known)}; or add it to community.segments".strip(),
    )
    return text.map(known).fillna(pd.Series(index, text.index)).to_numpy().astype(np.int8)


def _tagged(table: Table, roster: Roster, known: dict[str, int]) -> NDArray[np.int8]:
    index = np.full(len(table.frame), -1, np.int8)
    tags = table.optional("tags", roster.tags)
    if tags is not None:
        each = tags.reset_index(drop=True).str.split(r"[;|]", regex=True).explode().str.strip().map(known)
        first = each.dropna().groupby(level=0).first()
        index[first.index] = first
    return index


def _tags(table: Table, roster: Roster, order: Ints) -> dict[str, Ints]:
    """Places in an order of who has each tag."""
    tags = table.optional("tags", roster.tags)
    if tags is None:
        return {}
    each = tags.reset_index(drop=True).iloc[order].reset_index(drop=True)
    each = each.str.split(r"[;|]", regex=True).explode().str.strip()
    each = each[each.notna() & (each != "")]
    return {str(tag): rows.index.unique().to_numpy() for tag, rows in each.groupby(each, sort=False)}


def _muted(table: Table, roster: Roster) -> NDArray[np.int8]:
    text = table.optional("muted", roster.muted)
    if text is None:
        return np.full(len(table.frame), -1, np.int8)
    meaning = {"": -1, **dict.fromkeys(_YES, 1), **dict.fromkeys(_NO, 0)}
    flags = text.str.lower().map(meaning)
    table.refuse(flags.isna().to_numpy(), lambda i: f"{text.name} is {text.iloc[i]!r}", "write yes or no")
    return flags.to_numpy().astype(np.int8)


def _talk(table: Table, roster: Roster, today: dt.date) -> NDArray[np.float32]:
    """Posterior mean of each talk rate: gamma-Poisson shrinkage, scaled to mean 1 over who is counted."""
    exposure = _exposure(table, roster, today)
    text = table.optional("messages", roster.messages)
    if text is None:
        return np.full(len(table.frame), np.nan, np.float32)
    messages = table.numbers(text)
    counted = ~np.isnan(messages)
    if not counted.any():
        return messages.astype(np.float32)
    usual = messages[counted].sum() / exposure[counted].sum()
    rate = (_TALK_SHAPE + messages) / (_TALK_SHAPE + usual * exposure)
    return np.asarray(rate / np.nanmean(rate), np.float32)


def _exposure(table: Table, roster: Roster, today: dt.date) -> Floats:
    """Days over which each person's messages were counted: at least 1, fewer for newcomers."""
    text = table.optional("joined", roster.joined)
    if text is None:
        return np.full(len(table.frame), roster.messages_days)
    joined = table.days(text, blank=True)
    start = (today - dt.date(1970, 1, 1)).days
    table.refuse(
        joined > start,
        lambda i: f"{text.name} is {text.iloc[i]!r}, after the first day of the plan ({today})",
        "set `start` of the scenario to a later day or correct the date",
    )
    return np.asarray(np.clip(start - joined, 1.0, roster.messages_days), np.float64)
