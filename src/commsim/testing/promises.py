"""The promises that every strategy keeps, built-in or not."""

import pickle
from collections.abc import Iterator
from typing import Any, get_args

import numpy as np
from pydantic import BaseModel

from commsim.core.effects import Effect
from commsim.core.faults import too_late
from commsim.core.units import NO_NUMBER
from commsim.strategies.base import Purpose, Strategy
from commsim.testing.effects import fault
from commsim.testing.rehearsal import Answer, rehearse

DAYS = 28


def check_strategy(strategy: type[Strategy] | Strategy, *, seed: int = 0, **settings: Any) -> None:
    """Hold a strategy to what all of them promise; ``settings`` are the fields of a class.

    The promises: every field says what it is and its unit, a number or choice also its source and grade;
    dumping and loading gives an equal strategy, pickling too; the same seed gives the same effects;
    effects reach only people and groups that exist and no money is negative; nothing is said outside
    its dates; what it sees is not changed; who goes `by_calendar` acts alike on days of one kind.
    Raises AssertionError that says which promise is broken, and where.
    """
    cls = strategy if isinstance(strategy, type) else type(strategy)
    _check_kind(cls)
    for model in _models(cls):
        check_fields(model, cls)
    made = _make(strategy, settings)
    _check_copies(made)
    _check_plays(made, seed)
    _check_dates(made, seed)


def _promise(holds: bool, cls: type[BaseModel], text: str) -> None:
    if not holds:
        raise AssertionError(f"{cls.__name__}: {text}")


def _make(strategy: type[Strategy] | Strategy, settings: dict[str, Any]) -> Strategy:
    if isinstance(strategy, Strategy):
        return strategy.model_validate(strategy.model_dump(mode="json") | settings)
    try:
        return strategy(**settings)
    except ValueError as error:
        raise AssertionError(
            f"{strategy.__name__}: can't be made; give check_strategy the settings it needs: {error}"
        ) from error


def _check_kind(cls: type[Strategy]) -> None:
    kind = cls.model_fields["kind"]
    named = get_args(kind.annotation) == (kind.default,) and bool(kind.default)
    _promise(named, cls, 'needs a kind: `kind: Literal["my_kind"] = "my_kind"`')
    purpose = getattr(cls, "purpose", None)
    _promise(purpose in get_args(Purpose), cls, f"purpose must be one of {', '.join(get_args(Purpose))}")
    _promise(bool((cls.__doc__ or "").strip()), cls, "needs a docstring that says what it does")
    _promise(bool(cls.model_config.get("frozen")), cls, "must be frozen: settings don't change in a run")
    _promise(cls.model_config.get("extra") == "forbid", cls, "must forbid unknown settings")


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for part in _parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _models(part)


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def check_fields(model: type[BaseModel], cls: type[BaseModel]) -> None:
    """Hold the fields of a model, which is ``cls`` or stands in it, to their cards of evidence."""
    for name, field in model.model_fields.items():
        if name == "kind" and model is cls:
            continue
        card = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        where = name if model is cls else f"{model.__name__}.{name}"
        _promise(bool(field.description), cls, f"field `{where}` has no description; use units.param")
        evidence = () if card.get("unit") in NO_NUMBER else ("source", "grade")
        for part in ("unit", *evidence):
            _promise(bool(card.get(part)), cls, f"field `{where}` has no {part}; use units.param")


def _check_copies(strategy: Strategy) -> None:
    cls = type(strategy)
    loaded = cls.model_validate(strategy.model_dump(mode="json"))
    _promise(loaded == strategy, cls, "what it dumps does not load to an equal strategy")
    cls.model_json_schema()
    try:
        copied = pickle.loads(pickle.dumps(strategy))
    except Exception as error:
        raise AssertionError(f"{cls.__name__}: can't be pickled to another process: {error}") from error
    _promise(copied == strategy, cls, "is not the same after pickling")


def _play(strategy: Strategy, seed: int) -> tuple[list[Answer], Any]:
    name = type(strategy).__name__
    try:
        return rehearse(strategy, DAYS, seed)
    except ValueError as error:
        if "read-only" in str(error):
            raise AssertionError(f"{name}: changes what it sees: {error}; work on a copy") from error
        raise AssertionError(f"{name}: fails while it runs: {error}") from error
    except Exception as error:
        raise AssertionError(f"{name}: fails while it runs: {error!r}") from error


def _check_plays(strategy: Strategy, seed: int) -> None:
    cls = type(strategy)
    first, memory = _play(strategy, seed)
    for answer in first:
        for effect in answer.effects:
            text = fault(effect, answer.view) or too_late(effect, answer.hook)
            _promise(text is None, cls, f"{text} (in {answer.hook} on day {answer.day})")
    if cls.by_calendar:
        _check_kinds_of_day(strategy, first)
    second, _ = _play(strategy, seed)
    for one, other in zip(first, second, strict=True):
        text = f"the same seed gives other effects ({one.hook}, day {one.day}); draw with view.luck"
        _promise(_same(one.effects, other.effects), cls, text)
    try:
        pickle.dumps(memory)
    except Exception as error:
        raise AssertionError(f"{cls.__name__}: what it remembers can't be pickled: {error}") from error


def _check_kinds_of_day(strategy: Strategy, answers: list[Answer]) -> None:
    kinds: dict[Any, Answer] = {}
    for answer in answers:
        if answer.hook == "act":
            view = answer.view
            kind = view.day // 7, strategy.phase(view), strategy.previewed(view)
            same = kinds.setdefault(kind, answer)
            text = f"acts otherwise on day {answer.day} than on day {same.day}, so it is not `by_calendar`"
            _promise(_same(same.effects, answer.effects), type(strategy), text)


def _same(one: tuple[Effect, ...], other: tuple[Effect, ...]) -> bool:
    return len(one) == len(other) and all(
        type(a) is type(b) and all(np.array_equal(getattr(a, s.name), getattr(b, s.name)) for s in a.settings)
        for a, b in zip(one, other, strict=True)
    )


def _check_dates(strategy: Strategy, seed: int) -> None:
    cls = type(strategy)
    dates = {"starts": 10, "ends": 16, "warm_up": 2, "closing": 1}
    dated = cls.model_validate(strategy.model_dump(mode="json") | dates)
    answers, _ = _play(dated, seed)
    for answer in answers:
        day, late = answer.day, answer.day > 16
        if 8 <= day <= 16:
            continue
        _promise(answer.hook != "act", cls, f"acts on day {day}, outside its dates; leave `phase` as it is")
        moves = [type(e).__name__ for e in answer.effects if not (late and e.terms.settles)]
        _promise(not moves, cls, f"answers with {', '.join(moves)} on day {day}, outside its dates")
    _promise(any(answer.effects for answer in answers), cls, "does nothing between its dates")
