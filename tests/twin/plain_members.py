"""The rules of a day once more, as a plain Mesa model: one agent per person, loops, no columns, no kernels.

This is how the simulator would look if nobody had to wait for it.  It shares with the engine who the
people are (`Population`), what strategies answer (effects), what a draw of luck is (`core.luck`) and
`exp` and `log` (`core.maths`); every rule is written anew, and must leave the same bits.  Read it from
`PlainCommunity.step`: the day in its order; a `Person` does its parts, from `arrive` to `close_day`.

The engine keeps states in single precision (float32) and reckons in double.  Here an attribute that is
`Single` is rounded when it is set, and `single` marks the few places where a step between is rounded too.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import fmean
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np
from plain_view import Sight, events_of_the_day

from commsim.core import effects as e
from commsim.core import luck
from commsim.core.effects import Account, Choice
from commsim.core.luck import Purpose
from commsim.core.maths import exp, log
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.population.people import Population
from commsim.scenario.schema import Scenario
from commsim.strategies.calendar import by_name, in_charge

NEVER, BUYER, LAPSED = 0, 1, 2
NOBODY = -1

key = lru_cache(maxsize=None)(luck.key)
salt_of = lru_cache(maxsize=None)(luck.salt)


def single(x: float) -> float:
    """The nearest number of single precision."""
    return float(np.float32(x))


class Single:
    """An attribute that is kept in single precision."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"_{name}"

    def __get__(self, thing: Any, owner: type) -> float:
        return getattr(thing, self.name)

    def __set__(self, thing: Any, value: float) -> None:
        setattr(thing, self.name, single(value))


def worth(value: float) -> float:
    """Learned value on a scale from 0 to 1."""
    return value / (value + 1.0) if value > 0.0 else 0.0


def shifted(chance: float, log_odds: float) -> float:
    """A chance whose odds are multiplied by exp(log_odds)."""
    odds = exp(log_odds)
    return chance * odds / (1.0 - chance + chance * odds)


def poisson(u: float, rate: float) -> int:
    """Poisson number at the quantile u; large rates in four squarings, because `exp` ends at e^-55."""
    rate = min(rate, 700.0)
    p = exp(-rate if rate < 50.0 else -rate / 16.0)
    for _ in range(4 if rate >= 50.0 else 0):
        p *= p
    total, k = p, 0
    while u >= total and k < 1000:
        k += 1
        p *= rate / k
        total += p
    return k


def split(total: int, shares: int, draw: Callable[[int], float]) -> list[int]:
    """Random shares of an envelope: each uniform up to twice the mean of what is left, at least 1 fen."""
    left, parts = total, []
    for k in range(shares - 1):
        most = 2 * left // (shares - k) - 1
        parts.append(min(1 + int(draw(k) * most), left - (shares - k - 1)))
        left -= parts[-1]
    return [*parts, left]


HOUR_WEIGHT = [0.0] * 8 + [0.05] * 4 + [0.10] * 2 + [0.05] * 5 + [0.075, 0.10, 0.10, 0.075] + [0.0]
SLOT_SHARE = (0.20, 0.20, 0.25, 0.35)


def presence(look: Any, favourite: int, hour: int, hours: float, *, previewed: bool) -> float:
    """Chance to be there between two hours, given a look, of who favours one part of the day."""
    weight, at, left = 0.0, hour, hours
    while left > 0 and at < 24:
        slot = 3 if at < 8 or at >= 19 else 0 if at < 12 else 1 if at < 14 else 2
        share = SLOT_SHARE[slot]
        own = look.own_hours if slot == favourite else (1.0 - look.own_hours * share) / (1.0 - share)
        weight += HOUR_WEIGHT[at] * min(1.0, left) * own
        at, left = at + 1, left - 1.0
    return 1.0 - exp(-look.attention * weight * (1.0 + look.preview * previewed))


class Group:
    """A chat group: its bond, topics, adverts of members, rules; and what the operator does there today."""

    topics, spam, rules = Single(), Single(), Single()

    def __init__(self, number: int, bond: float, half_life: float, spam: float) -> None:
        self.number, self.bond, self.keep = number, bond, single(0.5 ** (1.0 / half_life))
        self.topics, self.spam, self.rules = 1.0, spam, 0.0
        self.size, self.heard, self.packets = 0, 0.0, [0] * 7

    def morning(self) -> None:
        """Forget yesterday's notices and counts."""
        self.members_at_dawn = self.size
        self.posts = self.empty = self.deals = self.price = 0.0
        self.content = self.new_topics = self.new_trust = 0.0
        self.new_rules, self.lift, self.messages, self.spark = -1.0, 0.0, 0, 0.0
        self.count = Counter(looked=0, left=0, muted=0, orders=0, revenue=0)

    def strike_up(self, t: Any) -> None:
        """How much there is to say for each looker: topics, replies to yesterday's talk, less for adverts."""
        heard = self.heard / self.size
        self.spark = t.topics * self.bond * self.topics + t.reply * heard / (1.0 + heard / t.saturation)
        self.spark *= exp(-t.size * log(self.size / 200.0) - t.spam_damping * self.spam)

    def judge_talk(self, a: Any) -> None:
        """What today's talk was worth to who read it, and how many adverts stood in it."""
        seen = a.readable * (1.0 - exp(-self.messages / a.readable))
        self.talk_value = a.talk * seen * math.sqrt(self.bond)
        self.adverts = self.spam * self.size / 100.0

    def close_day(self, day: int, p: Any) -> None:
        """Topics fade unless renewed; adverts spread unless rules are enforced."""
        self.topics = min(p.talk.most_topics, single(self.topics * self.keep) + self.new_topics)
        if self.new_rules >= 0.0:
            self.rules = self.new_rules
        s, e, now = p.spam, self.rules, self.spam
        now += now * (s.growth * (1.0 - now / s.ceiling) * (1.0 - e) - s.control * e)
        self.spam = min(s.ceiling, max(s.floor, now))
        self.heard = self.messages
        self.packets[(day + 1) % 7] = 0


@dataclass
class Sale:
    """An offer, or with ``asks`` a team offer, whose ladder has a price for each size of a team."""

    cause: int
    salt: int
    effect: Any
    sizes: tuple[int, ...]
    prices: tuple[int, ...]
    price: float
    cue: float
    groups: set[Group]
    appeal: tuple[float, ...]
    asks: int = 0
    stock: int = -1
    sold: Counter = field(default_factory=Counter)


@dataclass
class Packet:
    """A red envelope in one group; the operator's if nobody sent it."""

    group: Group
    cause: int
    salt: int
    hour: int
    total: int
    shares: int
    resend: float
    slope: float
    sender: int = NOBODY


@dataclass
class Order:
    """Something bought, and for how much."""

    person: "Person"
    product: int
    fen: int
    cause: int


class Person(mesa.Agent):
    """Somebody who is, was or can become a member; row = his number in the population."""

    buy_rate, rate, activity, trust, value = Single(), Single(), Single(), Single(), Single()
    fatigue, annoyance, reference, need = Single(), Single(), Single(), Single()
    gain, chance = Single(), Single()

    def __init__(self, model: "PlainCommunity", row: int) -> None:
        super().__init__(model)
        self.row, self.p = row, model.p
        self._born(model.population)
        self._settled(model)
        self.inviter = self.partner = self.joined = self.due = self.join_cause = NOBODY
        self.value = self.fatigue = self.annoyance = self.reference = self.chance = 0.0
        self.need = 1.0
        self.orders = self.spent = self.messages = self.points = self.recruits = self.looks = self.asked = 0
        self.habits: dict[int, float] = {}
        self.checked, self.days_looked = False, 0

    def _born(self, population: Population) -> None:
        """Traits, drawn once."""
        for name in ("talk_rate", "elasticity", "lapse", "share", "tolerance", "sociability", "fluency"):
            setattr(self, name, float(population.traits[name][self.row]))
        self.habit_speed = float(population.traits["habit_speed"][self.row])
        self.trust_base = float(population.traits["trust"][self.row])
        self.keep = single(0.5 ** (1.0 / float(population.traits["half_life"][self.row])))
        self.slot, self.segment = int(population.slot[self.row]), int(population.segment[self.row])
        self.friends = [int(friend) for friend in population.friends(self.row)]

    def _settled(self, model: "PlainCommunity") -> None:
        """Where he stands on the first morning."""
        population, row = model.population, self.row
        home = int(population.group[row])
        self.home = model.groups[home] if home >= 0 else None
        self.status = MEMBER if self.home else STRANGER
        self.muted, self.trust = bool(population.muted[row]), self.trust_base
        fresh = single(self.p.activity.start) * single(0.5 + self.share)
        start = model.plan.community.activity
        self.activity = fresh if start is None else start
        buyer, alive = bool(population.buyer[row]), bool(population.alive[row])
        self.buys = (BUYER if alive else LAPSED) if buyer else NEVER
        self._remember_past(float(population.traits["buy_rate"][row]), customer=buyer and alive)
        trial = float(population.traits["trial_rate"][row])
        self.rate = (self.buy_rate if alive else 0.0) if buyer else trial

    def _remember_past(self, rate: float, *, customer: bool) -> None:
        """Steady buying has brought a customer's trust where gains, losses and the base are in balance.

        His rate is what gives there the hazard that the drawn one has at the base.
        """
        t, bad = self.p.trust, fmean(product.bad_share for product in self.model.plan.products)
        gain, loss = rate * (1.0 - bad) * t.good, rate * bad * t.bad
        pull = t.recovery + gain + loss
        trust = (t.recovery * self.trust_base + gain) / pull if pull > 0.0 else self.trust_base
        before, now = (math.exp(self._trust_effect(at)) for at in (self.trust_base, trust))
        self.buy_rate = rate * before / now
        if customer:
            self.trust = trust

    @property
    def group(self) -> int:
        """Number of his group; he keeps it when he leaves."""
        return self.home.number if self.home else NOBODY

    @property
    def looked(self) -> bool:
        """Whether he looked in today."""
        return bool(self.looks & 1)

    @property
    def wants(self) -> float:
        """Orders a day at the usual price, unprompted."""
        return single(self.rate * self.need)

    def luck(self, purpose: Purpose, salt: int = 0, day: int | None = None) -> float:
        """His draw in [0, 1) for one purpose, today if no day is given."""
        day = self.model.day if day is None else day
        return luck.uniform(key(self.model.seed, purpose, day, salt), self.row)

    def luck_with(self, other: int, purpose: Purpose, salt: int = 0, day: int | None = None) -> float:
        """His draw for one purpose that regards somebody or something else too."""
        day = self.model.day if day is None else day
        return luck.uniform_pair(key(self.model.seed, purpose, day, salt), self.row, other)

    def reached(self, cause: int, reach: float) -> bool:
        """Whether posts of a strategy with limited reach can reach him at all."""
        return self.luck(Purpose.REACH, self.model.salts[cause], day=0) < reach

    def narrow_posts(self, which: str) -> float:
        """Posts (or ``empty`` ones) of limited reach that reach him today."""
        notes = (note for note in self.model.narrow if self.home in note.groups)
        return float(sum(getattr(note, which) for note in notes if self.reached(note.cause, note.reach)))

    # --- the day, in its order --------------------------------------------------------------------------

    def arrive(self) -> None:
        """Join if he is due, or comes by himself: the inviter's group if it has room, else another."""
        if self.status != STRANGER:
            return
        model = self.model
        if self.due != model.day and not self.luck(Purpose.DELAY) < model.own_rate:
            return
        inviter = model.people[self.inviter] if self.inviter >= 0 else None
        cap = model.plan.community.cap
        home = inviter.home if inviter and inviter.status == MEMBER else None
        if home is None or home.size >= cap:
            home = self._open_group(cap)
        home.size += 1
        self.home, self.status, self.joined = home, MEMBER, model.day
        self.activity = self.p.activity.start * (0.5 + self.share)
        if inviter:
            inviter.recruits += 1
        model.joined.append(self)

    def _open_group(self, cap: int) -> Group:
        """The group with room that wins the draw, else the first that nobody is in."""
        room = [group for group in self.model.groups if 0 < group.size < cap]
        if room:
            return max(room, key=lambda group: self.luck_with(group.number, Purpose.PLACE, day=0))
        return next(group for group in self.model.groups if group.size == 0)

    def look(self) -> None:
        """Leave for good, or perhaps mute, and perhaps look in: the gate of all that he sees."""
        self.looks = self.looks << 1 & 0xFFFFFFFF
        self.gain, self.caught, self.bought, self.teamed = 0.0, False, False, False
        if self.status != MEMBER:
            return
        leave, mute = self._hazards()
        self.chance = chance = self._chance_to_look()
        stay = self.luck(Purpose.STAY)
        if stay < leave:
            self.status = LEFT
            self.home.size -= 1
            self.model.left.append(self)
            return
        if stay > 1.0 - mute:
            self.muted = True
            self.model.muters.append(self)
        if self.luck(Purpose.LOOK) < chance:
            self.looks |= 1
            self.days_looked += 1
            self.home.count["looked"] += 1

    def _hazards(self) -> tuple[float, float]:
        """Chances to leave and to mute today, given the commercial messages that he receives."""
        s, home = self.p.stay, self.home
        adverts = s.spam * home.spam * home.members_at_dawn / 100.0
        messages = home.posts + adverts + self.narrow_posts("posts")
        n = messages * s.heard_muted if self.muted else messages
        crowd = 1.0 + s.crowding * max(0.0, min(n, s.crowded) - 1.0)
        bother = self.tolerance * n * crowd * (1.0 - s.forgiving * worth(self.value))
        leave = s.leave + s.leave_message * bother * (s.leave_muted if self.muted else 1.0)
        leave *= s.invited if self.inviter >= 0 else 1.0
        leave *= s.recruiter if self.recruits > 0 else 1.0
        if odds := self.model.nudges.get(Choice.LEAVE):
            leave *= exp(odds[self.row])
        return leave, 0.0 if self.muted else s.mute_message * bother

    def _chance_to_look(self) -> float:
        """Activity, lifted by an envelope or yesterday's check-in, lowered by muting."""
        look = self.p.look
        lifts = 1.0 + self.home.lift + (look.check_in if self.checked else 0.0)
        chance = min(look.ceiling, self.activity * lifts) * self.fluency
        chance *= look.muted if self.muted else 1.0
        odds = self.model.nudges.get(Choice.LOOK)
        return shifted(chance, odds[self.row]) if odds else chance

    def opens(self, packet: Packet) -> float:
        """When he opens an envelope: in its own hour, later in the day, or (his own) never."""
        sender, salt = packet.sender, packet.salt
        q = presence(self.p.look, self.slot, packet.hour, 1.0, previewed=False)
        there = self.luck_with(sender, Purpose.PRESENT, salt) < q
        time = self.luck_with(sender, Purpose.CATCH, salt)
        return time + (0.0 if there else 1.0) + (5.0 if self.row == sender else 0.0)

    def catch(self, size: float) -> None:
        """A share of an envelope: worth something, a push on activity, something to talk about."""
        a = self.p.activity
        self.activity += single((1.0 - self.activity) * (1.0 - exp(-a.push * size)))
        self.gain += a.envelope * size
        self.caught = True

    def train(self, cause: int, done: bool) -> None:
        """A habit grows with every occasion that is used and hardly suffers from one that is missed."""
        h = self.habits.get(cause, 0.0)
        grown = h + single(self.habit_speed * (1.0 - h))
        self.habits[cause] = single(grown if done else h * single(1.0 - self.p.habit.missed))

    def check_in(self) -> None:
        """Check in if he looks, or by habit alone."""
        self.checked = False
        opened = self.model.opened
        if opened is None or self.status != MEMBER:
            return
        h, base, pull = self.habits.get(opened.cause, 0.0), opened.base, float(opened.pull[self.row])
        chance = base + (1.0 - base) * h if self.looked else single(h * self.chance)
        if chance <= 0.0:
            return
        if pull != 0.0:
            chance = shifted(chance, pull)
        self.checked = self.luck(Purpose.CHECK_IN) < min(0.97, chance)
        if self.checked:
            self.model.checkers.append(self)
        self.train(opened.cause, self.checked)

    def attends(self, sale: Sale) -> bool:
        """Whether he is at an event: lookers at its hour, others by habit; either way a habit is trained."""
        offer = sale.effect
        if self.status != MEMBER or self.home not in sale.groups or not self.reached(sale.cause, offer.reach):
            return False
        previewed = bool(self.looks & offer.previewed)
        q = presence(self.p.look, self.slot, offer.hour, offer.hours, previewed=previewed)
        h = self.habits.get(sale.cause, 0.0)
        q = min(self.p.look.ceiling, q * (1.0 + h)) if self.looked else q * h * self.chance
        there = q > 0.0 and self.luck(Purpose.PRESENT, sale.salt) < q
        self.train(sale.cause, there)
        return there

    def promotion(self, sale: Sale) -> float:
        """What an offer adds to the log of his buying rate: price, advert, scarcity, who bought before."""
        b, sold = self.p.buying, sale.sold[self.home]
        u = self._price_effect(sale.price)
        u += self._advert_effect() + sale.cue
        if sold > 0:
            u += b.first_buyer + b.more_buyers * log(float(min(sold, 512)))
        return u

    def takes(self, sale: Sale, promoted: float) -> bool:
        """Whether he takes an offer, promoted so much, by how he trusts the shop."""
        uplift = sale.appeal[self.segment] * exp(promoted + self._trust_effect())
        return self.buys_at(self.wants * min(self.p.buying.cap, uplift))

    def _price_effect(self, price: float) -> float:
        """Elasticity, and gain or loss against the price that he is used to; prices are log ratios."""
        b, against = self.p.buying, price - self.reference
        return -self.elasticity * price - (b.reference_gain if against < 0.0 else b.reference_loss) * against

    def _trust_effect(self, trust: float | None = None) -> float:
        """What trust, his own or another, adds to the log of his buying rate."""
        t, trust = self.p.trust, self.trust if trust is None else trust
        return self.p.buying.trust * min(1.0, max(-2.0, (trust - t.start) / t.scale))

    def _advert_effect(self) -> float:
        """What an advert seen adds to the log of the rate, worn by passing and lasting fatigue."""
        worn = log(self.p.fatigue.response)
        return log(self.p.buying.advert) * exp(self.fatigue * worn - self.annoyance)

    def buys_at(self, hazard: float) -> bool:
        """Whether a hazard of an order becomes one: the same luck all day, so there is one need a day."""
        u, odds = self.luck(Purpose.BUY), self.model.nudges.get(Choice.BUY)
        if odds:
            u = 1.0 - exp(log(1.0 - u) * exp(-odds[self.row]))
        return u < 1.0 - exp(-hazard)

    def order(self, product: int, fen: int, cause: int, promoted: float) -> None:
        """What a promotion adds is in part borrowed from later needs; and he may lapse for good."""
        self.model.orders.append(Order(self, product, fen, cause))
        self.bought = True
        if promoted > 0.0:
            self.need = max(0.0, self.need - self.p.buying.borrowed * (1.0 - exp(-promoted)))
        self.orders += 1
        lapsed = self.luck(Purpose.LAPSE) < self.lapse
        self.buys, self.rate = (LAPSED, 0.0) if lapsed else (BUYER, self.buy_rate)

    def shop(self) -> None:
        """Perhaps buy from the shelf, member or former member, if nothing was bought at an event."""
        if self.status == STRANGER or self.bought:
            return
        b, model = self.p.buying, self.model
        promoted, aware = self._price_effect(0.0), b.aware
        if self.status == MEMBER:
            aware += (1.0 - b.aware) * min(1.0, self.activity / b.aware_activity)
            if self.looked and self.home.posts + self.narrow_posts("posts") > 0.0:
                promoted += self._advert_effect()
        appeal = model.shelf[self.segment]
        uplift = min(b.cap, exp(promoted + self._trust_effect()))
        if max(appeal) > 0.0 and self.buys_at(self.wants * max(appeal) * aware * uplift):
            product = self._pick(appeal)
            self.order(product, model.plan.products[product].price, model.shelf_cause, promoted)

    def _pick(self, appeal: list[float]) -> int:
        """A product of the shelf, by its appeal."""
        u, below, total = self.luck(Purpose.SHELF), 0.0, sum(appeal)
        for product, weight in enumerate(appeal):
            below += weight
            if u < below / total:
                return product
        raise AssertionError("shares of the shelf do not add up to 1")

    def friends_asked(self, number: int, salt: int) -> list["Person"]:
        """The friends whom he asks to join a team; his last partner seldom again."""
        draws = [(self.luck_with(friend, Purpose.PICK, salt), friend) for friend in self.friends]
        weight = self.p.invite.last_partner
        willing = [(u, friend) for u, friend in draws if friend != self.partner or u <= weight]
        return [self.model.people[friend] for _, friend in sorted(willing, reverse=True)[:number]]

    def can_team(self, sale: Sale) -> bool:
        """Whether he can join a team today."""
        if self.bought or self.teamed or sale.appeal[self.segment] <= 0.0:
            return False
        if self.status == MEMBER:
            return self.buys != LAPSED
        return sale.effect.outside and self.status == STRANGER and self.due < 0

    def reluctance(self, asker: "Person", sale: Sale) -> float:
        """His draw against the chance to say yes: better prices than a fifth off pull, worse ones put off."""
        pull = min(1.5, exp(-self.elasticity * (sale.price + 0.2231435513142097)))
        return asker.luck_with(self.row, Purpose.ASK, sale.salt) / pull

    def bind(self, due: int, inviter: int, cause: int) -> None:
        """Make a stranger a newcomer of a coming day."""
        self.due, self.inviter, self.join_cause = due, inviter, cause
        self.model.invited.append(self)

    def answer_campaign(self, drive: Any) -> None:
        """Asked for the first time by a campaign, he draws how many friends will come."""
        first = self.status == MEMBER and self.looked and not self.asked & drive.bit
        if not first or self.home not in drive.groups or not self.reached(drive.cause, drive.effect.reach):
            return
        self.asked |= drive.bit
        salt = self.model.salts[drive.cause]
        n = poisson(self.luck(Purpose.INVITE, salt, day=0), drive.effect.mean * self.sociability)
        people = self.model.people
        free = [f for f in self.friends if people[f].status == STRANGER and people[f].due < 0]
        free.sort(key=lambda f: self.luck_with(f, Purpose.PICK, salt, day=0))
        for friend in free[:n]:
            self._invite(people[friend], drive, salt)

    def _invite(self, friend: "Person", drive: Any, salt: int) -> None:
        """He comes within days: a geometric delay with the stated mean, at least a day."""
        i = self.p.invite
        u = self.luck_with(friend.row, Purpose.DELAY, salt, day=0)
        more = int(log(1.0 - u) / log(1.0 - 1.0 / i.delay)) if i.delay > 1.0 else 0
        friend.bind(min(32000, self.model.day + 1 + more), self.row, drive.cause)
        friend.buy_rate = friend.buy_rate * drive.effect.quality * i.lasting

    def talk(self) -> None:
        """Write, if he looked and has something to say."""
        if not self.looked:
            return
        lively = 1.0 + (self.p.talk.envelope - 1.0) * 0.1
        rate = self.talk_rate * self.home.spark * (lively if self.caught else 1.0)
        if odds := self.model.nudges.get(Choice.TALK):
            rate *= exp(odds[self.row])
        n = poisson(self.luck(Purpose.TALK), rate)
        self.messages += n
        self.home.messages += n
        self.model.today["wrote"] += n > 0

    def close_day(self) -> None:
        """What the day leaves: need and trust come back, fatigue passes, activity goes where value leads."""
        if self.status == STRANGER:
            return
        a, model = self.p.activity, self.model
        if self.need < 1.0:
            self.need = min(1.0, self.need + self.buy_rate * (1.0 - self.need))
        self.trust += single(self.p.trust.recovery * single(self.trust_base - self.trust))
        if self.status != MEMBER:
            return
        self.fatigue *= single(0.5 ** (1.0 / self.p.fatigue.half_life))
        if self.looked:
            self._tire()
            self._remember()
        rest = a.floor + (self.share - a.floor) * worth(self.value)
        self.activity += single((rest - self.activity) * (1.0 - self.keep))
        model.today["activity"] += self.activity
        model.today["trust"] += self.trust
        self.home.count["muted"] += self.muted

    def _tire(self) -> None:
        """Commercial messages seen wear announcements out, for days and for good."""
        f, home = self.p.fatigue, self.home
        seen = home.posts + home.adverts + self.narrow_posts("posts")
        self.fatigue += single(seen)
        self.annoyance += single(f.annoyance * (1.0 - 0.5 * worth(self.value)) * seen)

    def _remember(self) -> None:
        """Learn what looking is worth, and whom to trust, and what things cost."""
        a, t, home = self.p.activity, self.p.trust, self.home
        empty = home.empty + self.narrow_posts("empty")
        value = home.talk_value + home.content + self.gain
        value += a.deal * min(1.0, home.deals) - a.spam * home.adverts - a.advert * empty
        self.value += single(a.learning * (value - self.value))
        trust = self.trust
        trust += home.new_trust * (1.0 - trust) - (t.spam * home.adverts + t.advert * empty) * trust
        self.trust = min(1.0, max(0.0, trust))
        self.reference += single(self.p.buying.reference_speed * (home.price - self.reference))

    def unpack(self, order: Order, ordered: int) -> bool:
        """Whether a parcel is bad; trust grows a little, or falls a lot."""
        t = self.p.trust
        bad_share = self.model.plan.products[order.product].bad_share
        bad = self.luck(Purpose.DELIVERY, day=ordered) < bad_share
        self.trust += -(t.bad * self.trust) if bad else t.good * (1.0 - self.trust)
        return bad


class PlainCommunity(mesa.Model):
    """A community under one plan; ``step()`` lives a day.

    ``daily``: a dict per day.  ``by_group``: (day, group) to its numbers.  ``events`` and ``entries``:
    tuples as in the tables of a run, in their columns' order; sums of entries are the ledger.
    """

    def __init__(self, scenario: Scenario, population: Population, seed: int) -> None:
        super().__init__(rng=seed)
        self.plan, self.population, self.seed, self.day = scenario, population, seed, 0
        self.p = scenario.behaviour
        self.calendar = by_name(scenario.strategies)
        self.strategies = [entries[0] for entries in self.calendar.values()]
        self.salts = [salt_of(name) for name in self.calendar]
        self.shelf_cause = len(self.strategies)
        self.groups = self._found_groups()
        self.people = [Person(self, row) for row in range(population.n_persons)]
        for person in self.people:
            if person.home:
                person.home.size += 1
        outsiders = population.n_persons - population.n_members
        self.own_rate = min(1.0, scenario.community.arrivals_per_day / outsiders) if outsiders else 0.0
        segments = scenario.community.segments
        self.appeal = [
            tuple(p.appeal if not p.segments or s.name in p.segments else 0.0 for s in segments)
            for p in scenario.products
        ]
        self.shelf = [
            [appeal[s] if p.shelf else 0.0 for p, appeal in zip(scenario.products, self.appeal, strict=True)]
            for s in range(len(segments))
        ]
        self.daily: list[dict[str, Any]] = []
        self.by_group: dict[tuple[int, int], dict[str, Any]] = {}
        self.events: list[tuple[Any, ...]] = []
        self.entries: list[tuple[Any, ...]] = []
        self.liability = 0
        self.sent: dict[int, list[Order]] = {}
        self.resent: list[Packet] = []
        self.campaigns: dict[int, int] = {}
        self.scarce: list[int] = []
        self.sights = [Sight(self, cause) for cause in range(len(self.strategies))]
        self.memories = [s.start(view) for s, view in zip(self.strategies, self.sights, strict=True)]

    def _found_groups(self) -> list[Group]:
        """The groups of the population, and empty ones that open when all others are full."""
        population, cap = self.population, self.plan.community.cap
        spare = math.ceil((population.n_persons - population.n_members) / cap)
        start, columns = self.p.spam.start, population.groups
        lives = [float(x) for x in columns["half_life"]] + [single(self.p.talk.half_life)] * spare
        bonds = [float(x) for x in columns["bond"]] + [1.0] * spare
        return [Group(g, bond, life, start) for g, (bond, life) in enumerate(zip(bonds, lives, strict=True))]

    def step(self) -> None:
        """Live one day."""
        self.today = Counter(dict.fromkeys(("wrote", "operator_posts", "teams", "teams_failed"), 0))
        self.today.update(activity=0.0, trust=0.0)
        self.joined, self.left, self.muters, self.checkers = [], [], [], []
        self.orders, self.invited, self.catches = [], [], []
        self.agents.do("arrive")
        self.operator_moves()
        self.members_live()
        self.deliver()
        self.settle()
        self.operator_reacts()
        self.close()
        self.day += 1

    # --- the operator -----------------------------------------------------------------------------------

    def operator_moves(self) -> None:
        """All strategies say what they do today; the day is paid for."""
        for group in self.groups:
            group.morning()
        self.open = {group for group in self.groups if group.size > 0}
        self.narrow, self.sales, self.drives, self.opened = [], [], [], None
        self.packets, self.resent = self.resent, []
        self.nudges: dict[Choice, list[float]] = {}
        self.staff: list[tuple[int, float]] = []
        self._change_settings()
        for cause, (strategy, view) in enumerate(zip(self.strategies, self.sights, strict=True)):
            if strategy.phase(view) is not None:
                for effect in strategy.act(view, self.memories[cause]):
                    self.carry_out(effect, cause)
        self._running_costs()

    def _change_settings(self) -> None:
        """Entries of one name are one strategy, whose settings change on a day."""
        for cause, entries in enumerate(self.calendar.values()):
            entry = in_charge(entries, self.day)
            if entry is not self.strategies[cause]:
                self.strategies[cause] = entry
                self.memories[cause] = entry.carry_on(self.sights[cause], self.memories[cause])

    def _running_costs(self) -> None:
        operator, own = self.plan.operator, self.shelf_cause + 1
        for cause, minutes in (*self.staff, (own, operator.minutes_per_group * len(self.open))):
            if minutes > 0:
                self.enter(Account.STAFF, cause, -round(minutes * operator.wage_per_hour / 60))
        if operator.tools_per_group:
            self.enter(Account.TOOLS, own, -operator.tools_per_group * len(self.open))

    def carry_out(self, effect: e.Effect, cause: int) -> None:
        """Do what a strategy answered."""
        getattr(self, f"_{type(effect).__name__.lower()}")(effect, cause)

    def _where(self, effect: Any) -> Iterable[Group]:
        """The groups that a notice goes to: all, also those without members yet, or some of the open ones."""
        return self.groups if effect.groups is None else self._open_among(effect)

    def _open_among(self, effect: Any) -> set[Group]:
        return {group for group in self.open if effect.groups is None or effect.groups[group.number]}

    def _announce(self, effect: e.Announce, cause: int) -> None:
        empty = effect.count if effect.worth <= 0.0 and not effect.preview else 0
        open_groups = self._open_among(effect)
        self.today["operator_posts"] += effect.count * len(open_groups)
        for group in self._where(effect):
            group.deals += effect.worth * effect.reach
            if effect.reach >= 1.0:
                group.posts += effect.count
                group.empty += empty
        if effect.reach < 1.0:
            note = {"cause": cause, "reach": effect.reach, "posts": effect.count, "empty": empty}
            self.narrow.append(SimpleNamespace(groups=open_groups, **note))

    def _content(self, effect: e.Content, cause: int) -> None:
        self.today["operator_posts"] += len(self._open_among(effect))
        for group in self._where(effect):
            group.content += effect.value
            group.new_topics += effect.topics
            group.new_trust += effect.trust

    def _envelope(self, effect: e.Envelope, cause: int) -> None:
        """An envelope in each group, unless the strategy could not pay for one in all of them."""
        budget = self.strategies[cause].budget
        if budget is not None and self.spent(cause) + effect.total * len(self.open) > budget:
            return
        terms = effect.hour, effect.total, effect.shares, effect.resend, effect.resend_slope
        for group in sorted(self._open_among(effect), key=lambda group: group.number):
            self.packets.append(Packet(group, cause, self.salts[cause] ^ effect.hour, *terms))

    def _offer(self, effect: e.Offer, cause: int) -> None:
        """A timed sale; scarcity wears off with every scarce offer of the last 14 days."""
        b, cue = self.p.buying, 0.0
        if effect.scarce:
            recent = sum(1 for day in self.scarce if self.day - 14 <= day < self.day)
            cue = log(b.scarcity) * b.scarcity_wear**recent
            self.scarce.append(self.day)
        stock = -1 if effect.stock is None else effect.stock
        self._sell(effect, cause, (0,), (effect.price,), cue, stock=stock)

    def _teamoffer(self, effect: e.TeamOffer, cause: int) -> None:
        """A ladder of prices; more friends are asked in a longer window, with falling returns."""
        asks = round(effect.asks * 2.0 * (1.0 - 0.5 ** (effect.hours / 24.0)))
        self._sell(effect, cause, effect.sizes, effect.prices, 0.0, asks=asks)

    def _sell(self, effect: Any, cause: int, sizes: Any, prices: Any, cue: float, **more: int) -> None:
        usual = self.plan.products[effect.product].price
        price, groups = log(prices[0] / usual), self._open_among(effect)
        cue += log(self.p.buying.scarcity) if effect.last_call else 0.0
        terms = cause, self.salts[cause], effect, sizes, prices, price, cue, groups
        self.sales.append(Sale(*terms, self.appeal[effect.product], **more))
        for group in groups:
            group.price = min(group.price, price)

    def _checkin(self, effect: e.CheckIn, cause: int) -> None:
        pull = np.asarray(effect.pull, np.float32)
        self.opened = SimpleNamespace(cause=cause, base=effect.base, pull=pull)

    def _asktoinvite(self, effect: e.AskToInvite, cause: int) -> None:
        bit = 1 << self.campaigns.setdefault(cause, len(self.campaigns))
        groups = self._open_among(effect)
        self.drives.append(SimpleNamespace(cause=cause, effect=effect, bit=bit, groups=groups))

    def _recruit(self, effect: e.Recruit, cause: int) -> None:
        for row, inviter, delay in zip(effect.persons, effect.inviters, effect.delays, strict=True):
            person = self.people[row]
            if person.status == STRANGER and person.due < 0:
                person.due, person.inviter = self.day + 1 + int(delay), int(inviter)
                person.join_cause = cause

    def _enforce(self, effect: e.Enforce, cause: int) -> None:
        for group in self._where(effect):
            group.new_rules = max(group.new_rules, effect.level)

    def _nudge(self, effect: e.Nudge, cause: int) -> None:
        odds = self.nudges.setdefault(effect.choice, [0.0] * len(self.people))
        for row in range(len(odds)) if effect.persons is None else {int(row) for row in effect.persons}:
            odds[row] += effect.log_odds

    def _work(self, effect: e.Work, cause: int) -> None:
        self.staff.append((cause, effect.minutes * len(self._open_among(effect))))

    def _spend(self, effect: e.Spend, cause: int) -> None:
        self.enter(effect.account, cause, -effect.fen)

    def _pay(self, effect: e.Pay, cause: int) -> None:
        for row, fen in zip(effect.persons, effect.fen, strict=True):
            self.enter(effect.account, cause, -int(fen), self.people[row])
            self.note("payment", int(row), fen=int(fen), cause=cause)

    def _award(self, effect: e.Award, cause: int) -> None:
        for row, points in zip(effect.persons, effect.points, strict=True):
            owed = self._change_points(self.people[row], int(points), effect.worth)
            self.enter(Account.POINTS, cause, -owed, self.people[row])

    def _redeem(self, effect: e.Redeem, cause: int) -> None:
        for row, points in zip(effect.persons, effect.points, strict=True):
            self._change_points(self.people[row], -int(points), effect.worth)

    def _change_points(self, person: Person, points: int, worth: float) -> int:
        """Fen by which what is owed to a person changes: his points at their worth, to the next fen."""
        before = math.floor(person.points * worth + 0.5)
        person.points += points
        change = math.floor(person.points * worth + 0.5) - before
        self.liability += change
        return change

    # --- the members' day -------------------------------------------------------------------------------

    def members_live(self) -> None:
        """Everybody does one thing after the other; the order within a step is that of the rows."""
        for group in {packet.group for packet in self.packets}:
            group.lift = self.p.look.envelope * self.p.look.habituation ** sum(group.packets)
        self.agents.do("look")
        for number, packet in enumerate(self.packets):
            self.open_envelope(number, packet)
        self.agents.do("check_in")
        for sale in sorted(self.sales, key=lambda sale: (sale.effect.hour, sale.cause)):
            self.hold(sale)
        self.agents.do("shop")
        for drive in self.drives:
            self.agents.do("answer_campaign", drive)
        for group in self.groups:
            if group.size > 0:
                group.strike_up(self.p.talk)
        self.agents.do("talk")
        for group in self.groups:
            group.judge_talk(self.p.activity)
        self.agents.do("close_day")
        for group in self.groups:
            group.close_day(self.day, self.p)

    def open_envelope(self, number: int, packet: Packet) -> None:
        """The quickest lookers catch a share each; the luckiest of them is readiest to send one on."""
        group = packet.group
        lookers = [person for person in self.people if person.looked and person.home is group]
        lookers.sort(key=lambda person: person.opens(packet))
        salt = packet.salt + group.number * 7919 + packet.sender + 1 & (1 << 64) - 1
        stream = key(self.seed, Purpose.SPLIT, self.day, salt)
        amounts = split(packet.total, packet.shares, lambda k: luck.uniform_pair(stream, k, 0))
        caught = list(zip(lookers, amounts, strict=False))
        luckiest = max(range(len(caught)), key=lambda k: amounts[k], default=0)
        worn = 1.0
        for _ in range(sum(group.packets)):
            worn *= self.p.look.habituation
        for k, (person, fen) in enumerate(caught):
            if person.row != packet.sender:
                person.catch(math.sqrt(packet.total / 1000.0) * worn)
                chance = packet.resend + packet.slope * fen / 100.0
                chance *= 1.3 if k == luckiest else 1.0
                again = person.luck_with(packet.sender, Purpose.RESEND, packet.salt) < chance
                self.catches.append((person, fen, packet, again))
        group.packets[self.day % 7] += 1

    def hold(self, sale: Sale) -> None:
        """An event: who is there decides one by one, in order of arrival, and sees who bought before."""
        there = [person for person in self.people if person.attends(sale) and not person.bought]
        for person in sorted(there, key=lambda person: person.luck(Purpose.ARRIVE, sale.salt)):
            if person.bought or (person.teamed and sale.sizes[0]):
                continue
            promoted = person.promotion(sale)
            if not person.takes(sale, promoted):
                continue
            if sale.sizes[0]:
                sale.sold[person.home] += self.gather_team(person, sale, promoted)
            elif sale.stock == 0:
                person.trust = max(0.0, person.trust - self.p.buying.regret)
            else:
                sale.stock -= 1
                sale.sold[person.home] += 1
                person.order(sale.effect.product, sale.prices[0], sale.cause, promoted)

    def gather_team(self, launcher: Person, sale: Sale, promoted: float) -> int:
        """A team grows along friendships and fills a rung or fails; returns the orders that hold."""
        team = self._grow(launcher, sale)
        rungs = [rung for rung, size in enumerate(sale.sizes) if size <= len(team)]
        self.today["teams"] += 1
        if not rungs:
            self.today["teams_failed"] += 1
            return 0
        for person, asker in team:
            fen = sale.prices[rungs[-1]]
            person.order(sale.effect.product, fen, sale.cause, 0.0 if asker else promoted)
            if asker:
                person.partner, asker.partner = asker.row, person.row
            if person.status == STRANGER:
                person.bind(self.day + 1, asker.row, sale.cause)
        return len(team)

    def _grow(self, launcher: Person, sale: Sale) -> list[tuple[Person, Person | None]]:
        """Who joins asks his own friends; who waits for a sure thing joins when the first rung is reached."""
        first, most, effort = sale.sizes[0], max(sale.sizes), self.p.invite.spread_effort
        team: list[tuple[Person, Person | None]] = [(launcher, None)]
        waiting: list[tuple[Person, Person]] = []
        launcher.teamed = True

        def join(friend: Person, asker: Person) -> None:
            if len(team) < most and friend.can_team(sale):
                team.append((friend, asker))
                friend.teamed = True

        at = 0
        while at < len(team) < most:
            asker = team[at][0]
            asks = sale.asks if at == 0 else int(sale.asks * effort + 0.5)
            for friend in asker.friends_asked(asks, sale.salt):
                if len(team) >= most or not friend.can_team(sale):
                    continue
                u = friend.reluctance(asker, sale)
                if u < sale.effect.yes or (u < sale.effect.wait and len(team) >= first):
                    join(friend, asker)
                elif u < sale.effect.wait and len(waiting) < 64:
                    waiting.append((friend, asker))
            at += 1
            if len(team) >= first:
                for friend, asker in waiting:
                    join(friend, asker)
                waiting = []
        return team

    # --- the evening ------------------------------------------------------------------------------------

    def deliver(self) -> None:
        """Parcels of an earlier day arrive; bad ones are refunded."""
        days = max(1, self.plan.operator.delivery_days)
        for order in self.sent.pop(self.day - days, []):
            if order.person.unpack(order, self.day - days):
                self.enter(Account.REFUNDS, order.cause, -order.fen, order.person)
                self.note("refund", order.person.row, fen=order.fen, cause=order.cause)

    def settle(self) -> None:
        """The day's orders become money: sales at the usual price, and the discount beside them."""
        for order in self.orders:
            person, product = order.person, self.plan.products[order.product]
            self.enter(Account.SALES, order.cause, product.price, person)
            self.enter(Account.GOODS, order.cause, -product.unit_cost, person)
            if order.fen != product.price:
                self.enter(Account.DISCOUNT, order.cause, order.fen - product.price, person)
            person.spent += order.fen
            if person.home:
                person.home.count.update(orders=1, revenue=order.fen)
        for person in self.left:
            person.home.count["left"] += 1
        self.sent[self.day] = self.orders

    def operator_reacts(self) -> None:
        """Newcomers who came by themselves are paid for; strategies answer the day."""
        own, fen = self.shelf_cause + 1, self.plan.operator.acquisition
        for person in self.joined:
            if person.inviter < 0 and fen:
                self.enter(Account.ACQUISITION, own, -fen, person)
        happened = events_of_the_day(self)
        for cause, (strategy, view) in enumerate(zip(self.strategies, self.sights, strict=True)):
            for effect in strategy.react(happened, view, self.memories[cause]):
                self.carry_out(effect, cause)

    def close(self) -> None:
        """Envelopes are paid and sent on, and the day is written down."""
        for person, fen, packet, _ in self.catches:
            if packet.sender < 0:
                self.enter(Account.ENVELOPES, packet.cause, -fen, person)
                self.note("payment", person.row, fen=fen, cause=packet.cause)
        self._send_on()
        self._write_events()
        self._write_tables()

    def _send_on(self) -> None:
        """Who was moved to it sends an envelope of his own tomorrow, one at most."""
        senders = set()
        for person, _, packet, again in self.catches:
            if again and person not in senders:
                senders.add(person)
                salt, terms = self.salts[packet.cause] ^ 20, (packet.resend, packet.slope)
                self.resent.append(Packet(person.home, packet.cause, salt, 20, 1000, 20, *terms, person.row))

    def _write_events(self) -> None:
        for person in self.joined:
            self.note("join", person.row, person.inviter, cause=person.join_cause)
        for person in self.left:
            self.note("leave", person.row)
        for person in self.muters:
            self.note("mute", person.row)
        for order in self.orders:
            self.note("order", order.person.row, fen=order.fen, cause=order.cause)
        for person in self.invited:
            self.note("invitation", person.inviter, person.row, cause=person.join_cause)

    def _write_tables(self) -> None:
        groups, today = self.groups, self.today
        members = sum(group.size for group in groups)
        self.daily.append({
            "day": self.day, "members": members, "looked": sum(person.looked for person in self.people),
            "wrote": today["wrote"],
            "messages": sum(group.messages for group in groups), "operator_posts": today["operator_posts"],
            "spam": sum(group.adverts for group in groups), "muted": sum(g.count["muted"] for g in groups),
            "joined": len(self.joined), "invited": sum(person.inviter >= 0 for person in self.joined),
            "left": len(self.left), "muted_today": len(self.muters), "orders": len(self.orders),
            "revenue": sum(order.fen for order in self.orders), "buyers": len(self.orders),
            "caught": sum(fen for _, fen, *_ in self.catches),
            "resent": sum(packet.total for packet in self.resent), "teams": today["teams"],
            "teams_failed": today["teams_failed"], "checked_in": len(self.checkers),
            "activity": today["activity"] / max(1, members), "trust": today["trust"] / max(1, members),
            "liability": self.liability,
        })  # fmt: skip
        for group in groups:
            state = {"members": group.size, "messages": group.messages}
            state |= {"spam": group.spam, "topics": group.topics}
            self.by_group[self.day, group.number] = state | group.count

    # --- the books --------------------------------------------------------------------------------------

    def enter(self, account: Account, cause: int, fen: int, person: Person | None = None) -> None:
        """One entry of profit and loss: income positive, cost negative."""
        row, group = (person.row, person.group) if person else (NOBODY, NOBODY)
        self.entries.append((self.day, account.value, cause, row, group, fen))

    def note(self, kind: str, row: int, other: int = NOBODY, fen: int = 0, cause: int = NOBODY) -> None:
        """One event."""
        self.events.append((kind, self.day, row, other, fen, cause))

    def spent(self, cause: int) -> int:
        """Fen that a strategy has cost so far; goods and staff are left out, as they are not its choice."""
        ours = (Account.SALES.value, Account.GOODS.value, Account.STAFF.value)
        return -sum(fen for _, account, of, *_, fen in self.entries if of == cause and account not in ours)
