"""The trees that invitations grow, and what invited members are worth: F27 and F29."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats
from commsim.core.view import LEFT, STRANGER
from commsim.records.tables import LEAVE
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import QUARTER, bare
from commsim.validation.facts.ratio import ratio
from commsim.validation.facts.teams import REBATE, REWARDS, invited, without_friends

WEEK, JOINING = 7, 5
"""Days of a week, and weeks in which who joins is watched."""
AGES = ((0, QUARTER), (2 * QUARTER, 3 * QUARTER))
"""Days since joining, young and old, in which margins are compared."""
COLD = 0.004
"""Share of the members that joins by itself on each of these days."""


class Trees(NamedTuple):
    """Of each tree with anybody invited in it: persons, its root too, and mean steps from it."""

    size: NDArray[np.int64]
    depth: Floats


def trees(run: Run) -> Trees:
    """Trees whose roots were asked and came by themselves."""
    people, came = run.world.people, invited(run)
    root, depth = np.arange(len(came)), np.zeros(len(came), np.int64)
    for _ in range(run.days):  # a step up the tree at a time; nobody invites more than once a day
        up = came[root]
        if not up.any():
            break
        root[up] = people.inviter[root[up]]
        depth[up] += 1
    counted = came & run.world.asked[root]
    brought = np.bincount(root[counted], minlength=len(came))
    with_any = brought > 0
    steps = np.bincount(root[counted], depth[counted], minlength=len(came))
    return Trees(1 + brought[with_any], steps[with_any] / brought[with_any])


def _tails(runs: Runs) -> tuple[float, float]:
    """The largest tree over the median of all roots' trees, and how size and mean depth go together."""
    run = runs["reward"]
    people, found = run.world.people, trees(run)
    roots = (people.status != STRANGER) & ~invited(run) & run.world.asked
    alone = np.ones(np.count_nonzero(roots) - len(found.size), np.int64)
    if len(found.size) < 2:
        return float("nan"), float("nan")
    tail = ratio(found.size.max(), np.median(np.concatenate([alone, found.size])))
    varies = found.size.std() > 0.0 and found.depth.std() > 0.0
    return tail, float(np.corrcoef(found.size, found.depth)[0, 1]) if varies else float("nan")


def _newcomers(scenario: Scenario) -> dict[str, Scenario]:
    ends = WEEK * JOINING
    arrivals = {"arrivals_per_day": COLD * scenario.community.members}
    rebate = {"kind": "distributor_rebate", **REBATE, "starts": 0, "ends": ends - 1}
    return {"both": bare(scenario, ends + AGES[-1][-1], rebate, community=arrivals)}


NEWCOMERS = Setup(
    "newcomers",
    "members are asked to bring friends on five Saturdays while others join by themselves; "
    "each newcomer of these weeks is watched for 270 days",
    _newcomers,
    without_friends,
    events=True,
)


class Cohort(NamedTuple):
    """Newcomers, one row per person: week of joining, whether invited, whether they left, and margins.

    left: within 90 days.  margin: yuan from their orders at each of `AGES`.
    """

    week: NDArray[np.int64]
    invited: Bools
    left: Bools
    margin: Floats


def newcomers(run: Run) -> Cohort:
    """Who joined in the weeks of joining, and what became of them."""
    people, records = run.world.people, run.records
    joined = people.joined.astype(np.int64)
    rows = np.flatnonzero((people.status != STRANGER) & (joined >= 0) & (joined < WEEK * JOINING))
    gone, events = np.full(len(joined), run.days), records.events
    leaving = events["kind"] == LEAVE
    gone[events["person"][leaving]] = events["day"][leaving]
    left = (people.status == LEFT) & (gone - joined < QUARTER)
    entries, accounts = records.entries, records.accounts
    trade = [accounts.index(name) for name in ("sales", "discount", "goods", "refunds")]
    counted = np.isin(entries["account"], trade) & (entries["person"] >= 0)
    person, fen = entries["person"][counted], entries["fen"][counted] / 100.0
    age = entries["day"][counted] - joined[person]
    margin: Floats = np.array(
        [
            np.bincount(person[at], fen[at], minlength=len(joined)).astype(np.float64)
            for at in ((first <= age) & (age < last) for first, last in AGES)
        ]
    )
    return Cohort(joined[rows] // WEEK, people.inviter[rows] >= 0, left[rows], margin[:, rows])


def invited_over_cold(of: Cohort, values: Floats) -> float:
    """Mean value of invited newcomers over that of others, who count by week of joining as the invited do."""
    weeks = np.bincount(of.week[of.invited], minlength=JOINING)
    cold = np.bincount(of.week[~of.invited], minlength=JOINING)
    weight = weeks[of.week] / np.maximum(1, cold[of.week])
    return ratio(values[of.invited].sum(), (values * weight)[~of.invited].sum())


def _worth(runs: Runs) -> tuple[float, float, float]:
    """Of invited newcomers over others: leaving in 90 days, margin in 90 days, and how that changes later."""
    of = newcomers(runs["both"])
    young, old = (invited_over_cold(of, margin) for margin in of.margin)
    return invited_over_cold(of, of.left.astype(np.float64)), young, old - young


FACTS = (
    Fact(
        "F27",
        "A few trees of invitations are very large, and the large are hardly deeper",
        REWARDS,
        (
            Statistic("largest tree over the median", 20.0),
            Statistic("correlation of size and mean depth", high=0.6),
        ),
        _tails,
        "warn",
        "Goel et al. 2016",
        "B",
        tuned=True,
    ),
    Fact(
        "F29",
        "Invited members stay longer and are worth more, less so as they age",
        NEWCOMERS,
        (
            Statistic("leaving in 90 days, invited over cold", 0.75, 0.95),
            Statistic("margin in 90 days, invited over cold", 1.0, 1.3),
            Statistic("that ratio half a year later less this one", high=0.0),
        ),
        _worth,
        "warn",
        "Schmitt et al. 2011",
        "B",
        tuned=True,
    ),
)
