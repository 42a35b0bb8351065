"""Who becomes an agent, of which group, and how much they will do."""

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import exp, log
from commsim.core.mechanisms.agents import MONTH, AgentsBehaviour, Appoint
from commsim.population import quantiles
from commsim.simulation.books import ACCOUNTS
from commsim.simulation.mechanics import Home

GROUP, WHO, ACTIVE, EFFORT, PAYS = (
    purpose(f"agents, {what}")
    for what in ("which groups", "who of a group", "who does anything", "effort", "who would pay for it")
)
_TAKEN = [ACCOUNTS.index(one) for one in (Account.SALES, Account.DISCOUNT, Account.REFUNDS)]


def choose(
    home: Home,
    b: AgentsBehaviour,
    cause: int,
    terms: Appoint,
    wanted: tuple[int, int],
    fit: Bools,
    free: Bools,
) -> tuple[Ints, Ints]:
    """Groups by luck, and in each the addressed member on whom the lot falls.

    wanted: the day, and how many.  fit: persons who may become agents.  free: groups that never had one.
    Returns the groups, and the agent of each.
    """
    (day, missing), salt, group = wanted, int(home.salts[cause]), home.people.group
    whom = home.audience(cause)
    rows = np.flatnonzero(fit if whom is None else fit & whom)
    rows = rows[home.where(None, cause)[group[rows]] & free[group[rows]]]
    if terms.entry:
        rows = rows[uniforms(key(home.seed, PAYS, 0, salt), rows) < _chance_to_pay(home, b, terms, day)]
    order = np.lexsort((uniforms(key(home.seed, WHO, 0, salt), rows), group[rows]))
    groups, first = np.unique(group[rows[order]], return_index=True)
    chosen = rows[order][first]
    lots = np.argsort(uniforms(key(home.seed, GROUP, 0, salt), groups.astype(np.int64)), kind="stable")
    return groups[lots][:missing], chosen[lots][:missing]


def efforts(home: Home, b: AgentsBehaviour, cause: int, chosen: Ints) -> Floats:
    """How much each new agent does, mean 1 of those who do anything; 0 for the others."""
    salt, s = int(home.salts[cause]), b.spread
    active = uniforms(key(home.seed, ACTIVE, 0, salt), chosen) < b.active
    normal = quantiles.draw(key(home.seed, EFFORT, 0, salt), chosen, quantiles.normal()).astype(np.float64)
    return np.array([exp(s * x - s * s / 2) if on else 0.0 for x, on in zip(normal, active, strict=True)])


def _chance_to_pay(home: Home, b: AgentsBehaviour, terms: Appoint, day: int) -> float:
    """Of who is asked, by what a group would bring them, as groups have sold in the last month."""
    days = home.books.sheets.days[max(0, day - MONTH) : day]
    groups = int(np.count_nonzero(home.open))
    taken = int(days[:, _TAKEN].sum()) if len(days) and groups else 0
    if taken <= 0:
        return 0.0
    kept = terms.margin * (1.0 - terms.passed_on) * b.horizon
    worth = taken / len(days) / groups * kept
    return float(1.0 / (1.0 + exp(-b.steepness * log(worth / terms.entry)))) if worth > 0.0 else 0.0
