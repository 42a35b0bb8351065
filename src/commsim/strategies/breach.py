"""What the law forbids: a strategy that does it says so, and a plan has to allow it by its word."""

from typing import NamedTuple


class Breach(NamedTuple):
    """What is unlawful about a strategy.

    word: by which a plan allows it, in ``allow_unlawful``.  what: that it does, as the subject of a sentence.
    law: which forbids it.
    """

    word: str
    what: str
    law: str
