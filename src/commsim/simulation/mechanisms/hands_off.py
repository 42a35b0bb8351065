"""Says from which day on the operator has left the groups to themselves; `simulation.world` obeys it."""

from commsim.core.mechanisms.hands_off import BY_ITSELF, HANDS_OFF
from commsim.simulation.mechanics import Mechanics


class HandsOff(Mechanics):
    """The mark in the daily table from which the days are counted that groups run by themselves."""

    declared = HANDS_OFF

    def close(self, day: int) -> dict[str, int]:
        """Whether the groups are left to themselves today."""
        return {BY_ITSELF.name: int(self.home.scenario.operator.leaves(day))}
