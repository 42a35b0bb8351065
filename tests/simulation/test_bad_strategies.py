"""Strategies of other people that go wrong: a clear error that names them, and nothing done."""

import sys
from typing import ClassVar, Literal

import numpy as np
import pytest
from typer.testing import CliRunner
from worlds import plan, world

from commsim.cli import app
from commsim.core.declare import NOTHING, Effect, effect
from commsim.core.effects import (
    Account,
    Announce,
    Award,
    Enforce,
    Nudge,
    Offer,
    Pay,
    Recruit,
    Redeem,
    Spend,
    TeamOffer,
    Work,
)
from commsim.core.errors import Exit, InputError
from commsim.core.limits import HourOfDay
from commsim.core.mechanisms.check_in import CHECK_IN, CheckIn
from commsim.core.mechanisms.envelopes import Envelope
from commsim.strategies.base import Strategy

ONE = np.array([1])


class Foreign(Strategy):
    """Does what a test says."""

    kind: Literal["foreign"] = "foreign"
    purpose: ClassVar = "activity"
    morning: ClassVar = staticmethod(lambda view: ())
    evening: ClassVar = staticmethod(lambda happened, view: ())

    def act(self, view, memory):
        return type(self).morning(view)

    def react(self, happened, view, memory):
        return type(self).evening(happened, view)


def lives(monkeypatch, days=1, **hooks):
    """A world with a foreign strategy, after some days."""
    for name, hook in hooks.items():
        monkeypatch.setattr(Foreign, name, staticmethod(hook))
    made = world(plan(members=60).model_copy(update={"strategies": (Foreign(),)}))
    for _ in range(days):
        made.advance()
    return made


def write_view(view):
    view.activity[:] = 1.0
    return ()


def write_happened(happened, view):
    happened.order_fen[:] = 0
    return ()


def divide(view):
    yield Spend(Account.TOOLS, 100)
    yield Spend(Account.TOOLS, 1 // 0)


HOOKS = [
    (lambda view: ["hello"], "'hello' is not an effect"),
    (lambda view: None, "it fails: TypeError: 'NoneType' object is not iterable"),
    (divide, "it fails: ZeroDivisionError"),
    (write_view, "it fails: ValueError: assignment destination is read-only"),
]

EFFECTS = [
    (Pay(Account.GIFTS, -ONE, ONE), "persons must be row numbers of people who exist"),
    (Pay(Account.GIFTS, None, ONE), "persons must be row numbers"),
    (Award(ONE * 10**6, ONE, 1.0), "persons must be row numbers"),
    (Recruit(ONE, -2 * ONE, ONE), "inviters must be row numbers"),
    (Recruit(ONE, ONE, -ONE), "delays must be finite and between 0"),
    (Pay(Account.GIFTS, ONE, np.array([1, 2])), "fen needs one value per person"),
    (Pay(Account.GIFTS, ONE, -ONE), "fen must be finite and between 0 and inf"),
    (Spend(Account.TOOLS, 0.5), "fen must be whole"),
    (Spend("beer", 5), "account must be one of sales, goods"),
    (Redeem(ONE, ONE, 1.0), "somebody hands in more points than they have"),
    (Envelope(20, 1000, 101, 0, 0), "shares must be finite and between 1 and 100"),
    (Envelope(20, 5, 6, 0, 0), "each share needs at least one fen"),
    (Offer(0, 0, 20, 2.0), "price must be finite and between 1 and inf"),
    (Offer(7, 100, 20, 2.0), "product 7 is not sold"),
    (Offer(-1, 100, 20, 2.0), "product -1 is not sold"),
    (TeamOffer(0, (), (), 20, 24.0, 6, 0.1, 0.2), "the ladder needs a lower price for each larger size"),
    (TeamOffer(0, (2, 3), (90,), 20, 24.0, 6, 0.1, 0.2), "the ladder needs a lower price"),
    (TeamOffer(0, (2, 3), (80, 90), 20, 24.0, 6, 0.1, 0.2), "the ladder needs a lower price"),
    (Announce(25), "hour must be finite and between 0 and 23"),
    (Announce(20.5), "hour must be whole"),
    (Nudge("look", float("nan")), "log_odds must be finite"),
    (Nudge("sleep", 0.5), "dial must be one of look, lift"),
    (CheckIn(0.5, np.zeros(3)), "pull needs one value per person"),
    (Work(5.0, np.array([0, 1])), "groups must be None or one yes or no"),
    (Enforce(1.5), "level must be finite and between 0 and 1"),
]


@pytest.mark.parametrize(("hook", "text"), HOOKS)
def test_mistakes_of_the_morning(monkeypatch, hook, text):
    with pytest.raises(InputError, match=f"^strategy 'foreign', act on day 0: {text}.*; mend the strategy"):
        lives(monkeypatch, morning=hook)


@pytest.mark.parametrize(("effect", "text"), EFFECTS)
def test_effects_that_no_community_can_have(monkeypatch, effect, text):
    name = type(effect).__name__
    with pytest.raises(InputError, match=f"^strategy 'foreign', act on day 0: {name}: {text}"):
        lives(monkeypatch, morning=lambda view: [effect])


@effect(cost=NOTHING)
class Sing(Effect):
    """An effect that the engine has never heard of."""

    hour: HourOfDay


def test_an_effect_that_nothing_carries_out(monkeypatch):
    text = "^strategy 'foreign', day 0: nothing in this plan carries out the effect Sing; name the mechanism"
    with pytest.raises(InputError, match=text):
        lives(monkeypatch, morning=lambda view: [Sing(20)])


EVENINGS = {
    "too late": (lambda happened, view: [Announce(20)], "Announce can't be answered in the evening; use act"),
    "changing the day": (write_happened, "it fails: ValueError: assignment destination is read-only"),
    "a stranger's row": (
        lambda happened, view: [Pay(Account.GIFTS, -1 - happened.lookers, happened.lookers)],
        "Pay: persons must be row numbers",
    ),
}


@pytest.mark.parametrize(("evening", "text"), EVENINGS.values(), ids=EVENINGS)
def test_mistakes_of_the_evening(monkeypatch, evening, text):
    with pytest.raises(InputError, match=f"^strategy 'foreign', react on day 0: {text}"):
        lives(monkeypatch, evening=evening)


def test_a_strategy_that_ends_the_program(monkeypatch):
    with pytest.raises(InputError, match="act on day 0: it fails: SystemExit: 0; mend the strategy"):
        lives(monkeypatch, morning=lambda view: sys.exit(0))


def test_a_strategy_that_ends_the_generator(monkeypatch):
    def leave(view):
        raise GeneratorExit

    with pytest.raises(InputError, match=r"^strategy 'foreign', act on day 0: it fails: GeneratorExit"):
        lives(monkeypatch, morning=leave)


def test_a_failing_start(monkeypatch):
    monkeypatch.setattr(Foreign, "start", lambda self, view: view.no_such_thing)
    text = "^strategy 'foreign', start on day 0: it fails: AttributeError"
    with pytest.raises(InputError, match=text) as caught:
        lives(monkeypatch)
    assert caught.value.exit_code == Exit.INPUT
    assert isinstance(caught.value.__cause__, AttributeError)


def test_the_error_names_the_day_of_the_mistake(monkeypatch):
    with pytest.raises(InputError, match="act on day 3: Announce"):
        lives(monkeypatch, days=5, morning=lambda view: [Announce(99 if view.day == 3 else 20)])


def test_a_community_can_have_one_check_in(monkeypatch):
    """Also where a strategy opens a second one that its plan does not tell of."""
    monkeypatch.setattr(Foreign, "mechanisms", (CHECK_IN,))
    told = "a community has one check-in, and two .*; put them together, or give them other"
    with pytest.raises(InputError, match=told):
        lives(monkeypatch, morning=lambda view: [CheckIn(0.5, np.zeros(view.n_persons))] * 2)


BROKEN = '''
from typing import ClassVar, Literal
from commsim.core.effects import Announce
from commsim.strategies.base import Strategy


class Broken(Strategy):
    """Announces at an hour that no clock has."""

    kind: Literal["broken"] = "broken"
    purpose: ClassVar = "activity"

    def act(self, view, memory):
        yield Announce(48)
'''


def test_the_command_line_tells_a_mistake_in_one_line(tmp_path):
    (tmp_path / "broken.py").write_text(BROKEN)
    (tmp_path / "plan.yaml").write_text(
        "name: plan\ndays: 5\ncommunity: {members: 60}\n"
        "products: [{name: tea, price: 20, unit_cost: 5}]\nstrategies: [{kind: broken}]\n"
    )
    arguments = ["run", str(tmp_path / "plan.yaml"), "--strategies", str(tmp_path / "broken.py")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == Exit.INPUT
    assert "commsim: strategy 'broken', act on day 0: Announce: hour must be finite" in result.stderr
    assert "Traceback" not in result.stderr
