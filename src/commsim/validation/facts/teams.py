"""Group buying and invitations: F23, F25, F26 and F28."""

import numpy as np

from commsim.core.arrays import Bools
from commsim.core.view import STRANGER
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import MONTH, QUARTER, bare
from commsim.validation.facts.ratio import ratio

SIZES = (2, 5, 10)
FRIENDS = 12
"""Mean friends in the community, so that nearly everybody has six to ask."""
DISCOUNT = 0.2
"""Taken off in a team, as is usual in group buying."""


def _teams(scenario: Scenario) -> dict[str, Scenario]:
    price = round(scenario.products[0].price * (1.0 - DISCOUNT) / 100, 2)
    drawn = {} if scenario.community.graph.kind == "file" else {"graph": {"degree": FRIENDS}}
    return {
        str(size): bare(
            scenario,
            MONTH,
            {"kind": "group_buying", "ladder": [{"size": size, "price": price}], "weekdays": ["fri"]},
            community=drawn,
        )
        for size in SIZES
    }


def _without_ties(scenario: Scenario) -> str:
    return "nobody knows anybody in it" if scenario.community.graph.kind == "none" else ""


TEAMS = Setup(
    "teams",
    "team offers of 2, 5 or 10 at 20 % off on four Fridays; launchers ask six friends",
    _teams,
    _without_ties,
)


def filled(run: Run) -> float:
    """Share of teams that filled; nan without any."""
    teams, failed = (int(run.records.daily[name].sum()) for name in ("teams", "teams_failed"))
    return 1.0 - ratio(failed, teams)


def _harder(runs: Runs) -> tuple[float]:
    return (float(np.diff([filled(runs[str(size)]) for size in SIZES]).max()),)


REBATE = {"levels": [0.15, 0.05], "reward": 6, "starts": 5, "weekdays": ["sat"]}
DOUBLE = {**REBATE, "levels": [0.30, 0.10], "reward": 12}
"""The rebate of the shipped plan, without its budget and gift, and twice that."""


def _rewards(scenario: Scenario) -> dict[str, Scenario]:
    return {
        name: bare(scenario, QUARTER, {"kind": "distributor_rebate", **rebate})
        for name, rebate in (("reward", REBATE), ("double", DOUBLE))
    }


def without_friends(scenario: Scenario) -> str:
    """Why invitations can't be measured: nobody knows anybody, or nobody is left outside."""
    nobody = scenario.community.outside_per_member == 0.0
    return _without_ties(scenario) or ("nobody outside could be invited" if nobody else "")


REWARDS = Setup(
    "invitations",
    "members are asked to bring friends on Saturdays, 90 days",
    _rewards,
    without_friends,
    events=True,
)


def invited(run: Run) -> Bools:
    """Who came because a member invited them."""
    people = run.world.people
    return np.asarray((people.status != STRANGER) & (people.joined >= 0) & (people.inviter >= 0))


def _trees(runs: Runs) -> tuple[float, float, float]:
    """Of the trees whose roots were asked and came by themselves: alone, of depth 1 at most; and children."""
    run = runs["reward"]
    people, came = run.world.people, invited(run)
    roots = (people.status != STRANGER) & ~came & run.world.asked
    children = came & roots[people.inviter]
    root_of_tree = np.arange(len(came))
    for _ in range(run.days):  # a step up the tree at a time; nobody invites more than once a day
        up = came[root_of_tree]
        if not up.any():
            break
        root_of_tree[up] = people.inviter[root_of_tree[up]]
    with_child = np.unique(people.inviter[children])
    deeper = np.unique(root_of_tree[came & ~children])
    n = int(roots.sum())
    return 1.0 - ratio(len(with_child), n), 1.0 - ratio(len(deeper), n), ratio(children.sum(), came.sum())


def _k(run: Run) -> float:
    return ratio(invited(run).sum(), np.count_nonzero(run.world.asked))


def _margin(run: Run) -> float:
    """Yuan per invited member: what they brought in, less goods, refunds and the rewards paid."""
    entries, came = run.records.entries, invited(run)
    person = entries["person"]
    own = (person >= 0) & came[np.maximum(person, 0)]
    paid = entries["account"] == run.records.accounts.index("commission")
    fen = int(entries["fen"][own & ~paid].sum()) + int(entries["fen"][paid].sum())
    return ratio(fen / 100, came.sum())


def _growth(runs: Runs) -> tuple[float, float, float]:
    once, twice = runs["reward"], runs["double"]
    return _k(once), ratio(_k(twice), _k(once)), _margin(twice) - _margin(once)


FACTS = (
    Fact(
        "F23",
        "Most teams of two fill",
        TEAMS,
        (Statistic("teams of two that fill", 0.55, 0.82, share=True),),
        lambda runs: (filled(runs["2"]),),
        "gate",
        "BeiBei, 932,896 launches",
        "B",
        tuned=True,
    ),
    Fact(
        "F25",
        "Larger teams fill less often",
        TEAMS,
        (Statistic("largest rise of that share from 2 to 5 to 10", high=0.0, share=True),),
        _harder,
        "warn",
        "Wu et al. 2015; Hu et al.",
        "B",
    ),
    Fact(
        "F26",
        "Most who are asked bring nobody, and few trees go deep",
        REWARDS,
        (
            Statistic("members asked who bring nobody", 0.70, 0.95, share=True),
            Statistic("trees of depth one or none", 0.90, 1.0, share=True),
            Statistic("invited members one step from a root", 0.75, 1.0, share=True),
        ),
        _trees,
        "gate",
        "Goel, Watts, Goldstein 2012",
        "B",
        tuned=True,
    ),
    Fact(
        "F28",
        "Invitations do not explode; higher rewards bring more and lesser members",
        REWARDS,
        (
            Statistic("invited members per member asked (K)", 0.01, 0.7),
            Statistic("K at twice the reward over K", low=1.0),
            Statistic("yuan more per invited member, twice the reward", high=0.0),
        ),
        _growth,
        "gate",
        "Wolters et al. 2020; Extole",
        "B",
    ),
)
