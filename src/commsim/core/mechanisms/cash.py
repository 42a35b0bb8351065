"""The operator's cash, as readers of results see it."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

CASH_LEFT = Column(
    "cash", np.int64, "cash at the end of the day; below 0 it is drawn on the credit line", money=True
)
PUT_IN = Column("put_in", np.int64, "cash that the owner has put in", money=True)
CASH_IN = Column("cash_in", np.int64, "money of members that has arrived today", money=True)
CASH_OUT = Column("cash_out", np.int64, "all that was paid today", money=True)
UNPAID = Column(
    "unpaid_bills", np.int64, "owed to suppliers, staff and landlords at the end of the day", money=True
)
ON_THE_WAY = Column(
    "on_the_way", np.int64, "paid by members, and not yet arrived at the end of the day", money=True
)
RAN_OUT = Column("ran_out", np.int8, "whether cash and credit have run out today", range="0 or 1")
CASH = Mechanism(
    "cash",
    "The operator's cash: when money comes in and goes out, and the day on which it runs out.",
    engine="commsim.simulation.mechanisms.cash:Purse",
    daily=(CASH_LEFT, PUT_IN, CASH_IN, CASH_OUT, UNPAID, ON_THE_WAY, RAN_OUT),
    words={
        "daily.cash": ("Cash (yuan)", "现金（元）"),
        "daily.put_in": ("Put in by the owner (yuan)", "老板投入（元）"),
        "daily.cash_in": ("Money that came in (yuan)", "当天到账（元）"),
        "daily.cash_out": ("Money that went out (yuan)", "当天付款（元）"),
        "daily.unpaid_bills": ("Bills not yet paid (yuan)", "应付未付（元）"),
        "daily.on_the_way": ("Customers' money on its way (yuan)", "在途货款（元）"),
        "daily.ran_out": ("Ran out of money", "资金链断裂"),
        "happened.ran_out": (
            "The shop has run out of money: it closes, and nothing is sold from tomorrow on.",
            "资金链断裂：明天起关店，不再销售。",
        ),
    },
)
