"""Newcomers whom friends bring, and those who are bought: F63."""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.core.units import FEN_PER_YUAN
from commsim.core.view import LEFT
from commsim.records.tables import LEAVE
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.orders import happened, persons
from commsim.validation.facts.plans import bare, fewer
from commsim.validation.facts.ratio import ratio
from commsim.validation.facts.referrals import WEEK
from commsim.validation.facts.teams import REBATE, without_friends

JOINING, FOLLOWED = 5 * WEEK, 180
"""Days on which who joins is watched, and days for which they are."""
CLICKS = 0.01
"""People a day, for each member, who click on an advert that is paid for."""
TRADE = ("sales", "discount", "goods", "refunds")


def _two_ways(scenario: Scenario) -> dict[str, Scenario]:
    base = fewer(scenario)
    adverts = {
        "name": "adverts",
        "kind": "bought",
        "per_day": CLICKS * base.community.members,
        "ends": JOINING - 1,
    }
    rebate = {"kind": "distributor_rebate", **REBATE, "starts": 0, "ends": JOINING - 1}
    unasked = {"arrivals_per_day": 0.0}
    return {"both": bare(base, JOINING + FOLLOWED, rebate, community=unasked, sources=[adverts])}


TWO_WAYS = Setup(
    "bought and brought",
    "members are asked to bring friends on five Saturdays while adverts are bought; each newcomer of these "
    f"weeks is watched for {FOLLOWED} days",
    _two_ways,
    without_friends,
    events=True,
)


class Newcomer(NamedTuple):
    """Of every person: whether a friend brought them, whether an advert did, and what became of them.

    left: within the days for which they are followed.  margin: yuan, in these days.
    """

    brought: Bools
    bought: Bools
    left: Bools
    margin: Floats


def newcomers(run: Run) -> Newcomer:
    """Who joined while friends were asked and adverts ran."""
    people, records, events = run.world.people, run.records, run.records.events
    joined = people.joined.astype(np.int64)
    early = (joined >= 0) & (joined < JOINING)
    by_advert = persons(run, happened(run, "join", cause="adverts")) > 0
    who, day = events["person"], events["day"]
    soon = (events["kind"] == LEAVE) & (day - joined[who] < FOLLOWED)
    left = (persons(run, soon) > 0) & (people.status == LEFT)
    entries = records.entries
    trade = np.isin(entries["account"], [records.accounts.index(name) for name in TRADE])
    trade &= (entries["person"] >= 0) & (entries["day"] - joined[entries["person"]] < FOLLOWED)
    yuan = entries["fen"][trade] / FEN_PER_YUAN
    margin = np.bincount(entries["person"][trade], yuan, minlength=len(joined)).astype(np.float64)
    return Newcomer((people.inviter >= 0) & early, by_advert & early, left, margin)


def _worth(runs: Runs) -> tuple[float, float]:
    """Margin, brought over bought; share who left, bought less brought."""
    of = newcomers(runs["both"])
    brought, bought = (
        [ratio(what[who].sum(), np.count_nonzero(who)) for what in (of.margin, of.left)]
        for who in (of.brought, of.bought)
    )
    return ratio(brought[0], bought[0]), bought[1] - brought[1]


FACTS = (
    Fact(
        "F63",
        "Who comes by friends is worth nearly twice who was bought, and stays longer",
        TWO_WAYS,
        (
            Statistic("margin in half a year, brought over bought", 1.5, 2.5),
            Statistic("left in half a year, bought less brought", low=0.0, share=True),
        ),
        _worth,
        "warn",
        "Villanueva et al. 2008: nearly twice; Verhoef & Donkers 2005 (sign)",
        "B",
        tuned=True,
    ),
)
