"""Upgrades: a dearer version of a product, open to its earlier payers first."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.upgrade import UPGRADE
from commsim.core.mechanisms.upgrade import Upgrade as Open
from commsim.core.units import described, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Upgrade(Strategy):
    """Offers a dearer version of a product to members who look in, to who has bought the earlier one first.

    Each buys it once, at its usual price.  A version that is sold in no other way has ``shelf: false``.
    """

    kind: Literal["upgrade"] = "upgrade"
    purpose: ClassVar[Purpose] = "conversion"
    open_to_all: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (UPGRADE,)
    of: str = described(..., "Earlier version: the product from which one upgrades", unit="name")
    product: str = described(..., "Dearer version: the product to which one upgrades", unit="name")
    payers_first: int = param(
        14,
        "First days on which it is open to earlier payers alone",
        unit="days",
        low=0,
        high=3650,
        source="operators' guides: upgrades are for earlier payers first",
        grade="D",
    )
    staff_minutes: float = param(
        1.0,
        "Staff time per group and occurrence, to answer who considers it",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    @model_validator(mode="after")
    def _is_another(self) -> Self:
        if self.of == self.product:
            raise ValueError("a product can't be its own dearer version; name another one")
        return self

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Open it; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        payers_only = view.day < self.starts + self.payers_first
        yield Open(view.product(self.of), view.product(self.product), payers_only)
        if self.staff_minutes:
            yield Work(self.staff_minutes)
