"""What installed packages add, by their entry points."""

from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from typing import Any

from commsim.core.errors import InputError


def installed(group: str, thing: str, is_one: Callable[[Any], bool], kind: str) -> Iterator[Any]:
    """What packages name under an entry point's group, by the names of the entries.

    thing: what it is called, for errors.  is_one: whether it is of the right kind, ``kind`` in words.
    Raises InputError for an entry that can't be loaded or names something else.
    """
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        try:
            found = entry.load()
        except Exception as error:
            raise InputError(
                f"the {thing} {entry.name!r} of an installed package can't be loaded: {error}",
                where=entry.value,
                remedy=_remedy(error),
            ) from error
        if not is_one(found):
            raise InputError(f"an entry point must name {kind}", where=entry.value)
        yield found


def _remedy(error: Exception) -> str:
    """A mechanism is declared before there is an engine: its own part in that needs another file."""
    if isinstance(error, ImportError) and "partially initialized" in str(error):
        return (
            "it imports what itself waits for this package: put the mechanism's engine into a file of its"
            " own, which engine= names (docs/mechanisms.md)"
        )
    return "mend or uninstall that package"
