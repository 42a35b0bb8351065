"""Small plans for tests of the engine, and ways to compare what they leave."""

from hashlib import blake2b

import numpy as np

from commsim.population.build import build
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate
from commsim.simulation.world import World

PRODUCTS = (
    {"name": "coffee", "price": 30, "unit_cost": 15},
    {"name": "gift pack", "price": 110, "unit_cost": 45, "shelf": False},
)
LADDER = ({"size": 2, "price": 90}, {"size": 3, "price": 85}, {"size": 5, "price": 75})
EIGHT = (
    {"kind": "advert", "posts": 2, "hours": [10, 20], "reach": 0.6},
    {"kind": "check_in", "prizes": [{"streak": 3, "points": 20, "gift": 2}], "redeem_at": 20, "base": 0.6},
    {"kind": "content", "cost": 5},
    {"kind": "distributor_rebate", "base": 2.0, "reward": 5, "gift": 3, "reward_on": "join"},
    {"kind": "flash_sale", "discount": 0.3, "stock": 9, "starts": 2, "warm_up": 2, "closing": 3},
    {
        "kind": "group_buying", "product": "gift pack", "ladder": LADDER, "accept": 0.4, "accept_late": 0.6,
        "weekdays": ["tue", "fri", "sat"],
    },
    {"kind": "group_rules", "enforced": False},
    {"kind": "red_envelope", "hours": [12, 21], "preset": "social"},
)  # fmt: skip
"""All kinds, lively enough that a small community in a fortnight meets every rule of the engine."""


def plan(*strategies, members=200, days=20, behaviour=None, products=PRODUCTS, operator=None, **community):
    """A scenario from plain dicts; what is not said is as shipped."""
    return Scenario.model_validate(
        {
            "name": "test",
            "days": days,
            "community": {"members": members, "group_size": min(100, members), **community},
            "products": products,
            "operator": operator or {},
            "strategies": strategies,
            "behaviour": behaviour or {},
        }
    )


def world(scenario, seed=1):
    """A world on its first morning, everything recorded."""
    people = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
    return World(scenario, people, seed, full=True)


def run(scenario, seed=1):
    """The records of a run, everything in them."""
    return simulate(scenario, seed, detail="full")


def tables(records, *, until=None):
    """All tables, with causes by name and without order of causes; ``until``: days before this one."""
    names = np.array([*records.causes, "none"], dtype=object)
    out = {}
    for name in ("daily", "ledger", "groups", "hours", "events", "entries"):
        table = dict(getattr(records, name))
        if until is not None:
            early = table["day"] < until
            table = {column: values[early] for column, values in table.items()}
        if "cause" in table:
            table["cause"] = names[table["cause"]].astype(str)
        out[name] = table
    return out | ({"members": records.members} if until is None else {})


def differing(one, other, *, until=None):
    """Which columns of two runs are not byte for byte the same, as table.column."""
    first, second = tables(one, until=until), tables(other, until=until)
    return [
        f"{name}.{column}"
        for name in first
        for column in first[name]
        if not _same(first[name][column], second[name][column])
    ]


def _same(one, other):
    if one.dtype == object:
        return one.tolist() == other.tolist()
    return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())


def fingerprint(scenario, seed):
    """A hash of everything that a run leaves."""
    digest = blake2b()
    for name, table in tables(run(scenario, seed)).items():
        for column, values in table.items():
            digest.update(f"{name}.{column}".encode())
            digest.update(repr(values.tolist()).encode() if values.dtype == object else values.tobytes())
    return digest.hexdigest()


def fen(records, *accounts, cause=None):
    """Sum of the ledger over accounts, of one cause or of all."""
    table = records.ledger
    wanted = np.isin(table["account"], [records.accounts.index(account) for account in accounts])
    if cause is not None:
        wanted &= table["cause"] == records.causes.index(cause)
    return int(table["fen"][wanted].sum())
