"""A member as a Mesa agent: a view of one row of the columns."""

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from commsim.core.arrays import Ints
from commsim.core.view import MEMBER

if TYPE_CHECKING:
    from commsim.simulation.community import Community


def _column(name: str, kind: type, about: str) -> Any:
    def read(self: "Member") -> Any:
        return kind(getattr(self.model.world.people, name)[self.unique_id])

    def write(self: "Member", value: Any) -> None:
        getattr(self.model.world.people, name)[self.unique_id] = value

    return property(read, write, doc=about)


class Member(mesa.Agent):  # type: ignore[misc]
    """One member; ``unique_id`` is his row, which never changes.  Properties read and write the columns."""

    model: "Community"

    activity = _column("activity", float, "Chance to look on a day before mute and lifts, 0 to 1.")
    trust = _column("trust", float, "Trust in the shop, 0 to 1.")
    value = _column("value", float, "What a look has lately been worth to him.")
    fatigue = _column("fatigue", float, "Passing fatigue, in commercial messages.")
    annoyance = _column("annoyance", float, "Lasting annoyance.")
    need = _column("need", float, "Need for the product, 1 when nothing was bought ahead.")
    muted = _column("muted", bool, "Whether he muted the group.")
    group = _column("group", int, "His group.")
    orders = _column("orders", int, "Orders so far in this run.")
    spent = _column("spent", int, "Money spent so far, in fen.")
    messages = _column("messages", int, "Messages written so far.")
    points = _column("points", int, "Points in hand.")

    def __init__(self, model: "Community", row: int) -> None:
        # Not through mesa.Agent.__init__: its class-wide table of ids would keep every model alive.
        self.model = model
        self.pos = None
        self.unique_id = row
        model.register_agent(self)
        self.unique_id = row  # again: Mesa 3.5 numbers agents as it registers them

    @property
    def propensity(self) -> float:
        """Purchase propensity: orders a day at the usual price, unprompted."""
        people, row = self.model.world.people, self.unique_id
        return float(people.rate[row] * people.need[row])

    @property
    def active(self) -> bool:
        """Whether he looked on the last day."""
        return bool(self.model.world.people.looks[self.unique_id] & 1)

    @property
    def staying(self) -> bool:
        """Whether he is still a member."""
        return bool(self.model.world.people.status[self.unique_id] == MEMBER)

    @property
    def inviter(self) -> int | None:
        """Row of who invited him, None if nobody did."""
        inviter = int(self.model.world.people.inviter[self.unique_id])
        return inviter if inviter >= 0 else None

    @property
    def friends(self) -> Ints:
        """Rows of his friends, members or not."""
        return np.asarray(self.model.world.population.friends(self.unique_id))
