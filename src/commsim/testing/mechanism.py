"""The promises that every mechanism keeps, built-in or not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from commsim.core.columns import Column
from commsim.core.mechanism import Event, Mechanism, load, mechanisms
from commsim.population.build import build
from commsim.records.records import Records
from commsim.scenario.fields import card
from commsim.scenario.schema import Scenario
from commsim.simulation.mechanics import Mechanics
from commsim.simulation.takes import taken, takes
from commsim.simulation.world import World
from commsim.strategies.base import Strategy
from commsim.testing.promises import check_fields, check_strategy

DAYS, SEED = 24, 5
_TABLES = ("daily", "ledger", "groups", "hours", "events", "members", "entries")


def check_mechanism(
    declared: Mechanism,
    strategy: type[Strategy],
    *,
    twin: Callable[[Scenario], list[str]],
    docs: str,
    **settings: Any,
) -> None:
    """Hold a mechanism, and the strategy that uses it with these ``settings``, to what all of them promise.

    twin: lives a plan by the plain rules as well, and names what differs from the engine to the last bit.
    docs: the text that describes it.

    The promises: it is registered, and all that it declares says what it is; it has words in English and
    Chinese for its strategy, effects, numbers and events, and a card of evidence for each parameter; the
    docs name them; a plan in which it never begins leaves the same bytes as one without it, and the same
    seed the same bytes; the plain rules leave the same bits, and others than an engine that ignores its
    effects.  Raises AssertionError that says which promise
    is broken; see `commsim.testing.check_strategy` for those of the strategy.
    """
    check_strategy(strategy, **settings)
    _promise(declared in mechanisms(), declared, "is not registered; see commsim.core.mechanism")
    _promise(declared in strategy.mechanisms, declared, f"{strategy.__name__}.mechanisms does not name it")
    engine = load(declared.engine)
    _promise(issubclass(engine, Mechanics) and engine.declared is declared, declared, "engine is another's")
    _check_words(declared, strategy, engine)
    if declared.behaviour is not None:
        check_fields(declared.behaviour, declared.behaviour)
    for name in _names(declared, strategy):
        _promise(f"`{name}`" in docs, declared, f"the docs do not speak of `{name}`")
    _check_bytes(declared, strategy, settings)
    plan = _plan(strategy(**settings))
    differing = twin(plan)
    _promise(not differing, declared, f"the plain rules leave other bits: {', '.join(differing)}")
    with _idle(engine):
        noticed = not taken(engine) or twin(plan)
    _promise(bool(noticed), declared, "the twin does not notice when the engine ignores its effects")


@contextmanager
def _idle(engine: type[Mechanics]) -> Iterator[None]:
    """Let the engine take the effects of a mechanism and do nothing."""
    kept = {name: vars(engine)[name] for name in taken(engine).values()}
    try:
        for kind, name in taken(engine).items():
            setattr(engine, name, takes(kind)(lambda self, effect, cause: None))
        yield
    finally:
        for name, method in kept.items():
            setattr(engine, name, method)


def _promise(holds: bool, declared: Mechanism, text: str) -> None:
    if not holds:
        raise AssertionError(f"{declared.name}: {text}")


def _names(declared: Mechanism, strategy: type[Strategy]) -> Iterator[str]:
    """What the docs must speak of."""
    yield strategy.model_fields["kind"].default
    yield from (f"{declared.name}.{name}" for name in getattr(declared.behaviour, "model_fields", ()))
    named: tuple[Column | Event, ...] = (*declared.columns, *declared.daily, *declared.events)
    yield from (one.name for one in named)


def _check_words(declared: Mechanism, strategy: type[Strategy], engine: type[Mechanics]) -> None:
    kind = strategy.model_fields["kind"].default
    own = [name for name in strategy.model_fields if name not in Strategy.model_fields]
    needed = [f"kind.{kind}", *(f"field.{kind}.{name}" for name in own)]
    needed += [f"story.deed.{effect.terms.word}" for effect in taken(engine) if effect.terms.word]
    needed += [f"daily.{number.name}" for number in declared.daily]
    needed += [f"event.{event.name}" for event in declared.events if event.kept]
    needed += sorted({f"pathway.{declared.name}.{one}" for one in _pathways(declared)})
    for key in needed:
        said = next((one.words[key] for one in strategy.mechanisms if key in one.words), ())
        _promise(len(said) == 2 and all(said), declared, f"has no words in both languages for {key!r}")
    named: tuple[Column | Event, ...] = (*declared.columns, *declared.daily, *declared.events)
    for one in named:
        _promise(bool(one.about), declared, f"does not say what {one.name} is")


def _pathways(declared: Mechanism) -> Iterator[str]:
    """What its behaviour can be switched off by; see `commsim.scenario.behaviour.pathways`."""
    for name, field in getattr(declared.behaviour, "model_fields", {}).items():
        about = card(field)
        if "neutral" in about:
            yield about.get("pathway", name)


def _check_bytes(declared: Mechanism, strategy: type[Strategy], settings: dict[str, Any]) -> None:
    never = strategy(**(settings | {"starts": DAYS + 1, "warm_up": 0}))
    without, off = _live(_plan()), _live(_plan(never))
    own = {column.name for one in strategy.mechanisms for column in (*one.columns, *one.daily)}
    for table in _TABLES:
        before, after = getattr(without, table), getattr(off, table)
        _promise(
            set(after) - set(before) <= own, declared, f"adds columns to {table} that it does not declare"
        )
        for name in before:
            same = _plain(without, table, name) == _plain(off, table, name)
            _promise(same, declared, f"is off and yet changes {table}.{name}")
    one, other = (_live(_plan(strategy(**settings))) for _ in range(2))
    for table in _TABLES:
        for name, column in getattr(one, table).items():
            again = getattr(other, table)[name]
            _promise(again.tolist() == column.tolist(), declared, f"is not the same again: {table}.{name}")


def _plain(records: Records, table: str, name: str) -> list[Any]:
    """A column's values; causes by name, since a strategy more changes their numbers."""
    values = getattr(records, table)[name].tolist()
    return [records.causes[code] if code >= 0 else "" for code in values] if name == "cause" else values


def _plan(*strategies: Strategy) -> Scenario:
    """A small lively community, in which the strategy is one of several."""
    shop = [
        {"name": "coffee", "price": 30, "unit_cost": 15},
        {"name": "cup", "price": 99, "unit_cost": 40, "appeal": 0.2},
    ]
    others = [{"kind": "content"}, {"kind": "flash_sale", "discount": 0.3, "weekdays": ["tue", "sat"]}]
    plan = Scenario.model_validate(
        {
            "name": "promises",
            "days": DAYS,
            "community": {"members": 150, "group_size": 50, "arrivals_per_day": 0.5},
            "products": shop,
            "strategies": others,
        }
    )
    return plan.model_copy(update={"strategies": (*plan.strategies, *strategies)})


def _live(plan: Scenario) -> Records:
    people = build(plan.community, plan.behaviour, SEED, today=plan.start)
    world = World(plan, people, SEED, full=True)
    for _ in range(plan.days):
        world.advance()
    return world.records()
