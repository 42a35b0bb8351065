"""All effects that the package declares, wherever they stand."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import commsim.core
import commsim.simulation
from commsim.core.declare import Effect, is_effect
from commsim.simulation.takes import taken


def _classes(package) -> Iterator[type]:
    """Classes that the modules of a package define."""
    for found in walk_packages(package.__path__, f"{package.__name__}."):
        module = import_module(found.name)
        yield from (
            thing
            for thing in vars(module).values()
            if isinstance(thing, type) and thing.__module__ == module.__name__
        )


EFFECTS: tuple[type[Effect], ...] = tuple(kind for kind in _classes(commsim.core) if is_effect(kind))


def carried_out() -> list[type[Effect]]:
    """The effects for which the engine has a method, one entry per method."""
    return [kind for cls in _classes(commsim.simulation) for kind in taken(cls)]
