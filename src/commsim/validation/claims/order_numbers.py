"""A claim about first, second and later sales to the same person."""

from dataclasses import dataclass

from commsim.analysis.order_numbers import LAST, money_by_order
from commsim.validation.claims.claim import Claim, Run
from commsim.validation.claims.contrasts import Gain, negative, positive


@dataclass(frozen=True, slots=True)
class EarnedOn:
    """Yuan earned before staff on orders of some numbers; 0 is what is booked before a first order."""

    first: int
    last: int

    def __call__(self, run: Run) -> float:
        found = money_by_order(run.records)
        if found is None:
            raise ValueError("money by order number needs full detail")
        return float(found["earned"].loc[self.first : self.last].sum())


_OTHERS = ("trial", "silence")
ORDER_NUMBERS = (
    Claim(
        "80",
        "Earn on the second, third and later sale: a first one for next to nothing is a loss by itself, and "
        "what follows makes more than good for it within half a year.",
        "one-yuan-trial",
        {"trial": "days: 180", "silence": "days: 180\nstrategies: {trial: null}"},
        (
            negative("Earned on first orders", Gain(EarnedOn(0, 1), *_OTHERS), "yuan"),
            positive("Earned on second orders", Gain(EarnedOn(2, 2), *_OTHERS), "yuan"),
            positive("Earned on later orders", Gain(EarnedOn(LAST, LAST), *_OTHERS), "yuan"),
            positive("Earned on all of them", Gain(EarnedOn(0, LAST), *_OTHERS), "yuan"),
        ),
        full=True,
    ),
)
