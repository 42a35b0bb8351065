"""The part of a mechanism in the engine: when it is called, and what it may read and change."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.columns import Column
from commsim.core.declare import Effect
from commsim.core.errors import CommsimError, InputError
from commsim.core.mechanism import Event, Mechanism, Occurred, in_order, load
from commsim.core.touches import OwnAllowance
from commsim.population.people import Population
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.audiences import Audiences
from commsim.simulation.books import Books
from commsim.simulation.collect import Collector
from commsim.simulation.dials import Desk
from commsim.simulation.handle import Handle, State
from commsim.simulation.offers import Habits
from commsim.simulation.recorder import Recorder
from commsim.simulation.scratch import Out
from commsim.simulation.state import Groups, People
from commsim.strategies.base import Strategy


@dataclass
class Home:
    """Where a part lives: the run that it belongs to.

    salts: of the strategies, by cause.  state: all arrays that kernels take; people, groups and out are
    parts of it by name.  handle: what to give to a kernel in its place.  open: groups with members this
    morning.  audiences: whom strategies address.  caps: most members by group.  appeal: factor on
    the buying rate by product and kind of customer, today.  collector: knows what is posted today.  taken:
    who has taken an offer of a strategy today, by cause, as far as it is no order.  to_answer: minutes that
    answers in groups have taken today, known at the close; answered: those of them that a mechanism has paid
    for.  welcoming: staff welcome newcomers today.  changed: entries of the plan that are otherwise from
    today on, by cause and place among those of their name.  own_limits: on what each person gets.  shut:
    whether the operator has given up: no strategy acts any more, and nothing is sold.
    """

    scenario: Scenario
    salts: NDArray[np.uint64]
    state: State
    handle: Handle
    people: People
    groups: Groups
    out: Out
    habits: Habits
    books: Books
    recorder: Recorder
    open: Bools
    audiences: Audiences
    population: Population
    caps: Ints
    appeal: Floats
    collector: Collector
    taken: list[tuple[int, Ints]] = field(default_factory=list)
    to_answer: float = 0.0
    answered: float = 0.0
    welcoming: bool = False
    shut: bool = False
    changed: list[tuple[int, int, Strategy]] = field(default_factory=list)
    own_limits: OwnAllowance | None = None
    _lookers: Ints | None = None

    def morning(self, day: int, open_groups: Bools) -> None:
        """Begin a day."""
        if self.own_limits is not None:
            self.own_limits.morning(self.scenario.start + dt.timedelta(days=day))
        self.open, self.answered, self._lookers = open_groups, 0.0, None
        self.welcoming = False
        self.taken.clear()
        self.changed.clear()

    def lookers(self) -> Ints:
        """Members who look in today, by row; to be asked from midday on."""
        if self._lookers is None:
            self._lookers = np.sort(self.out.lookers[: self.out.tally[c.N_LOOKERS]]).astype(np.int64)
        return self._lookers

    def free(self, rows: Ints) -> Ints:
        """Those among some people whom one message more may still get at today."""
        return rows if self.own_limits is None else self.own_limits.free(rows)

    def message(self, rows: Ints) -> Ints:
        """Send each of some people a message of their own, and count it; returns who may get it."""
        return rows if self.own_limits is None else self.own_limits.message(rows)

    @property
    def seed(self) -> int:
        """Of the world."""
        return self.state.seed

    def close_shop(self) -> None:
        """Give up, from tomorrow on and for good: the shelf is empty, and no strategy acts any more."""
        self.shut = True
        self.state.shelf.below[:] = 0.0

    def where(self, groups: Bools | None, cause: int) -> Bools:
        """The chosen groups among the open ones in which a strategy addresses anybody."""
        some = self.audiences.addressed(cause, groups)
        return self.open if some is None else self.open & some

    def both(self, *causes: int) -> str:
        """Two strategies by name, for an error."""
        return "strategies " + " and ".join(repr(self.books.causes[cause]) for cause in causes)

    def audience(self, cause: int, reach: float = 1.0) -> Bools | None:
        """Whom a strategy addresses today, of all persons; None for everybody.

        reach: of what goes by posts of limited reach, as `commsim.core.effects.Announce` has it.
        """
        return self.audiences.mask(cause, reach)


class Mechanics:
    """What the engine does for a mechanism; all hooks are optional, and called in this order every day.

    `morning`, then strategies act (`admit` for each of their effects, in the evening too), `postponed`,
    `dial`, then the core finds who looks in, `midday`, then the core sells, talks and closes the members'
    day, `checkout`, then orders are priced, `evening`, then strategies react, `close`, and when the last
    money of the day has moved `reckon`.  A method marked with `commsim.simulation.takes.takes` carries out
    an effect, at once.  ``admits``: kinds of effects about which `admit` is asked.
    """

    declared: ClassVar[Mechanism]
    admits: ClassVar[tuple[type[Effect], ...]] = (Effect,)

    def __init__(self, home: Home) -> None:
        self.home = home
        self.columns = {column.name: self._column(column) for column in self.declared.columns}

    def _column(self, column: Column) -> NDArray[Any]:
        values: NDArray[Any] = column.make(len(self.home.people.status))
        return values

    def morning(self, day: int) -> None:
        """Begin a day: forget yesterday's effects, let the time do its work on the columns."""

    def admit(self, day: int, effect: Effect, cause: int) -> Iterable[Effect]:
        """What is to be carried out in place of a strategy's effect: itself, less of it, or nothing."""
        return (effect,)

    def postponed(self, day: int) -> Iterable[tuple[int, Effect]]:
        """Effects of strategies, by cause, that were kept back on days before and are carried out now."""
        return ()

    def dial(self, day: int, desk: Desk) -> None:
        """Turn the dials of the members' day."""

    def midday(self, day: int) -> None:
        """Do what happens to lookers before anything is sold."""

    def checkout(self, day: int) -> None:
        """Change what was ordered today, before anything is priced."""

    def evening(self, day: int) -> Mapping[Event, Occurred]:
        """End the members' day; returns what strategies are told of it."""
        return {}

    def close(self, day: int) -> Mapping[str, int | float]:
        """End the day, after strategies have reacted; returns the mechanism's numbers of the daily table."""
        return {}

    def reckon(self, day: int) -> Mapping[str, int | float]:
        """Count the day when all its money has moved; its numbers are told here then, not in `close`."""
        return {}


HOOKS = "morning", "admit", "postponed", "dial", "midday", "checkout", "evening", "close", "reckon"
_REMEDY = "mend the mechanism; docs/mechanisms.md says what each hook may do"


Acting = tuple[Mechanics, Callable[..., Any], bool]
"""One that has a hook, the hook, and whether it is another's."""


def _is_ours(one: Mechanics) -> bool:
    return type(one).__module__.startswith("commsim.")


class Running:
    """The mechanics that a plan needs, in the order of the registry."""

    def __init__(self, home: Home, wanted: Iterable[Mechanism]) -> None:
        self.all: list[Mechanics] = []
        self._foreign: list[str] = []
        self._hooks: dict[str, list[Acting]] = {h: [] for h in HOOKS}
        self._admitting: dict[type[Effect], list[Acting]] = {}
        for one in in_order(wanted):
            self.add(load(one.engine)(home))
        self.daily = tuple(column for one in self.all for column in one.declared.daily)

    def add(self, one: Mechanics) -> None:
        """Let one act after the others, in those hooks that it has."""
        foreign = not _is_ours(one)
        self.all.append(one)
        self._admitting.clear()
        self._foreign += [one.declared.name] * foreign
        for hook, acting in self._hooks.items():
            if foreign or getattr(type(one), hook) is not getattr(Mechanics, hook):
                acting.append((one, getattr(one, hook), foreign))

    def columns(self) -> dict[str, NDArray[Any]]:
        """All columns of persons."""
        return {name: values for one in self.all for name, values in one.columns.items()}

    def morning(self, day: int) -> None:
        """Begin a day."""
        self._ask("morning", day)

    def admit(self, day: int, effect: Effect, cause: int) -> Iterable[Effect]:
        """What all let pass of an effect, one after the other."""
        effects: Iterable[Effect] = (effect,)
        admitting = self._admitting.get(type(effect))
        for acting in self._who_admits(type(effect)) if admitting is None else admitting:
            effects = [part for one in effects for part in self._answer("admit", acting, day, one, cause)]
        return effects

    def _who_admits(self, kind: type[Effect]) -> list[Acting]:
        admitting = [one for one in self._hooks["admit"] if issubclass(kind, one[0].admits)]
        return self._admitting.setdefault(kind, admitting)

    def postponed(self, day: int) -> Iterable[tuple[int, Effect]]:
        """What all kept back until today."""
        for acting in self._hooks["postponed"]:
            yield from self._answer("postponed", acting, day)

    def dial(self, day: int, desk: Desk) -> None:
        """Let all turn the dials.  Raises InputError where one of others leaves what is no number."""
        self._ask("dial", day, desk)
        if self._foreign and not desk.sound():
            raise InputError(
                "a dial of the day is no number",
                where=f"mechanisms {', '.join(map(repr, self._foreign))}, dial on day {day}",
                remedy=_REMEDY,
            )

    def midday(self, day: int) -> None:
        """What happens to lookers before anything is sold."""
        self._ask("midday", day)

    def checkout(self, day: int) -> None:
        """Change what was ordered, before it is priced."""
        self._ask("checkout", day)

    def evening(self, day: int, recorder: Recorder) -> dict[str, Occurred]:
        """What strategies are told of the day, by name of the event; recorded where that is kept."""
        found = {}
        for told in self._ask("evening", day):
            for event, occurred in told.items():
                found[event.name] = Occurred(*occurred)
                if event.kept:
                    recorder.event(event.name, day, occurred[0], fen=occurred[1])
        return found

    def close(self, day: int) -> dict[str, int | float]:
        """All numbers of the day."""
        return {name: number for told in self._ask("close", day) for name, number in told.items()}

    def reckon(self, day: int) -> dict[str, int | float]:
        """All numbers of the day's money."""
        return {name: number for told in self._ask("reckon", day) for name, number in told.items()}

    def _ask(self, hook: str, day: int, *given: Any) -> list[Any]:
        """What all answer in a hook."""
        return [
            self._answer(hook, acting, day, *given) if acting[2] else acting[1](day, *given)
            for acting in self._hooks[hook]
        ]

    def _answer(self, hook: str, acting: Acting, day: int, *given: Any) -> Any:
        """What one answers in a hook.  Raises InputError that names one of others that fails."""
        one, answer_on, foreign = acting
        try:
            answer = answer_on(day, *given)
            if foreign:
                _check(one, hook, answer)
        except CommsimError:
            raise
        except Exception as error:
            if not foreign:
                raise
            raise InputError(
                f"it fails: {type(error).__name__}: {error}",
                where=f"mechanism {one.declared.name!r}, {hook} on day {day}",
                remedy=_REMEDY,
            ) from error
        return answer


def _check(one: Mechanics, hook: str, answer: Any) -> None:
    """Raise TypeError for an answer that is not what the mechanism has declared."""
    reckons = type(one).reckon is not Mechanics.reckon
    numbers = tuple(column.name for column in one.declared.daily)
    names: dict[str, tuple[Any, ...]] = {"evening": one.declared.events, "close": () if reckons else numbers}
    names |= {"reckon": numbers if reckons else ()}
    if hook in names and not (isinstance(answer, Mapping) and set(answer) == set(names[hook])):
        said = ", ".join(getattr(name, "name", str(name)) for name in names[hook]) or "nothing"
        raise TypeError(f"answers with what it has not declared: it must tell of {said}")
