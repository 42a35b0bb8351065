"""Claims about plans: phases, books, purposes, horizons; and where evidence contradicts the guides."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Gain, Level, Minus, less, more, near, positive
from commsim.validation.claims.measures import Booked, Days, Outcome, Unbooked, Warnings

_SOLD = Booked("flash_sale", ("sales",))
_PROFIT = Outcome("profit")
_SILENCE = {"silence": ""}
_BOTH = {"guides": "reading: guides", "evidence": ""}
_SOLD_IN_TEAMS = Booked("group_buying", ("sales",))
_SENT_ON = Days("resent", per="caught")

PLANNING = (
    Claim(
        "81",
        "A plan without a warm-up, or that reaches few, is taken up less; and one is told so beforehand.",
        "flash-sale",
        {
            "as it should be": "",
            "no warm-up": "strategies: {flash_sale: {warm_up: 0}}",
            "little reach": "strategies: {flash_sale: {reach: 0.25}}",
        },
        (
            less("Sold at the sales, no warm-up", _SOLD, "no warm-up", "as it should be"),
            less("Sold at the sales, little reach", _SOLD, "little reach", "as it should be"),
            positive("Warnings, no warm-up", Level(Warnings("no warm-up"), "no warm-up"), "warnings"),
            positive(
                "Warnings, little reach", Level(Warnings("% of members only"), "little reach"), "warnings"
            ),
        ),
    ),
    Claim(
        "84",
        "Books by strategy add up to the fen; but what is booked to a sale is more than what it caused.",
        "active-group",
        {"all": "", "without the sale": "strategies: {flash_sale: null, advert: null}"},
        (
            near("Missing in the books", Level(Unbooked(), "all"), 0, 0.005, "yuan"),
            positive(
                "Booked to the sale minus caused by it",
                Minus(Level(Booked("flash_sale"), "all"), Gain(_PROFIT, "all", "without the sale")),
                "yuan",
            ),
        ),
    ),
    Claim(
        "85",
        "Within two weeks each kind of strategy moves its own number: activity, staying, growth, sales.",
        "unmanaged-group",
        {
            "envelopes": "days: 14\nstrategies: [{kind: red_envelope}]",
            "rules": "days: 14\nstrategies: [{kind: group_rules}]",
            "rebate": "days: 14\nstrategies: [{kind: distributor_rebate}]",
            "sale": "days: 14\nstrategies: [{kind: flash_sale, discount: 0.15}]",
            "silence": "days: 14",
        },
        (
            more("Look in, with envelopes", Outcome("active"), "envelopes", "silence"),
            less("Left, with rules", Days("left"), "rules", "silence"),
            positive("Joined, with a rebate", Gain(Days("joined"), "rebate", "silence"), "persons"),
            more("Orders, with a sale", Days("orders"), "sale", "silence"),
        ),
    ),
    Claim(
        "87",
        "A calendar for two months beats the same work done once trouble shows.",
        "unmanaged-group",
        {
            "calendar": "strategies: [{kind: content, staff_minutes: 1.5},\n"
            "  {kind: flash_sale, discount: 0.1, weekdays: [tue, thu], starts: 4}]",
            "reaction": "strategies: [{kind: content, posts: 2, staff_minutes: 3, starts: 30},\n"
            "  {kind: flash_sale, discount: 0.1, weekdays: [mon, tue, wed, thu], starts: 32}]",
        },
        (
            more("Profit", _PROFIT, "calendar", "reaction"),
            more("Members at the end", Outcome("members"), "calendar", "reaction"),
        ),
    ),
)

READINGS = (
    Claim(
        "R1",
        "Group buying makes people invite: it does by the guides' reading, and less by that of the evidence.",
        "group-buying",
        _BOTH,
        (
            positive("Joined, guides minus evidence", Gain(Days("joined"), "guides", "evidence"), "persons"),
            positive(
                "Sold in teams, guides minus evidence",
                Gain(_SOLD_IN_TEAMS, "guides", "evidence"),
                "yuan",
            ),
        ),
    ),
    Claim(
        "R2",
        "An envelope is only a cost: by the guides' reading; by that of the evidence a little comes back.",
        "red-envelope",
        _BOTH,
        (
            near("Sent on per yuan caught, guides", Level(_SENT_ON, "guides"), 0, 0.001, "yuan"),
            positive("Sent on per yuan caught, evidence", Level(_SENT_ON, "evidence"), "yuan"),
            positive("Look in, evidence minus guides", Gain(Outcome("active"), "evidence", "guides")),
        ),
    ),
)
"""What each reading of members, the guides' and that of the evidence, makes of a plan."""
