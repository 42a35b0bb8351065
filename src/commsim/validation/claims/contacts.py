"""Claims about what gets at people outside the group, against the group itself."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import Level, Minus, Per, at_most, less, more, positive
from commsim.validation.claims.measures import Days, MeanOf

_TEXTS = "{kind: contact, by: text, every: 15, starts: 15, month_days: [1, 16]}"
_WATCHED = "  watch: {kind: contact, name: watch, by: text, starts: 119, every: 15}\n"
"""A contact on the last day, so that the days before tell how much in mind the group is."""


def _recall(day: int) -> Level:
    return Level(MeanOf("recalled", day, day), "one text")


CONTACT_CLAIMS = (
    Claim(
        "45",
        "One or two texts a month are forgotten from one to the next; a group that is run stays in mind, "
        "until it is bombarded.  How fast a text is forgotten is put in.",
        "active-group",
        {
            "one text": "days: 61\nstrategies: [{kind: contact, by: text, starts: 30, ends: 30}]",
            "texts": f"days: 120\nstrategies: [{_TEXTS}]",
            "group": "days: 120\nstrategies:\n" + _WATCHED,
            "bombarded": "days: 120\nstrategies:\n  more: {kind: advert, name: more, posts: 8}\n" + _WATCHED,
        },
        (
            at_most("Memory of a text after 30 days, of that on its day", Per(_recall(60), _recall(30)), 0.1),
            positive(
                "In mind in the fourth month, the group minus two texts a month",
                Minus(
                    Level(MeanOf("in_touch", 90, 118), "group"), Level(MeanOf("recalled", 90, 118), "texts")
                ),
            ),
            more("Orders in four months, the group against texts", Days("orders"), "group", "texts"),
            less(
                "In mind in the fourth month, bombarded against not",
                MeanOf("in_touch", 90, 118),
                "bombarded",
                "group",
            ),
        ),
    ),
)
