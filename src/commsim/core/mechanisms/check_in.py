"""The daily check-in, as strategies see it."""

from typing import Annotated

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Share, Within
from commsim.core.mechanism import Event, Mechanism


@effect(word="check_in", cost=DEPENDS)
class CheckIn(Effect):
    """The daily check-in is open; who does it is told as `CHECKED_IN`.

    pull: per person, log-odds added to the chance of checking in (nearness of a prize, a
    broken streak).  The base chance of a looker is ``base``; habit adds to it.
    """

    base: Share
    pull: Annotated[Floats, Within(-30, 30)]


CHECKED_IN = Event("checked_in", "members who checked in")
CHECK_IN = Mechanism(
    "check_in",
    "A daily check-in, whose habit brings people to look in.",
    engine="commsim.simulation.mechanisms.check_in:CheckIns",
    events=(CHECKED_IN,),
    daily=(Column("checked_in", np.int32, "members who checked in"),),
    words={
        "kind.check_in": ("Check-in", "签到"),
        "story.deed.check_in": ("{name} open", "{name}开放"),
        "daily.checked_in": ("Members who check in", "签到人数"),
        "event.checked_in": ("Checked in.", "签了到。"),
        "field.check_in.points": ("Points each time", "每次积分"),
        "field.check_in.point_value": ("What a point buys", "一分抵多少"),
        "field.check_in.prizes": ("Prizes for streaks", "连续签到奖"),
        "field.check_in.streak": ("Check-ins in a row", "连续次数"),
        "field.check_in.gift": ("Value of a gift", "礼品价值"),
        "field.check_in.redeem_at": ("Points for goods", "满多少分可兑换"),
        "field.check_in.redeem_chance": ("Chance a day to hand them in", "每天兑换的概率"),
        "field.check_in.base": ("Chance that a looker does it", "基础概率"),
        "field.check_in.near_prize": ("Pull of a prize", "临近奖励的拉力"),
        "field.check_in.broken_streak": ("Set-back of a broken streak", "断签的挫折"),
    },
)
