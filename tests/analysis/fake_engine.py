"""An engine of known means: profit is level + luck of the world + noise, in whole fen."""

import sys
from types import ModuleType

import numpy as np

from commsim.core.effects import Account
from commsim.records.records import Records
from commsim.records.tables import TABLES

ACCOUNTS = tuple(account.value for account in Account)


def fake_records(name: str, seed: int, days: int, profit: int, members: int = 100) -> Records:
    """A run in which ``profit`` fen are earned on the last day: sales less a tenth for staff."""
    daily = {column.name: np.zeros(days, column.dtype) for column in TABLES["daily"]}
    daily["day"] += np.arange(days, dtype=np.int32)
    daily["members"] += members
    daily["looked"] += members // 4
    daily["messages"] += 6
    daily["left"][0] = 5
    daily["revenue"][-1] = profit + 1000
    ledger = {
        "day": np.array([days - 1, days - 1]),
        "account": np.array([ACCOUNTS.index("sales"), ACCOUNTS.index("staff")]),
        "cause": np.array([0, 1]),
        "fen": np.array([profit + 1000, -1000]),
    }
    groups = {column.name: np.zeros(2 * days, column.dtype) for column in TABLES["groups"]}
    groups["day"] += np.repeat(np.arange(days, dtype=np.int32), 2)
    groups["group"] += np.tile(np.arange(2, dtype=np.int32), days)
    groups["members"] += members // 2
    return Records(name, seed, days, ACCOUNTS, ("shelf", "operator"), daily, ledger, groups)


def install(monkeypatch, levels: dict[str, float], *, noise: float = 0.0, luck: float = 1e5) -> list[int]:
    """Put the fake where the engine is; returns the list of seeds it is asked for."""
    asked: list[int] = []

    def simulate(scenario, seed, **_):
        asked.append(seed)
        world = np.random.default_rng(seed).normal(0.0, luck)
        own = np.random.default_rng([seed, len(scenario.name)]).normal(0.0, noise) if noise else 0.0
        profit = round(levels[scenario.name] + world + own)
        return fake_records(scenario.name, seed, scenario.days, profit)

    module = ModuleType("commsim.simulation.run")
    module.simulate = simulate
    nobody = ModuleType("commsim.population.build")
    nobody.build = lambda *_, **__: None
    monkeypatch.setitem(sys.modules, "commsim.simulation.run", module)
    monkeypatch.setitem(sys.modules, "commsim.population.build", nobody)
    return asked
