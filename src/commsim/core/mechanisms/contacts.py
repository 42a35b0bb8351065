"""Contacts outside the group, as strategies see them: texts, calls, private messages, Moments."""

from enum import StrEnum
from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import HourOfDay, NotNegative, Share, Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.mechanisms.contact_behaviour import SOURCES, ContactBehaviour


class Channel(StrEnum):
    """How somebody is got at."""

    TEXT = "text"
    CALL = "call"
    MESSAGE = "message"
    MOMENTS = "moments"


class Whom(StrEnum):
    """Whom a contact is for."""

    MEMBERS = "members"
    SILENT = "silent"
    LEFT = "left"
    LOST = "lost"
    """Who has left, and who is silent."""
    EVERYBODY = "everybody"
    """Members, and who has left."""


LONGEST_SILENCE = 31
"""Days that can be told of who has not looked in."""


@effect(word="contact", cost=DEPENDS)
class Contact(Effect):
    """A text, call, private message or post in Moments to each of some people, outside the group.

    posts: of Moments.  fen and minutes: for each person.  writing: minutes for all, on a day with anybody.
    reach: share of people who can be got at so.  whom: `Whom`; days: without a look, or since they left, from
    which they are silent or lost.
    every: days between two to one person at least.  most: to one person in all, 0 for no limit.
    back: it asks who is lost to come back.  calls: it tells of sales in the hours after ``hour``.
    """

    by: Channel
    whom: Whom
    hour: HourOfDay
    posts: Annotated[int, Within(1, 20)] = 1
    fen: Annotated[int, Within(0, money=True)] = 0
    minutes: NotNegative = 0.0
    writing: NotNegative = 0.0
    reach: Share = 1.0
    days: Annotated[int, Within(1, LONGEST_SILENCE)] = 14
    every: Annotated[int, Within(1, 3650)] = 1
    most: Annotated[int, Within(0, 127)] = 0
    back: bool = False
    calls: bool = False


CAME_BACK = Event("came_back", "who had left, or fallen silent, and is back", kept=True)
OPTED_OUT = Event("opted_out", "who lets the shop get at them no more in a way", kept=True)
CONTACTS = Mechanism(
    "contacts",
    "Contacts outside the group: remembered for a while, refused by some; some of the lost come back.",
    engine="commsim.simulation.mechanisms.contacts:Contacts",
    columns=(
        Column("recall", np.float32, "memory of the shop by contacts outside the group", range="0 to 1",
               seen=True, agent=True, kept=True),
        Column("closed", np.uint8, "ways that a person has closed: text 1, call 2, message 4, Moments 8",
               range="bits", seen=True, kept=True),
        Column("gone", np.int16, "day on which they left, -1 for none", start=-1, kept=True),
    ),
    events=(CAME_BACK, OPTED_OUT),
    daily=(
        Column("contacts", np.int32, "people contacted outside the group, by all ways"),
        Column("noticed", np.int32, "of them, who read, answered or saw it"),
        Column("opt_outs", np.int32, "of them, who refuse any more of it"),
        Column("back", np.int32, "people who came back"),
        Column("recalled", np.float64, "mean memory of the shop by them, of members", range="0 to 1"),
        Column("in_touch", np.float64, "mean touch of members with the run group", range="0 to 1"),
    ),
    behaviour=ContactBehaviour,
    sources=SOURCES,
    words={
        "pathway.contacts.opt_out": ("contacts make people opt out", "触达让人退订、拉黑"),
        "pathway.contacts.bother": ("contacts annoy", "触达招人烦"),
        "pathway.contacts.recall": ("contacts call the shop to mind", "触达让人想起店铺"),
        "pathway.contacts.look": ("contacts bring people to look in", "触达让人进群看看"),
        "pathway.contacts.back": ("contacts win people back", "触达召回流失的人"),
        "kind.contact": ("Contact outside the group", "群外触达"),
        "kind.moments": ("Posts in Moments", "发朋友圈"),
        "kind.win_back": ("Win-back", "流失召回"),
        "story.deed.contact": ("{name} sent", "{name}已触达"),
        "field.contact.by": ("By", "触达方式"),
        "field.contact.to": ("To", "触达对象"),
        "field.contact.every": ("Days between two to one person", "同一人触达间隔（天）"),
        "field.contact.cost": ("Cost of each", "单次费用"),
        "field.contact.minutes": ("Staff time of each", "单次人工（分钟）"),
        "field.contact.announces_sales": ("Tells of the evening's sale", "预告当晚活动"),
        "field.moments.posts": ("Posts a day", "每天条数"),
        "field.moments.announces_sales": ("Tell of the evening's sale", "预告当晚活动"),
        "field.win_back.by": ("By", "触达方式"),
        "field.win_back.to": ("To", "召回对象"),
        "field.win_back.after": ("Days after which they count as lost", "流失判定天数"),
        "field.win_back.attempts": ("Attempts", "召回次数"),
        "field.win_back.every": ("Days between attempts", "召回间隔（天）"),
        "field.win_back.cost": ("Cost of each", "单次费用"),
        "field.win_back.minutes": ("Staff time of each", "单次人工（分钟）"),
        "daily.contacts": ("People contacted outside the group", "群外触达人数"),
        "daily.noticed": ("Of them, who noticed", "其中看到或接听的"),
        "daily.opt_outs": ("Of them, who refuse more", "其中退订或拉黑的"),
        "daily.back": ("Came back", "召回人数"),
        "daily.recalled": ("Memory of contacts (mean)", "对触达的记忆（均值）"),
        "daily.in_touch": ("In touch with the group (mean)", "与社群的联系（均值）"),
        "event.came_back": ("Came back.", "回流了。"),
        "event.opted_out": ("Refuses more contacts of this kind.", "退订或拉黑了这种触达。"),
    },
)  # fmt: skip
