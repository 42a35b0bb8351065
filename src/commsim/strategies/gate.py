"""The state of a community at which a strategy begins, or ends for good."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from commsim.core.conditions import in_per_cent, readable, tests_of
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.units import described
from commsim.strategies.audience import Who

SHARES = "share", "looking", "trust", "bought"
"""What of a community lies between 0 and 1, and may be tested in per cent."""


def _at_least(written: Any) -> Any:
    """A number alone is the least that there must be; nothing ranks one community."""
    if written is None:
        return None
    readable(written)
    tests = tests_of(written)
    if any(test.sign in ("top", "bottom") for test in tests):
        raise ValueError(f'{written!r} ranks members, and this is one number; write ">=2000"')
    alone = not isinstance(written, str) or not any(sign in written for sign in "<>=≥≤＜＞")
    return f">={written}" if alone else written


Level = Annotated[
    str | None,
    BeforeValidator(_at_least),
    WithJsonSchema({"type": ["number", "string", "null"], "examples": [2000, "30%", ">=0.4", "<500"]}),
]
"""A test of one number of a community; a number alone is the least that it must be."""


class Gate(Part):
    """A state of the groups that a strategy is for; it is reached when all that is given holds at once.

    It is looked at every morning, with the members of that morning and the seven days before.
    """

    members: Level = described(None, "Members; a number alone is the least", unit="text")
    day: Level = described(None, "Day of the run", unit="text")
    looking: Level = described(
        None, "Share of members who look in on a day, mean of the last seven", unit="text"
    )
    messages: Level = described(
        None, "Messages of members a group and day, mean of the last seven", unit="text"
    )
    trust: Level = described(None, "Mean trust of members", unit="text")
    bought: Level = described(None, "Share of members who have ever bought", unit="text")
    who: Who | None = described(None, "Members who are counted by `share` and `number`", unit="section")
    share: Level = described(None, "Share of members who fulfil `who`", unit="text")
    number: Level = described(None, "Number of members who fulfil `who`", unit="text")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        given = dict(self.levels())
        if not given:
            raise ValueError(
                "says no state; give members, looking, trust, bought or another, or leave it out"
            )
        counts = "share" in given or "number" in given
        if counts != (self.who is not None):
            raise ValueError(
                "share and number count those who fulfil who, and who counts for them alone; give both"
            )
        for name, level in given.items():
            if in_per_cent(level) and name not in SHARES:
                raise ValueError(f"{name} is no share, so {level!r} in per cent says nothing; write a number")
        return self

    def levels(self) -> Iterator[tuple[str, str]]:
        """The tests by what they test, in the order of the fields."""
        for name in type(self).model_fields:
            if name != "who" and (level := getattr(self, name)) is not None:
                yield name, level

    def mechanisms(self) -> tuple[Mechanism, ...]:
        """Those that keep what is tested of members."""
        return () if self.who is None else self.who.mechanisms()
