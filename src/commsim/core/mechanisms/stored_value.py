"""Stored value, as strategies see it: money on a card, with more on it than was paid."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.mechanisms.deciding import Deciding
from commsim.core.units import param
from commsim.core.view import View

LONGEST_VALID = 3650


class StoredValueBehaviour(Deciding):
    """Who puts money on a card."""

    impatience: float = param(
        0.003,
        "Share of money on the card that a day of waiting there costs its owner, in their eyes",
        unit="share per day",
        low=0.00001,
        high=1.0,
        plausible=(0.001, 0.01),
        source="assumed: a tenth more is worth two months of spending ahead, with even odds",
        grade="D",
    )


@effect(cost=DEPENDS)
class TopUp(Effect):
    """Members who look in, or have emptied their card, may pay ahead and get a bonus on it.

    pay, bonus: fen, by offer, from small to large.  valid: days from the last top-up after which what is
    left is the operator's; None for never.
    """

    pay: Annotated[tuple[int, ...], Within(1, money=True)]
    bonus: Annotated[tuple[int, ...], Within(1, money=True)]
    valid: Annotated[int, Within(1, LONGEST_VALID)] | None = None

    def mismatch(self, view: View) -> str | None:
        """A bonus for each sum to pay."""
        rises = all(low < high for low, high in zip(self.pay, self.pay[1:], strict=False))
        if rises and 0 < len(self.pay) == len(self.bonus):
            return None
        return "each top-up needs a higher sum than the one before, and a bonus"


BALANCE = Column(
    "balance", np.int64, "paid ahead and still on the card", money=True, range="from 0", seen=True,
    agent=True, kept=True,
)  # fmt: skip
TOPPED_UP = Event("topped_up", "members who paid ahead, with what they paid", kept=True)
CARD_EXPIRED = Event("card_expired", "persons whose money on the card became the operator's", kept=True)
STORED_VALUE = Mechanism(
    "stored_value",
    "Money on a card: members pay ahead and get a bonus; it is owed until it is spent.",
    engine="commsim.simulation.mechanisms.stored_value:StoredValue",
    columns=(
        BALANCE,
        Column("card_price", np.float64, "log of what money on the card makes of a price", range="at most 0"),
        Column("valid_until", np.int16, "last day of money on the card, -1 for no end", start=-1),
    ),
    events=(TOPPED_UP, CARD_EXPIRED),
    daily=(
        Column("cards", np.int32, "persons with money on a card"),
        Column("paid_in", np.int64, "paid ahead by members", money=True),
        Column("card_spent", np.int64, "paid for orders with money on cards", money=True),
        Column("card_lost", np.int64, "money on cards whose time was over", money=True),
        Column("balances", np.int64, "money on cards at the end of the day", money=True),
    ),
    behaviour=StoredValueBehaviour,
    words={
        "pathway.stored_value.trust": ("trust sways who pays ahead", "信任影响是否储值"),
        "kind.stored_value": ("Stored value", "储值卡"),
        "field.stored_value.top_ups": ("Top-ups", "充值档位"),
        "field.stored_value.pay": ("Pays", "充值金额"),
        "field.stored_value.bonus": ("Bonus", "赠送金额"),
        "field.stored_value.valid_days": ("Days until money on the card is lost", "余额有效期（天）"),
        "daily.cards": ("Cards with money", "有余额的储值卡"),
        "daily.paid_in": ("Paid ahead", "充值金额"),
        "daily.card_spent": ("Spent from cards", "储值消费"),
        "daily.card_lost": ("Lost on cards", "过期余额"),
        "daily.balances": ("On cards", "储值余额"),
        "event.topped_up": ("Put money on the card.", "充了值。"),
        "event.card_expired": ("Lost the money on the card.", "储值余额过期。"),
    },
)
