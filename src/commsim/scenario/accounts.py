"""The shop's own accounts on the platform, through which people become its friends."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commsim.core.part import Part
from commsim.core.units import Fen, param
from commsim.scenario.errors import Finding

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario


class Accounts(Part):
    """Some accounts that are alike; who comes by a channel is added by the one with the fewest friends."""

    number: int = param(
        1, "Accounts", unit="accounts", low=1, high=10_000, source="operator's choice", grade="D"
    )
    cap: int = param(
        5000,
        "Most friends of an account",
        unit="persons",
        low=1,
        high=1_000_000,
        source="rule of the platform as operators' guides tell it: 5,000, others 10,000",
        grade="D",
    )
    safe: int = param(
        50,
        "Requests that an account may send a day without being noticed",
        unit="persons/day",
        low=1,
        high=100_000,
        plausible=(20, 100),
        source="operators' lore: about 50 a day of a personal account",
        grade="D",
    )
    replaced_after: int | None = param(
        None,
        "Days after which a blocked account is replaced by a new one; never if empty",
        unit="days",
        low=1,
        high=3650,
        source="operator's choice",
        grade="D",
    )
    cost: Fen = param(
        0, "Cost of each account a month", unit="yuan", low=0, source="operator's choice", grade="D"
    )


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """Accounts without anybody who could be added."""
    if scenario.accounts is not None and not scenario.sources:
        yield Finding(("accounts",), "nobody comes whom they could add", "add sources, or take them out")
