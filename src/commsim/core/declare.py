"""How an effect is declared: its fields with their limits, and its terms, in one place.

    @effect(evening=True, word="gift", cost=DEPENDS)
    class Give(Effect):
        persons: Persons
        pieces: Annotated[Ints, Within(1, 9)]

An array of numbers has one value per entry of ``persons``, or per person of the community if the effect
has no such field.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, TypeVar, dataclass_transform

from commsim.core.limits import Setting, settings
from commsim.core.view import View


class Cost(NamedTuple):
    """What an effect costs, as far as it is certain before the day.

    fen: for things.  minutes: of staff at the operator's wage.  staff: fen for staff at a wage of their own.
    depends: there is more that depends on members.
    """

    fen: int = 0
    minutes: float = 0.0
    depends: bool = False
    staff: int = 0


NOTHING, DEPENDS = Cost(), Cost(depends=True)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is true of all effects of a class; see `effect`."""

    evening: bool
    settles: bool
    word: str
    cost: Cost | Callable[[Any, int], Cost]


class Effect:
    """Something that an operator can do; a class with `effect` for each kind."""

    __slots__ = ()
    terms: ClassVar[Terms]
    settings: ClassVar[tuple[Setting, ...]]

    def mismatch(self, view: View) -> str | None:
        """What two settings of it have to say to each other, when each is sound; None for nothing."""
        return None


T = TypeVar("T", bound=Effect)


@dataclass_transform(frozen_default=True)
def effect(
    *, cost: Cost | Callable[[Any, int], Cost], word: str = "", evening: bool = False, settles: bool = False
) -> Callable[[type[T]], type[T]]:
    """Make a class an effect: a frozen dataclass with terms.

    cost: on paper; `NOTHING`, `DEPENDS`, or a function of the effect and the number of groups it goes to.
    word: for the live page, which has it in both languages as ``story.deed.WORD``; empty for what members
    don't see.  evening: a strategy may answer with it in ``react``; the rest needs members who look.
    settles: also after the strategy's last day: it pays what it owes.  Raises TypeError for a field of
    numbers without limits.
    """

    def declare(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True)(cls)
        made.terms, made.settings = Terms(evening, settles, word, cost), settings(made)
        return made

    return declare


def is_effect(kind: type) -> bool:
    """Whether a class is declared as an effect: itself, not only one that it inherits from."""
    return issubclass(kind, Effect) and "terms" in vars(kind)
