"""Service, as strategies see it: staff who answer members, robots, and service that is free."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, NOTHING, Effect, effect
from commsim.core.limits import Groups, NotNegative, Share, Within
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.satisfaction import SOURCES, USUAL, ServiceBehaviour

QUESTIONS = ("goods", "orders", "parcels")
"""What members ask: about goods before they buy, about an order, about a bad parcel."""


@effect(cost=NOTHING)
class Serve(Effect):
    """A desk is open today: staff answer members, newcomers first; their time is paid by `Work`.

    minutes: of staff.  each: minutes an answer takes.  takes: which of `QUESTIONS`.  welcome: minutes for
    each newcomer, 0 for no welcome.  until: the last day on which it takes questions, which wait for it on
    days on which it is closed.  turn: of several desks the one with the lowest is asked first.
    """

    minutes: NotNegative
    each: Annotated[float, Within(0.01, 10_000)]
    takes: tuple[bool, bool, bool]
    welcome: NotNegative
    until: Annotated[int, Within(0)]
    turn: Annotated[int, Within(0, 1000)] = 0


@effect(cost=NOTHING)
class Assist(Effect):
    """A robot takes a share of the questions in some groups at once, and solves a share of these."""

    takes: Share
    solves: Share
    groups: Groups = None


@effect(cost=DEPENDS)
class Care(Effect):
    """Each member is done a service by chance, unasked and free.

    minutes: that it takes.  wage: fen an hour, the operator's if None.
    """

    chance: Share
    minutes: NotNegative
    wage: Annotated[int, Within(0, money=True)] | None = None


SATISFACTION = Column(
    "satisfaction", np.float32, "how satisfied they are with the service", start=USUAL, range="0 to 1",
    seen=True, agent=True, kept=True,
)  # fmt: skip
SERVICE = Mechanism(
    "service",
    "Questions of members and who answers them: staff, robots; satisfaction, and what follows from it.",
    engine="commsim.simulation.mechanisms.service:Service",
    columns=(
        SATISFACTION,
        Column("welcome_until", np.int16, "last day on which a welcome is remembered", start=-1),
    ),
    daily=(
        Column("satisfaction", np.float32, "mean satisfaction of members with the service", range="0 to 1"),
        Column("questions", np.int32, "questions that members asked of desks and robots"),
        Column("answered", np.int32, "questions that staff answered"),
        Column("robot_answered", np.int32, "questions that robots answered"),
        Column("waiting", np.int32, "questions that wait in the evening"),
        Column("waited", np.float32, "mean days that those had waited whom staff answered"),
        Column("cared", np.int32, "free services done"),
        Column("greeted", np.int32, "newcomers whom staff welcomed"),
    ),
    behaviour=ServiceBehaviour,
    sources=SOURCES,
    words={
        "pathway.service.satisfaction": (
            "service sells, keeps and brings friends",
            "服务满意带动购买、留存与转介绍",
        ),
        "pathway.service.welcomed": ("a welcome keeps newcomers", "欢迎让新人留下"),
        "kind.service": ("Service desk", "客服"),
        "field.service.people": ("People", "客服人数"),
        "field.service.hours": ("Hours a day each", "每人每天工时"),
        "field.service.minutes": ("Minutes an answer", "每次解答分钟数"),
        "field.service.questions": ("Questions that they take", "负责的咨询"),
        "field.service.welcome": ("Minutes to welcome a newcomer", "欢迎新人分钟数"),
        "field.service.wage": ("Wage an hour", "时薪"),
        "field.service.turn": ("Turn among desks", "接待顺序"),
        "kind.robot": ("Robot", "群机器人"),
        "field.robot.cost": ("Cost a month of each", "每台月费"),
        "field.robot.robots": ("Robots", "机器人数量"),
        "field.robot.manages": ("Groups that one manages", "每台管理群数"),
        "field.robot.takes": ("Share of questions that it takes", "承接咨询的比例"),
        "field.robot.solves": ("Share of these that it solves", "解决率"),
        "field.robot.saves": ("Share of minutes of work in groups that it saves", "节省群内人工的比例"),
        "kind.free_service": ("Free service", "免费服务"),
        "field.free_service.minutes": ("Minutes of each service", "每次服务分钟数"),
        "field.free_service.per_month": ("Services a member and month", "每人每月服务次数"),
        "field.free_service.wage": ("Wage an hour", "时薪"),
        "daily.satisfaction": ("Satisfaction", "服务满意度"),
        "daily.questions": ("Questions of members", "咨询量"),
        "daily.answered": ("Answered by staff", "人工解答"),
        "daily.robot_answered": ("Answered by robots", "机器人解答"),
        "daily.waiting": ("Questions waiting", "待回复的咨询"),
        "daily.waited": ("Days of waiting", "等待天数"),
        "daily.cared": ("Free services", "免费服务次数"),
        "daily.greeted": ("Newcomers welcomed", "接待的新人"),
    },
)
