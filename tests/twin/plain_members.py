"""The rules of a day once more, as a plain Mesa model: one agent per person, loops, no columns, no kernels.

This is how the simulator would look if nobody had to wait for it.  It shares with the engine who the
people are (`Population`), what strategies answer (effects), what a draw of luck is (`core.luck`) and
`exp` and `log` (`core.maths`); every rule is written anew, and must leave the same bits.  Here are the
members and their groups; a `Person` goes through the day from `arrive` to `close_day`.  What is around
them, and the order of the day, stands in `plain_community`.

The engine keeps states in single precision (float32) and reckons in double.  Here an attribute that is
`Single` is rounded when it is set, and `single` marks the few places where a step between is rounded too.
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any

import mesa
import numpy as np

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.luck import Purpose
from commsim.core.maths import exp, log
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.population.people import Population
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.group_kinds import BY_KIND

NEVER, BUYER, LAPSED = 0, 1, 2
NOBODY = -1

key = lru_cache(maxsize=None)(luck.key)


def single(x: float) -> float:
    """The nearest number of single precision."""
    return float(np.float32(x))


class Single:
    """An attribute that is kept in single precision; it is read like any other, millions of times."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __set__(self, thing: Any, value: float) -> None:
        vars(thing)[self.name] = single(value)


@lru_cache
def after_a_day(half_life: float) -> float:
    """What a day leaves of what has this half-life."""
    return single(0.5 ** (1.0 / half_life))


def own_fen(fen: int, log_ratio: float) -> int:
    """A price lowered by a log ratio, to the next fen and a fen at least."""
    return max(1, math.floor(fen * exp(log_ratio) + 0.500001)) if log_ratio else fen


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


def presence(
    look: Any, favourite: int, hour: int, hours: float, *, calls: float = 0.0, knows: bool = False
) -> float:
    """Chance to be there between two hours, given a look, of who favours one part of the day.

    calls: by envelopes and posts shortly before.  knows: whether they have read that it will be.
    """
    weight = weight_of(look.own_hours, favourite, hour, hours)
    return 1.0 - exp(-look.attention * weight * (1.0 + calls) * (1.0 + look.preview * knows))


@lru_cache
def weight_of(own_hours: float, favourite: int, hour: int, hours: float) -> float:
    """Weight of so many hours in the day of who favours one part of it."""
    weight, at, left = 0.0, hour, hours
    while left > 0 and at < 24:
        slot = 3 if at < 8 or at >= 19 else 0 if at < 12 else 1 if at < 14 else 2
        share = SLOT_SHARE[slot]
        own = own_hours if slot == favourite else (1.0 - own_hours * share) / (1.0 - share)
        weight += HOUR_WEIGHT[at] * min(1.0, left) * own
        at, left = at + 1, left - 1.0
    return weight


def minute(draw: float, hours: float, rush: float) -> int:
    """Whole minutes since the opening for a draw of arrival: exponential times, cut off at the end."""
    u = min(1.0, max(0.0, draw))
    return int(-60.0 * rush * log((1.0 - u) + u * exp(-hours / rush)))


@lru_cache
def by_hour(own_hours: float, favourite: int) -> tuple[float, ...]:
    """Share of their messages that who favours one part of the day writes in each hour."""
    weights = []
    for hour, weight in enumerate(HOUR_WEIGHT):
        slot = 3 if hour < 8 or hour >= 19 else 0 if hour < 12 else 1 if hour < 14 else 2
        share = SLOT_SHARE[slot]
        own = own_hours if slot == favourite else (1.0 - own_hours * share) / (1.0 - share)
        weights.append(weight * own)
    *_, total = accumulate(weights)
    return tuple(weight / total for weight in weights)


def together(pieces: list[Any], name: str) -> float:
    """What the day's content adds up to: the root of the sum of squares, those below 0 taken away."""
    gains = [math.sqrt(piece.posts) * getattr(piece, name) for piece in pieces]
    total = sum(gain * abs(gain) for gain in gains)
    return math.copysign(math.sqrt(abs(total)), total)


class Group:
    """A chat group: its bond, topics, adverts of members, rules; and what the operator does there today."""

    topics, spam, rules = Single(), Single(), Single()

    def __init__(self, number: int, bond: float, half_life: float, spam: float) -> None:
        self.number, self.bond, self.keep = number, bond, single(0.5 ** (1.0 / half_life))
        self.topics, self.spam, self.rules = 1.0, spam, 0.0
        self.size, self.heard, self.envelopes = 0, 0.0, [0] * 7
        self.cap = 0

    def be(self, kind: str | None, plan: Any) -> None:
        """Of a kind of its own, with what that sets where the plan sets nothing itself."""
        self.level, self.answered = plan.behaviour.talk.level, plan.behaviour.talk.answered
        self.deal, usual = plan.behaviour.activity.deal, Behaviour()
        if kind is None:
            return
        ours, theirs = BY_KIND[plan.community.kind], BY_KIND[kind]
        for path in ("talk.level", "talk.answered", "activity.deal"):
            section, name = path.split(".")
            default = getattr(getattr(usual, section), name)
            if getattr(self, name) == (ours[path].value if path in ours else default):
                setattr(self, name, theirs[path].value if path in theirs else default)

    def morning(self) -> None:
        """Forget yesterday's notices and counts."""
        self.members_at_dawn = self.size
        self.posts = self.empty = self.deals = self.price = 0.0
        self.pieces: list[Any] = []
        self.staffed = False
        self.new_rules, self.lift, self.messages, self.spark = -1.0, 0.0, 0, 0.0
        self.shown, self.said = 0, 0.0
        self.calls: list[tuple[int, float]] = []
        self.count = Counter(looked=0, left=0, muted=0, orders=0, revenue=0)

    content = property(lambda self: together(self.pieces, "value"))
    new_topics = property(lambda self: together(self.pieces, "topics"))
    new_trust = property(lambda self: together(self.pieces, "trust"))

    def strike_up(self, t: Any) -> None:
        """How much there is to say for each looker: topics, replies to yesterday's talk, less for adverts."""
        heard = self.heard / self.size
        self.spark = t.topics * self.bond * self.topics + t.reply * heard / (1.0 + heard / t.saturation)
        self.spark *= self.level * exp(-t.size * log(self.size / 200.0) - t.spam_damping * self.spam)

    def judge_talk(self, a: Any) -> None:
        """What today's talk was worth to who read it, answers in it, and how many adverts stood in it."""
        seen = a.readable * (1.0 - exp(-(self.messages + self.said) / a.readable))
        self.talk_value = a.talk * seen * math.sqrt(self.bond)
        if self.staffed:
            self.talk_value += a.answer * min(1.0, self.answered * self.messages)
        self.adverts = self.spam * self.size / 100.0

    def close_day(self, day: int, p: Any) -> None:
        """Topics fade unless renewed; adverts spread unless rules are enforced; empty groups stand still."""
        self.envelopes[(day + 1) % 7] = 0
        if self.size == 0:
            return
        self.topics = min(p.talk.most_topics, single(self.topics * self.keep) + self.new_topics)
        if self.new_rules >= 0.0:
            self.rules = self.new_rules
        s, now = p.spam, self.spam
        now += now * (s.growth * (1.0 - now / s.ceiling) * (1.0 - self.rules) - s.control * self.rules)
        self.spam = min(s.ceiling, max(s.floor, now))
        self.heard = self.messages + self.said

    def worn(self, habituation: float) -> float:
        """What is left of an envelope's pull after those of the last 7 days."""
        left = 1.0
        for _ in range(sum(self.envelopes)):
            left *= habituation
        return left


@dataclass
class Sale:
    """An offer, or with ``asks`` a team offer, whose ladder has a price for each size of a team.

    price: log ratio to the usual one, as it tempts.  sample: hazard of taking it as a first sample.
    """

    cause: int
    salt: int
    effect: Any
    sizes: tuple[int, ...]
    prices: tuple[int, ...]
    price: float
    sample: float
    cue: float
    groups: set[Group]
    product: int
    asks: int = 0
    stock: int = -1
    sold: Counter = field(default_factory=Counter)
    lift: float = 0.0
    pooled: bool = False
    there: int = 0

    @property
    def open_hours(self) -> float:
        """Hours for which it is open today."""
        return min(self.effect.hours, 24.0 - self.effect.hour)


@dataclass
class Sent:
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
    some: set[int] | None = None


@dataclass
class Order:
    """Something bought, and for how much."""

    person: "Person"
    product: int
    fen: int
    cause: int
    minute: int
    before_cuts: int = 0
    refunded: int = -1
    added: bool = False


class Person(mesa.Agent):
    """Somebody who is, was or can become a member; row = their number in the population."""

    buy_rate, rate, activity, trust, value = Single(), Single(), Single(), Single(), Single()
    fatigue, annoyance, reference, need = Single(), Single(), Single(), Single()
    gain, chance, usual, referral = Single(), Single(), Single(), Single()
    contact, adstock = Single(), Single()

    def __init__(self, model: mesa.Model, row: int) -> None:
        super().__init__(model)
        self.row, self.p = row, model.p
        self._born(model.population)
        self._settled(model)
        self.inviter = self.partner = self.joined = self.due = self.join_cause = NOBODY
        doubts = luck.key(model.seed, luck.purpose("invitations, whom one friend does not move"))
        self.asked_by = -2 if luck.uniform(doubts, row) < model.p.invite.doubtful else -1
        self.value = self.fatigue = self.annoyance = self.reference = self.chance = 0.0
        self.contact = self.adstock = 0.0
        self.seat = row >= model.population.n_members + model.population.n_outsiders
        self.need = self.referral = 1.0
        self.orders = self.spent = self.messages = self.points = self.recruits = self.looks = 0
        self.sampled, self.offered = False, -1e30
        self.asked: dict[int, int] = {}
        self.point_worth = 0.0
        self.habits: dict[Any, float] = {}
        self.days_looked, self.own_lift = 0, 0.0

    def _born(self, population: Population) -> None:
        """Traits, drawn once."""
        for name in ("talk_rate", "elasticity", "lapse", "share", "tolerance", "sociability", "fluency"):
            setattr(self, name, float(population.traits[name][self.row]))
        self.habit_speed = float(population.traits["habit_speed"][self.row])
        self.trust_base = float(population.traits["trust"][self.row])
        self.keep = single(0.5 ** (1.0 / float(population.traits["half_life"][self.row])))
        self.slot, self.segment = int(population.slot[self.row]), int(population.segment[self.row])
        self.friends = [int(friend) for friend in population.friends(self.row)]
        self.near = self.model.near(self.row) if self.model.plan.community.groups else -1

    def _settled(self, model: mesa.Model) -> None:
        """Where they stand on the first morning."""
        population, row = model.population, self.row
        home = int(population.group[row])
        self.home = model.groups[home] if home >= 0 else None
        self.status = MEMBER if self.home else STRANGER
        self.muted, self.trust = bool(population.muted[row]), self.trust_base
        fresh = min(1.0, single(self.p.activity.start) * single(0.5 + self.share))
        start = model.plan.community.activity
        self.activity = fresh if start is None else start
        buyer, alive = bool(population.buyer[row]), bool(population.alive[row])
        self.buys = (BUYER if alive else LAPSED) if buyer else NEVER
        self._remember_past(float(population.traits["buy_rate"][row]), customer=buyer and alive)
        trial = float(population.traits["trial_rate"][row])
        self.rate = (self.buy_rate if alive else 0.0) if buyer else trial

    def _remember_past(self, rate: float, *, customer: bool) -> None:
        """Steady buying has brought a customer's trust where gains, losses and the base are in balance.

        Their rate gives there the hazard that the one drawn has at the base (rates from real orders aside).
        """
        t = self.p.trust
        gain, loss = rate * (1.0 - t.past_bad) * t.good, rate * t.past_bad * t.bad
        pull = t.recovery + gain + loss
        trust = (t.recovery * self.trust_base + gain) / pull if pull > 0.0 else self.trust_base
        before, now = (math.exp(self._trust_effect(at)) for at in (self.trust_base, trust))
        self.buy_rate, self.usual = rate * before / now, -math.expm1(-rate * before)
        if customer:
            self.trust = trust

    @property
    def group(self) -> int:
        """Number of their group; they keep it when they leave."""
        return self.home.number if self.home else NOBODY

    @property
    def looked(self) -> bool:
        """Whether they looked in today."""
        return bool(self.looks & 1)

    @property
    def wants(self) -> float:
        """Orders a day at the usual price, unprompted."""
        return single(single(self.rate * self.need) * self.referral)

    def luck(self, purpose: Purpose, salt: int = 0, day: int | None = None) -> float:
        """Their draw in [0, 1) for one purpose, today if no day is given."""
        day = self.model.day if day is None else day
        return luck.uniform(key(self.model.seed, purpose, day, salt), self.row)

    def luck_with(self, other: int, purpose: Purpose, salt: int = 0, day: int | None = None) -> float:
        """Their draw for one purpose that regards somebody or something else too."""
        day = self.model.day if day is None else day
        return luck.uniform_pair(key(self.model.seed, purpose, day, salt), self.row, other)

    def reached(self, cause: int, reach: float) -> bool:
        """Whether posts of a strategy with limited reach can reach them at all."""
        return self.luck(Purpose.REACH, self.model.salts[cause], day=0) < reach

    def addressed(self, cause: int, reach: float) -> bool:
        """Whether a strategy addresses them today, and its posts can reach them."""
        some = self.model.for_whom(cause)
        return (some is None or self.row in some) and self.reached(cause, reach)

    def narrow(self, which: str) -> list[float]:
        """What some members alone get today, they among them."""
        notes = (note for note in self.model.narrow if self.home in note.groups and self.row in note.some)
        return [getattr(note, which) for note in notes]

    def narrow_posts(self, which: str) -> float:
        """Posts (or ``empty`` ones) to some members that reach them today."""
        return float(sum(self.narrow(which)))

    def together(self, of_all: float, which: str) -> float:
        """A notice of their group with what they alone get: the root of the sum of squares, with signs."""
        squares = 0.0
        for square in self.narrow(which):
            squares += square
        if squares == 0.0:
            return of_all
        total = of_all * abs(of_all) + squares
        return math.copysign(math.sqrt(abs(total)), total)

    @property
    def content(self) -> float:
        """Worth of the day's content for them."""
        return self.together(self.home.content, "value")

    @property
    def deals(self) -> float:
        """Worth of the day's deals for them."""
        worth = self.home.deals
        for more in self.narrow("deals"):
            worth += more
        return worth

    # --- the day, in its order --------------------------------------------------------------------------

    def arrive(self) -> None:
        """Join if they are due, or come uninvited: the inviter's group if it has room, else another."""
        if self.status != STRANGER:
            return
        model = self.model
        own = not self.seat and self.luck(Purpose.DELAY) < model.own_rate
        if self.due != model.day and not own:
            return
        inviter = model.people[self.inviter] if self.inviter >= 0 else None
        home = inviter.home if inviter and inviter.status == MEMBER else None
        if home is None or home.size >= home.cap:
            home = self._open_group()
        home.size += 1
        self.home, self.status, self.joined = home, MEMBER, model.day
        self.activity = min(1.0, self.p.activity.start * (0.5 + self.share))
        if inviter:
            inviter.recruits += 1
            self.referral = self.p.invite.lasting
        model.joined.append(self)

    def _open_group(self) -> Group:
        """The group with room that wins the draw, else the first that nobody is in."""
        room = [group for group in self.model.groups if 0 < group.size < group.cap]
        if room:
            return max(room, key=lambda group: self.luck_with(group.number, Purpose.PLACE, day=0))
        return next(group for group in self.model.groups if group.size == 0)

    def look(self) -> None:
        """Leave for good, or perhaps mute or unmute, and perhaps look in: the gate of all that they see."""
        self.looks = self.looks << 1 & 0xFFFFFFFF
        self.gain, self.lively, self.bought, self.teamed = 0.0, set(), False, False
        if self.status != MEMBER:
            return
        angry, leave, mute = self._hazards()
        self.chance = chance = self._chance_to_look()
        stay = self.luck(Purpose.STAY)
        if stay < leave:
            self.status = LEFT
            self.annoyance += single(self.p.stay.anger) if angry else 0.0
            self.home.size -= 1
            self.model.left.append(self)
            return
        if stay > 1.0 - (self.p.stay.unmute * worth(self.value) if self.muted else mute):
            (self.model.unmuters if self.muted else self.model.muters).append(self)
            self.muted = not self.muted
        if self.luck(Purpose.LOOK) < chance:
            self.looks |= 1
            self.days_looked += 1
            self.home.count["looked"] += 1

    def _hazards(self) -> tuple[bool, float, float]:
        """Whether the shop's posts are to blame if they leave; chances to leave and to mute."""
        s, home = self.p.stay, self.home
        adverts = s.spam * home.spam * home.members_at_dawn / 100.0
        narrow = self.narrow_posts("posts")
        messages = home.posts + adverts + narrow
        n = messages * s.heard_muted if self.muted else messages
        crowd = 1.0 + s.crowding * max(0.0, min(n, s.crowded) - 1.0)
        bother = self.tolerance * n * crowd * (1.0 - s.forgiving * worth(self.value))
        driven = s.leave_message * bother * (s.leave_muted if self.muted else 1.0)
        held = (s.invited if self.inviter >= 0 else 1.0) * (s.recruiter if self.recruits > 0 else 1.0)
        anger, leave = (self.turned(chance * held, Dial.LEAVE) for chance in (driven, s.leave + driven))
        mute = 0.0 if self.muted else s.mute_message * bother
        angry = self.luck(Purpose.STAY) * messages < anger * (home.posts + narrow)
        return angry, leave, self.turned(mute, Dial.MUTE)

    def dial(self, dial: Dial) -> float | None:
        """How far strategies turn a dial of theirs today; None if nobody turns it."""
        turned = self.model.nudges.get(dial)
        return None if turned is None else turned[self.row]

    def own_price_at(self, sale: Sale) -> float:
        """The log of an offer's price for them, at a team's first rung."""
        return sale.price + self._own(sale.prices[0], sale.effect.product, on_sale=True)

    def _own(self, fen: int, product: int, *, on_sale: bool) -> float:
        """The log of their own price over that of everybody, for a product at so many fen."""
        by, least = self.dial(Dial.PRICE) or 0.0, self.p.buying.sample_price
        least *= self.model.plan.products[product].price
        for _, log_ratio in self.model.prices:
            fen = own_fen(fen, log_ratio(self))
        for cut in self.model.cuts:
            off, _ = cut(self, fen, product, on_sale)
            by += log(max(fen - off, least) / max(fen, least)) if off else 0.0
            fen -= off
        return by

    def turned(self, rate: float, dial: Dial) -> float:
        """A rate times the exponential of a dial."""
        by = self.dial(dial)
        return rate if by is None else rate * exp(by)

    def _chance_to_look(self) -> float:
        """Activity, lifted by an envelope or the habit of checking in, lowered by muting."""
        look, opened = self.p.look, self.model.opened
        regular = opened is not None and self.row in opened.for_whom
        lifts = 1.0 + self.home.lift
        lifts += look.check_in * self.habits.get(opened.cause, 0.0) if regular else 0.0
        lifts += self.own_lift + (self.dial(Dial.LIFT) or 0.0)
        self.own_lift = 0.0
        chance = min(look.ceiling, self.activity * lifts) * self.fluency
        chance *= look.muted if self.muted else 1.0
        odds = self.dial(Dial.LOOK)
        return chance if odds is None else shifted(chance, odds)

    def opens(self, envelope: Sent) -> float:
        """When they open an envelope: in its own hour, later in the day, or (their own) never."""
        sender, salt = envelope.sender, envelope.salt
        q = presence(self.p.look, self.slot, envelope.hour, 1.0)
        there = self.luck_with(sender, Purpose.PRESENT, salt) < q
        time = self.luck_with(sender, Purpose.CATCH, salt)
        never = self.row == sender or not (envelope.some is None or self.row in envelope.some)
        return time + (0.0 if there else 1.0) + (5.0 if never else 0.0)

    def catch(self, size: float, hour: int | None) -> None:
        """A share of an envelope: worth something, a push on activity; lively talk in its hour, if there."""
        a = self.p.activity
        self.activity += single((1.0 - self.activity) * (1.0 - exp(-a.push * size)))
        self.gain += a.envelope * size
        if hour is not None:
            self.lively.add(hour)

    def train(self, habit: Any, done: bool) -> None:
        """A habit grows with every occasion that is used and hardly suffers from one that is missed."""
        h = self.habits.get(habit, 0.0)
        grown = h + single(self.habit_speed * (1.0 - h))
        self.habits[habit] = single(grown if done else h * single(1.0 - self.p.habit.missed))

    def check_in(self) -> None:
        """Check in if they look, or by habit alone."""
        opened = self.model.opened
        if opened is None or self.status != MEMBER or self.row not in opened.for_whom:
            return
        h, base, pull = self.habits.get(opened.cause, 0.0), opened.base, float(opened.pull[self.row])
        chance = base + (1.0 - base) * h if self.looked else single(h * self.chance)
        if chance <= 0.0:
            return
        if pull != 0.0:
            chance = shifted(chance, pull)
        done = self.luck(Purpose.CHECK_IN) < min(0.97, chance)
        if done:
            self.model.checkers.append(self)
        self.train(opened.cause, done)

    def attends(self, sale: Sale) -> bool:
        """Whether they are at a sale: lookers at its hour, others by habit; either way a habit is trained."""
        offer = sale.effect
        if self.status != MEMBER or self.home not in sale.groups:
            return False
        if not self.addressed(sale.cause, offer.reach):
            return False
        calls = 0.0  # not by `sum`, which newer Pythons round otherwise
        for hour, by in self.home.calls:
            calls += by if offer.hour - 3 <= hour < offer.hour else 0.0
        calls += self._called(offer.hour)
        knows = self.knows_of(sale)
        q = presence(self.p.look, self.slot, offer.hour, offer.hours, calls=calls, knows=knows)
        slot = sale.cause, self.model.date.weekday(), offer.hour
        here, anywhere = (self.habits.get(habit, 0.0) for habit in (slot, sale.cause))
        h = here + self.p.habit.transfer * max(0.0, single(anywhere - here))
        q = min(self.p.look.ceiling, q * (1.0 + h)) if self.looked else q * h * self.chance
        there = q > 0.0 and self.luck(Purpose.PRESENT, sale.salt) < q
        for habit in (slot, sale.cause):
            self.train(habit, there)
        return there

    def _called(self, hour_of_sale: int) -> float:
        """How strongly calls that not everybody hears call them."""
        total = 0.0
        for hour, by, groups, some in self.model.some_calls:
            if hour_of_sale - 3 <= hour < hour_of_sale and self.home in groups and self.row in some:
                total += by
        return total

    def knows_of(self, sale: Sale) -> bool:
        """Whether they have looked in on a day on which a post told of a sale, of its strategy or another."""
        told = [
            post.day
            for post in self.model.announcements
            if post.sale == sale.cause
            and (self.model.day - 1, -1) < (post.day, post.hour) < (self.model.day, sale.effect.hour)
            and self.home in post.groups
            and (post.some is None or self.row in post.some)
        ]
        return bool(self.looks & sale.effect.previewed) or any(self.looked_on(day) for day in told)

    def looked_on(self, day: int) -> bool:
        """Whether they looked in on one of the last days."""
        return bool(self.looks >> (self.model.day - day) & 1)

    def arrives(self, sale: Sale) -> float:
        """When they come to a sale."""
        return self.luck(Purpose.ARRIVE, sale.salt) - (self.dial(Dial.EARLY) or 0.0)

    def minute_at(self, sale: Sale, *, late: bool = False) -> int:
        """The minute of a sale in which they come; late: at a second look."""
        if late:
            u, all_minutes = min(1.0, max(0.0, self.arrives(sale))), 60.0 * sale.open_hours
            counted = min(all_minutes, sale.effect.countdown)
            return int(max(0.0, all_minutes - sale.effect.countdown) + u * counted)
        return minute(self.arrives(sale), sale.open_hours, self.p.look.rush)

    def promotion(self, sale: Sale) -> float:
        """What borrows from later: price, scarcity, who bought before; on the log of their buying rate."""
        b, groups = self.p.buying, sale.groups if sale.pooled else {self.home}
        sold = sum(sale.sold[group] + group.shown for group in groups)
        sold += int(max(0.0, self.dial(Dial.SEEN) or 0.0))
        u = self.price_effect(self.own_price_at(sale)) + sale.cue
        if sold > 0:
            u += b.first_buyer + b.more_buyers * log(float(min(sold, 512)))
        return u

    def takes(self, sale: Sale, promoted: float) -> bool:
        """Whether they take an offer, promoted so much, by goodwill and its announcement."""
        goodwill = self._goodwill() + self._advert_effect() + sale.lift
        goodwill -= self.elsewhere(promoted + goodwill)
        uplift = self.likes(sale.product) * exp(promoted + goodwill)
        sample = sale.sample if self.likes(sale.product) > 0.0 and not self.sampled else 0.0
        return self.buys_at(self.wants * min(self.p.buying.cap, uplift) + sample)

    def likes(self, number: int) -> float:
        """Factor on the buying rate of a product: its appeal, times the taste of their group at the start."""
        product, people = self.model.plan.products[number], self.model.plan.community
        if product.segments and people.segments[self.segment].name not in product.segments:
            return 0.0
        taste = people.groups[self.near].taste if self.near >= 0 else ()
        liked = product.appeal * next((one.factor for one in taste if one.product == product.name), 1.0)
        return liked * self.model.factors[number]

    @property
    def shelf(self) -> list[float]:
        """Factors on the buying rate by product, 0 for what is not on the shelf."""
        products = enumerate(self.model.plan.products)
        return [self.likes(k) if product.shelf else 0.0 for k, product in products]

    def price_effect(self, price: float) -> float:
        """Elasticity, and gain or loss against the price that they are used to; prices are log ratios."""
        b, against = self.p.buying, price - self.reference
        return -self.elasticity * price - (b.reference_gain if against < 0.0 else b.reference_loss) * against

    def elsewhere(self, uplift: float) -> float:
        """What other shops take off the log of the uplift; the best offer of the day is noted."""
        away, pull = self.dial(Dial.AWAY), self.dial(Dial.PULL) or 0.0
        if away is None:
            return 0.0
        self.offered = max(self.offered, single(uplift))
        theirs = min(1.0, max(0.0, away))
        return log((1.0 - theirs) * exp(theirs * uplift) + theirs * exp(pull - (1.0 - theirs) * uplift))

    def _trust_effect(self, trust: float | None = None) -> float:
        """What trust, their own or another, adds to the log of their buying rate."""
        return self.p.buying.trust * self._more_trusting(trust)

    def _more_trusting(self, trust: float | None = None) -> float:
        """How far trust, their own or another, is from the usual in standard deviations, -2 to 1."""
        t, trust = self.p.trust, self.trust if trust is None else trust
        return min(1.0, max(-2.0, (trust - t.start) / t.scale))

    def _goodwill(self) -> float:
        """What trust, touch with a run group and adverts of earlier days add to the log of the rate."""
        b = self.p.buying
        touched = log(1.0 + b.touch) * min(1.0, self.contact / b.touch_full)
        return self._trust_effect() + touched + self.adstock

    def _advert_effect(self) -> float:
        """What an advert seen adds to the log of the rate, worn by passing and lasting fatigue."""
        worn = log(self.p.fatigue.response)
        return log(self.p.buying.advert) * exp(self.fatigue * worn - self.annoyance)

    def buys_at(self, hazard: float) -> bool:
        """Whether a hazard of an order becomes one: the same luck all day, so there is one need a day."""
        u, by = self.luck(Purpose.BUY), self.dial(Dial.BUY)
        if by is not None:
            u = 1.0 - exp(log(1.0 - u) * exp(-by))
        return u < 1.0 - exp(-hazard)

    def take(self, sale: Sale, fen: int, promoted: float, minute: int = NOBODY) -> None:
        """Order at a sale; a sample makes a customer of who was none by chance only."""
        before = self.buys, self.rate
        if sale.sample > 0.0:
            wins = self.try_sample()
        self.order(sale.effect.product, fen, sale.cause, promoted, minute)
        if sale.sample > 0.0 and before[0] != BUYER and not wins:
            self.buys, self.rate = before

    def try_sample(self) -> bool:
        """Whether a sample makes a customer of who was none; of who never bought, one of less worth."""
        self.sampled = True
        wins = self.luck(Purpose.SAMPLE) < self.p.buying.sample_convert
        if wins and self.buys == NEVER:
            self.buy_rate *= self.p.buying.sample_quality
            self.usual *= self.p.buying.sample_quality
        return wins

    def order(self, product: int, fen: int, cause: int, promoted: float, minute: int = NOBODY) -> None:
        """What a promotion adds is in part borrowed from later needs; who never bought is a buyer now."""
        self.model.orders.append(Order(self, product, fen, cause, minute))
        self.bought = True
        if promoted > 0.0:
            self.need = max(0.0, self.need - self.p.buying.borrowed * (1.0 - exp(-promoted)))
        self.orders += 1
        self.buys, self.rate = BUYER, self.buy_rate

    def shop(self) -> None:
        """Perhaps buy from the shelf, member or former member, if nothing was bought at a sale."""
        if self.status == STRANGER:
            return
        b, model = self.p.buying, self.model
        appeal, shop = self.shelf, model.plan.products
        sold = max(appeal) > 0.0 and not model.shut
        product = self._pick(appeal) if sold else NOBODY
        own = self._own(shop[product].price, product, on_sale=False) if sold else self.dial(Dial.PRICE) or 0.0
        promoted, goodwill = self.price_effect(own), self._goodwill()
        if self.looked and self.home.posts + self.narrow_posts("posts") > 0.0:
            goodwill += self._advert_effect()
        goodwill -= self.elsewhere(promoted + goodwill)
        if self.bought or not sold:
            return
        uplift = min(b.cap, exp(promoted + goodwill))
        if self.buys_at(self.wants * model.choice(self) * uplift):
            self.order(product, shop[product].price, model.shelf_cause, promoted)

    def lapse_perhaps(self) -> None:
        """A buyer whose luck would bring an order at the usual rate may lapse, whatever they did today."""
        if self.status == STRANGER or self.buys != BUYER or self.luck(Purpose.BUY) >= self.usual:
            return
        if self.luck(Purpose.LAPSE) < self.lapse * exp(self.p.fatigue.to_lapse * self.annoyance):
            self.buys, self.rate = LAPSED, 0.0

    def _pick(self, appeal: list[float]) -> int:
        """A product of the shelf, by its appeal."""
        u, below, total = self.luck(Purpose.SHELF), 0.0, sum(appeal)
        for product, weight in enumerate(appeal):
            below += weight
            if u < below / total:
                return product
        raise AssertionError("shares of the shelf do not add up to 1")

    def friends_asked(self, number: int, salt: int) -> list["Person"]:
        """The friends whom they ask to join a team; their last partner seldom again."""
        draws = [(self.luck_with(friend, Purpose.PICK, salt), friend) for friend in self.friends]
        weight = self.p.invite.last_partner
        willing = [(u, friend) for u, friend in draws if friend != self.partner or u <= weight]
        return [self.model.people[friend] for _, friend in sorted(willing, reverse=True)[:number]]

    def can_team(self, sale: Sale) -> bool:
        """Whether they can join a team today."""
        if self.bought or self.teamed or self.likes(sale.product) <= 0.0:
            return False
        if self.status == MEMBER:
            return self.buys != LAPSED
        return sale.effect.outside and self.status == STRANGER and self.due < 0

    @property
    def readiness(self) -> float:
        """To join a team: a power of their rate of buying."""
        power = self.p.invite.team_rate
        return exp(power * log(self.rate)) if self.rate > 0.0 or power == 0.0 else 0.0

    def team_pull(self, sale: Sale) -> float:
        """What multiplies their chance to say yes: a price better than a fifth off, need, rate and trust."""
        against = self.own_price_at(sale) + 0.2231435513142097
        pull = min(1.5, exp(-self.elasticity * against))
        pull *= self.need * self.readiness
        goodwill = self._trust_effect()
        goodwill -= self.elsewhere(goodwill - self.elasticity * against)
        return self.turned(pull * exp(goodwill), Dial.TEAM)

    def bind(self, due: int, inviter: int, cause: int) -> None:
        """Make a stranger a newcomer of a coming day."""
        self.due, self.inviter, self.join_cause = due, inviter, cause
        self.model.invited.append(self)

    def answer_campaign(self, campaign: Any) -> None:
        """Asked for the first time at an occasion of a campaign, they draw how many friends will come."""
        here = self.status == MEMBER and self.looked
        occasion = campaign.occasions.get(self.home, NOBODY) if here else NOBODY
        if self.asked.get(campaign.cause, NOBODY) >= occasion:
            return
        if not self.addressed(campaign.cause, campaign.effect.reach):
            return
        self.asked[campaign.cause] = occasion
        n = self.accepting(campaign.effect.mean, campaign.cause, occasion)
        self.bring(n, campaign.cause, campaign.effect.quality, occasion)

    def accepting(self, mean: float, cause: int, occasion: int, salt: int | None = None) -> int:
        """How many friends will come, where one of average sociability brings ``mean``."""
        salt = self.model.salts[cause] if salt is None else salt
        readiness = exp(2.0 * self.p.invite.trust * self._more_trusting())  # to ask, and of friends to follow
        mean = self.turned(mean * self.sociability * readiness, Dial.INVITE)
        return poisson(self.luck(Purpose.INVITE, salt, day=occasion), mean)

    def bring(
        self, n: int, cause: int, quality: float, occasion: int, last: int = 32000, salt: int | None = None
    ) -> None:
        """Bring n newcomers, who come by a day: friends who are free, then strangers at large."""
        people, salt = self.model.people, self.model.salts[cause] if salt is None else salt
        free = [f for f in self.friends if people[f].is_free and people[f].asked_by != self.row]
        free.sort(key=lambda f: self.luck_with(f, Purpose.PICK, salt, day=0))
        for friend in free[:n]:
            self._invite(people[friend], cause, quality, last, salt)
        for left in range(n - len(free) if self.friends else 0, 0, -1):
            somebody = self._meets(self.luck_with(left, Purpose.MEET, salt, day=occasion))
            if somebody:
                self._invite(somebody, cause, quality, last, salt)

    @property
    def is_free(self) -> bool:
        """Whether they are a stranger whom nobody has brought yet."""
        return self.status == STRANGER and self.due < 0

    def _meets(self, u: float) -> "Person | None":
        """A free stranger: the next one from where u points among the outsiders, in a circle."""
        population = self.model.population
        first = population.n_members
        outsiders = self.model.people[first : first + population.n_outsiders]
        start = int(u * len(outsiders))
        return next((one for one in outsiders[start:] + outsiders[:start] if one.is_free), None)

    def _invite(self, friend: "Person", cause: int, quality: float, last: int, salt: int) -> None:
        """They come within days, a geometric delay of at least one; perhaps when a second one has asked."""
        if friend.asked_by == -2 or friend.asked_by == self.row:
            friend.asked_by = self.row
            return
        i = self.p.invite
        u = self.luck_with(friend.row, Purpose.DELAY, salt, day=0)
        more = int(log(1.0 - u) / log(1.0 - 1.0 / i.delay)) if i.delay > 1.0 else 0
        friend.bind(min(last, self.model.day + 1 + more), self.row, cause)
        friend.buy_rate *= quality
        friend.rate *= quality
        friend.usual *= quality

    def talk(self) -> None:
        """Write, if they looked and have something to say."""
        if not self.looked:
            return
        factor, rate = self.p.talk.envelope, self.talk_rate * self.home.spark
        shares = enumerate(by_hour(self.p.look.own_hours, self.slot))
        weights = [share * factor if hour in self.lively else share for hour, share in shares]
        *_, total = accumulate(weights)
        if self.lively:
            rate *= total
        n = poisson(self.luck(Purpose.TALK), self.turned(rate, Dial.TALK))
        self.messages += n
        self.home.messages += n
        self.model.today["wrote"] += n > 0
        for k in range(n):
            u = self.luck_with(k, Purpose.HOUR) * total
            self.model.hours[next(hour for hour, below in enumerate(accumulate(weights)) if u < below)] += 1

    def close_day(self) -> None:
        """What the day leaves: need and trust come back, fatigue passes, activity goes where value leads."""
        if self.status == STRANGER:
            return
        a, model = self.p.activity, self.model
        if self.need < 1.0:
            self.need = min(1.0, self.need + self.buy_rate * (1.0 - self.need))
        self.referral += single((1.0 - self.referral) * (1.0 - 0.5 ** (1.0 / self.p.invite.fade)))
        self._fade()
        if not self.looked:
            self.reference -= single(self.p.buying.reference_speed * self.reference)
        if self.status != MEMBER:
            return
        self.fatigue *= after_a_day(self.p.fatigue.half_life)
        if self.looked:
            self._see_posts()
            self._remember()
        rest = a.floor + (self.share - a.floor) * worth(self.value)
        self.activity += single((rest - self.activity) * (1.0 - self.keep))
        model.today["activity"] += self.activity
        model.today["trust"] += self.trust
        self.home.count["muted"] += self.muted

    def _fade(self) -> None:
        """Contact, adverts and annoyance fade; trust tends to its base, or below it for who is annoyed."""
        b, f = self.p.buying, self.p.fatigue
        self.contact *= single(1.0 - b.touch_speed)
        self.adstock *= after_a_day(b.adstock_half_life)
        self.annoyance *= after_a_day(f.annoyance_half_life)
        aim = self.trust_base * exp(-f.to_trust * self.annoyance)
        self.trust += single(self.p.trust.recovery * (aim - self.trust))

    def _see_posts(self) -> None:
        """Content and deals keep in touch; posts work for some days, tire for days and annoy for months."""
        b, f, home = self.p.buying, self.p.fatigue, self.home
        if self.content > 0.0 or self.deals > 0.0:
            self.contact += single(b.touch_speed)
        posts, empty = (getattr(home, which) + self.narrow_posts(which) for which in ("posts", "empty"))
        if posts > 0.0:
            share = b.adstock * (1.0 - 0.5 ** (1.0 / b.adstock_half_life))
            self.adstock += single(share * (exp(self._advert_effect()) - 1.0))
            bother = empty + f.useful * (posts - empty)
            self.annoyance += single(f.annoyance * (1.0 - 0.5 * worth(self.value)) * bother)
        self.fatigue += single(posts + home.adverts)

    def _remember(self) -> None:
        """Learn what looking is worth, and whom to trust, and what things cost."""
        a, t, home = self.p.activity, self.p.trust, self.home
        empty = home.empty + self.narrow_posts("empty")
        value = home.talk_value + self.content + self.gain
        value += home.deal * min(1.0, self.deals) - a.spam * home.adverts - a.advert * empty
        self.value += single(a.learning * (value - self.value))
        trust = self.trust
        gain = self.turned(self.together(home.new_trust, "trust") * (1.0 - trust), Dial.TRUST)
        trust += gain - (t.spam * home.adverts + t.advert * empty) * trust
        self.trust = min(1.0, max(0.0, trust))
        price = min([home.price, *self.narrow("price")])
        self.reference += single(self.p.buying.reference_speed * (price - self.reference))

    def unpack(self, order: Order, ordered: int) -> bool:
        """Whether a parcel is bad; trust grows a little, or falls a lot."""
        t = self.p.trust
        bad_share = self.model.plan.products[order.product].bad_share
        bad = self.luck(Purpose.DELIVERY, day=ordered) < bad_share
        self.trust += -(t.bad * self.trust) if bad else self.turned(t.good * (1.0 - self.trust), Dial.TRUST)
        return bad
