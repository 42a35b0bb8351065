"""Claims that the model does not express, and why; by the number of the guides' mechanism."""

from typing import NamedTuple


class Missing(NamedTuple):
    """A claim that can't be put to the test."""

    says: str
    why: str


MISSING: dict[str, Missing] = {
    "88": Missing(
        "Keep five of twenty ideas by trying them.",
        "it is about searching plans, which `commsim best` does, not about members",
    ),
}
