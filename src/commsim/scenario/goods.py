"""The section of a plan that lets goods stand beside each other, and what it has to say of products."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.goods import GOODS
from commsim.core.part import Part
from commsim.core.units import param
from commsim.scenario.errors import Finding

if TYPE_CHECKING:
    from commsim.scenario.schema import Product, Scenario

OF_GOODS = "launched", "stock", "restock", "restock_every", "keeps", "salvage", "presale_days"
"""Settings of products that count where a plan has the section."""


class Goods(Part):
    """How goods stand beside each other."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (GOODS,)
    baskets: bool = param(
        True, "Whether an order may hold several products", unit="yes/no", source="-", grade="D"
    )
    tastes: bool = param(
        True, "Whether persons have tastes of their own", unit="yes/no", source="-", grade="D"
    )


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """What contradicts itself in a plan's goods."""
    for i, product in enumerate(scenario.products):
        for what, remedy in _of(product, scenario):
            yield Finding(("products", i), what, remedy)


def _of(product: "Product", scenario: "Scenario") -> Iterator[tuple[str, str]]:
    fields = type(product).model_fields
    said = [name for name in OF_GOODS if getattr(product, name) != fields[name].get_default()]
    if said and scenario.goods is None:
        yield f"says {said[0]}, and the plan has no section goods", "add goods: {}"
    if product.restock and not product.restock_every:
        yield f"buys {product.restock} pieces again, and does not say when", "add restock_every"
    if product.restock and product.stock is None:
        yield f"buys {product.restock} pieces again, and has stock without end", "add stock"
    if product.keeps is not None and product.stock is None:
        yield "says how long it keeps, and has stock without end", "add stock"
    if product.launched is not None and product.launched >= scenario.days:
        last = scenario.days - 1
        yield f"is launched on day {product.launched}, after the run", f"at most {last}"
