"""The people of a scenario: generated, or read from the user's files."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, TypeAdapter, ValidationError, model_validator

from commsim.core.part import Part
from commsim.core.units import Name, Portion, Probability, described, one_line, param
from commsim.core.written import pairs
from commsim.scenario.group_kinds import GroupKind
from commsim.scenario.own_people import Graph, History, Roster


class Segment(Part):
    """A kind of people: their share of the community and how they differ."""

    name: Name = described("all", "Name", unit="text")
    share: Portion = param(
        1.0,
        "Share of the community, relative to the other segments",
        unit="weight",
        low=0.0,
        source="-",
        grade="D",
    )
    orders_per_week: float = param(
        0.25,
        "Mean buying rate of a buyer",
        unit="orders/week",
        low=0.0,
        high=50.0,
        plausible=(0.03, 1.0),
        source="BG/NBD fits .12 grocery, .04 media, .03 apparel; Luckin .22-.64 per member, a daily habit",
        grade="B",
    )
    buyers: Probability = param(
        0.8,
        "Share who have bought before the start",
        unit="share",
        source="assumed for a shop's own groups",
        grade="D",
    )
    lapsed: Probability = param(
        0.35,
        "Share of those buyers who will not come back by themselves",
        unit="share",
        source="assumed; a third to a half of customers order once only",
        grade="D",
        plausible=(0.1, 0.6),
        assumed=True,
    )
    fluency: Probability = param(
        1.0,
        "Ease with the app; multiplies looking",
        unit="factor",
        source="operators' guides; size assumed",
        grade="D",
    )
    elasticity: float = param(
        1.0, "Factor on price elasticity", unit="factor", low=0.0, high=5.0, source="-", grade="D"
    )
    talk: float = param(1.0, "Factor on talk rate", unit="factor", low=0.0, high=20.0, source="-", grade="D")
    sociability: float = param(
        1.0, "Factor on invitations", unit="factor", low=0.0, high=20.0, source="-", grade="D"
    )
    looking: float = param(
        1.0,
        "Factor on the odds of looking in, of fans above 1; puts in that fans are there",
        unit="factor",
        low=0.05,
        high=20.0,
        plausible=(1.0, 4.0),
        source="operators' guides: fans are there every day; size assumed",
        grade="D",
    )
    paid_for: Probability = param(
        0.0,
        "Share of their orders that somebody else is to pay for, such as parents for their children",
        unit="share",
        source="operators' guides: fans are not the payers; size assumed",
        grade="D",
    )
    decision_days: float = param(
        0.0,
        "Mean days from wanting to ordering, of firms and others who decide for long; 0 is at once; "
        "puts in that they wait",
        unit="days",
        low=0.0,
        high=365.0,
        plausible=(0.0, 60.0),
        source="operators' guides: firms are no impulse buyers; length assumed",
        grade="D",
    )
    impulse: Probability = param(
        0.2,
        "Of who decides for long, share of their buying that is done at once, and moved by what is promoted; "
        "puts in that sales move little of it",
        unit="share",
        source="assumed",
        grade="D",
    )
    grasp: float = param(
        1.0,
        "Ease with rules: with half of it each step of a strategy's difficulty is two",
        unit="factor",
        low=0.05,
        high=5.0,
        plausible=(0.3, 1.0),
        source="operators' guides: the elderly follow what is simple; size assumed",
        grade="D",
    )
    phone: float = param(
        1.0,
        "Factor on the chance that they notice a text or answer a call",
        unit="factor",
        low=0.0,
        high=10.0,
        plausible=(0.5, 2.5),
        source="operators' guides: the elderly answer the phone; size assumed",
        grade="D",
    )
    trust: float = param(
        0.0, "Added to starting trust", unit="trust", low=-0.5, high=0.5, source="-", grade="D"
    )


GroupName = Annotated[str, AfterValidator(lambda name: one_line(name) if name else name)]


class Liking(Part):
    """How a group likes a product."""

    product: str = described(..., "Product", unit="name")
    factor: float = param(
        ..., "Factor on the buying rate", unit="factor", low=0.0, high=10.0, source="-", grade="D"
    )


class Mixed(Part):
    """How much of a segment is in a group."""

    segment: str = described(..., "Segment", unit="name")
    share: Portion = param(
        ..., "Share of the group, relative to the others", unit="share", low=0.0, source="-", grade="D"
    )


class Group(Part):
    """One group at the start; a number alone stands for its members."""

    name: GroupName = described("", "Name; its number if empty", unit="text")
    members: int = param(..., "Members at the start", unit="persons", low=1, high=500, source="-", grade="D")
    kind: GroupKind | None = param(
        None,
        "What it is for, with what that sets of behaviour; that of the community if empty",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    taste: Annotated[tuple[Liking, ...], BeforeValidator(pairs("product", "factor"))] = described(
        (), "Factors on the buying rate by product, of its people and their friends outside", unit="pairs"
    )
    segments: Annotated[tuple[Mixed, ...], BeforeValidator(pairs("segment", "share"))] = described(
        (), "Its own shares of the community's segments; those of the community if empty", unit="pairs"
    )
    elasticity: float = param(
        1.0,
        "Factor on price elasticity of its people and their friends outside",
        unit="factor",
        low=0.0,
        high=5.0,
        source="-",
        grade="D",
    )


def _short_group(written: Any) -> Any:
    return {"members": written} if type(written) is int else written


Groups = tuple[Annotated[Group, BeforeValidator(_short_group)], ...]
_groups = TypeAdapter(Groups)


class Community(Part):
    """The people: generated, or read from the user's files."""

    kind: GroupKind = param(
        "coupon",
        "What the groups are for: coupon (a shop's offers), interest (something in common), service (help "
        "with what was bought); sets defaults of behaviour",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    members: int = param(
        2000,
        "Members at the start (with groups: their sum; ignored with a roster or a history)",
        unit="persons",
        low=1,
        high=5_000_000,
        source="-",
        grade="D",
    )
    group_size: int = param(
        200,
        "Most members per group at the start, if no groups are given; all are filled evenly",
        unit="persons",
        low=2,
        high=500,
        plausible=(80, 450),
        source="Luckin: 121 a group; operators' rule: 200",
        grade="C",
    )
    groups: Groups | None = described(
        None, "Groups of sizes of their own; as few of group_size as are needed if empty", unit="list"
    )
    cap: int = param(
        500,
        "Most members that a group can have",
        unit="persons",
        low=2,
        high=500,
        source="platform",
        grade="A",
    )
    outside_per_member: float = param(
        0.5,
        "Friends outside who could join, per member (with a graph from a file: only those of the roster)",
        unit="persons",
        low=0.0,
        high=20.0,
        source="assumed",
        grade="D",
        assumed=True,
    )
    muted: Probability = param(
        0.35,
        "Share who have muted the group at the start or mute it at joining",
        unit="share",
        plausible=(0.2, 0.6),
        source="China Youth Daily 2020: 75 % mute somewhere",
        grade="C",
        assumed=True,
    )
    activity: Probability | None = param(
        None,
        "Activity of everybody at the start; as newcomers if empty",
        unit="probability",
        source="-",
        grade="D",
    )
    task_groups: Probability = param(
        0.0,
        "Share of groups made for one task, which nobody keeps alive",
        unit="share",
        source="fission groups live 12-48 h (lore)",
        grade="D",
    )
    arrivals_per_day: float = param(
        0.0,
        "Outsiders who join by themselves a day, over the whole community",
        unit="persons/day",
        low=0.0,
        high=100_000.0,
        source="operator's choice",
        grade="D",
    )
    by_segment: bool = param(
        False, "Whether each group holds one segment only", unit="yes/no", source="-", grade="D"
    )
    segments: tuple[Segment, ...] = described((Segment(),), "Kinds of people", unit="list")
    graph: Graph = described(Graph(), "Who knows whom", unit="section")
    roster: Roster | None = described(None, "The user's own list of members", unit="section")
    history: History | None = described(None, "The user's own order history", unit="section")

    @model_validator(mode="before")
    @classmethod
    def _add_up(cls, data: Any) -> Any:
        """Groups say how many members there are; what is wrong with them is told when they are read."""
        if not isinstance(data, Mapping) or not data.get("groups"):
            return data
        try:
            groups = _groups.validate_python(data["groups"])
        except ValidationError:
            return data
        return {**data, "groups": groups, "members": sum(group.members for group in groups)}

    @property
    def data(self) -> dict[str, "Roster | History | Graph"]:
        """The parts that read a file of the user's, by their names."""
        parts = {"roster": self.roster, "history": self.history, "graph": self.graph}
        return {name: part for name, part in parts.items() if part is not None and part.file is not None}
