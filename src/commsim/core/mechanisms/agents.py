"""Agents with groups of their own, as strategies and readers see them."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import HourOfDay, Share, Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.part import Part
from commsim.core.units import Fen, Portion, Probability, param

MONTH, WEEK = 30, 7


class AgentsBehaviour(Part):
    """What agents do in their groups: put in, not found."""

    active: Probability = param(
        0.5,
        "Share of the chosen who ever do anything; puts in how many are idle",
        unit="share",
        plausible=(0.15, 0.6),
        source="assumed; most of who is paid by what they sell earns little or nothing (FTC 2024)",
        grade="D",
    )
    spread: float = param(
        1.3,
        "Spread of the effort of those (standard deviation of its log; the mean is 1)",
        unit="log",
        low=0.0,
        high=3.0,
        plausible=(0.8, 1.8),
        source="assumed: a few agents make most of the sales",
        grade="D",
    )
    selling: Portion = param(
        0.3,
        "Share by which an agent of full effort raises the buying of their customers; puts in that they sell",
        unit="share",
        low=0.0,
        high=5.0,
        plausible=(0.1, 0.6),
        source="assumed; who is known converts better than an advert",
        grade="D",
        neutral=0.0,
    )
    conflict: Portion = param(
        0.6,
        "Factor on an agent's effort while the shop sells to their customers itself; puts in that it hurts",
        unit="factor",
        low=0.0,
        high=1.0,
        plausible=(0.4, 1.0),
        source="operators' guides: retail and agency do not mix; size assumed",
        grade="D",
        neutral=1.0,
    )
    conflict_days: int = param(
        14, "Days for which they resent it", unit="days", low=1, high=365, plausible=(7, 60),
        source="assumed", grade="D",
    )  # fmt: skip
    enough: Fen = param(
        50,
        "Income a week below which agents may give up",
        unit="yuan",
        low=0,
        high=100_000,
        plausible=(10, 300),
        source="assumed",
        grade="D",
    )
    quits: Probability = param(
        0.03,
        "Chance a week to give up below it",
        unit="probability",
        plausible=(0.01, 0.1),
        source="assumed",
        grade="D",
        neutral=0.0,
    )
    customers_go: Probability = param(
        0.3,
        "Share of their customers who then leave the group when they next look in",
        unit="share",
        plausible=(0.0, 0.6),
        source="assumed",
        grade="D",
    )
    horizon: int = param(
        180,
        "Days of margin, as groups sell now, that who is asked for an entry fee reckons with",
        unit="days",
        low=1,
        high=3650,
        plausible=(30, 365),
        source="assumed",
        grade="D",
    )
    steepness: float = param(
        2.0,
        "How steeply the odds of yes rise with that over the entry fee",
        unit="power",
        low=0.0,
        high=20.0,
        plausible=(1.0, 4.0),
        source="assumed; even odds where the fee is what they reckon with",
        grade="D",
    )


@effect(cost=DEPENDS)
class Appoint(Effect):
    """So many groups have an agent each today, chosen among those members of theirs who are addressed.

    margin: of what their customers pay.  material: fen a month that the shop gives each.  entry: fen that
    each pays to become one, if they think it worth it.  passed_on: of their margin, to who buys from the
    shelf.  brings: people of their own whom each brings at full effort.  posts: adverts a week at full
    effort, at an hour.
    """

    number: Annotated[int, Within(1, 10_000)]
    margin: Share
    material: Annotated[int, Within(0, money=True)] = 0
    entry: Annotated[int, Within(0, money=True)] = 0
    passed_on: Share = 0.0
    brings: Annotated[float, Within(0, 1000)] = 0.0
    posts: Annotated[float, Within(0, 7)] = 0.0
    hour: HourOfDay = 20


AGENT = Column(
    "agent", np.int8, "1 for who runs a group as an agent, 2 for who has given it up", range="0 to 2",
    seen=True, agent=True, kept=True,
)  # fmt: skip
SINCE = Column(
    "agent_since", np.int32, "day on which an agent was appointed; -1 for all others", start=-1,
    range="from -1", kept=True,
)  # fmt: skip
QUIT = Event("agent_quit", "agents who give up", kept=True)
AGENTS = Mechanism(
    "agents",
    "Members who sell to groups of their own at a wholesale margin, as far as they do anything.",
    engine="commsim.simulation.mechanisms.agents:Agents",
    columns=(
        AGENT,
        Column(
            "effort",
            np.float32,
            "how much an agent does, mean 1 of the active ones",
            range="from 0",
            kept=True,
        ),
        Column(
            "margin_earned",
            np.int64,
            "margin that an agent has earned, less what they passed on",
            money=True,
            kept=True,
        ),
        SINCE,
    ),
    events=(QUIT,),
    daily=(
        Column("agents", np.int32, "groups run by an agent"),
        Column("active_agents", np.int32, "of these agents, who do anything"),
        Column("agent_orders", np.int32, "orders of their customers on which a margin is due"),
        Column("agent_margin", np.int64, "margin paid", money=True),
    ),
    behaviour=AgentsBehaviour,
    words={
        "pathway.agents.selling": ("agents sell", "代理带动购买"),
        "pathway.agents.conflict": ("the shop's own sales put agents off", "店家直销打击代理"),
        "pathway.agents.quits": ("agents who earn little give up", "赚不到钱的代理放弃"),
        "kind.agents": ("Agents", "代理商"),
        "field.agents.number": ("Agents", "代理人数"),
        "field.agents.margin": ("Margin", "代理利润率"),
        "field.agents.material": ("Material a month of each", "每人每月物料费"),
        "field.agents.entry": ("Entry fee", "加盟费"),
        "field.agents.passed_on": ("Passed on to who buys", "让利比例"),
        "field.agents.brings": ("Own customers of each", "自带客户数"),
        "field.agents.posts_per_week": ("Own adverts a week", "代理每周自发广告"),
        "daily.agents": ("Groups run by agents", "代理带的群"),
        "daily.active_agents": ("Active agents", "活跃代理"),
        "daily.agent_orders": ("Orders at agents", "代理客户订单"),
        "daily.agent_margin": ("Margin of agents", "代理利润"),
        "event.agent_quit": ("Gave up as an agent.", "不做代理了。"),
    },
)
