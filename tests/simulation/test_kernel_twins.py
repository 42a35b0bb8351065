"""Compiled kernels against the same code as plain Python: equal bits in everything that a run leaves."""

import importlib
import pkgutil
from types import SimpleNamespace

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher
from worlds import EIGHT, differing, plan, world

from commsim import simulation
from commsim.core import luck, maths
from commsim.simulation import handle, kernels, mechanisms
from commsim.simulation import world as world_module
from commsim.simulation.world import World

DAYS = 15


def modules(package):
    return [
        importlib.import_module(f"{package.__name__}.{m.name}")
        for m in pkgutil.iter_modules(package.__path__)
    ]


KERNELS = [luck, maths, *modules(kernels)]
CALLERS = [module for module in modules(simulation) if module is not handle] + modules(mechanisms)


class Single(float):
    """A float32 with the rules of compiled code: two of them make a third, anything else makes a double.

    Numpy's own would also stay single beside a Python number, as in ``1.0 - x[i]``.
    """

    def _meet(self, other, result):
        return Single(np.float32(result)) if isinstance(other, Single | np.float32) else result

    def __add__(self, other):
        return self._meet(other, float(self) + float(other))

    def __sub__(self, other):
        return self._meet(other, float(self) - float(other))

    def __mul__(self, other):
        return self._meet(other, float(self) * float(other))

    def __truediv__(self, other):
        return self._meet(other, float(self) / float(other))


class Singles(np.ndarray):
    """An array of float32 whose values are read one by one as `Single`."""

    def __getitem__(self, at):
        found = super().__getitem__(at)
        return Single(found) if isinstance(found, np.float32) else found


class Record:
    """One record, its fields as attributes (a numpy record would hide a field called ``mean``)."""

    def __init__(self, fields):
        self._fields = fields

    def __getattr__(self, name):
        value = self._fields[name]
        return Record(value) if isinstance(value, np.void) else value


class Rows:
    """Records one by one."""

    def __init__(self, rows):
        self._rows = rows

    def __len__(self):
        return len(self._rows)

    def __getitem__(self, k):
        return Record(self._rows[k])


def reread(value):
    """The same memory, for plain Python: floats as `Single`, records with attributes."""
    if isinstance(value, tuple):
        parts = [reread(part) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, handle.Handle):
        return SimpleNamespace(state=reread(value.state), today=reread(value.today))
    if isinstance(value, np.ndarray) and value.dtype == np.float32:
        return value.view(Singles)
    if isinstance(value, np.ndarray) and value.dtype.names:
        return Rows(value)
    return value


def plain(kernel):
    """A kernel as plain Python, on the arguments as `reread` gives them."""

    def call(*arguments):
        with np.errstate(over="ignore"):
            return kernel.py_func(*(reread(argument) for argument in arguments))

    return call


@pytest.fixture
def uncompiled(monkeypatch):
    """All kernels as plain Python, also where the engine calls them."""
    for module in (*KERNELS, *CALLERS):
        for name, value in list(vars(module).items()):
            if isinstance(value, Dispatcher):
                call = plain(value) if module in CALLERS else value.py_func
                monkeypatch.setattr(module, name, call)


def lived(scenario, days=DAYS):
    made = world(scenario, 5)
    for _ in range(days):
        made.advance()
    return made


SCENARIO = plan(*EIGHT, members=60, group_size=20, days=DAYS, arrivals_per_day=1.0, outside_per_member=9.0)


@pytest.fixture(scope="module")
def compiled() -> World:
    return lived(SCENARIO)


def test_the_scenario_meets_every_rule(compiled):
    """Otherwise equal bits would say little."""
    records = compiled.records()
    daily = {name: column.sum() for name, column in records.daily.items()}
    for name in (
        "joined",
        "invited",
        "left",
        "muted_today",
        "orders",
        "caught",
        "resent",
        "teams",
        "checked_in",
    ):
        assert daily[name] > 0, name
    accounts = {records.accounts[account] for account in records.ledger["account"]}
    assert accounts >= {
        "sales",
        "discount",
        "envelopes",
        "commission",
        "points",
        "gifts",
        "staff",
        "acquisition",
    }


@pytest.mark.usefixtures("uncompiled")
def test_a_fortnight_of_everything_is_the_same_in_plain_python(compiled):
    with np.errstate(over="ignore"):
        twin = lived(SCENARIO)
    assert not isinstance(world_module.shop, Dispatcher)
    assert differing(twin.records(), compiled.records()) == []
    for name in vars(compiled.people):
        assert getattr(twin.people, name).tobytes() == getattr(compiled.people, name).tobytes(), name
    for name in compiled.groups._fields:
        assert getattr(twin.groups, name).tobytes() == getattr(compiled.groups, name).tobytes(), name
