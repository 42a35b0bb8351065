"""Newcomers whom friends bring, and those who are bought: F63 and F64."""

import numpy as np

from commsim.core.view import LEFT
from commsim.records.tables import JOIN, LEAVE
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
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
    "members are asked to bring friends on five Saturdays while adverts are bought; each newcomer of these weeks "
    f"is watched for {FOLLOWED} days",
    _two_ways,
    without_friends,
    events=True,
)


def _newcomers(runs: Runs) -> tuple[float, float, float]:
    """Margin in half a year, brought over bought; share who left, bought less brought; yuan paid for a friend."""
    run = runs["both"]
    people, records, events = run.world.people, run.records, run.records.events
    n = len(people.status)
    came = (events["kind"] == JOIN) & (events["day"] < JOINING)
    bought = np.zeros(n, bool)
    bought[events["person"][came & (events["cause"] == records.causes.index("adverts"))]] = True
    joined = people.joined.astype(np.int64)
    brought = (people.inviter >= 0) & (joined >= 0) & (joined < JOINING)
    left = np.zeros(n, bool)
    went = events["kind"] == LEAVE
    left[events["person"][went][events["day"][went] - joined[events["person"][went]] < FOLLOWED]] = True
    left &= people.status == LEFT
    entries = records.entries
    of_orders = np.isin(entries["account"], [records.accounts.index(one) for one in TRADE])
    of_orders &= entries["person"] >= 0
    person = entries["person"][of_orders]
    young = entries["day"][of_orders] - joined[person] < FOLLOWED
    margin = np.bincount(person[young], entries["fen"][of_orders][young], minlength=n) / 100.0
    rewards = entries["fen"][entries["account"] == records.accounts.index("commission")]
    each = [ratio(margin[who].sum(), np.count_nonzero(who)) for who in (brought, bought)]
    gone = [ratio(np.count_nonzero(left & who), np.count_nonzero(who)) for who in (brought, bought)]
    return ratio(*each), gone[1] - gone[0], ratio(-rewards.sum() / 100.0, np.count_nonzero(brought))


FACTS = (
    Fact(
        "F63",
        "Who comes by friends is worth nearly twice who was bought, and stays longer",
        TWO_WAYS,
        (
            Statistic("margin in half a year, brought over bought", 1.5, 2.5),
            Statistic("left in half a year, bought less brought", low=0.0, share=True),
        ),
        lambda runs: _newcomers(runs)[:2],
        "warn",
        "Villanueva et al. 2008: nearly twice; Verhoef & Donkers 2005 (sign)",
        "B",
        tuned=True,
    ),
    Fact(
        "F64",
        "A friend costs ten to forty yuan",
        TWO_WAYS,
        (Statistic("yuan of rewards for a friend who joined", 10.0, 40.0),),
        lambda runs: _newcomers(runs)[2:],
        "document",
        "operators' figures",
        "D",
    ),
)
