"""A strategy on a small stage: days, events and a community that changes, without an engine."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.effects import Award, Effect, Redeem
from commsim.core.events import Happened
from commsim.core.luck import Purpose
from commsim.core.mechanism import Event
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.strategies.base import Phase, Strategy
from commsim.testing.view import FakeProduct, FakeView, nothing_happened, occurred

MEMBERS, STRANGERS, GROUPS = 60, 120, 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What a strategy answered in one hook on one day, and what it could see then."""

    day: int
    hook: str
    effects: tuple[Effect, ...]
    view: FakeView


def rehearse(strategy: Strategy, days: int, seed: int) -> tuple[list[Answer], Any]:
    """Play a strategy for some days as the engine would; returns its answers and its memory.

    People join (some brought by the strategy), order, check in, catch shares and leave at random.
    """
    view = _stage(days, seed)
    memory = strategy.start(view)
    answers: list[Answer] = []
    for view.day in range(days):
        phase = strategy.phase(view)
        acts = _answer("act", view, strategy.act(view, memory)) if phase else None
        happened = _a_day(view, phase, _events(strategy, acts))
        reacts = _answer("react", view, strategy.react(happened, view, memory))
        answers += [answer for answer in (acts, reacts) if answer is not None]
        _book_points(view, reacts.effects)
    return answers, memory


def _stage(days: int, seed: int) -> FakeView:
    view = FakeView(MEMBERS, STRANGERS, GROUPS, days=days)
    view.seed, view.me = seed, 1
    view.products = (FakeProduct(), FakeProduct("cup", 9900, 4000))
    view.inviter[1:MEMBERS:4] = 0
    for column in _columns(view):
        column.flags.writeable = False
    return view


def _columns(view: FakeView) -> Iterator[Ints]:
    yield from (value for value in vars(view).values() if isinstance(value, np.ndarray))


def _answer(hook: str, view: FakeView, effects: Iterable[Effect]) -> Answer:
    return Answer(view.day, hook, tuple(effects), copy.copy(view))


def _events(strategy: Strategy, acts: Answer | None) -> tuple[Event, ...]:
    """What its mechanisms may tell of a day: nothing unless it had them do something."""
    own = acts is not None and any(type(effect).__module__ != Award.__module__ for effect in acts.effects)
    return tuple(event for one in strategy.mechanisms for event in one.events) if own else ()


def _a_day(view: FakeView, phase: Phase | None, told: tuple[Event, ...]) -> Happened:
    rows = np.arange(view.n_persons)
    draw = view.luck(Purpose.LOOK, rows)
    members = view.status == MEMBER
    left = np.flatnonzero(members & (draw > 0.995))
    joined = np.flatnonzero((view.status == STRANGER) & (draw < 0.02))
    buyers = np.flatnonzero(members & (draw < 0.2))
    inviters = (joined * 7 + view.day) % MEMBERS
    brought = view.me if phase in (Phase.FORMAL, Phase.CLOSING) else -1
    _replace(view, "status", left, LEFT)
    _replace(view, "group", left, -1)
    _replace(view, "status", joined, MEMBER)
    _replace(view, "group", joined, joined % GROUPS)
    _replace(view, "inviter", joined, inviters)
    _replace(view, "joined", joined, view.day)
    _replace(view, "orders", buyers, view.orders[buyers] + 1)
    events: dict[str, Any] = {
        "lookers": np.flatnonzero(members & (draw < 0.5)),
        "order_persons": buyers,
        "order_products": np.zeros(buyers.size),
        "order_fen": np.full(buyers.size, 2550),
        "order_cause": np.full(buyers.size, brought),
        "joined": joined,
        "join_inviters": inviters,
        "join_cause": np.full(joined.size, brought),
        "left": left,
    }
    some = np.flatnonzero(members & (draw < 0.4))
    return nothing_happened(view.day, {event: occurred(some, 50) for event in told}, **events)


def _book_points(view: FakeView, effects: Iterable[Effect]) -> None:
    for effect in effects:
        if isinstance(effect, Award | Redeem):
            sign = 1 if isinstance(effect, Award) else -1
            held = view.points[effect.persons] + sign * np.asarray(effect.points)
            _replace(view, "points", effect.persons, held)


def _replace(view: FakeView, name: str, rows: Ints, values: Any) -> None:
    column = getattr(view, name).copy()
    column[rows] = values
    column.flags.writeable = False
    setattr(view, name, column)
