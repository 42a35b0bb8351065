"""Distributor rebate: members bring friends and get a share of what these spend."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from commsim.core import maths
from commsim.core.arrays import Bools, Ints
from commsim.core.effects import Account, Announce, AskToInvite, Effect, Pay, Spend, Work
from commsim.core.events import Happened
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.bait import BAIT, Lure
from commsim.core.mechanisms.passing_on import PASSING_ON, PassOn
from commsim.core.units import Fen, Portion, Probability, param, to_fen
from commsim.core.view import MEMBER, View
from commsim.strategies.base import Phase, Purpose, Strategy
from commsim.strategies.breach import Breach

USUAL_REWARD = to_fen(10)
DOUBTFUL_REWARD = to_fen(20)
HALF_AT = to_fen(10)
MANY_LEVELS, MANY_PEOPLE = 3, 30
PYRAMID_LAW = "Regulations on the Prohibition of Pyramid Selling; thresholds of criminal cases"


class DistributorRebate(Strategy):
    """Asks members to bring friends, and pays them by level on what the newcomers order.

    Level 1 is the inviter, level 2 the inviter's inviter if they came by this campaign themselves, and so
    on.  Commission and reward go to people who are still members.  More is brought in for a larger
    reward, and what is brought in for a very large one buys less.
    """

    kind: Literal["distributor_rebate"] = "distributor_rebate"
    purpose: ClassVar[Purpose] = "fission"
    by_hand: ClassVar[bool] = True
    by_calendar: ClassVar[bool] = True
    levels: tuple[Probability, ...] = param(
        (0.15, 0.05),
        "Commission on a newcomer's orders, level by level",
        unit="shares",
        plausible=(0.0, 0.3),
        source="vendors' examples 20/10 %, 30/20 %; two levels at most by law",
        grade="C",
    )
    days_paid: int = param(
        30,
        "Days after joining in which a newcomer's orders earn commission",
        unit="days",
        low=0,
        high=3650,
        source="operator's choice",
        grade="D",
    )
    passed_on: Portion = param(
        0.0,
        "Part of the first level's commission that inviters are asked to give to whom they brought, as a "
        "lower price for those days",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.5),
        source="operator's choice: leaders pass on a small part",
        grade="D",
    )
    reward: Fen = param(
        0,
        "Fixed reward of the inviter per newcomer",
        unit="yuan",
        low=0,
        high=10_000,
        plausible=(0, 40),
        source="operators: 10-40 yuan a head",
        grade="C",
    )
    reward_on: Literal["join", "order"] = param(
        "order",
        "When the fixed reward is paid: at joining, or at the newcomer's first order",
        unit="choice",
        source="operators' guides: rebate after the newcomer buys",
        grade="D",
    )
    gift: Fen = param(
        0, "Gift to each newcomer", unit="yuan", low=0, high=10_000, source="operator's choice", grade="D"
    )
    gift_quality: float | None = param(
        None,
        "Factor on the buying rate of newcomers where they come for the gift, which then brings as many as a "
        "reward of its worth; they mute or leave sooner (bait). Empty where the gift is a thank-you: put in, "
        "not found",
        unit="factor",
        low=0.0,
        high=2.0,
        plausible=(0.3, 0.9),
        source="sign Lewis 2006 (customers won at a third off are worth half), size assumed",
        grade="D",
        assumed=True,
    )
    base: float = param(
        0.2,
        "Friends brought in per member who is asked, at an expected reward of 10 yuan",
        unit="persons",
        low=0.0,
        high=5.0,
        plausible=(0.03, 0.7),
        source="Extole: .11-.21 per advocate; Goel et al. 2012: most cascades are lone",
        grade="C",
        assumed=True,
    )
    asks_again: int = param(
        14,
        "A new occasion begins after so many days without asking: who was asked before is asked again",
        unit="days",
        low=2,
        high=3650,
        plausible=(7, 90),
        source="assumed: a weekly campaign is one occasion, a monthly one is a new one each time",
        grade="D",
        assumed=True,
    )
    training: Fen = param(
        0,
        "Cost of training each member once, when they are first asked; `trained` says what it does",
        unit="yuan",
        low=0,
        high=10_000,
        plausible=(0, 50),
        source="operator's choice",
        grade="D",
    )
    trained: Portion = param(
        0.5,
        "Share of friends that any training adds in the end, half of it at 10 yuan; puts in that it works",
        unit="share",
        low=0.0,
        high=10.0,
        plausible=(0.0, 1.0),
        source="assumed",
        grade="D",
        assumed=True,
    )
    material: Fen = param(
        0,
        "Cost of material (posters, samples) per group and day that it asks; `shown` says what it does",
        unit="yuan",
        low=0,
        high=10_000,
        plausible=(0, 30),
        source="operator's choice",
        grade="D",
    )
    shown: Portion = param(
        0.3,
        "Share of friends that any material adds in the end, half of it at 10 yuan; puts in that it works",
        unit="share",
        low=0.0,
        high=10.0,
        plausible=(0.0, 0.6),
        source="assumed",
        grade="D",
        assumed=True,
    )
    posts: int = param(
        1, "Announcements per occasion", unit="posts", low=0, high=20, source="operator's choice", grade="D"
    )

    @property
    def needs(self) -> tuple[Mechanism, ...]:
        """Who comes for a gift is a newcomer by bait."""
        bait = () if self.gift_quality is None else (BAIT,)
        passing = (PASSING_ON,) if self.passed_on else ()
        return (*super().needs, *bait, *passing)

    @model_validator(mode="after")
    def _has_what_it_passes_on(self) -> Self:
        if self.passed_on and not self.levels:
            raise ValueError("inviters pass on a part of a commission that there is not; give levels")
        return self

    breach_words: ClassVar[tuple[str, ...]] = ("many_levels",)

    def breach(self, members: int) -> Breach | None:
        """Three levels of commission are pyramid selling from 30 people on."""
        if len(self.levels) < MANY_LEVELS or members < MANY_PEOPLE:
            return None
        what = (
            f"commission on {len(self.levels)} levels counts as pyramid selling from {MANY_PEOPLE} people on"
        )
        return Breach("many_levels", what, PYRAMID_LAW)

    def expected_reward(self, view: View) -> float:
        """Fen that an inviter expects of a newcomer: the reward, and commission on one usual order.

        That costs the mean of what is on the shelf, or of all products if nothing is.
        """
        prices = [product.price for product in view.products if product.shelf]
        prices = prices or [product.price for product in view.products]
        return self.reward + (self.levels[0] * sum(prices) / len(prices) if self.levels else 0.0)

    def mean_invited(self, reward: float) -> float:
        """Friends brought in per member who is asked, for an expected reward in fen."""
        more = (1.0 + self.trained * _part_of(self.training)) * (1.0 + self.shown * _part_of(self.material))
        return float(more * self.base * maths.log(1.0 + reward / USUAL_REWARD) / maths.log(2.0))

    def quality(self, reward: float) -> float:
        """Factor on the newcomers' buying rate: a tenth less per doubling above 20 yuan."""
        doublings = max(0.0, maths.log(max(reward, 1.0) / DOUBTFUL_REWARD) / maths.log(2.0))
        return float(maths.exp(doublings * maths.log(0.9)))

    def start(self, view: View) -> "Brought":
        """Nobody has been brought in yet."""
        return Brought(*np.zeros((3, view.n_persons), dtype=np.bool_))

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Ask whoever looks; in the warm-up say what is to come."""
        if self.phase(view) is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, reach=self.reach)
            return
        reward = self.expected_reward(view)
        draws, quality = reward, self.quality(reward)
        if self.gift_quality is not None:
            draws, quality = reward + self.gift, quality * self.gift_quality
        if self.posts:
            yield Announce(self.hour, self.posts, worth=1.0, reach=self.reach)
        if self.passed_on:
            yield PassOn(self.levels[0], self.passed_on, self.days_paid)
        yield AskToInvite(self.mean_invited(draws), quality, self.reach, self.asks_again)
        yield Work(self.staff_minutes)

    def react(self, happened: Happened, view: View, memory: "Brought") -> Iterable[Effect]:
        """Pay rewards and gifts for newcomers, commission on what they order, training and material."""
        if (self.training or self.material) and self.phase(view) in (Phase.FORMAL, Phase.CLOSING):
            yield from self._equip(happened, view, memory)
        newcomers = happened.joined[happened.join_cause == view.me]
        memory.came[newcomers] = True
        buyers = np.unique(happened.order_persons[memory.came[happened.order_persons]])
        first = buyers[~memory.ordered[buyers]]
        memory.ordered[first] = True
        if self.gift_quality is not None and newcomers.size:
            yield Lure(newcomers, 0)
        if self.gift and newcomers.size:
            yield Pay(Account.GIFTS, newcomers, np.full(newcomers.size, self.gift))
        if self.reward:
            yield from self._reward(newcomers if self.reward_on == "join" else first, view)
        yield from self._commission(happened, view, memory.came)

    def _equip(self, happened: Happened, view: View, memory: "Brought") -> Iterable[Effect]:
        """Training of who is asked for the first time, of whom `reach` lets a part through; material."""
        asked = happened.lookers[view.audience[happened.lookers]]
        new = asked[~memory.trained[asked]]
        memory.trained[new] = True
        groups = np.unique(view.group[view.audience]).size
        fen = round(self.training * self.reach * new.size) + self.material * groups
        if fen:
            yield Spend(Account.CONTENT, fen)

    def _reward(self, newcomers: Ints, view: View) -> Iterable[Effect]:
        inviters = view.inviter[newcomers]
        inviters = inviters[(inviters >= 0) & (view.status[inviters] == MEMBER)]
        if inviters.size:
            yield Pay(Account.COMMISSION, inviters, np.full(inviters.size, self.reward))

    def _commission(self, happened: Happened, view: View, came: Bools) -> Iterable[Effect]:
        persons = happened.order_persons
        paid = came[persons] & (happened.day - view.joined[persons] < self.days_paid)
        persons, fen = persons[paid], happened.order_fen[paid]
        for rate in self.levels:
            inviters = view.inviter[persons]
            linked = came[persons] & (inviters >= 0)
            persons, fen = inviters[linked], fen[linked]
            stays = view.status[persons] == MEMBER
            share = np.rint(fen[stays] * rate).astype(np.int64)
            if share.any():
                yield Pay(Account.COMMISSION, persons[stays], share)


@dataclass
class Brought:
    """Who came by this campaign, who of them has ordered, and who was trained; one flag per person."""

    came: Bools
    ordered: Bools
    trained: Bools


def _part_of(cost: int) -> float:
    """Of what training or material does in the end: a half at 10 yuan, ever less for more."""
    return cost / (cost + HALF_AT)
