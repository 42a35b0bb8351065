"""How many groups the members of a plan sit in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Self

from pydantic import model_validator

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.several_groups import SEVERAL_GROUPS
from commsim.core.part import Part
from commsim.core.units import Probability, param
from commsim.scenario.errors import Finding

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario


class SeveralGroups(Part):
    """Who sits in several of the shop's groups, and how many groups of others are on a phone."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (SEVERAL_GROUPS,)
    share: Probability = param(
        0.0,
        "Share of people who sit in further groups of the shop beside their own",
        unit="share",
        source="assumed; operators can count it",
        grade="D",
        plausible=(0.0, 0.6),
    )
    further: int = param(
        1,
        "Further groups of the shop that each of these sits in",
        unit="groups",
        low=1,
        high=100,
        source="assumed; operators can count it",
        grade="D",
        plausible=(1, 4),
    )
    others: float | None = param(
        None,
        "Groups of other people on a phone (median; people differ); the usual number for everybody if empty",
        unit="groups",
        low=1.0,
        high=1000.0,
        source="China Youth Daily 2020",
        grade="C",
        plausible=(10.0, 25.0),
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.share and self.others is None:
            raise ValueError("says nothing; give share or others, or leave it out")
        return self


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """More groups than there are."""
    section, people = scenario.several_groups, scenario.community
    if section is None or not section.share or people.roster is not None or people.history is not None:
        return
    groups = len(people.groups) if people.groups else -(-people.members // people.group_size)
    if section.further >= groups:
        what = f"{section.further} further groups beside their own, of {groups} in all"
        yield Finding(
            ("several_groups", "further"), what, "lower it, or give the community more, smaller groups"
        )
