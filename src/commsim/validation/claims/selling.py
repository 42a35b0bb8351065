"""Claims about adverts, sales and prices."""

from commsim.validation.claims.claim import Claim, Expectation
from commsim.validation.claims.contrasts import (
    Change,
    Gain,
    Level,
    Minus,
    Per,
    Plus,
    Ratio,
    less,
    more,
    near,
    negative,
    positive,
)
from commsim.validation.claims.happenings import MeanMinute, RepeatOrders
from commsim.validation.claims.measures import (
    Booked,
    Days,
    Last,
    Outcome,
    PerTeam,
    Warnings,
)

_SILENCE = {"silence": ""}
_EARLY, _LATE = Days("orders", last=6), Days("orders", first=53)
_DAYS_OFF = Days("orders", weekdays=(4, 5, 6))
_SALE_DAYS = Days("orders", weekdays=(0, 1, 2, 3))
_CHANGING = (
    "tue, thu", "mon, sat", "wed, fri", "thu, sun", "tue, sat", "mon, wed", "fri, sun", "mon, thu",
)  # fmt: skip


def _sold(first: int) -> Booked:
    """Sold at the sales in the week from a day on."""
    return Booked("flash_sale", ("sales",), first, first + 6)


def _team(size: int, price: int) -> str:
    """Teams of one size only, for a product that nothing else sells."""
    return f"""
products: [{{name: pack, price: 110, unit_cost: 50, shelf: false, bad_share: 0}}]
strategies:
  - {{kind: group_buying, ladder: [{{size: {size}, price: {price}}}], accept: 0.5, accept_late: 0.6, asks: 9}}
"""


def _break_even(size: int, plan: str, other: int, against: str, yuan: int) -> Expectation:
    """The unit cost at which both sizes earn the same per team, from what the books say at a cost of 50."""
    gap = Per(Gain(PerTeam("group_buying"), plan, against), float(size - other))
    return near(f"Break-even of {size} against {other}", Plus(gap, 50.0), yuan, within=0.005, unit="yuan")


SELLING = (
    Claim(
        "49",
        "Adverts every day chase members away and end up selling nothing.",
        "unmanaged-group",
        {"adverts": "strategies: [{kind: advert, posts: 3, hours: [10, 15, 20]}]", **_SILENCE},
        (
            more("Left", Days("left"), "adverts", "silence"),
            more("Muted at the end", Outcome("muted"), "adverts", "silence"),
            positive("Orders in the first week", Ratio(_EARLY, "adverts", "silence")),
            negative("Orders in the last week", Ratio(_LATE, "adverts", "silence")),
        ),
    ),
    Claim(
        "56",
        "A flash sale from Monday to Thursday makes a weekly comb, and takes orders from the other days.",
        "flash-sale",
        {
            "sale": "strategies: {flash_sale: {closing: 0}}",
            "few pieces": "strategies: {flash_sale: {closing: 0, stock: 10}}",
            "silence": "strategies: []",
        },
        (
            positive(
                "Orders on sale days over other days",
                Minus(Change(_SALE_DAYS, _DAYS_OFF, "sale"), Change(_SALE_DAYS, _DAYS_OFF, "silence")),
            ),
            less("Orders on the other days", _DAYS_OFF, "sale", "silence"),
            less("Trust when it sells out", Last("trust"), "few pieces", "sale"),
        ),
    ),
    Claim(
        "57",
        "With a ladder of 2: 90, 3: 85, 5: 75 yuan a larger team earns more below a unit cost of 75 "
        "(3 against 2), 65 (5 against 2) and 60 (5 against 3), exactly.",
        "unmanaged-group",
        {"two": _team(2, 90), "three": _team(3, 85), "five": _team(5, 75)},
        (
            _break_even(3, "three", 2, "two", 75),
            _break_even(5, "five", 2, "two", 65),
            _break_even(5, "five", 3, "three", 60),
        ),
    ),
    Claim(
        "58",
        "Sales at fixed times become a habit: they bring more repeat orders than as many at changing times, "
        "and irritate less.",
        "unmanaged-group",
        {
            "fixed": "strategies: [{kind: flash_sale, discount: 0.15, weekdays: [tue, thu], ends: 55}]",
            "changing": "strategies:"
            + "".join(
                f"\n  - {{kind: flash_sale, discount: 0.15, starts: {7 * week}, ends: {7 * week + 6}, "
                f"weekdays: [{days}], hour: {(19, 20, 21)[week % 3]}}}"
                for week, days in enumerate(_CHANGING)
            ),
        },
        (
            more("Orders at the sales beyond the first", RepeatOrders("flash_sale"), "fixed", "changing"),
            more("Orders", Days("orders"), "fixed", "changing"),
            less("Muted in all", Days("muted_today"), "fixed", "changing"),
            less("Left", Days("left"), "fixed", "changing"),
        ),
        full=True,
    ),
    Claim(
        "59",
        "Beware of bombarding: a sale that is announced six times earns less than one announced once.",
        "flash-sale",
        {"six posts": "strategies: {flash_sale: {posts: 6}}", "one post": ""},
        (
            less("Profit", Outcome("profit"), "six posts", "one post"),
            more("Left", Days("left"), "six posts", "one post"),
        ),
    ),
    Claim(
        "66",
        "A promotion needs an end that members know, and a floor under its price.",
        "flash-sale",
        {
            "last call": "strategies: {flash_sale: {closing: 4, ends: 38}}",
            "no last call": "strategies: {flash_sale: {closing: 0, ends: 38}}",
            "under cost": "strategies: {flash_sale: {discount: 0.6}}",
        },
        (
            more("Orders on the last four days", Days("orders", 35, 38), "last call", "no last call"),
            positive(
                "Warnings that it sells under cost",
                Level(Warnings("under its cost"), "under cost"),
                "warnings",
            ),
        ),
    ),
    Claim(
        "68",
        "The first sales are hard; several that members can see make atmosphere, and it gets easier from "
        "sale to sale.",
        "active-group",
        {
            "visible": "",
            "invisible": "behaviour: {buying: {first_buyer: 0, more_buyers: 0}}",
            "told the day after": "strategies: {recap: {kind: recap}}",
        },
        (
            more("Sold at the sales", Booked("flash_sale", ("sales",)), "visible", "invisible"),
            more(
                "The same, told the day after or not",
                Booked("flash_sale", ("sales",)),
                "told the day after",
                "visible",
            ),
            more("Minutes to an order: slow first", MeanMinute("flash_sale"), "visible", "invisible"),
            positive("Sold in the seventh week over the second", Change(_sold(42), _sold(7), "visible")),
            positive(
                "The same, visible minus invisible",
                Minus(Change(_sold(42), _sold(7), "visible"), Change(_sold(42), _sold(7), "invisible")),
            ),
            positive(
                "The same, told minus visible",
                Minus(
                    Change(_sold(42), _sold(7), "told the day after"), Change(_sold(42), _sold(7), "visible")
                ),
            ),
        ),
        full=True,
    ),
    Claim(
        "70",
        "Pushed goods sell where trust is, and less with every push.",
        "unmanaged-group",
        {
            "trusted, pushed": "community: {segments: {all: {trust: 0.15}}}\nstrategies: [{kind: advert}]",
            "trusted": "community: {segments: {all: {trust: 0.15}}}",
            "doubted, pushed": "community: {segments: {all: {trust: -0.15}}}\nstrategies: [{kind: advert}]",
            "doubted": "community: {segments: {all: {trust: -0.15}}}",
        },
        (
            positive(
                "Orders gained in the first week, trusted minus doubted",
                Minus(Gain(_EARLY, "trusted, pushed", "trusted"), Gain(_EARLY, "doubted, pushed", "doubted")),
                "orders",
            ),
            positive(
                "Lift of orders, first week minus last",
                Minus(
                    Ratio(_EARLY, "trusted, pushed", "trusted"), Ratio(_LATE, "trusted, pushed", "trusted")
                ),
            ),
        ),
    ),
)
