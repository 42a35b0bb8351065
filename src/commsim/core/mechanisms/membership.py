"""Paid membership, as strategies see it."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.mechanisms.deciding import Deciding
from commsim.core.source import Source
from commsim.core.units import param

LONGEST_TERM = 3650


class MembershipBehaviour(Deciding):
    """Who joins a paid programme, and what having joined does beside the price."""

    belonging: float = param(
        0.2231,
        "Log of what having paid for a membership adds to the rate of buying by itself, while in the "
        "group: put in, not found",
        unit="log",
        low=0.0,
        high=2.0,
        plausible=(0.0, 0.47),
        source="two thirds of the lift of a paid programme are not economic (Iyengar et al. 2022); size "
        "assumed: 25 %",
        grade="D",
    )
    leaving: float = param(
        0.8,
        "Factor on the chance to leave the group while the membership is paid: put in, not found",
        unit="factor",
        low=0.01,
        high=1.0,
        plausible=(0.5, 1.0),
        source="programmes with economic rewards keep customers (Verhoef 2003); size assumed",
        grade="D",
    )


@effect(cost=DEPENDS)
class Enrol(Effect):
    """A paid membership is on offer today to who looks in; who has bought one keeps what it gives.

    fee: fen for a term of so many days.  discount: share off every price.  perks: what its other rights are
    worth to a member in a term, in fen.  gift: what they cost the operator for each term, in fen.  early:
    first into sales and teams.
    """

    fee: Annotated[int, Within(1, money=True)]
    term: Annotated[int, Within(1, LONGEST_TERM)]
    discount: Annotated[float, Within(0, 0.9)]
    perks: Annotated[int, Within(0, money=True)]
    gift: Annotated[int, Within(0, money=True)]
    early: bool = False


PAID_UNTIL = Column(
    "paid_until", np.int16, "last day of a paid membership, -1 for none ever",
    start=-1, range="from -1", seen=True, agent=True, kept=True,
)  # fmt: skip
ENROLLED = Event("enrolled", "members who paid for a membership, with the fee", kept=True)
RENEWED = Event("renewed", "members who paid for another term, with the fee", kept=True)
EXPIRED = Event("expired", "persons whose paid membership ended yesterday", kept=True)
MEMBERSHIP = Mechanism(
    "membership",
    "Paid membership: a fee for a term with a discount, perks and a sense of belonging.",
    engine="commsim.simulation.mechanisms.membership:Memberships",
    columns=(
        PAID_UNTIL,
        Column(
            "programme", np.int16, "strategy whose membership they have or had last, -1 for none",
            start=-1, kept=True, names="causes",
        ),
        Column(
            "unearned", np.int64, "of the fee, what belongs to days to come", money=True, kept=True,
            range="from 0",
        ),
    ),
    events=(ENROLLED, RENEWED, EXPIRED),
    daily=(
        Column("paying", np.int32, "persons with a paid membership"),
        Column("enrolled", np.int32, "members who paid for a membership"),
        Column("renewed", np.int32, "members who paid for another term"),
        Column("expired", np.int32, "persons whose membership ended the day before"),
        Column("fees_paid", np.int64, "fees paid by members", money=True),
    ),
    behaviour=MembershipBehaviour,
    sources=(
        Source(
            "Iyengar et al. 2022",
            "observational data",
            "Iyengar, Park, Yu: The impact of subscription programs on customer purchases. Journal of "
            "Marketing Research 59(6), 1101-1119. Abstract read",
        ),
        Source(
            "Verhoef 2003",
            "observational data",
            "Verhoef: Understanding the effect of customer relationship management efforts on customer "
            "retention and customer share development. Journal of Marketing 67(4), 30-45. Abstract read",
        ),
    ),
    words={
        "pathway.membership.trust": ("trust sways who joins for a fee", "信任影响是否付费入会"),
        "kind.membership": ("Paid membership", "付费会员"),
        "field.membership.fee": ("Fee for a term", "会费"),
        "field.membership.term": ("Days of a term", "有效期（天）"),
        "field.membership.discount": ("Discount for members", "会员优惠比例"),
        "field.membership.perks": ("Other rights, worth to a member", "其他权益（会员眼中的价值）"),
        "field.membership.perks_cost": ("Other rights, cost of each term", "其他权益成本（每期）"),
        "field.membership.early_access": ("First into events", "优先抢购"),
        "daily.paying": ("Paying members", "付费会员数"),
        "daily.enrolled": ("New paying members", "新开通会员"),
        "daily.renewed": ("Memberships renewed", "续费会员"),
        "daily.expired": ("Memberships run out", "到期未续会员"),
        "daily.fees_paid": ("Fees paid", "收取会费"),
        "event.enrolled": ("Paid for a membership.", "开通了付费会员。"),
        "event.renewed": ("Renewed the membership.", "续费了会员。"),
        "event.expired": ("Their paid membership ran out.", "会员到期，未续费。"),
    },
)  # fmt: skip
