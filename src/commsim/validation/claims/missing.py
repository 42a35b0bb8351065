"""Claims that the model does not express, and why; by the number of the guides' mechanism."""

from typing import NamedTuple


class Missing(NamedTuple):
    """A claim that can't be put to the test."""

    says: str
    why: str


_NO_STAGE = "people are strangers, members or gone; there are no stages before the group"
_NO_VALUE = "what a group is worth is one number per look, without kinds of needs or values"
_NO_SHARES = "nobody can hold a share of the shop"

MISSING: dict[str, Missing] = {
    "6": Missing("1.8 million fans screened to 10,000 members who spend 20 million yuan a year.", _NO_STAGE),
    "7": Missing("Twenty agents with groups of their own replace the firm's work.", "there are no agents"),
    "8": Missing("Mixing retail and agency fails.", "there are no agents"),
    "10": Missing("Three platforms bring 80 % of the traffic.", "newcomers have no channel"),
    "15": Missing("Who pays whom differs between B2C and chains.", "there is one operator, who books all"),
    "17": Missing("Who joins in the store is a better member.", "newcomers differ by their inviter only"),
    "18": Missing("Who joins in the street is screened later.", "newcomers differ by their inviter only"),
    "20": Missing("Several accounts lock customers in, up to 5,000 friends each.", "there are no accounts"),
    "21": Missing("Adding people in bulk gets accounts blocked.", "there are no accounts"),
    "22": Missing(
        "Each step to the group loses people; a welcome keeps them.",
        "a desk can welcome newcomers (service.welcome), but there are no steps before the group",
    ),
    "29": Missing("Variety tires less than as many of the same.", "fatigue counts messages, not their kind"),
    "38": Missing("Unmet needs make members leave.", _NO_VALUE),
    "54": Missing("Members become shareholders.", _NO_SHARES),
    "64": Missing("Stories make people want a thing.", "content earns trust and time, not desire"),
    "88": Missing(
        "Keep five of twenty ideas by trying them.", "it is about searching plans, not about members"
    ),
    "91": Missing("The chain from one yuan to shareholders.", _NO_SHARES),
    "93": Missing("From drawing people to running by itself.", _NO_STAGE),
}
