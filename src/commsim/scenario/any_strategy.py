"""An entry of the calendar: read by the kind of strategy that it names."""

import difflib
from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny
from pydantic_core import PydanticCustomError

from commsim.scenario.words import is_chinese, kind_words, words_of_kind
from commsim.strategies.base import Strategy
from commsim.strategies.registry import UnknownKind, find, kinds


def _of_its_kind(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    kind = entry.get("kind")
    if not isinstance(kind, str):
        chinese = is_chinese(str(entry))
        known, key = (_kinds_in_chinese(), words_of_kind()[0]) if chinese else (list(kinds()), "kind")
        close = difflib.get_close_matches(str(entry.get("name")), known, n=1)
        hint = f"did you mean {close[0]}? or " if close else ""
        raise _unknown("says no kind of strategy", f"{hint}add {key}: one of {', '.join(known)}")
    try:
        return find(kind).model_validate(entry)
    except UnknownKind as unknown:
        error = in_its_language(unknown)
        hint = f"did you mean {error.nearest}? " if error.nearest else ""
        raise _unknown(f"unknown kind {kind!r}", f"{hint}Known: {', '.join(error.known)}") from error


def in_its_language(error: UnknownKind) -> UnknownKind:
    """The same with Chinese words for the kinds that there are, if the unknown one is Chinese."""
    return UnknownKind(error.kind, _kinds_in_chinese()) if is_chinese(error.kind) else error


def _kinds_in_chinese() -> list[str]:
    return [word for word in kind_words() if "（" not in word]


def _unknown(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("unknown_kind", "{what}; {remedy}", {"what": what, "remedy": remedy})


AnyStrategy = Annotated[SerializeAsAny[Strategy], BeforeValidator(_of_its_kind)]
"""A strategy of any kind, built-in or not."""
