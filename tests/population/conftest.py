"""A folder of small files, and worlds made from them."""

import datetime as dt

import pytest

from commsim.population.build import build
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community

ROSTER = (
    "id,group,joined,muted,messages,segment\n"
    "ann,north,2026-01-05,yes,60,all\n"
    "bob,south,2025-11-30,no,0,\n"
    "cat,north,,,,all\n"
    "dan,,2026-02-01,1,3,all\n"
)
ORDERS = (
    "customer,date,amount\n"
    "ann,2025-10-01,30\n"
    "ann,2025-11-01,25.5\n"
    "ann,2025-11-01,3\n"
    "ann,2026-01-01,30\n"
    "dan,2025-12-24,12\n"
    "eve,2026-02-20,12\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "ties.csv").write_text("from,to\nann,bob\nbob,ann\ncat,cat\ndan,ann\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def world(folder):
    def make(seed=1, base=folder, **community):
        return build(Community(**community), Behaviour(), seed, base=base, today=dt.date(2026, 3, 2))

    return make
