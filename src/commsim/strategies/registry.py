"""All kinds of strategies: the built-in ones, those of installed packages, those in a user's file."""

import copyreg
import difflib
import sys
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from commsim.core.errors import InputError
from commsim.core.installed import installed
from commsim.core.mechanism import load
from commsim.strategies import own
from commsim.strategies.base import Purpose, Strategy
from commsim.strategies.own import OwnFile

BUILT_IN = (
    "commsim.strategies.red_envelope:RedEnvelope",
    "commsim.strategies.flash_sale:FlashSale",
    "commsim.strategies.group_buying:GroupBuying",
    "commsim.strategies.distributor_rebate:DistributorRebate",
    "commsim.strategies.check_in:CheckIn",
    "commsim.strategies.advert:Advert",
    "commsim.strategies.content:Content",
    "commsim.strategies.group_rules:GroupRules",
    "commsim.strategies.levels:Levels",
    "commsim.strategies.membership:Membership",
    "commsim.strategies.stored_value:StoredValue",
    "commsim.strategies.upgrade:Upgrade",
    "commsim.strategies.service:Service",
    "commsim.strategies.robot:Robot",
    "commsim.strategies.free_service:FreeService",
    "commsim.strategies.personal_contact:PersonalContact",
    "commsim.strategies.persona:Persona",
    "commsim.strategies.coupon:Coupon",
    "commsim.strategies.trial:Trial",
    "commsim.strategies.lottery:Lottery",
    "commsim.strategies.bargain:Bargain",
    "commsim.strategies.shills:Shills",
    "commsim.strategies.live:Live",
    "commsim.strategies.recap:Recap",
    "commsim.strategies.split:Split",
    "commsim.strategies.story:Story",
    "commsim.strategies.shareholder:Shareholder",
    "commsim.strategies.agents:Agents",
    "commsim.strategies.contact:Contact",
    "commsim.strategies.moments:Moments",
    "commsim.strategies.win_back:WinBack",
)
ENTRY_POINTS = "commsim.strategies"

_from_files: dict[str, OwnFile] = {}
"""By the hash of their texts: the same text is the same strategies."""


class UnknownKind(ValueError):
    """No strategy has this kind; ``nearest`` is the kind that was probably meant, or None."""

    def __init__(self, kind: str, known: list[str]) -> None:
        close = difflib.get_close_matches(kind, known, n=1)
        self.kind, self.known, self.nearest = kind, known, close[0] if close else None
        hint = f"did you mean {self.nearest}? " if close else ""
        super().__init__(f"no strategy has the kind {kind!r}; {hint}known: {', '.join(known)}")


def find(kind: str) -> type[Strategy]:
    """The class of a kind.  Raises `UnknownKind`."""
    known = kinds()
    if kind not in known:
        raise UnknownKind(kind, list(known))
    return known[kind]


def kinds() -> dict[str, type[Strategy]]:
    """Every known strategy by its kind, built-in ones first.  Raises InputError if two share a kind."""
    own_ones = (cls for file in _from_files.values() for cls in file.classes)
    return dict(_by_kind((*_installed(), *own_ones)))


@lru_cache(maxsize=8)
def _by_kind(classes: tuple[type[Strategy], ...]) -> dict[str, type[Strategy]]:
    """The same, gathered once: a plan asks at each of its strategies."""
    found: dict[str, type[Strategy]] = {}
    for cls in classes:
        _add(found, cls)
    return found


def register_file(path: str | Path) -> tuple[type[Strategy], ...]:
    """Load the strategies in a Python file of the user's; loading it twice changes nothing.

    Their instances can be pickled to another process, which needs no file.
    Raises InputError if the file can't be loaded, has no strategy, or takes a kind that is taken.
    """
    file = Path(path).resolve()
    return register_text(own.read_text(file), str(file))


def register_text(text: str, place: str) -> tuple[type[Strategy], ...]:
    """Load the strategies of a text as `register_file` does; ``place``: its path, or only a name."""
    key = own.hash_of(text)
    if key not in _from_files:
        loaded = own.load(text, place)
        found = dict(kinds())
        for cls in loaded.classes:
            _add(found, cls)
        _from_files[key] = loaded
        for cls in loaded.classes:
            copyreg.pickle(cls, _reduce)
    return tuple(_from_files[key].classes)


def is_registered(text: str) -> bool:
    """Whether the strategies of a text are loaded."""
    return own.hash_of(text) in _from_files


def file_of(cls: type[Strategy]) -> OwnFile | None:
    """The file of the user's that a strategy comes from; None for one of a package."""
    return next((file for file in _from_files.values() if file.module.__name__ == cls.__module__), None)


@cache
def _installed() -> tuple[type[Strategy], ...]:
    return (
        *map(load, BUILT_IN),
        *installed(ENTRY_POINTS, "strategy", _is_class, "a class made from Strategy"),
    )


def _is_class(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, Strategy)


def _add(found: dict[str, type[Strategy]], cls: type[Strategy]) -> None:
    if getattr(cls, "purpose", None) not in get_args(Purpose):
        raise InputError(
            f"{_home(cls)} does not say what it is for",
            remedy=f"set purpose to one of: {', '.join(get_args(Purpose))}",
        )
    kind = own.kind_of(cls)
    other = found.setdefault(kind, cls)
    if other is not cls:
        raise InputError(
            f"two strategies have the kind {kind!r}: {_home(other)} and {_home(cls)}",
            remedy="give one of them another kind",
        )


def _home(cls: type[Strategy]) -> str:
    return f"{cls.__qualname__} in {getattr(sys.modules.get(cls.__module__), '__file__', cls.__module__)}"


def _reduce(strategy: Strategy) -> tuple[Any, tuple[Any, ...]]:
    cls = type(strategy)
    file = file_of(cls)
    assert file is not None
    return _revive, (file.text, str(file.module.__file__), cls.__qualname__, strategy.model_dump())


def _revive(text: str, place: str, name: str, data: dict[str, Any]) -> Strategy:
    classes = {cls.__qualname__: cls for cls in register_text(text, place)}
    return classes[name].model_validate(data)
