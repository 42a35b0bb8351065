"""Seasons of a plan: what the date does to everybody's buying and looking in."""

import datetime as dt

from commsim.core.dials import Dial
from commsim.core.maths import log
from commsim.core.mechanisms.seasons import SEASON, SEASONS
from commsim.scenario.seasons import factors
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Mechanics


class Seasons(Mechanics):
    """The calendar of a plan; a day of no season turns no dial."""

    declared = SEASONS

    def dial(self, day: int, desk: Desk) -> None:
        """Turn everybody to the date."""
        plan = self.home.scenario
        self._buying, looking = factors(plan.seasons, plan.start + dt.timedelta(days=day))
        for dial, factor in ((Dial.BUY, self._buying), (Dial.LOOK, looking)):
            if factor != 1.0:
                desk.turn(dial, log(factor))

    def close(self, day: int) -> dict[str, float]:
        """The factor of the day."""
        return {SEASON.name: self._buying}
