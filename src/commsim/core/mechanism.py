"""What a mechanism adds to the words of strategies and of results, declared once.

A mechanism is a thing that the core does not know of: a check-in, envelopes, levels of membership.  Its
declaration (`Mechanism`) says what strategies and readers see; its part in the engine (`engine`) is loaded
and compiled only for plans with a strategy that names the mechanism.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.columns import Column
from commsim.core.errors import InputError
from commsim.core.installed import installed
from commsim.core.part import Part
from commsim.core.source import Source

BUILT_IN = (
    "commsim.core.mechanisms.fans:FANS",
    "commsim.core.mechanisms.goods:GOODS",
    "commsim.core.mechanisms.envelopes:ENVELOPES",
    "commsim.core.mechanisms.check_in:CHECK_IN",
    "commsim.core.mechanisms.levels:LEVELS",
    "commsim.core.mechanisms.membership:MEMBERSHIP",
    "commsim.core.mechanisms.seasons:SEASONS",
    "commsim.core.mechanisms.stored_value:STORED_VALUE",
    "commsim.core.mechanisms.upgrade:UPGRADE",
    "commsim.core.mechanisms.rivals:RIVALS",
    "commsim.core.mechanisms.sources:SOURCES",
    "commsim.core.mechanisms.service:SERVICE",
    "commsim.core.mechanisms.coupons:COUPONS",
    "commsim.core.mechanisms.bait:BAIT",
    "commsim.core.mechanisms.lottery:LOTTERY",
    "commsim.core.mechanisms.bargain:BARGAIN",
    "commsim.core.mechanisms.first_effect:FIRST_EFFECT",
    "commsim.core.mechanisms.shills:SHILLS",
    "commsim.core.mechanisms.live:LIVE",
    "commsim.core.mechanisms.recap:RECAP",
    "commsim.core.mechanisms.contacts:CONTACTS",
    "commsim.core.mechanisms.tie:TIE",
    "commsim.core.mechanisms.wants:WANTS",
    "commsim.core.mechanisms.firms:FIRMS",
    "commsim.core.mechanisms.regularity:REGULARITY",
    "commsim.core.mechanisms.difficulty:DIFFICULTY",
    "commsim.core.mechanisms.shareholders:SHAREHOLDERS",
    "commsim.core.mechanisms.agents:AGENTS",
    "commsim.core.mechanisms.passing_on:PASSING_ON",
    "commsim.core.mechanisms.steps:STEPS",
    "commsim.core.mechanisms.gates:GATES",
    "commsim.core.mechanisms.aim:AIM",
    "commsim.core.mechanisms.execution:EXECUTION",
    "commsim.core.mechanisms.touches:TOUCHES",
    "commsim.core.mechanisms.wear:WEAR",
    "commsim.core.mechanisms.several_groups:SEVERAL_GROUPS",
    "commsim.core.mechanisms.hands_off:HANDS_OFF",
    "commsim.core.mechanisms.cash:CASH",
    "commsim.core.mechanisms.parties:PARTIES",
)
"""In this order they act, which also fixes the order of sums of real numbers."""
ENTRY_POINTS = "commsim.mechanisms"


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """Something that happens to persons on a day; see `commsim.core.events.Happened.of`.

    kept: it is in the table of events, at full detail.
    """

    name: str
    about: str
    kept: bool = False


class Occurred(NamedTuple):
    """Persons to whom an event happened, with an amount in fen (0 where it has none)."""

    persons: Ints
    fen: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Mechanism:
    """The declaration of a mechanism.

    engine: ``module:Class`` of its part in the engine (`commsim.simulation.mechanics.Mechanics`), which
    takes its effects.  columns: what it keeps of persons.  events: what it tells strategies of a day.
    daily: numbers that it adds to the daily table of plans that use it.  behaviour: its section of the
    members' behaviour, whose fields are `commsim.core.units.param`, under its name.  changes_traits: it
    writes traits of persons, which all worlds of one population share unless it says so.  sources: the
    studies that these cite.  words: of the live page and of reports in English and Chinese:
    ``kind.KIND``, ``field.KIND.SETTING``, ``story.deed.WORD`` of an effect, ``daily.NUMBER``,
    ``event.NAME`` of a kept event.  Optional: ``event.NAME`` of another event that members' stories tell,
    ``happened.NUMBER`` for a sentence on days that have one, with ``{n}`` in it.
    """

    name: str
    about: str
    engine: str
    columns: tuple[Column, ...] = ()
    events: tuple[Event, ...] = ()
    daily: tuple[Column, ...] = ()
    behaviour: type[Part] | None = None
    changes_traits: bool = False
    sources: tuple[Source, ...] = ()
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """All that are known: the built-in ones, then those of installed packages by name.

    Raises InputError for an entry point that can't be loaded or takes a name that is taken.
    """
    found: dict[str, Mechanism] = {}
    others = installed(ENTRY_POINTS, "mechanism", lambda one: isinstance(one, Mechanism), "a Mechanism")
    for one in (*map(load, BUILT_IN), *others):
        if found.setdefault(one.name, one) is not one:
            raise InputError(
                f"two mechanisms are called {one.name!r}", where=one.engine, remedy="give one another name"
            )
    return tuple(found.values())


def refuse_clashes(thing: str, core: Iterable[str], names: Callable[[Mechanism], Iterable[str]]) -> None:
    """Raise InputError if a mechanism gives a thing a name that the core or another one gives it.

    thing: what is named, for the error.  core: the core's names.  names: those of a mechanism.
    """
    owner = dict.fromkeys(core, "the core of commsim")
    for one in mechanisms():
        for name in names(one):
            if name in owner:
                raise InputError(
                    f"the mechanism {one.name!r} has a {thing} {name!r}, and so has {owner[name]}",
                    where=one.engine,
                    remedy="give it another name, or uninstall the package",
                )
            owner[name] = f"the mechanism {one.name!r}"


def words(language: str) -> dict[str, str]:
    """The words of all mechanisms in a language, ``en`` or ``zh``."""
    at = ("en", "zh").index(language)
    return {key: both[at] for one in mechanisms() for key, both in one.words.items()}


def in_order(wanted: Iterable[Mechanism]) -> Iterator[Mechanism]:
    """Those among all known ones, in the order in which they act.  Raises InputError for an unknown one."""
    chosen = set(wanted)
    known = mechanisms()
    for one in chosen - set(known):
        raise InputError(
            f"the mechanism {one.name!r} is not registered",
            where=one.engine,
            remedy=f"name it under the entry points {ENTRY_POINTS!r} of its package and install that",
        )
    return (one for one in known if one in chosen)


def load(place: str) -> Any:
    """What ``module:name`` names.  Raises InputError if it names nothing."""
    module, _, name = place.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, ValueError, AttributeError) as error:
        raise InputError(
            f"names nothing that can be loaded: {error}", where=repr(place), remedy="write module:name"
        ) from error


NOBODY = Occurred(np.zeros(0, np.int64), np.zeros(0, np.int64))
