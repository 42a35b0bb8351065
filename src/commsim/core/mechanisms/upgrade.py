"""Upgrades, as strategies see them: a dearer version of a product, open to its earlier payers first."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Product
from commsim.core.mechanism import Event, Mechanism
from commsim.core.mechanisms.deciding import Deciding
from commsim.core.units import param
from commsim.core.view import View

MOST_PRODUCTS = 62
"""Of a shop with upgrades: what a person has bought is kept in the bits of a number."""


class UpgradeBehaviour(Deciding):
    """Who buys a dearer version."""

    horizon: float = param(
        180.0,
        "Days of their spending here that a dearer version is worth to a member",
        unit="days",
        low=1.0,
        high=10_000.0,
        plausible=(60.0, 365.0),
        source="assumed",
        grade="D",
    )
    payers: float = param(
        3.0,
        "Factor on the odds of buying it for who has paid for the earlier version: put in, not found",
        unit="factor",
        low=0.01,
        high=100.0,
        plausible=(1.0, 6.0),
        source="operators' guides: earlier payers convert at a multiple; size assumed",
        grade="D",
    )


@effect(cost=DEPENDS)
class Upgrade(Effect):
    """A dearer version (``product``) of a product (``of``) is open to members who look in today.

    payers_only: to those alone who have bought the earlier version in this run.
    """

    of: Product
    product: Product
    payers_only: bool = False

    def mismatch(self, view: View) -> str | None:
        """A version that is not dearer."""
        if self.of == self.product or view.products[self.product].price <= view.products[self.of].price:
            return "the version that is sold must be dearer than the earlier one"
        return None


UPGRADED = Event("upgraded", "members who bought the dearer version", kept=True)
UPGRADE = Mechanism(
    "upgrade",
    "A dearer version of a product, open to its earlier payers first.",
    engine="commsim.simulation.mechanisms.upgrade:Upgrades",
    columns=(
        Column(
            "versions", np.int64, "products bought in the run, the k-th in bit k", range="bits", kept=True
        ),
    ),
    events=(UPGRADED,),
    daily=(
        Column("open_to", np.int32, "members to whom an upgrade is open for the first time"),
        Column("open_to_payers", np.int32, "of these, who had paid for the earlier version"),
        Column("considered", np.int32, "members who consider it for the first time"),
        Column("considered_payers", np.int32, "of these, who had paid for the earlier version"),
        Column("upgraded", np.int32, "members who bought the dearer version by it"),
        Column("upgraded_payers", np.int32, "of these, who had paid for the earlier version"),
    ),
    behaviour=UpgradeBehaviour,
    words={
        "pathway.upgrade.trust": ("trust sways who takes the higher product", "信任影响是否升单"),
        "kind.upgrade": ("Upgrade", "升级版"),
        "field.upgrade.of": ("Earlier version", "原版产品"),
        "field.upgrade.product": ("Dearer version", "升级版产品"),
        "field.upgrade.payers_first": ("Days open to earlier payers alone", "老付费用户优先（天）"),
        "daily.open_to": ("Upgrade open to", "可升级会员"),
        "daily.open_to_payers": ("Upgrade open to earlier payers", "可升级的老付费用户"),
        "daily.considered": ("Consider the upgrade", "考虑升级"),
        "daily.considered_payers": ("Earlier payers who consider it", "考虑升级的老付费用户"),
        "daily.upgraded": ("Upgrades", "升级人数"),
        "daily.upgraded_payers": ("Upgrades of earlier payers", "老付费用户升级"),
        "event.upgraded": ("Bought the dearer version.", "买了升级版。"),
    },
)
