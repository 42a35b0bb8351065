"""High and low seasons, as readers of results see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism

SEASON = Column("season", np.float64, "factor of the calendar on everybody's rate of buying", range="above 0")
SEASONS = Mechanism(
    "seasons",
    "High and low seasons by the calendar: everybody buys or looks in more, or less.",
    engine="commsim.simulation.mechanisms.seasons:Seasons",
    daily=(SEASON,),
    words={"daily.season": ("Season (factor on buying)", "旺淡季系数（对购买）")},
)
