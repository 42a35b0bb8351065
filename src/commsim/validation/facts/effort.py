"""How much a validation runs."""

from dataclasses import dataclass

FEWEST_WORLDS = 6
"""The fewest from which the ranks give a 95 % interval of a median."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Worlds per setup, and groups in each (where people are generated)."""

    worlds: int
    groups: int


FULL, QUICK = Effort(worlds=20, groups=200), Effort(worlds=8, groups=50)
