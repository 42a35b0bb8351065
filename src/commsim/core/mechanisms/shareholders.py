"""Members who hold a share of the shop, as strategies and readers see them."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Share, Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.mechanisms.deciding import Deciding
from commsim.core.source import Source
from commsim.core.units import Portion, param

MONTH = 30
"""Days after which profit is shared."""
LONGEST_TERM = 3650


class ShareholdersBehaviour(Deciding):
    """Who takes a seat, and what it makes them do: the latter is put in, not found."""

    risk: Portion = param(
        0.3,
        "Part of what they pay in that members count as lost where it is to be paid back",
        unit="share",
        low=0.01,
        high=1.0,
        plausible=(0.1, 0.6),
        source="assumed",
        grade="D",
    )
    buying: float = param(
        0.0953,
        "Log of what holding a seat adds to the rate of buying for some months; "
        "puts in that shareholders buy more",
        unit="log",
        low=-1.0,
        high=2.0,
        plausible=(0.0, 0.34),
        source="a tenth, between nothing for the average holder in a randomised grant (Bernard et al. 2018) "
        "and + 40 % a week at a brand that gave stock (Medina et al. 2021)",
        grade="C",
        neutral=0.0,
    )
    buying_days: int = param(
        180,
        "Days for which it does",
        unit="days",
        low=1,
        high=3650,
        plausible=(90, 365),
        source="3 to 6 months (Medina et al. 2021)",
        grade="B",
    )
    friends: float = param(
        1.5,
        "Factor on the friends whom a holder brings when asked; puts in that shareholders promote",
        unit="factor",
        low=0.01,
        high=20.0,
        plausible=(1.0, 2.5),
        source="operators' guides: members become shareholders and promoters; size assumed",
        grade="D",
        neutral=1.0,
    )


@effect(cost=DEPENDS)
class Seats(Effect):
    """Seats with a share of the profit are open today to members who look in.

    seats: in all.  fen: paid in for each.  share: of the profit of each month, for all seats together.
    term: days.  returned: whether what was paid in goes back then.
    """

    seats: Annotated[int, Within(1, 100_000)]
    fen: Annotated[int, Within(1, money=True)]
    share: Share
    term: Annotated[int, Within(MONTH, LONGEST_TERM)]
    returned: bool = True


HOLDS_UNTIL = Column(
    "holds_until", np.int16, "last day on which they hold a seat of the shop, -1 for none ever", start=-1,
    seen=True, agent=True, kept=True,
)  # fmt: skip
SEATED = Event("seated", "members who took a seat, with what they paid in", kept=True)
SHARED = Event("shared", "holders who got their share of the profit")
SHAREHOLDERS = Mechanism(
    "shareholders",
    "Members who pay in for a seat, share the profit, buy more for a while and bring friends.",
    engine="commsim.simulation.mechanisms.shareholders:Shareholders",
    columns=(
        HOLDS_UNTIL,
        Column(
            "paid_in", np.int64, "paid in for a seat and still owed or not yet earned", money=True, kept=True
        ),
    ),
    events=(SEATED, SHARED),
    daily=(
        Column("holders", np.int32, "persons who hold a seat"),
        Column("seated", np.int32, "members who took a seat"),
        Column("shared_profit", np.int64, "profit shared among holders", money=True),
    ),
    behaviour=ShareholdersBehaviour,
    sources=(
        Source(
            "Bernard et al. 2018",
            "randomised experiment",
            "Bernard, Cade, Hodge: Investor behavior and the benefits of direct stock ownership. Journal of "
            "Accounting Research, 10.1111/1475-679X.12198. Abstract read",
        ),
        Source(
            "Medina et al. 2021",
            "observational data",
            "Medina, Mittal, Pagel: The effect of stock ownership on individual spending and loyalty. "
            "Summaries in the press read",
        ),
    ),
    words={
        "pathway.shareholders.trust": ("trust sways who takes a seat", "信任影响是否入股"),
        "pathway.shareholders.buying": ("holding a seat makes buy more", "入股后买得更多"),
        "pathway.shareholders.friends": ("shareholders bring more friends", "股东带来更多好友"),
        "kind.shareholder": ("Shareholders", "会员股东"),
        "field.shareholder.seats": ("Seats", "股东名额"),
        "field.shareholder.price": ("Paid in for a seat", "入股金额"),
        "field.shareholder.profit_share": ("Share of profit for all seats", "分红比例（全部名额）"),
        "field.shareholder.term": ("Days of a seat", "期限（天）"),
        "field.shareholder.returned": ("Paid back at the end", "到期退还本金"),
        "daily.holders": ("Shareholders", "股东人数"),
        "daily.seated": ("New shareholders", "新股东"),
        "daily.shared_profit": ("Profit shared", "分红"),
        "event.seated": ("Became a shareholder.", "成了股东。"),
    },
)
