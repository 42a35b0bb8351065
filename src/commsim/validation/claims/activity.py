"""Claims about what keeps a group alive, and what that is good for."""

from itertools import pairwise

from commsim.validation.claims.claim import Claim, Expectation, Unit
from commsim.validation.claims.contrasts import (
    Change,
    Gain,
    Level,
    Measure,
    Minus,
    Per,
    Ratio,
    alike,
    at_least,
    at_most,
    less,
    more,
    negative,
    positive,
)
from commsim.validation.claims.measures import Days, Halving, Last, Outcome, Profit

_LOOKED, _ORDERS, _PROFIT = Outcome("active"), Days("orders"), Outcome("profit")
_TALK = Outcome("messages")
_SILENCE = {"silence": ""}
_TALKING = "community: {kind: interest}\n"
"""Groups in which people talk, for claims about whether they do."""
_EMPTY = "{kind: content, quality: 0, topics: 0, trust: 0}"
_UNTIL_DAY_59 = "".join(
    f"\n  {kind}: {{ends: 59}}" for kind in ("group_rules", "content", "red_envelope", "flash_sale", "advert")
)
_FIRST_WEEK, _EIGHTH_WEEK = Days("looked", 0, 6, per="members"), Days("looked", 49, 55, per="members")
_EFFORT = "days: 90\nstrategies: [{kind: group_rules}%s]"


def _steps(label: str, measure: Measure, unit: Unit = "share") -> tuple[Expectation, ...]:
    """Each step of effort brings more, and less than the one before."""
    first, second, third = (
        Gain(measure, more_of, less_of)
        for less_of, more_of in pairwise(("none", "one post", "two posts", "four posts"))
    )
    return (
        positive(f"{label}, one post minus none", first, unit),
        positive(f"{label}, two posts minus one", second, unit),
        positive(f"{label}, four posts minus two", third, unit),
        positive(f"{label}, the first post minus the second", Minus(first, second), unit),
        positive(f"{label}, the second minus the mean of the next two", Minus(second, Per(third, 2.0)), unit),
    )


ACTIVITY = (
    Claim(
        "25",
        "Envelopes liven a group for a while; they cost money and sell nothing by themselves.",
        "unmanaged-group",
        {"envelopes": "strategies: [{kind: red_envelope, starts: 7, ends: 20}]", **_SILENCE},
        (
            more("Look in while they last", Days("looked", 7, 20), "envelopes", "silence"),
            alike("Look in a month later", Days("looked", 50), "envelopes", "silence", within=0.05),
            alike("Orders", _ORDERS, "envelopes", "silence", within=0.02),
            less("Profit", _PROFIT, "envelopes", "silence"),
        ),
    ),
    Claim(
        "26",
        "A daily check-in raises activity and piles up points that are owed; it sells only through them.",
        "unmanaged-group",
        {"check-in": "strategies: [{kind: check_in}]", **_SILENCE},
        (
            more("Look in at the end", _LOOKED, "check-in", "silence"),
            positive("Points owed at the end", Level(Outcome("liability"), "check-in"), "yuan"),
            alike("Orders", _ORDERS, "check-in", "silence", within=0.02),
        ),
    ),
    Claim(
        "28",
        "Good content wins trust slowly and keeps people looking; poor content is only a cost.",
        "unmanaged-group",
        {
            "good": "strategies: [{kind: content, quality: 0.6}]",
            "poor": f"strategies: [{_EMPTY}]",
            **_SILENCE,
        },
        (
            more("Trust at the end", Last("trust"), "good", "silence"),
            more("Look in at the end", _LOOKED, "good", "silence"),
            negative("Profit of poor content", Gain(_PROFIT, "poor", "silence"), "yuan"),
        ),
    ),
    Claim(
        "30",
        "Higher activity costs more: from some point on it costs more than it brings.",
        "unmanaged-group",
        {
            "one post": "strategies: [{kind: content, staff_minutes: 1.5}]",
            "four posts": "strategies: [{kind: content, posts: 4, staff_minutes: 6}]",
        },
        (
            more("Look in at the end", _LOOKED, "four posts", "one post"),
            less("Profit", _PROFIT, "four posts", "one post"),
        ),
    ),
    Claim(
        "32",
        "A day or two of silence does no harm; filling it with posts that say nothing does.",
        "unmanaged-group",
        {
            "every day": "strategies: [{kind: content}]",
            "not at the weekend": "strategies: [{kind: content, weekdays: [mon, tue, wed, thu, fri]}]",
            "filled": "strategies: [{kind: content, weekdays: [mon, tue, wed, thu, fri]},\n"
            "  {kind: advert, weekdays: [sat, sun]}]",
        },
        (
            alike("Members at the end", Outcome("members"), "not at the weekend", "every day", within=0.01),
            alike("Look in at the end", _LOOKED, "not at the weekend", "every day", within=0.1),
            more("Muted at the end", Outcome("muted"), "filled", "not at the weekend"),
        ),
    ),
    Claim(
        "34",
        "Care brings no sudden sales; it pays later, through trust and habit.",
        "unmanaged-group",
        {"care": "strategies: [{kind: group_rules}, {kind: content}]", **_SILENCE},
        (
            alike("Orders in the first two weeks", Days("orders", 0, 13), "care", "silence", within=0.03),
            positive(
                "Lift of orders, last two weeks minus first two",
                Minus(
                    Ratio(Days("orders", 46), "care", "silence"),
                    Ratio(Days("orders", 0, 13), "care", "silence"),
                ),
            ),
        ),
    ),
    Claim(
        "35",
        "One-way selling tires people: they look in less and less; where they get something they stay.",
        "unmanaged-group",
        {
            "selling only": "strategies: [{kind: advert, posts: 2}]",
            "giving": "strategies: [{kind: content}, {kind: group_rules}]",
            **_SILENCE,
        },
        (
            negative(
                "Fall of looking from week 1 to 8, selling minus silence",
                Minus(
                    Change(_EIGHTH_WEEK, _FIRST_WEEK, "selling only"),
                    Change(_EIGHTH_WEEK, _FIRST_WEEK, "silence"),
                ),
            ),
            positive(
                "Fall of looking from week 1 to 8, giving minus silence",
                Minus(
                    Change(_EIGHTH_WEEK, _FIRST_WEEK, "giving"), Change(_EIGHTH_WEEK, _FIRST_WEEK, "silence")
                ),
            ),
        ),
    ),
    Claim(
        "36",
        "Without something to sell, the liveliest group brings messages and no money.",
        "active-group",
        {
            "nothing to sell": "products: {coffee: {shelf: false}}\n"
            "strategies: {flash_sale: null, advert: null}",
            "silence": "strategies: []",
        },
        (
            positive("Messages per group and day", Gain(_TALK, "nothing to sell", "silence"), "messages"),
            at_most("Revenue", Level(Outcome("revenue"), "nothing to sell"), 0.01, "yuan"),
            negative("Profit", Level(_PROFIT, "nothing to sell"), "yuan"),
        ),
    ),
    Claim(
        "40",
        "Harvesting is short-lived: a calendar for members starts slower and is ahead in the end.",
        "active-group",
        {
            "harvest": "days: 120\n"
            "strategies: [{kind: advert, posts: 3}, {kind: flash_sale, discount: 0.25}]",
            "calendar": "days: 120",
        },
        (
            more("Orders in the first two weeks", Days("orders", 0, 13), "harvest", "calendar"),
            less("Profit of the last month", Profit(90), "harvest", "calendar"),
            less("Look in at the end", _LOOKED, "harvest", "calendar"),
        ),
    ),
    Claim(
        "50",
        "A very active group sells nothing more if nobody plans how.",
        "unmanaged-group",
        {
            "active": _TALKING
            + "strategies: [{kind: group_rules}, {kind: content, quality: 0.6}, {kind: check_in},\n"
            "  {kind: red_envelope, weekdays: [mon, wed, fri]}]",
            "silence": _TALKING,
        },
        (
            at_least("Messages per group and day", Level(_TALK, "active"), 15, "messages"),
            alike("Orders", _ORDERS, "active", "silence", within=0.05),
            less("Profit", _PROFIT, "active", "silence"),
        ),
    ),
    Claim(
        "51",
        "More in, more out, though each step brings less; and what is easy brings little.",
        "unmanaged-group",
        {
            "none": _EFFORT % "",
            "easy": _EFFORT % ", {kind: advert, staff_minutes: 0.5}",
            "one post": _EFFORT % ", {kind: content, staff_minutes: 1.5}",
            "two posts": _EFFORT % ", {kind: content, posts: 2, staff_minutes: 3}",
            "four posts": _EFFORT % ", {kind: content, posts: 4, staff_minutes: 6}",
        },
        (
            *_steps("Look in", _LOOKED),
            *_steps("Orders", _ORDERS, "orders"),
            positive("Orders, one post minus an advert", Gain(_ORDERS, "one post", "easy"), "orders"),
        ),
    ),
    Claim(
        "76",
        "After two months of good care a group runs by itself.",
        "active-group",
        {"care ends": "days: 150\nstrategies:" + _UNTIL_DAY_59, "care goes on": "days: 150"},
        (
            at_least("Days until half as many look in", Level(Halving(60, 90), "care ends"), 60, "days"),
            alike("Look in after 90 days without care", _LOOKED, "care ends", "care goes on", within=0.1),
        ),
    ),
)
