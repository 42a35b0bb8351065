"""The parameters of the members' behaviour, each with its unit, plausible range, source and grade.

They belong to people, not to plans: two plans that are compared share them.
"""

from typing import TYPE_CHECKING

from pydantic import create_model

from commsim.core.mechanism import refuse_clashes
from commsim.core.part import Part
from commsim.records.tables import checked_mechanisms
from commsim.scenario.behaviour.attention import Activity, Look
from commsim.scenario.behaviour.buying import Buying
from commsim.scenario.behaviour.patience import Fatigue, Stay
from commsim.scenario.behaviour.talk import Spam, Talk
from commsim.scenario.behaviour.ties import Habit, Invite
from commsim.scenario.behaviour.trust import Trust

__all__ = [
    "Activity",
    "Behaviour",
    "Buying",
    "Core",
    "Fatigue",
    "Habit",
    "Invite",
    "Look",
    "Spam",
    "Stay",
    "Talk",
    "Trust",
]


class Core(Part):
    """What the kernels of the core read."""

    look: Look = Look()
    activity: Activity = Activity()
    talk: Talk = Talk()
    stay: Stay = Stay()
    fatigue: Fatigue = Fatigue()
    spam: Spam = Spam()
    buying: Buying = Buying()
    trust: Trust = Trust()
    habit: Habit = Habit()
    invite: Invite = Invite()


if TYPE_CHECKING:

    class Behaviour(Core):
        """All of it; any field may be overridden in a scenario, for a study of what it decides."""

else:
    _DECLARED = {one.name: one.behaviour for one in checked_mechanisms() if one.behaviour}
    refuse_clashes(
        "section of behaviour",
        {*Core.model_fields, *dir(Core)},
        lambda one: [one.name] if one.behaviour else [],
    )
    Behaviour = create_model(
        "Behaviour",
        __base__=Core,
        __module__=__name__,
        __doc__="All of it, mechanisms' sections too; any field may be overridden in a scenario.",
        **{name: (section, section()) for name, section in _DECLARED.items()},
    )
