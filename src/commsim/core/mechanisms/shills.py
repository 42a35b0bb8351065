"""Shills, as strategies see them: people of the shop's who pose as members, talk, and pretend to buy."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Groups, NotNegative, Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.mechanisms.shills_behaviour import FAKE_REVIEWS, ShillsBehaviour

ANTI_UNFAIR = (
    "Anti-Unfair Competition Law of China, article 9 (before 15 October 2025: 8); E-Commerce Law, article 17"
)


@effect(cost=DEPENDS)
class Plant(Effect):
    """Shills are in the groups today, so many for each hundred members, where none were ever found out.

    buyers: how many of a group's pretend to order at each sale.  messages: of each, a day.  pay: fen a day
    for each.  minutes: of staff a day for each.  rotate: they change names and pictures.
    """

    per_100: Annotated[float, Within(0, 100)]
    buyers: Annotated[int, Within(0, 1000)]
    messages: Annotated[float, Within(0, 1000)]
    pay: Annotated[int, Within(0, money=True)] = 0
    minutes: NotNegative = 0.0
    rotate: bool = False
    groups: Groups = None


LEARNED = Event("learned", "members who have learned of shills in a group", kept=True)
SHILLS = Mechanism(
    "shills",
    "People of the shop's who pose as members: they talk and pretend to buy, until a group finds out.",
    engine="commsim.simulation.mechanisms.shills:Shills",
    columns=(
        Column(
            "learned", np.int16, "day on which they learned of shills, -1 for never",
            start=-1, range="from -1", kept=True,
        ),
    ),
    events=(LEARNED,),
    daily=(
        Column("shills", np.int32, "shills in all groups, who are no members"),
        Column("pretended", np.int32, "orders that shills pretend to make at sales"),
        Column("found_out", np.int32, "groups that have found out today"),
        Column("learned_today", np.int32, "persons who have learned of shills today"),
    ),
    behaviour=ShillsBehaviour,
    sources=(FAKE_REVIEWS,),
    words={
        "pathway.shills.detect": ("shills are found out", "水军会被识破"),
        "kind.shills": ("Shills (unlawful)", "群托（违法）"),
        "field.shills.per_100": ("Shills for each 100 members", "每百名成员配几个托"),
        "field.shills.buyers": ("Pretend to order at each sale, per group", "每场活动每群假下单的托数"),
        "field.shills.messages": ("Messages of each a day", "每个托每天发言条数"),
        "field.shills.pay_per_day": ("Pay of each a day", "每个托每天报酬"),
        "field.shills.rotate": ("Change names and pictures each week", "每周换头像和昵称"),
        "field.shills.rotation_minutes": ("Staff time for each change", "每次更换人工分钟"),
        "daily.shills": ("Shills in the groups", "在群的托"),
        "daily.pretended": ("Orders pretended by shills", "托的假下单数"),
        "daily.found_out": ("Groups that found out about shills", "识破群托的群数"),
        "daily.learned_today": ("Persons who learned of shills", "得知有托的人数"),
        "event.learned": ("Learned that the shop had shills in a group.", "得知商家在群里安排了托。"),
    },
)  # fmt: skip
