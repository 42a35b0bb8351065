"""Claims about other shops that sell the same."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    Per,
    at_least,
    less,
    more,
    negative,
    positive,
)
from commsim.validation.claims.measures import Days, MeanOf, OrdersOfFounders

_WEEK = 21, 27
_THEIRS = "rivals: [{sales: [{starts: 21, days: 7, discount: 0.2}]}]\n"
_QUIET = "rivals: [{}]\n"
_OURS = "strategies: [{kind: flash_sale, discount: 0.2, starts: 21, ends: 27, hour: 12, open_hours: 10}]"
_ORDERS, _THERE = Days("orders", *_WEEK), Days("rival_orders", *_WEEK)
_SHARE, _LATE = MeanOf("share_of_need", *_WEEK), MeanOf("share_of_need", 335, 364)
_YEAR = "days: 365\nrivals: [{share: 0.5%s}]\n"
_FISSION = "community: {arrivals_per_day: 5}\nstrategies: [{kind: distributor_rebate}]"

RIVALS = (
    Claim(
        "65",
        "They will buy, the question is only where: what a sale brings is taken from other shops, and what "
        "theirs brings from us. (That some is, is put in with the rivals; how much is found.)",
        "unmanaged-group",
        {
            "their sale": _THEIRS,
            "our sale": _QUIET + _OURS,
            "both": _THEIRS + _OURS,
            "quiet": _QUIET,
        },
        (
            less("Orders in the week of their sale", _ORDERS, "their sale", "quiet", by=0.05),
            negative("Bought there, in the week of our sale", Gain(_THERE, "our sale", "quiet"), "orders"),
            at_least(
                "Of what our sale brings, taken from there",
                Per(Gain(_THERE, "quiet", "our sale"), Gain(_ORDERS, "our sale", "quiet")),
                0.5,
            ),
            positive(
                "Orders that answering their sale brings in its week",
                Gain(_ORDERS, "both", "their sale"),
                "orders",
            ),
            positive("Share of need in that week, when we answer", Gain(_SHARE, "both", "their sale")),
        ),
    ),
    Claim(
        "79",
        "The larger pool dominates: who brings more people in takes more of everybody's need, and more and "
        "more of it. (That a pool that grows draws more is put in by rivals.pool.)",
        "unmanaged-group",
        {
            "ours grows": _YEAR % "" + _FISSION,
            "theirs grows": _YEAR % ", growth: 0.1",
            "neither": _YEAR % "",
        },
        (
            more("Orders of who was there on day 0, ours grows", OrdersOfFounders(), "ours grows", "neither"),
            negative("Share of need in the last month, theirs grows", Gain(_LATE, "theirs grows", "neither")),
            at_least(
                "Share of need in the last month, where ours grows, of a half at the start",
                Level(_LATE, "ours grows"),
                0.6,
            ),
        ),
        full=True,
    ),
)
