"""The list of strategies in a scenario: each entry becomes the class that its kind names."""

from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny
from pydantic_core import PydanticCustomError

from commsim.strategies.base import Strategy
from commsim.strategies.registry import UnknownKind, find, kinds


def _of_its_kind(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    kind = entry.get("kind")
    if not isinstance(kind, str):
        raise _unknown("says no kind of strategy", f"add kind: one of {', '.join(kinds())}")
    try:
        return find(kind).model_validate(entry)
    except UnknownKind as error:
        hint = f"did you mean {error.nearest}? " if error.nearest else ""
        raise _unknown(f"unknown kind {kind!r}", f"{hint}Known: {', '.join(error.known)}") from error


def _unknown(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("unknown_kind", "{what}; {remedy}", {"what": what, "remedy": remedy})


AnyStrategy = Annotated[SerializeAsAny[Strategy], BeforeValidator(_of_its_kind)]
"""A strategy of any kind, built-in or not."""
