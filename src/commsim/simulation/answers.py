"""What strategies answer.  Those of other people are checked, and their mistakes told by their names."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from commsim.core.effects import Effect
from commsim.core.errors import CommsimError, InputError
from commsim.core.faults import fault, too_late
from commsim.core.view import View
from commsim.strategies.base import Strategy

_OURS = "commsim.strategies."
_DONE: Any = object()
_REMEDY = "mend the strategy; commsim.testing.check_strategy finds such mistakes"


class StrategyError(InputError):
    """A strategy that fails, or answers with what no community can do."""


def answers(
    strategy: Strategy, view: View, hook: str, ask: Callable[..., Iterable[Effect]], *given: Any
) -> Iterable[Effect]:
    """The effects of ``ask(*given)``, one by one.

    ``hook``: act or react.  Ours are held to the same promises by tests, which costs no time in a run.
    Raises `StrategyError` that names the strategy, the hook and the day.
    """
    if type(strategy).__module__.startswith(_OURS):
        return ask(*given)
    return _checked(strategy, view, hook, ask, *given)


def _checked(
    strategy: Strategy, view: View, hook: str, ask: Callable[..., Iterable[Effect]], *given: Any
) -> Iterator[Effect]:
    with _blamed(strategy, view, hook):
        effects = iter(ask(*given))
    while True:
        with _blamed(strategy, view, hook):
            effect = next(effects, _DONE)
            text = None if effect is _DONE else fault(effect, view) or too_late(effect, hook)
        if effect is _DONE:
            return
        if text:
            raise _blame(strategy, view, hook, text)
        yield effect  # in no block: who asks may stop asking, which is no fault of the strategy


def start(strategy: Strategy, view: View) -> Any:
    """What a strategy remembers in this run.  Raises `StrategyError` if it fails."""
    with _blamed(strategy, view, "start"):
        return strategy.start(view)


def carry_on(strategy: Strategy, view: View, memory: Any) -> Any:
    """What it remembers when other settings begin to hold.  Raises `StrategyError` if it fails."""
    with _blamed(strategy, view, "carry_on"):
        return strategy.carry_on(view, memory)


@contextmanager
def _blamed(strategy: Strategy, view: View, hook: str) -> Iterator[None]:
    try:
        yield
    except CommsimError:
        raise
    except (Exception, SystemExit, GeneratorExit) as error:
        raise _blame(strategy, view, hook, f"it fails: {type(error).__name__}: {error}") from error


def _blame(strategy: Strategy, view: View, hook: str, text: str) -> StrategyError:
    return StrategyError(text, where=f"strategy {strategy.name!r}, {hook} on day {view.day}", remedy=_REMEDY)
