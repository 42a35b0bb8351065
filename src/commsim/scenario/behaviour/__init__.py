"""The parameters of the members' behaviour, each with its unit, plausible range, source and grade.

They belong to people, not to plans: two plans that are compared share them.
"""

from commsim.core.part import Part
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
    "Fatigue",
    "Habit",
    "Invite",
    "Look",
    "Spam",
    "Stay",
    "Talk",
    "Trust",
]


class Behaviour(Part):
    """All of it; any field may be overridden in a scenario, for a study of what it decides."""

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
