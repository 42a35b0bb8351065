"""The section of a plan that lets goods stand beside each other, and what it has to say of products."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.goods import GOODS
from commsim.core.part import Part
from commsim.core.units import MAX_YUAN, Fen, Name, Portion, described, param, to_fen, to_yuan
from commsim.scenario.errors import Finding

if TYPE_CHECKING:
    from commsim.scenario.schema import Product, Scenario

OF_STOCK = "launched", "stock", "restock", "restock_every", "keeps", "salvage", "presale_days"
"""Settings of products that say when there are pieces of them; packs have none of their own."""
OF_GOODS = (*OF_STOCK, "pack_of", "pieces")
"""Settings of products that count where a plan has the section."""


class ShippingTo(Part):
    """What parcels to a segment cost, such as people of a far region."""

    segment: Name = described(..., "Name of the segment", unit="name")
    cost: Fen = param(..., "Cost of a parcel", unit="yuan", low=0, source="operator's choice", grade="D")
    fee: Fen = param(
        0, "What the customer pays of it", unit="yuan", low=0, source="operator's choice", grade="D"
    )


class Shipping(Part):
    """What a parcel costs, and who pays it."""

    cost: Fen = param(..., "Cost of a parcel", unit="yuan", low=0, source="operator's choice", grade="D")
    fee: Fen = param(
        0, "What the customer pays of it", unit="yuan", low=0, source="operator's choice", grade="D"
    )
    free_from: Fen | None = param(
        None,
        "Least that an order comes to for which the customer pays nothing; never if empty",
        unit="yuan",
        low=0.01,
        source="operator's choice",
        grade="D",
    )
    to: tuple[ShippingTo, ...] = described((), "Segments to whom it costs something else", unit="list")
    together: bool = param(
        False,
        "Whether all orders of a day to one address go in one parcel",
        unit="yes/no",
        source="operator's choice",
        grade="D",
    )
    teams: bool = param(
        False,
        "Whether what a team buys together goes to the address of who launched it",
        unit="yes/no",
        source="operator's choice",
        grade="D",
    )
    shared: Portion = param(
        0.0,
        "Share of people whose parcels go to the address of a friend: a household, neighbours, an office",
        unit="share",
        low=0.0,
        high=0.9,
        plausible=(0.0, 0.5),
        source="operator's choice",
        grade="D",
    )

    def of(self, segment: str) -> tuple[int, int]:
        """Cost and fee of a parcel to a segment, in fen."""
        own = next((one for one in self.to if one.segment == segment), None)
        return (self.cost, self.fee) if own is None else (own.cost, own.fee)


class Goods(Part):
    """How goods stand beside each other."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (GOODS,)
    baskets: bool = param(
        True, "Whether an order may hold several products", unit="yes/no", source="-", grade="D"
    )
    tastes: bool = param(
        True, "Whether persons have tastes of their own", unit="yes/no", source="-", grade="D"
    )
    shipping: Shipping | None = described(
        None, "What parcels cost, and who pays it; nothing if empty", unit="section"
    )


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """What contradicts itself in a plan's goods."""
    known = [segment.name for segment in scenario.community.segments]
    shipping = scenario.goods.shipping if scenario.goods else None
    for i, to in enumerate(shipping.to if shipping else ()):
        if to.segment not in known:
            what, remedy = f"there is no segment {to.segment!r}", f"there are: {', '.join(known)}"
            yield Finding(("goods", "shipping", "to", i, "segment"), what, remedy)
    if shipping and not shipping.together and (shipping.teams or shipping.shared):
        yield Finding(
            ("goods", "shipping", "together"),
            "addresses are shared, and each order has a parcel of its own",
            "add together: true, or leave out teams and shared",
        )
    for i, product in enumerate(scenario.products):
        for what, remedy in _of(product, scenario):
            yield Finding(("products", i), what, remedy)


def _of(product: "Product", scenario: "Scenario") -> Iterator[tuple[str, str]]:
    fields = type(product).model_fields
    said = [name for name in OF_GOODS if getattr(product, name) != fields[name].get_default()]
    if said and scenario.goods is None:
        yield f"says {said[0]}, and the plan has no section goods", "add goods: {}"
    yield from _too_dear(product)
    yield from _of_pack(product, scenario)
    if product.restock and not product.restock_every:
        yield f"buys {product.restock} pieces again, and does not say when", "add restock_every"
    if product.restock and product.stock is None:
        yield f"buys {product.restock} pieces again, and has stock without end", "add stock"
    if product.keeps is not None and product.stock is None:
        yield "says how long it keeps, and has stock without end", "add stock"
    if product.launched is not None and product.launched >= scenario.days:
        last = scenario.days - 1
        yield f"is launched on day {product.launched}, after the run", f"at most {last}"


def _of_pack(product: "Product", scenario: "Scenario") -> Iterator[tuple[str, str]]:
    """What contradicts itself in a pack."""
    if product.pack_of is None:
        if product.pieces > 1:
            yield f"has {product.pieces} pieces, and does not say of what", "add pack_of"
        return
    single = next((one for one in scenario.products if one.name == product.pack_of), None)
    if single is None or single.pack_of is not None:
        known = ", ".join(one.name for one in scenario.products if one.pack_of is None)
        yield f"is a pack of {product.pack_of!r}, which is no single product", f"there are: {known}"
        return
    if product.pieces < 2:
        yield "is a pack of one piece", "add pieces, such as pieces: 3"
    if (cost := product.pieces * single.unit_cost) != product.unit_cost:
        each, whole = to_yuan(single.unit_cost), to_yuan(cost)
        what = (
            f"costs {to_yuan(product.unit_cost):,} yuan, and its {product.pieces} pieces {each:,} yuan each"
        )
        yield what, f"give it unit_cost: {whole}"
    fields = type(product).model_fields
    if said := [name for name in OF_STOCK if getattr(product, name) != fields[name].get_default()]:
        yield f"says {said[0]}, and is taken from the pieces of {single.name!r}", f"say it of {single.name!r}"


def _too_dear(product: "Product") -> Iterator[tuple[str, str]]:
    """Pieces that are bought together and cost more than any amount in a plan may be."""
    for name, pieces in (("stock", product.stock), ("restock", product.restock)):
        if pieces and pieces * product.unit_cost > to_fen(MAX_YUAN):
            each, most = to_yuan(product.unit_cost), to_fen(MAX_YUAN) // product.unit_cost
            what = f"{name} of {pieces:,} pieces at {each:,} yuan costs more than {MAX_YUAN:,} yuan together"
            yield what, f"at most {most:,} pieces at this unit_cost"
