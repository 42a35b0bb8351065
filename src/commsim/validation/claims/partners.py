"""Claims about chains of offers, and about members who become partners."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, Minus, Ratio, less, more, positive
from commsim.validation.claims.measures import Days, Outcome

_HOLDERS = (
    "days: 180\nstrategies:\n  distributor_rebate: {budget: null}\n"
    "  shareholder: {kind: shareholder, starts: 7, who: {orders: '>=1'}, seats: 100, profit_share: 0.1%s}\n"
)
_PUT_OUT = "behaviour: {shareholders: {buying: 0, friends: 1}}\n"
_PROFIT = Outcome("profit")
_OPEN = "days: 365\nstrategies: {course: {who: null}, dearer: {who: null}, owners: {who: null}}"
_CALENDAR = (
    "days: 365\nstrategies: [{kind: flash_sale, product: lesson, discount: 0.15, starts: 5, warm_up: 2, "
    "weekdays: [sat], month_days: 1-7, staff_minutes: 5}]"
)

PARTNERS = (
    Claim(
        "54",
        "Members become shareholders and promoters: they bring more friends, and the margin shrinks; that "
        "they bring and buy more is put in (shareholders.friends, shareholders.buying).",
        "distributor-rebate",
        {
            "shareholders": _HOLDERS % "",
            "no shareholders": "days: 180\nstrategies: {distributor_rebate: {budget: null}}",
            "put out": _HOLDERS % "" + _PUT_OUT,
        },
        (
            more("Joined", Days("joined"), "shareholders", "no shareholders"),
            more("Orders", Days("orders"), "shareholders", "no shareholders"),
            less("Profit", _PROFIT, "shareholders", "no shareholders"),
            positive(
                "Joined, by what is put in",
                Minus(
                    Gain(Days("joined"), "shareholders", "no shareholders"),
                    Gain(Days("joined"), "put out", "no shareholders"),
                ),
                "persons",
            ),
        ),
    ),
    Claim(
        "91",
        "The chain from one yuan to shareholders, each offer for who took the one before, beats a plain "
        "calendar of sales for the same work, and the same offers to everybody.",
        "pipeline",
        {
            "chain": "days: 365",
            "calendar": _CALENDAR,
            "open to all": _OPEN,
            "nothing": "days: 365\nstrategies: []",
        },
        (
            positive("Profit over the calendar", Gain(_PROFIT, "chain", "calendar"), "yuan"),
            positive("Profit over the same open to all", Gain(_PROFIT, "chain", "open to all"), "yuan"),
            positive("Profit over doing nothing", Ratio(_PROFIT, "chain", "nothing")),
        ),
    ),
)
