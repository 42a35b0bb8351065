"""Mechanisms of others that go wrong: a clear error that names them, and no free promotion."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import plan, world

from commsim.core import mechanism
from commsim.core.columns import Column
from commsim.core.dials import Dial
from commsim.core.errors import InputError
from commsim.core.mechanism import Event, Mechanism, Occurred, load
from commsim.records.tables import checked_mechanisms
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Mechanics

PING = Event("ping", "nothing")
DECLARED = Mechanism(
    "foreign", "Somebody else's.", engine="", events=(PING,), daily=(Column("pings", np.int32, "pings"),)
)


class Foreign(Mechanics):
    """Keeps to its declaration, until a test changes a hook."""

    declared = DECLARED

    def evening(self, day):
        return {PING: Occurred(np.zeros(0, np.int64), np.zeros(0, np.int64))}

    def close(self, day):
        return {"pings": 0}


def lives(**hooks):
    """A world with a foreign mechanism, after two days."""
    made = world(plan(members=60))
    one = type("Foreign", (Foreign,), hooks)(made._home)
    made.mechanisms.add(one)
    made.recorder.also(DECLARED.daily)
    for _ in range(2):
        made.advance()
    return made


def fail(self, day, *given):
    raise KeyError("oops")


def test_one_that_keeps_to_its_word_lives():
    assert lives().records().daily["pings"].tolist() == [0, 0]


@pytest.mark.parametrize("hook", ["morning", "dial", "midday", "evening", "close"])
def test_a_failure_names_mechanism_hook_and_day(hook):
    with pytest.raises(
        InputError, match=f"^mechanism 'foreign', {hook} on day 0: it fails: KeyError: 'oops'"
    ):
        lives(**{hook: fail})


@pytest.mark.parametrize(
    ("hook", "answer", "text"),
    [
        ("evening", None, "it must tell of ping"),
        ("evening", {"ping": []}, "it must tell of ping"),
        ("close", {"pinggs": 1}, "it must tell of pings"),
        ("close", {}, "it must tell of pings"),
    ],
)
def test_answers_that_were_not_declared(hook, answer, text):
    with pytest.raises(InputError, match=text):
        lives(**{hook: lambda self, day: answer})


def test_a_dial_that_is_no_number():
    with pytest.raises(
        InputError, match="mechanisms 'foreign', dial on day 0: a dial of the day is no number"
    ):
        lives(dial=lambda self, day, desk: desk.turn(Dial.BUY, float("nan")))


def test_a_dial_is_turned_by_a_product_in_double_precision():
    desk, by = Desk(3, 1), np.array([0.1, 0.0, 0.7], np.float32)
    desk.turn(Dial.LIFT, by, times=0.3)
    row = desk.table().turned[0]
    assert row.tolist() == (by.astype(np.float64) * 0.3).tolist()
    desk.turn(Dial.LIFT, 1.0, np.array([2]), times=2.0)
    desk.turn(Dial.LIFT, by)
    assert row[2] == np.float64(by[2]) * 0.3 + 2.0 + np.float64(by[2])


def test_prices_are_never_free_nor_above_those_of_everybody():
    desk = Desk(3, 1)
    with pytest.raises(ValueError, match="given by `cheapen`"):
        desk.turn(Dial.PRICE, -0.5)
    for price in ([0.0, 0.1, 0.0], [0.0, np.nan, 0.0]):
        with pytest.raises(ValueError, match="at most that of everybody"):
            desk.cheapen(0, np.array(price))


@pytest.mark.parametrize("place", ["nothing", "no_such_module:Thing", "commsim.core.dials:Thing"])
def test_an_engine_that_is_not_there(place):
    with pytest.raises(InputError, match="names nothing that can be loaded"):
        load(place)


def test_two_events_of_one_name_are_refused_even_if_no_table_keeps_them(monkeypatch):
    twice = replace(DECLARED, events=(PING, Event("ping", "something else")))
    monkeypatch.setattr(mechanism, "mechanisms", lambda: (twice,))
    with pytest.raises(InputError, match="kind of event 'ping', and so has the mechanism 'foreign'"):
        checked_mechanisms.__wrapped__()
