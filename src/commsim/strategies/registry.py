"""All kinds of strategies: the built-in ones, those of installed packages, those in a user's file."""

import copyreg
import difflib
import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from commsim.core.errors import InputError
from commsim.strategies.base import Purpose, Strategy

BUILT_IN = (
    "commsim.strategies.red_envelope:RedEnvelope",
    "commsim.strategies.flash_sale:FlashSale",
    "commsim.strategies.group_buying:GroupBuying",
    "commsim.strategies.distributor_rebate:DistributorRebate",
    "commsim.strategies.check_in:CheckIn",
    "commsim.strategies.advert:Advert",
    "commsim.strategies.content:Content",
    "commsim.strategies.group_rules:GroupRules",
)
ENTRY_POINTS = "commsim.strategies"

_from_files: dict[Path, ModuleType] = {}


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
    found: dict[str, type[Strategy]] = {}
    for cls in (*_installed(), *(c for module in _from_files.values() for c in _classes(module))):
        _add(found, cls)
    return found


def register_file(path: str | Path) -> tuple[type[Strategy], ...]:
    """Load the strategies in a Python file of the user's; loading it twice changes nothing.

    Their instances can be pickled to another process, which loads the file by itself.
    Raises InputError if the file can't be loaded, has no strategy, or takes a kind that is taken.
    """
    file = Path(path).resolve()
    if file not in _from_files:
        module = _import_file(file)
        found = dict(kinds())
        for cls in _classes(module):
            _add(found, cls)
        _from_files[file] = module
        for cls in _classes(module):
            copyreg.pickle(cls, _reduce)
    return tuple(_classes(_from_files[file]))


@cache
def _installed() -> tuple[type[Strategy], ...]:
    built_in = (getattr(importlib.import_module(m), c) for m, c in (p.split(":") for p in BUILT_IN))
    return (*built_in, *(_load_entry(entry) for entry in entry_points(group=ENTRY_POINTS)))


def _load_entry(entry: Any) -> type[Strategy]:
    try:
        cls = entry.load()
    except Exception as error:
        raise InputError(
            f"the strategy {entry.name!r} of an installed package can't be loaded: {error}",
            where=entry.value,
            remedy="mend or uninstall that package",
        ) from error
    if not (isinstance(cls, type) and issubclass(cls, Strategy)):
        raise InputError("an entry point must name a class made from Strategy", where=entry.value)
    return cls


def _add(found: dict[str, type[Strategy]], cls: type[Strategy]) -> None:
    if getattr(cls, "purpose", None) not in get_args(Purpose):
        raise InputError(
            f"{_home(cls)} does not say what it is for",
            remedy=f"set purpose to one of: {', '.join(get_args(Purpose))}",
        )
    kind = kind_of(cls)
    other = found.setdefault(kind, cls)
    if other is not cls:
        raise InputError(
            f"two strategies have the kind {kind!r}: {_home(other)} and {_home(cls)}",
            remedy="give one of them another kind",
        )


def kind_of(cls: type[Strategy]) -> str:
    """The kind of a strategy class; empty for a base class that sets none."""
    default = cls.model_fields["kind"].default
    return default if isinstance(default, str) else ""


def _home(cls: type[Strategy]) -> str:
    return f"{cls.__qualname__} in {getattr(sys.modules.get(cls.__module__), '__file__', cls.__module__)}"


def _classes(module: ModuleType) -> Iterator[type[Strategy]]:
    for value in vars(module).values():
        ours = isinstance(value, type) and issubclass(value, Strategy) and value.__module__ == module.__name__
        if ours and kind_of(value):
            yield value


def _import_file(file: Path) -> ModuleType:
    name = f"commsim_file_{hashlib.sha256(str(file).encode()).hexdigest()[:12]}_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file) if file.suffix == ".py" else None
    if spec is None or spec.loader is None or not file.is_file():
        raise InputError("no such Python file", where=str(file), remedy="give the path of a .py file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(
            f"the file can't be loaded: {type(error).__name__}: {error}", where=f"{file}{line}"
        ) from error
    if not list(_classes(module)):
        raise InputError(
            "the file has no strategy",
            where=str(file),
            remedy="make a class from commsim.strategies.base.Strategy with a kind of its own",
        )
    return module


def _reduce(strategy: Strategy) -> tuple[Any, tuple[Any, ...]]:
    module = sys.modules[type(strategy).__module__]
    return _revive, (module.__file__, type(strategy).__qualname__, strategy.model_dump())


def _revive(file: str, name: str, data: dict[str, Any]) -> Strategy:
    for cls in register_file(file):
        if cls.__qualname__ == name:
            return cls.model_validate(data)
    raise InputError(f"the file has no strategy {name} any more", where=file)
