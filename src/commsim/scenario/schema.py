"""A scenario: the community, what is sold, the operator, the calendar, and the members' behaviour."""

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import model_validator
from pydantic.functional_validators import ModelWrapValidatorHandler

from commsim.core.dates import as_date, plan_from
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.fans import FANS
from commsim.core.mechanisms.firms import FIRMS
from commsim.core.mechanisms.first_effect import FIRST_EFFECT
from commsim.core.mechanisms.hands_off import HANDS_OFF
from commsim.core.mechanisms.regularity import REGULARITY
from commsim.core.notebook import html_table
from commsim.core.part import Part
from commsim.core.units import MOST_DAYS, Name, described, param
from commsim.scenario.accounts import Accounts
from commsim.scenario.any_strategy import AnyStrategy
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.cash import Cash
from commsim.scenario.channels import Channel
from commsim.scenario.checks import refuse_misfits
from commsim.scenario.community import Community, Group, Segment
from commsim.scenario.defaults import with_defaults
from commsim.scenario.goods import Goods
from commsim.scenario.limits import PlanLimits
from commsim.scenario.operator import Operator
from commsim.scenario.own_people import Graph, History, Roster
from commsim.scenario.parties import Parties
from commsim.scenario.product import Product
from commsim.scenario.readings import Reading
from commsim.scenario.rivals import Rival
from commsim.scenario.seasons import Season
from commsim.scenario.several_groups import SeveralGroups
from commsim.scenario.target import Target
from commsim.scenario.wants import Wants
from commsim.strategies.base import Strategy

__all__ = ["Community", "Graph", "Group", "History", "Operator", "Product", "Roster", "Scenario", "Segment"]


def _given(strategy: Strategy) -> str:
    """The settings that a plan gives, as it writes them."""
    given = strategy.model_dump(mode="json", exclude_unset=True, exclude={"kind", "name", "starts", "ends"})
    return ", ".join(f"{name}: {value}" for name, value in given.items())


class Scenario(Part):
    """One plan for one community."""

    name: Name = described(..., "Name of the plan", unit="text")
    about: str = described("", "What it is for", unit="text")
    caution: str = described("", "What every result of this plan says beside it", unit="text")
    days: int = param(60, "Length of the run", unit="days", low=1, high=MOST_DAYS, source="-", grade="D")
    start: dt.date = described(dt.date(2026, 3, 2), "First day", unit="date")
    community: Community = described(Community(), "The people", unit="section")
    products: tuple[Product, ...] = described(..., "What is sold", unit="list")
    operator: Operator = described(Operator(), "Who runs the groups", unit="section")
    strategies: tuple[AnyStrategy, ...] = described((), "The calendar", unit="list")
    target: Target = described(Target(), "What it is to reach", unit="section")
    limits: PlanLimits | None = described(
        None, "What it may take: money, hours, posts, who leaves; no limits if empty", unit="section"
    )
    rivals: tuple[Rival, ...] = described((), "Other shops that sell the same to these people", unit="list")
    seasons: tuple[Season, ...] = described(
        (), "Days of the calendar on which all buy more or less", unit="list"
    )
    wants: Wants | None = described(
        None,
        "What members want: needs, a problem solved; if empty what the group offers alone",
        unit="section",
    )
    several_groups: SeveralGroups | None = described(
        None,
        "Members who sit in several groups, which compete for their looks; none if empty",
        unit="section",
    )
    goods: Goods | None = described(
        None, "How goods stand beside each other: tastes, baskets, stock; if empty not at all", unit="section"
    )
    cash: Cash | None = described(
        None,
        "The operator's cash, and when money comes in and goes out; without end if empty",
        unit="section",
    )
    parties: Parties | None = described(
        None,
        "Who is paid beside the shop: a supplier, a platform; if empty the shop alone",
        unit="section",
    )
    sources: tuple[Channel, ...] = described((), "Where members come from, channel by channel", unit="list")
    accounts: Accounts | None = described(
        None, "The shop's accounts that people become friends of; without limits if empty", unit="section"
    )
    behaviour: Behaviour = described(Behaviour(), "How members behave", unit="section")
    allow_unlawful: tuple[Name, ...] = described(
        (), "What the law forbids and the plan holds all the same, word by word; results say so", unit="names"
    )
    reading: Reading = param(
        "evidence",
        "Whom to believe of members where operators' guides and evidence differ; sets defaults of behaviour",
        unit="choice",
        source="-",
        grade="D",
    )

    def __repr__(self) -> str:
        told = ", ".join(strategy.name for strategy in self.strategies) or "no strategies"
        return f"<Scenario {self.name!r}, {self.days} days: {told}>"

    def _repr_html_(self) -> str:
        """For notebooks: the plan strategy by strategy, with the settings that it gives."""
        rows = [
            (
                one.name,
                one.kind,
                str(one.starts),
                str(self.days - 1 if one.ends is None else one.ends),
                _given(one),
            )
            for one in self.strategies
        ]
        people = self.community
        who = f"{people.members:,} members" if people.roster is None else "members from a file"
        title = f"{self.name}, {self.days} days from {self.start}, {who}"
        return html_table(title, ("Strategy", "Kind", "From day", "To day", "Settings"), rows)

    @model_validator(mode="wrap")
    @classmethod
    def _from_its_start(cls, data: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        """Dates are counted from the plan's first day, whichever plan of a chain says it."""
        start = data.get("start", cls.model_fields["start"].default) if isinstance(data, Mapping) else None
        with plan_from(as_date(start)):
            return read(data)

    @model_validator(mode="before")
    @classmethod
    def _with_defaults(cls, data: Any) -> Any:
        return with_defaults(data)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse_misfits(self)
        return self

    def left_alone(self) -> Self:
        """The same without its strategies and channels: doing nothing."""
        return self.only(()).model_copy(update={"accounts": None, "limits": None})

    def only(self, names: Collection[str]) -> Self:
        """The same with the strategies and sources of these names alone."""
        strategies = tuple(one for one in self.strategies if one.name in names)
        sources = tuple(one for one in self.sources if one.name in names)
        return self.model_copy(update={"strategies": strategies, "sources": sources})

    @property
    def mechanisms(self) -> frozenset[Mechanism]:
        """Those that its strategies or other sections name; no other is loaded."""
        of_operator = self.operator.touches, self.operator.execution
        of_plan = self.cash, self.goods, self.wants, self.parties, self.several_groups
        single = [section for section in (*of_operator, *of_plan) if section is not None]
        of_strategies = (one for strategy in self.strategies for one in strategy.needs)
        of_sections = (
            one
            for section in (*self.rivals, *self.seasons, *self.sources, *single)
            for one in section.mechanisms
        )
        effects = [FIRST_EFFECT for product in self.products if product.effect_days is not None]
        fans = [FANS for one in self.community.segments if one.looking != 1.0 or one.paid_for > 0.0]
        firms = [FIRMS for segment in self.community.segments if segment.decision_days > 0.0]
        history = [REGULARITY] if self.community.history is not None else []
        alone = [HANDS_OFF] if self.operator.hands_off is not None else []
        return frozenset((*of_strategies, *of_sections, *effects, *fans, *firms, *history, *alone))

    @classmethod
    def load(cls, source: str | Path) -> "Scenario":
        """Read a scenario from a path or the name of a shipped one; see `commsim.scenario.load`."""
        from commsim.scenario.load import load

        return load(source)
