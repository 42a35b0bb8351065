"""Who else is paid out of what customers pay, as readers of results see it."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

SUPPLIER, PLATFORM = "supplier", "platform"
ROLES = SUPPLIER, PLATFORM
PARTIES = Mechanism(
    "parties",
    "A supplier and a platform beside the shop: what each gets of an order, and which costs it bears.",
    engine="commsim.simulation.mechanisms.parties:Settlement",
    daily=(
        Column("supplier_gets", np.int64, "of what customers paid, the supplier's part", money=True),
        Column("supplier_bears", np.int64, "costs of the day that the supplier bears", money=True),
        Column("platform_gets", np.int64, "of what customers paid, the platform's part", money=True),
        Column("platform_bears", np.int64, "costs of the day that the platform bears", money=True),
    ),
    words={
        "daily.supplier_gets": ("Supplier gets (yuan)", "供应商所得（元）"),
        "daily.supplier_bears": ("Supplier bears (yuan)", "供应商承担（元）"),
        "daily.platform_gets": ("Platform gets (yuan)", "平台所得（元）"),
        "daily.platform_bears": ("Platform bears (yuan)", "平台承担（元）"),
    },
)
