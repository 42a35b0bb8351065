"""The claim about the cash of small firms."""

from dataclasses import dataclass

import numpy as np

from commsim.core.mechanisms.cash import CASH_LEFT
from commsim.validation.claims.claim import Claim, Runs
from commsim.validation.claims.contrasts import Gain, at_least, negative, positive
from commsim.validation.claims.measures import Outcome

_LONG = "days: 365\ncommunity: {outside_per_member: 4, arrivals_per_day: %d}\n"
_RICH, _POOR = "cash: {opening: 400000}\n", "cash: {opening: 22500, credit: 0}\n"
_RAN_OUT, _LEFT = Outcome("ran_out"), Outcome("cash")


@dataclass(frozen=True, slots=True)
class DaysToPayback:
    """Days until the cash of one plan is at or above that of another for good; a day more if never."""

    plan: str
    against: str

    def __call__(self, runs: Runs) -> float:
        one, other = (runs[name].records.daily[CASH_LEFT.name] for name in (self.plan, self.against))
        behind = np.flatnonzero(one < other)
        return float(behind[-1] + 2 if behind.size else 1)


CASH_CLAIMS = (
    Claim(
        "16",
        "Small firms run out of money before a plan pays: to buy thirty newcomers a day at the usual price "
        "pays within a year for who has plenty of cash, and ends who has what a quarter of small firms hold, "
        "13 days of outlays. (Terms, rent and salaries are the shipped plan's; that a bill which can't be "
        "paid ends the shop is put in.)",
        "cash",
        {
            "waits": _POOR + _LONG % 0,
            "grows": _POOR + _LONG % 30,
            "waits, rich": _RICH + _LONG % 0,
            "grows, rich": _RICH + _LONG % 30,
        },
        (
            positive(
                "Cash after a year, with plenty: by growing",
                Gain(_LEFT, "grows, rich", "waits, rich"),
                "yuan",
            ),
            at_least(
                "Days until growing has paid, with plenty",
                DaysToPayback("grows, rich", "waits, rich"),
                90,
                "days",
            ),
            at_least("Chance of running out, with little: by growing", Gain(_RAN_OUT, "grows", "waits"), 0.5),
            negative("Cash after a year, with little: by growing", Gain(_LEFT, "grows", "waits"), "yuan"),
            positive(
                "Chance of running out, with little, less with plenty", Gain(_RAN_OUT, "grows", "grows, rich")
            ),
        ),
    ),
)
