"""Claims about service: satisfaction, robots, free service, roles; and about few touches."""

from commsim.validation.claims.claim import Claim, Run
from commsim.validation.claims.contrasts import (
    Gain,
    Measure,
    Minus,
    Per,
    Ratio,
    at_most,
    less,
    more,
    negative,
    positive,
)
from commsim.validation.claims.measures import Booked, Days, Outcome, Profit

_ORDERS, _SATISFIED, _LOOKED = (Days(name, last=89) for name in ("orders", "satisfaction", "looked"))
_PUT_IN = 0.4
"""The default of service.buying."""


def _by(driver: Measure, plan: str, against: str) -> Per:
    """Per cent of orders for a per cent of something."""
    return Per(Ratio(_ORDERS, plan, against), Ratio(driver, plan, against))


_BY_ALL, _BY_HOURS = _by(_SATISFIED, "all served", "none"), _by(_SATISFIED, "enough hours", "too few")
_BY_LOOKS = _by(_LOOKED, "livelier", "none")


def _tended(strategy: str, fluency: float = 0.9) -> str:
    """An active group for 90 days; fluency moves the chance of a look, and nothing else."""
    people = f"days: 90\ncommunity: {{segments: {{all: {{fluency: {fluency}}}}}}}\n"
    return people + f"strategies: {{more: {{{strategy}}}}}"


def _groups(number: int, more: str = "") -> str:
    """So many groups of a hundred, with a minute of work in each every day."""
    people = f"community: {{members: {number * 100}, group_size: 100}}\n"
    return people + f"strategies: [{{kind: content, staff_minutes: 1}}{more}]"


_ROBOT = ", {kind: robot}"
_ROLES = (
    "strategies: {consultant: {kind: service, hours: 0.5, questions: [goods]}, "
    "cashier: {kind: service, hours: 1, questions: [orders]}, "
    "after sales: {kind: service, hours: 0.5, questions: [parcels]}}"
)
_LIMITS = "operator: {touches: {per_day: 1, per_month: 4}}\n"
_SALE = "{kind: flash_sale, discount: 0.1, weekdays: [thu], hour: 20}"


class _Labour:
    """Yuan for staff and tools of a run."""

    def __call__(self, run: Run) -> float:
        return Outcome("cost_staff")(run) + Outcome("cost_tools")(run)


SERVICE = (
    Claim(
        "31",
        "A per cent more satisfaction is worth more orders in 90 days than a per cent more looks (put in by "
        "an elasticity of buying of .4; below the last number it does not hold).",
        "active-group",
        {
            "none": _tended("kind: free_service, minutes: 0, per_month: 0"),
            "all served": _tended("kind: free_service, minutes: 0, per_month: 1"),
            "livelier": _tended("kind: free_service, minutes: 0, per_month: 0", fluency=0.99),
            "enough hours": _tended("kind: service, hours: 5"),
            "too few": _tended("kind: service, hours: 1.2"),
        },
        (
            positive("Orders, where all are served alike, minus by looks", Minus(_BY_ALL, _BY_LOOKS)),
            positive("Orders, by hours of a desk, minus by looks", Minus(_BY_HOURS, _BY_LOOKS)),
            at_most(
                "Elasticity at which both are even, all served",
                Per(_BY_LOOKS, Per(_BY_ALL, _PUT_IN)),
                _PUT_IN,
            ),
        ),
    ),
    Claim(
        "37",
        "Free service first: a loss in its month, and more orders afterwards (that it sells is put in).",
        "unmanaged-group",
        {
            "free first": "days: 180\nstrategies: [{kind: free_service, minutes: 2, per_month: 2, ends: 29}]",
            "silence": "days: 180",
        },
        (
            negative("Profit in the first month", Gain(Profit(last=29), "free first", "silence"), "yuan"),
            more("Orders afterwards", Days("orders", first=30), "free first", "silence"),
            positive("Profit afterwards", Gain(Profit(first=30), "free first", "silence"), "yuan"),
        ),
    ),
    Claim(
        "44",
        "A robot for 199 yuan manages 20 groups; half a minute saved a group and day pays from 17.3 on.",
        "unmanaged-group",
        {
            "twelve": _groups(12),
            "twelve with it": _groups(12, _ROBOT),
            "twenty": _groups(20),
            "twenty with it": _groups(20, _ROBOT),
        },
        (
            less("Cost of staff, twenty groups", Outcome("cost_staff"), "twenty with it", "twenty", by=0.4),
            negative("Staff and tools, twenty groups", Gain(_Labour(), "twenty with it", "twenty"), "yuan"),
            positive("Staff and tools, twelve groups", Gain(_Labour(), "twelve with it", "twelve"), "yuan"),
        ),
    ),
    Claim(
        "83",
        "Few touches: well spread they do better than bunched, and those that a platform allows do better on "
        "the days of sales than elsewhere.",
        "unmanaged-group",
        {
            "spread": "strategies: [{kind: advert, posts: 1}]",
            "bunched": "strategies: [{kind: advert, posts: 7, weekdays: [mon]}]",
            "with the sales": f"{_LIMITS}strategies: [{_SALE}]",
            "elsewhere": f"{_LIMITS}strategies: [{{kind: advert, posts: 1, weekdays: [mon]}}, {_SALE}]",
        },
        (
            more("Orders, spread", Days("orders"), "spread", "bunched"),
            less("Left, spread", Days("left"), "spread", "bunched"),
            more("Sold at the sales", Booked("flash_sale", ("sales",)), "with the sales", "elsewhere"),
            positive("Profit", Gain(Outcome("profit"), "with the sales", "elsewhere"), "yuan"),
        ),
    ),
    Claim(
        "92",
        "Staff with a role for each stage (before buying, at the order, after it) serve better than as many "
        "hours of staff who do all (roles bring no skill of their own here).",
        "unmanaged-group",
        {"roles": _ROLES, "all": "strategies: {desk: {kind: service, hours: 2}}"},
        (
            more("Satisfaction at the end", Days("satisfaction", first=53), "roles", "all"),
            more("Orders", Days("orders"), "roles", "all"),
        ),
    ),
)
