"""A member as a Mesa agent: a view of one row of the columns."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from commsim.core.arrays import Ints
from commsim.core.columns import PERSONS, Column
from commsim.core.mechanism import mechanisms, refuse_clashes
from commsim.core.view import MEMBER

if TYPE_CHECKING:
    from commsim.simulation.community import Community


def _column(column: Column) -> Any:
    kinds: dict[str, Callable[[Any], Any]] = {"f": float, "b": bool, "i": int}
    kind = kinds[np.dtype(column.dtype).kind]

    def read(self: "Member") -> Any:
        return kind(self.model.world.columns[column.name][self.unique_id])

    def write(self: "Member", value: Any) -> None:
        self.model.world.columns[column.name][self.unique_id] = value

    return property(read, write, doc=f"{column.about[0].upper()}{column.about[1:]}.")


class Member(mesa.Agent):  # type: ignore[misc]
    """One member; ``unique_id`` is their row, which never changes.

    Properties read and write the columns that `commsim.core.columns.PERSONS` and mechanisms give to agents;
    those of a mechanism raise KeyError where the plan does not use it.
    """

    model: "Community"

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

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
        return float(people.rate[row] * people.need[row] * people.referral[row])

    @property
    def active(self) -> bool:
        """Whether they looked on the last day."""
        return bool(self.model.world.people.looks[self.unique_id] & 1)

    @property
    def staying(self) -> bool:
        """Whether they are still a member."""
        return bool(self.model.world.people.status[self.unique_id] == MEMBER)

    @property
    def inviter(self) -> int | None:
        """Row of who invited them, None if nobody did."""
        inviter = int(self.model.world.people.inviter[self.unique_id])
        return inviter if inviter >= 0 else None

    @property
    def friends(self) -> Ints:
        """Rows of their friends, members or not."""
        return np.asarray(self.model.world.population.friends(self.unique_id))


_TAKEN = {*dir(Member), "model", "pos", "unique_id"}
refuse_clashes(
    "column for agents", _TAKEN, lambda one: [column.name for column in one.columns if column.agent]
)
for _block in (*PERSONS.values(), *(one.columns for one in mechanisms())):
    for _declared in _block:
        if _declared.agent:
            setattr(Member, _declared.name, _column(_declared))
