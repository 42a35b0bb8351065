"""How unequally people take part: statistics of the messages that each of them wrote."""

from dataclasses import dataclass

import numpy as np

from commsim.analysis.detail import table
from commsim.core.arrays import Floats, Ints
from commsim.core.view import STRANGER
from commsim.records.records import Records


@dataclass(frozen=True, slots=True)
class Participation:
    """Inequality among those who wrote at least once.

    posters, messages: how many.  gini: 0 if all write the same.  top_tenth: share of the messages
    by the busiest tenth of the posters.  once: share of the posters with one message.  shape: of the
    negative binomial law with mean and variance of the counts; the smaller, the more unequal.
    """

    posters: int
    messages: int
    gini: float
    top_tenth: float
    once: float
    shape: float


def participation(messages: Ints) -> Participation:
    """Statistics of messages per person; who wrote nothing does not count.

    ValueError for fewer than two posters.
    """
    counts = np.sort(messages[messages > 0]).astype(np.float64)
    n = len(counts)
    if n < 2:
        raise ValueError(f"inequality needs two posters, here are {n}")
    mean = counts.mean()
    beyond = counts.var(ddof=1) - mean
    return Participation(
        posters=n,
        messages=int(counts.sum()),
        gini=float((2 * np.arange(1, n + 1) - n - 1) @ counts / (n * counts.sum())),
        top_tenth=_top_share(counts, 0.1),
        once=float(np.mean(counts == 1)),
        shape=float(mean**2 / beyond) if beyond > 0 else np.inf,
    )


def _top_share(counts: Floats, share: float) -> float:
    """Share of the total in the largest counts; a person who is only partly among them counts partly."""
    places = share * len(counts) - np.arange(len(counts))
    return float(np.clip(places, 0.0, 1.0) @ counts[::-1] / counts.sum())


def written_by_group(records: Records) -> list[Ints]:
    """Messages in the run per person, one array per group; needs full detail."""
    members = table(records, "members")
    ever = members["status"] != STRANGER
    group, messages = members["group"][ever], members["messages"][ever]
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order])) + 1
    return list(np.split(messages[order], starts))
