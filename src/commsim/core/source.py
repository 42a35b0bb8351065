"""Where a number about people comes from: a study, and what kind of study it is."""

from dataclasses import dataclass
from typing import Literal

Study = Literal[
    "randomised experiment",
    "natural experiment",
    "meta-analysis",
    "observational data",
    "refit of public data",
    "survey",
    "small study",
    "company figures",
    "operators' practice",
    "tuned",
    "assumed",
    "rule",
    "choice",
]
"""From strong to weak.  A rule (of platform or law) and a choice of the user's are no claims about people."""


@dataclass(frozen=True, slots=True)
class Source:
    """A study: the name by which cards cite it, its kind, and where to find it."""

    name: str
    kind: Study
    reference: str
