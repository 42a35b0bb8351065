"""Claims about friends who bring friends."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    Ratio,
    at_most,
    more,
    negative,
    positive,
)
from commsim.validation.claims.measures import Booked, Days, PerNewcomer, RefusedLevels

_JOINED = Days("joined")
_FAILED = Days("teams_failed", per="teams")
_REBATE = "distributor_rebate"
_SOLD = Booked("group_buying", ("sales",))
_LADDER = "strategies: {group_buying: {ladder: [{size: %d, price: 85}]}}"

GROWTH = (
    Claim(
        "19",
        "A richer share for who brings friends makes the community grow and the margin shrink; "
        "three levels are not allowed.",
        "distributor-rebate",
        {
            "rich": "strategies: {distributor_rebate: {levels: [0.3, 0.1], reward: 0, budget: null}}",
            "poor": "strategies: {distributor_rebate: {levels: [0.1, 0.05], reward: 0, budget: null}}",
        },
        (
            more("Joined", _JOINED, "rich", "poor"),
            more("Paid per newcomer", PerNewcomer(_REBATE), "rich", "poor"),
            positive("The plan with three levels is refused", Level(RefusedLevels(3), "rich"), "refusals"),
        ),
    ),
    Claim(
        "63",
        "Choose what people like: the same group buying with a product that few want brings few friends.",
        "group-buying",
        {"liked": "", "unloved": "products: {coffee box: {appeal: 0.1}}"},
        (
            negative("Joined", Gain(_JOINED, "unloved", "liked"), "persons"),
            negative("Sold in teams", Gain(_SOLD, "unloved", "liked"), "yuan"),
        ),
    ),
    Claim(
        "72",
        "The larger the team that is asked for, the fewer fill.",
        "group-buying",
        {"two": _LADDER % 2, "five": _LADDER % 5, "ten": _LADDER % 10},
        (
            positive("Share of teams that fail, five minus two", Gain(_FAILED, "five", "two")),
            positive("Share of teams that fail, ten minus five", Gain(_FAILED, "ten", "five")),
        ),
    ),
    Claim(
        "82",
        "Good plans fail by reach: with half of it, group buying sells less than half.",
        "group-buying",
        {"reach 1": "", "reach 1/2": "strategies: {group_buying: {reach: 0.5}}"},
        (
            at_most(
                "Sold in teams, half the reach against all",
                Ratio(_SOLD, "reach 1/2", "reach 1"),
                -0.5,
            ),
        ),
    ),
)
