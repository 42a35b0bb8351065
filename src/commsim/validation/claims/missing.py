"""Claims that the model does not express, and why; by the number of the guides' mechanism."""

from typing import NamedTuple


class Missing(NamedTuple):
    """A claim that can't be put to the test."""

    says: str
    why: str


_NO_STAGE = "people are strangers, members or gone; there are no stages before the group"

MISSING: dict[str, Missing] = {
    "15": Missing("Who pays whom differs between B2C and chains.", "there is one operator, who books all"),
    "29": Missing("Variety tires less than as many of the same.", "fatigue counts messages, not their kind"),
    "88": Missing(
        "Keep five of twenty ideas by trying them.", "it is about searching plans, not about members"
    ),
    "93": Missing("From drawing people to running by itself.", _NO_STAGE),
}
