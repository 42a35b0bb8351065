"""Who else is paid: a supplier and a platform, what each gets of an order, and which costs it bears."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.parties import PARTIES, ROLES
from commsim.core.part import Part
from commsim.core.units import Portion, described, param
from commsim.scenario.errors import Finding

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

Borne = Literal[
    "goods",
    "shipping",
    "write_off",
    "staff",
    "tools",
    "content",
    "acquisition",
    "commission",
    "margin",
    "envelopes",
    "gifts",
    "points",
]


class Party(Part):
    """One that stands beside the shop: it gets a part of each order and bears some of the costs."""

    of_usual: Portion = param(
        0.0,
        "What it gets of the usual price of each order, such as a supply price; nothing of bad parcels",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.8),
        source="operator's choice: its contract",
        grade="D",
    )
    of_paid: Portion = param(
        0.0,
        "What it gets of what customers pay for orders, refunds taken off, such as a platform's fee",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.3),
        source="operator's choice: platforms ask for .6 to 5 % to sell on, marketplaces for more",
        grade="D",
    )
    discounts: Portion = param(
        0.0,
        "What it pays of all discounts",
        unit="share",
        low=0.0,
        high=1.0,
        source="operator's choice: its contract",
        grade="D",
    )
    bears: tuple[Borne, ...] = param(
        (), "Costs that it bears in the shop's place", unit="choices", source="operator's choice", grade="D"
    )


class Parties(Part):
    """Who is paid beside the shop, whose books are those of the plan."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (PARTIES,)
    supplier: Party | None = described(
        None, "Who supplies the goods; the shop itself if empty", unit="section"
    )
    platform: Party | None = described(None, "On whose platform it is sold; none if empty", unit="section")

    def named(self) -> dict[str, Party]:
        """Those that there are, by their role."""
        found = {role: getattr(self, role) for role in ROLES}
        return {role: party for role, party in found.items() if party is not None}


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """What contradicts itself in who is paid."""
    if scenario.parties is None:
        return
    named = scenario.parties.named()
    whole = sum(party.of_usual + party.of_paid for party in named.values())
    if whole > 1.0:
        what = f"the others get {whole:.0%} of an order at its usual price"
        yield Finding(("parties",), what, "leave something to the shop: at most 100% together")
    if (paid := sum(party.discounts for party in named.values())) > 1.0:
        what = f"the others pay {paid:.0%} of discounts"
        yield Finding(("parties",), what, "at most 100% together")
    twice = [account for account, n in Counter(a for p in named.values() for a in p.bears).items() if n > 1]
    if twice:
        yield Finding(("parties",), f"{twice[0]} is borne twice", "let one of them bear it, once")


def for_nothing(scenario: "Scenario") -> Iterator[Finding]:
    """Warn of a supplier whose goods the shop pays for beside the supply price."""
    supplier = scenario.parties.supplier if scenario.parties else None
    if supplier and supplier.of_usual and "goods" not in supplier.bears:
        yield Finding(
            ("parties", "supplier", "bears"),
            f"the supplier gets {supplier.of_usual:.0%} of the usual price, and the shop pays the cost of "
            "goods as well",
            "add goods to what the supplier bears, unless the shop really pays both",
        )
