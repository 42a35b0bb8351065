"""What a plan is to reach: numbers for its outcomes, by themselves or against doing nothing.

What one strategy is to reach is its ``goal``, in words: its own part of an outcome is a difference between
two runs, which a report tells (`commsim.analysis.closeup.Closeup.caused`).
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    WithJsonSchema,
    create_model,
    model_serializer,
)

from commsim.core.measures import MEASURES, Measure, find
from commsim.core.part import Part
from commsim.core.units import described

Basis = Literal["amount", "more", "share"]
_WORDS = {
    **dict.fromkeys(("≥", "至少", "不低于"), ">="),
    **dict.fromkeys(("≤", "至多", "不超过"), "<="),
    "百分点": "points",
}
_GOAL = re.compile(r"(>=|<=)?([+-]?)(\d[\d,]*(?:\.\d+)?|\.\d+)(%|points?)?(?:yuan|元)?")
_MOST = 1e12


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one measure.

    at_least: or else at most.  basis: ``amount``: the value itself; ``more``: so much more than the plan
    left alone; ``share``: more by this share of what the plan left alone comes to.  value: in the unit of
    the measure, or a share.  text: as the plan writes it.
    """

    measure: str
    at_least: bool
    basis: Basis
    value: float
    text: str

    @property
    def relative(self) -> bool:
        """Whether it is against the plan left alone: without its strategies, in the same world."""
        return self.basis != "amount"

    def needed(self, alone: Any) -> Any:
        """The value to reach, given the measure's of the plan left alone: a number, or an array of them.

        A share is of the size of that value, so that ``+5 %`` of a loss is less of a loss.
        """
        if self.basis == "amount":
            return alone * 0.0 + self.value
        return alone + (self.value if self.basis == "more" else self.value * abs(alone))

    def met(self, value: Any, alone: Any) -> Any:
        """Whether a value, or each of an array, reaches it."""
        needed = self.needed(alone)
        return value >= needed if self.at_least else value <= needed


def _read(written: Any, info: ValidationInfo) -> Wanted | None:
    if written is None or isinstance(written, Wanted):
        return written
    measure = find(str(info.field_name))
    if isinstance(written, int | float) and not isinstance(written, bool):
        written = f"{written:.10g}" if isinstance(written, float) else str(written)
    if not isinstance(written, str):
        raise ValueError(f"a target is a number or a text; {_forms(measure)}")
    found = _GOAL.fullmatch(_plain(written))
    if found is None:
        raise ValueError(f"{written[:40]!r} is no target; {_forms(measure)}")
    return _wanted(measure, written.strip(), *found.groups())


def _plain(written: str) -> str:
    """Half-width signs, no blanks, one way of writing comparisons."""
    text = "".join(unicodedata.normalize("NFKC", written).lower().split()).replace("−", "-")
    for word, sign in _WORDS.items():
        text = text.replace(word, sign)
    return text


def _wanted(
    measure: Measure, text: str, compared: str | None, sign: str, digits: str, of: str | None
) -> Wanted:
    value, share = float(digits.replace(",", "")), measure.unit == "share"
    below_zero = sign == "-" and compared is not None and of is None
    relative = bool(sign) and not (below_zero and measure.unit == "yuan")
    if of == "%" and not relative and not share:
        raise ValueError(f"{text} of what is not said; {_forms(measure)}")
    if of and of != "%" and not (share and relative):
        raise ValueError(f"points are what a share differs by; {_forms(measure)}")
    value = value / 100 if of else value
    if share and not relative and value > 1:
        raise ValueError(f"a share is between 0 and 1; {_forms(measure)}")
    if value > _MOST:
        raise ValueError(f"{text} is beyond all outcomes; {_forms(measure)}")
    basis: Basis = "amount" if not relative else "share" if of == "%" else "more"
    at_least = measure.more_is_better if compared is None else compared == ">="
    return Wanted(measure.name, at_least, basis, -value if sign == "-" else value, text)


def _forms(measure: Measure) -> str:
    """How a target for a measure is written."""
    if measure.unit == "share":
        return 'write "15 %", "<= 50 %", or against doing nothing "+5 %" or "+2 points"'
    return 'write 20000, ">= 20000", or against doing nothing "+5 %" or "+200"'


_Goal = Annotated[
    Wanted | None,
    BeforeValidator(_read),
    PlainSerializer(lambda wanted: None if wanted is None else wanted.text, return_type=str | None),
    WithJsonSchema({"type": ["number", "string", "null"]}),
]


class Base(Part):
    """By the names of measures; nothing where nothing is wanted."""

    @property
    def goals(self) -> tuple[Wanted, ...]:
        """What is wanted, in the order of the measures."""
        return tuple(wanted for m in MEASURES if (wanted := getattr(self, m.name)) is not None)

    @property
    def relative(self) -> bool:
        """Whether a goal is against the plan left alone."""
        return any(wanted.relative for wanted in self.goals)

    @model_serializer(mode="wrap")
    def _given(self, handler: SerializerFunctionWrapHandler) -> dict[str, str]:
        return {name: text for name, text in handler(self).items() if text is not None}


if TYPE_CHECKING:

    class Target(Base):
        """What a plan is to reach."""

else:
    Target = create_model(
        "Target",
        __base__=Base,
        __module__=__name__,
        __doc__="What a plan is to reach: a number or a text for each outcome that matters.",
        **{m.name: (_Goal, described(None, m.label, unit="goal")) for m in MEASURES},
    )
