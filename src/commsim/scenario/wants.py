"""What the members of a plan want of their group."""

from typing import ClassVar, Self

from pydantic import model_validator

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.wants import WANTS
from commsim.core.part import Part
from commsim.core.units import Probability, described, param


class Needs(Part):
    """How much each need counts, against the others; people differ about these means."""

    love: float = param(
        1.0, "Company: talk among members", unit="weight", low=0.0, high=100.0, source="-", grade="D"
    )
    certainty: float = param(
        1.0, "Something to rely on: content, rules", unit="weight", low=0.0, high=100.0, source="-", grade="D"
    )
    importance: float = param(
        1.0, "To be somebody: staff at work in the group", unit="weight", low=0.0, high=100.0, source="-",
        grade="D",
    )  # fmt: skip
    satisfaction: float = param(
        1.0, "A good turn: deals, envelopes", unit="weight", low=0.0, high=100.0, source="-", grade="D"
    )
    product: float = param(
        1.0, "The goods themselves: somebody buys", unit="weight", low=0.0, high=100.0, source="-", grade="D"
    )

    @model_validator(mode="after")
    def _any(self) -> Self:
        if not any(self.weights):
            raise ValueError("nobody needs anything; give a weight above 0, or leave needs out")
        return self

    @property
    def weights(self) -> tuple[float, ...]:
        """In the order of their names here."""
        return self.love, self.certainty, self.importance, self.satisfaction, self.product


class Wants(Part):
    """What members want: a problem solved, needs met, and whether they know what they want it for."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (WANTS,)
    problem: Probability = param(
        0.0,
        "How much of a problem that its members have the group solves, whatever is promoted",
        unit="share",
        source="operator's choice",
        grade="D",
    )
    pains: bool = param(
        False,
        "Members don't know the problem that the product solves until a story tells them, and are pushed by "
        "what is sold to them before",
        unit="yes or no",
        source="operator's choice",
        grade="D",
    )
    needs: Needs | None = described(
        None, "Needs whose want makes members leave; none if empty", unit="section"
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.problem or self.pains or self.needs):
            raise ValueError("says nothing; give problem, pains or needs, or leave it out")
        return self
