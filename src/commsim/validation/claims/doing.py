"""Claims about how well a plan is done, and how easy it is to take part."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, Minus, Ratio, less, more, near, positive
from commsim.validation.claims.measures import Days, Outcome

_ORDERS, _PROFIT = Days("orders"), Outcome("profit")
_PEOPLE = "community: {segments: {all: {grasp: %s}}}\n"
_SALE = "strategies: [{kind: flash_sale, discount: 0.1, starts: 3, weekdays: [tue, thu], difficulty: %d}]\n"
_TEAM = (
    "strategies: [{kind: group_buying, ladder: [{size: 2, price: 27}], starts: 3, weekdays: [sat], "
    "difficulty: %d}]\n"
)

_PUT_OUT = Ratio(_ORDERS, "easy", "hard, put out")

DOING = (
    Claim(
        "77",
        "What is easy to understand works better, more so with people who follow rules less readily.  That a "
        "step leaves people behind is put in; what a plan loses by it is not.",
        "unmanaged-group",
        {
            "easy": _SALE % 0,
            "hard": _SALE % 3,
            "elderly, easy": _PEOPLE % 0.5 + _SALE % 0,
            "elderly, hard": _PEOPLE % 0.5 + _SALE % 3,
            "easy team": _TEAM % 0,
            "hard team": _TEAM % 3,
            "hard, put out": _SALE % 3 + "behaviour: {difficulty: {per_step: 0}}",
        },
        (
            more("Orders of a sale, easy against three steps more", _ORDERS, "easy", "hard"),
            positive("Profit of it", Gain(_PROFIT, "easy", "hard"), "yuan"),
            positive(
                "Orders lost by the steps, the elderly minus others",
                Minus(
                    Gain(_ORDERS, "elderly, easy", "elderly, hard"),
                    Gain(_ORDERS, "easy", "hard"),
                ),
                "orders",
            ),
            near("Orders, easy against hard where steps leave nobody behind", _PUT_OUT, 0.0, 0.0001),
            less("Teams, three steps more against easy", Days("teams"), "hard team", "easy team"),
        ),
    ),
)
