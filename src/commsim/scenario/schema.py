"""A scenario: the community, what is sold, the operator, the calendar, and the members' behaviour."""

import datetime as dt
import difflib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, SerializeAsAny, model_validator
from pydantic.functional_validators import ModelWrapValidatorHandler
from pydantic_core import PydanticCustomError

from commsim.core.dates import as_date, plan_from
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.fans import FANS
from commsim.core.mechanisms.firms import FIRMS
from commsim.core.mechanisms.first_effect import FIRST_EFFECT
from commsim.core.mechanisms.hands_off import HANDS_OFF
from commsim.core.mechanisms.regularity import REGULARITY
from commsim.core.notebook import html_table
from commsim.core.part import Part
from commsim.core.units import Day, Fen, Name, Probability, described, param
from commsim.scenario.accounts import Accounts
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.cash import Cash
from commsim.scenario.channels import Channel
from commsim.scenario.checks import refuse_misfits
from commsim.scenario.community import Community, Group, Segment
from commsim.scenario.defaults import with_defaults
from commsim.scenario.execution import Execution
from commsim.scenario.goods import Goods
from commsim.scenario.limits import PlanLimits
from commsim.scenario.own_people import Graph, History, Roster
from commsim.scenario.parties import Parties
from commsim.scenario.readings import Reading
from commsim.scenario.rivals import Rival
from commsim.scenario.seasons import Season
from commsim.scenario.several_groups import SeveralGroups
from commsim.scenario.target import Target
from commsim.scenario.touches import Touches
from commsim.scenario.wants import Wants
from commsim.scenario.words import is_chinese, kind_words
from commsim.strategies.base import Strategy
from commsim.strategies.registry import UnknownKind, find, kinds

__all__ = ["Community", "Graph", "Group", "History", "Operator", "Product", "Roster", "Scenario", "Segment"]

MOST_PIECES, MOST_DAYS = 10_000_000, 3650


class Product(Part):
    """Something that is sold."""

    name: Name = described(..., "Name", unit="text")
    price: Fen = param(..., "Usual price", unit="yuan", low=0.01, source="operator's choice", grade="D")
    unit_cost: Fen = param(..., "Cost of goods", unit="yuan", low=0, source="operator's choice", grade="D")
    shelf: bool = param(
        True, "Whether it can be bought any day at the usual price", unit="yes/no", source="-", grade="D"
    )
    role: Literal["traffic", "profit"] = param(
        "profit",
        "What it is for: to draw people or to earn",
        unit="choice",
        source="operators' guides",
        grade="D",
    )
    bad_share: Probability = param(
        0.03,
        "Share of deliveries that disappoint and are refunded",
        unit="share",
        source="assumed",
        grade="D",
    )
    appeal: float = param(
        1.0,
        "Factor on the buying rate for this product",
        unit="factor",
        low=0.0,
        high=10.0,
        source="-",
        grade="D",
    )
    segments: tuple[str, ...] = described((), "Segments to whom it is sold; all if empty", unit="names")
    launched: Day | None = param(
        None,
        "Day from which on it is sold, as something new",
        unit="day",
        source="operator's choice",
        grade="D",
    )
    presale_days: int = param(
        0,
        "Days from then on in which it is sold before it is bought; who orders waits for their end",
        unit="days",
        low=0,
        high=180,
        source="operator's choice",
        grade="D",
    )
    stock: int | None = param(
        None,
        "Pieces bought beforehand, on the first day of its sale from stock; if empty bought as sold",
        unit="pieces",
        low=0,
        high=MOST_PIECES,
        source="operator's choice",
        grade="D",
    )
    restock: int = param(
        0,
        "Pieces bought again each time",
        unit="pieces",
        low=0,
        high=MOST_PIECES,
        source="operator's choice",
        grade="D",
    )
    restock_every: int | None = param(
        None,
        "Days from one time to the next",
        unit="days",
        low=1,
        high=MOST_DAYS,
        source="operator's choice",
        grade="D",
    )
    keeps: int | None = param(
        None,
        "Days after which unsold pieces have spoilt",
        unit="days",
        low=1,
        high=MOST_DAYS,
        source="operator's choice",
        grade="D",
    )
    salvage: Probability = param(
        0.0, "Share of their cost that these still bring", unit="share", source="operator's choice", grade="D"
    )
    pack_of: Name | None = described(
        None, "Product of which this is a pack: several pieces at one price, in one parcel", unit="name"
    )
    pieces: int = param(
        1,
        "Pieces of it in the pack",
        unit="pieces",
        low=1,
        high=1000,
        source="operator's choice",
        grade="D",
    )
    effect_days: int | None = param(
        None,
        "Days of use after which its effect can be seen; empty for goods without one",
        unit="days",
        low=0,
        high=365,
        source="operator's choice",
        grade="D",
    )
    effect_works: Probability = param(
        0.8,
        "Share of good parcels that show their effect then",
        unit="share",
        source="assumed",
        grade="D",
        assumed=True,
    )
    effect_known: Probability = param(
        0.0,
        "Share of who bought before the run who had seen its effect then",
        unit="share",
        source="operator's choice",
        grade="D",
    )


class Operator(Part):
    """Who runs the groups, and what that costs."""

    wage_per_hour: Fen = param(
        46,
        "Cost of an hour of staff",
        unit="yuan",
        low=0,
        plausible=(29, 86),
        source="job adverts: 8,000 yuan a month, 174 hours",
        grade="C",
    )
    minutes_per_group: float = param(
        0.0,
        "Staff time per group and day besides the strategies",
        unit="minutes",
        low=0.0,
        high=1440.0,
        source="-",
        grade="D",
    )
    messages_per_post: float = param(
        3.0,
        "Messages of which a post of the operator is made: text, picture, link",
        unit="messages",
        low=1.0,
        high=20.0,
        source="assumed from operators' practice",
        grade="D",
    )
    minutes_per_answer: float = param(
        1.0,
        "Staff time per answer to a member (see talk.answered)",
        unit="minutes",
        low=0.0,
        high=60.0,
        source="assumed",
        grade="D",
    )
    tools_per_group: Fen = param(
        0, "Tools per group and day", unit="yuan", low=0, plausible=(0.5, 3), source="assumed", grade="D"
    )
    acquisition: Fen = param(
        20,
        "Cost of a newcomer whom nobody invited",
        unit="yuan",
        low=0,
        plausible=(5, 100),
        source="fission 10-40 a head (lore)",
        grade="C",
    )
    acquisition_rise: float = param(
        0.0,
        "Share by which such a newcomer is dearer after a year, day by day; puts in that traffic gets dearer",
        unit="share",
        low=-0.9,
        high=10.0,
        plausible=(0.0, 0.4),
        source="operators' lore: bought contacts rose by a third a year from 2020 to 2023",
        grade="D",
    )
    delivery_days: int = param(
        2, "Days from order to delivery", unit="days", low=1, high=30, source="assumed", grade="D"
    )
    touches: Touches | None = described(
        None, "Limits of the platform on posts in a group; none if empty", unit="section"
    )
    execution: Execution | None = described(
        None, "How well the plan is carried out; as written if empty", unit="section"
    )
    hands_off: Day | None = param(
        None,
        "Day from which on the operator does nothing any more: no strategy, staff or tools; never if empty",
        unit="day",
        source="operator's choice",
        grade="D",
    )

    def leaves(self, day: int) -> bool:
        """Whether the groups are left to themselves on a day."""
        return self.hands_off is not None and day >= self.hands_off


def _of_its_kind(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    kind = entry.get("kind")
    if not isinstance(kind, str):
        known = list(kinds())
        close = difflib.get_close_matches(str(entry.get("name")), known, n=1)
        hint = f"did you mean {close[0]}? or " if close else ""
        raise _unknown("says no kind of strategy", f"{hint}add kind: one of {', '.join(known)}")
    try:
        return find(kind).model_validate(entry)
    except UnknownKind as unknown:
        error = UnknownKind(kind, list(kind_words())) if is_chinese(kind) else unknown
        hint = f"did you mean {error.nearest}? " if error.nearest else ""
        raise _unknown(f"unknown kind {kind!r}", f"{hint}Known: {', '.join(error.known)}") from error


def _unknown(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("unknown_kind", "{what}; {remedy}", {"what": what, "remedy": remedy})


AnyStrategy = Annotated[SerializeAsAny[Strategy], BeforeValidator(_of_its_kind)]
"""A strategy of any kind, built-in or not."""


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
