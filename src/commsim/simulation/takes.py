"""Which method of the engine carries out an effect: said at the method."""

from collections.abc import Callable
from typing import Any, TypeVar

from commsim.core.effects import Effect

_MARK = "_takes"
Method = TypeVar("Method", bound=Callable[..., Any])


def takes(kind: type[Effect]) -> Callable[[Method], Method]:
    """Mark the method that carries out an effect of a cause: ``method(effect, cause)``.

    False as its answer means that it was refused, since there is no money for it.
    """

    def mark(method: Method) -> Method:
        setattr(method, _MARK, kind)
        return method

    return mark


def taken(cls: type) -> dict[type[Effect], str]:
    """The effects that a class carries out, with the names of its methods."""
    marked = ((getattr(method, _MARK, None), name) for name, method in vars(cls).items())
    return {kind: name for kind, name in marked if kind is not None}


def handlers(actor: object) -> dict[type[Effect], Callable[..., Any]]:
    """The methods of an object by the effects that they carry out."""
    return {kind: getattr(actor, name) for kind, name in taken(type(actor)).items()}
