"""Claims about whom a strategy addresses."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, more, positive
from commsim.validation.claims.measures import Days, Outcome

_INVITED = Days("invited")


def _rebate(who: str) -> str:
    return f"days: 45\nstrategies: [{{kind: distributor_rebate, who: {{{who}}}, staff_minutes: 0}}]"


def _bands(by: str, first: str, second: str, *, low: float = 0.08, high: float = 0.2) -> str:
    """Groups formed anew after four weeks, and from then on a sale a week of its own for either part."""
    sale = "kind: flash_sale, weekdays: [thu], starts: 35, warm_up: 2"
    return (
        f"days: 120\nstrategies:\n"
        f"  - {{kind: split, {by}, max: 400, starts: 28}}\n"
        f"  - {{{sale}, name: one, discount: {low}, who: {{{first}}}}}\n"
        f"  - {{{sale}, name: other, discount: {high}, who: {{{second}}}}}\n"
    )


_HERE = "community: {segments: [{name: north, share: 1}, {name: south, share: 1}]}\nproducts:\n"
_ORIGIN = (
    _HERE + "  - {name: northern, price: 30, unit_cost: 15, segments: [north]}\n"
    "  - {name: southern, price: 30, unit_cost: 15, segments: [south]}\n"
)


def _own_product(by: str, whom: tuple[str, str]) -> str:
    """Products that only one region buys, each sold with two posts a week to some groups or people."""
    sale = "kind: flash_sale, discount: 0.15, weekdays: [thu], starts: 35, posts: 2"
    return (
        f"days: 120\n{_ORIGIN}strategies:\n"
        f"  - {{kind: split, {by}, max: 400, starts: 28}}\n"
        f"  - {{{sale}, name: of the north, product: northern{whom[0]}}}\n"
        f"  - {{{sale}, name: of the south, product: southern{whom[1]}}}\n"
    )


AIMING = (
    Claim(
        "13",
        "Split groups by what people spend, and by region only where goods have their place.",
        "unmanaged-group",
        {
            "less for more": _bands("by: spent", "spent: top 50%", "spent: bottom 50%"),
            "more for more": _bands("by: spent", "spent: bottom 50%", "spent: top 50%"),
            "by region": _bands("by: lot", "lot: bottom 50%", "lot: top 50%"),
            "home goods, by region": _own_product(
                "by: segment", (", who: {segment: north}", ", who: {segment: south}")
            ),
            "home goods, by price": _own_product("by: spent", ("", "")),
        },
        (
            positive(
                "Small discounts for who spends much, over by region",
                Gain(Outcome("profit"), "less for more", "by region"),
                "yuan",
            ),
            positive(
                "Large discounts for who spends much, over by region",
                Gain(Outcome("profit"), "more for more", "by region"),
                "yuan",
            ),
            positive(
                "Where it matters, by region over by price",
                Gain(Outcome("profit"), "home goods, by region", "home goods, by price"),
                "yuan",
            ),
        ),
    ),
    Claim(
        "74",
        "Distributors chosen by activity and by who says they are willing bring more than as many at random "
        "(by how much is put in: aim.reliability).",
        "unmanaged-group",
        {
            "random": _rebate("lot: bottom 8%"),
            "active": _rebate("activity: top 8%"),
            "willing": _rebate("willing: top 8%"),
            "both": _rebate("willing: top 16%, activity: top 50%"),
        },
        (
            more("Brought by the willing, over random", _INVITED, "willing", "random"),
            more("By the active and willing, over random", _INVITED, "both", "random"),
            more("By the active and willing, over the active", _INVITED, "both", "active"),
        ),
    ),
)
