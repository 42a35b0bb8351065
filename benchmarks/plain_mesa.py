"""A tended group as Mesa is usually written: one object per member, one method call per member and rule.

Comparable to commsim's own day, and rather smaller: the same people (traits of a `Population`), the same
parameters (`Behaviour`), the same plan; members look, mute, leave, catch envelopes, check in, come to
the sale, buy, talk, tire and forget.  Left out are newcomers, invitations, teams, deliveries, habits,
prizes, orders of former members, events one by one and the books.
"""

import math
from collections import deque
from typing import Any

import mesa

from commsim.core.units import WEEKDAYS
from commsim.population.people import Population
from commsim.scenario.schema import Scenario
from commsim.simulation.clock import presence
from commsim.simulation.kernels.talking import ENVELOPE_HOUR


class Group:
    """What the members of one group share."""

    def __init__(self, model: "PlainCommunity", number: int) -> None:
        traits = model.population.groups
        self.model = model
        self.bond = float(traits["bond"][number])
        self.keep = 0.5 ** (1.0 / float(traits["half_life"][number]))
        self.topics, self.spam, self.heard = 1.0, model.behaviour.spam.start, 0.0
        self.packets = deque([0] * 7, maxlen=7)
        self.size, self.messages, self.sold = 0, 0, 0
        self.lookers: list[Customer] = []

    def morning(self) -> None:
        """Forget yesterday; post what the plan says for today."""
        m = self.model
        self.lookers, self.sold, self.messages = [], 0, 0
        self.adverts = self.spam * self.size / 100.0
        self.posts = 1.0 if m.sale_today else 0.0
        self.wear = m.behaviour.look.habituation ** sum(self.packets)
        self.lift = m.behaviour.look.envelope * self.wear if m.envelope_today else 0.0

    def open_envelope(self) -> None:
        """Split an envelope among the quickest lookers by the doubled-mean rule."""
        m, a = self.model, self.model.behaviour.activity
        envelope = m.plan["red_envelope"]
        left, catchers = envelope.total, m.random.sample(self.lookers, len(self.lookers))
        size = math.sqrt(envelope.total / 1000.0) * self.wear
        for k, member in enumerate(catchers[: envelope.shares]):
            remaining = envelope.shares - k
            share = left if remaining == 1 else 1 + int(m.random.random() * (2 * left // remaining - 1))
            left -= share
            member.activity += (1.0 - member.activity) * (1.0 - math.exp(-a.push * size))
            member.gain += a.envelope * size
            member.caught = True
            m.profit -= share

    def hold_sale(self) -> None:
        """Those who are present decide in order of arrival, and see how many bought before them."""
        m = self.model
        present = [member for member in self.lookers if m.random.random() < m.presence[member.slot]]
        m.random.shuffle(present)
        for member in present:
            member.consider_offer()

    def close(self) -> None:
        """Topics fade, adverts by members spread where nobody acts, envelopes are counted."""
        m, s = self.model, self.model.behaviour.spam
        new_topics = m.plan["content"].topics
        self.topics = min(m.behaviour.talk.most_topics, self.topics * self.keep + new_topics)
        e = m.plan["group_rules"].enforcement
        growth = s.growth * (1.0 - self.spam / s.ceiling) * (1.0 - e) - s.control * e
        self.spam = min(s.ceiling, max(s.floor, self.spam * (1.0 + growth)))
        self.heard = self.messages
        self.packets.append(1 if m.envelope_today else 0)


class Customer(mesa.Agent):
    """A member: traits, state, and what they do in a day."""

    def __init__(self, model: "PlainCommunity", row: int) -> None:
        super().__init__(model)
        people = model.population
        for name, column in people.traits.items():
            setattr(self, name, float(column[row]))
        self.keep = 0.5 ** (1.0 / self.half_life)
        self.slot, self.muted = int(people.slot[row]), bool(people.muted[row])
        self.buyer, self.lapsed = bool(people.buyer[row]), not bool(people.alive[row])
        self.group = model.groups[int(people.group[row])]
        self.group.size += 1
        self.activity = model.behaviour.activity.start * (0.5 + self.share)
        self.trust_base, self.need, self.value = self.trust, 1.0, 0.0
        self.fatigue = self.annoyance = self.reference = self.gain = self.contact = self.adstock = 0.0
        self.looked = self.caught = self.checked = self.bought = False

    def worth(self) -> float:
        """Learned value on a scale from 0 to 1."""
        return self.value / (self.value + 1.0) if self.value > 0.0 else 0.0

    def look(self) -> None:
        """Leave, mute, look: in this order, on messages received."""
        m, s, luck = self.model, self.model.behaviour.stay, self.model.random.random
        self.bought = self.caught = self.looked = False
        self.gain = 0.0
        n = (self.group.posts + s.spam * self.group.adverts) * (s.heard_muted if self.muted else 1.0)
        crowd = 1.0 + s.crowding * max(0.0, min(n, s.crowded) - 1.0)
        bother = self.tolerance * n * crowd * (1.0 - s.forgiving * self.worth())
        if luck() < s.leave + s.leave_message * bother * (s.leave_muted if self.muted else 1.0):
            self.group.size -= 1
            self.remove()
            return
        if not self.muted and luck() < s.mute_message * bother:
            self.muted = True
        lift = 1.0 + self.group.lift + (m.behaviour.look.check_in if self.checked else 0.0)
        chance = min(m.behaviour.look.ceiling, self.activity * lift) * self.fluency
        if luck() < chance * (m.behaviour.look.muted if self.muted else 1.0):
            self.looked = True
            self.group.lookers.append(self)

    def check_in(self) -> None:
        """Collect the day's points."""
        check_in = self.model.plan["check_in"]
        self.checked = self.looked and self.model.random.random() < check_in.base
        if self.checked:
            self.model.profit -= check_in.points * check_in.point_value

    def rate(self) -> float:
        """Orders a day at the usual price, unprompted."""
        return 0.0 if self.lapsed else (self.buy_rate if self.buyer else self.trial_rate) * self.need

    def uplift(self, price: float, seen: bool) -> float:
        """Log uplift of price, and what trust, touch and adverts, today's and earlier, make of it."""
        b, against = self.model.behaviour.buying, price - self.reference
        u = -self.elasticity * price
        u -= (b.reference_gain if against < 0.0 else b.reference_loss) * against
        u += math.log(1.0 + b.touch) * min(1.0, self.contact / b.touch_full) + self.adstock
        trust = self.model.behaviour.trust
        u += b.trust * min(1.0, max(-2.0, (self.trust - trust.start) / trust.scale))
        return u + self.advert() if seen else u

    def advert(self) -> float:
        """Log uplift of an advert, as worn as they are."""
        b = self.model.behaviour
        return math.log(b.buying.advert) * b.fatigue.response**self.fatigue * math.exp(-self.annoyance)

    def consider_offer(self) -> None:
        """Buy at the sale, or not."""
        b, m = self.model.behaviour.buying, self.model
        u = self.uplift(math.log(m.sale_price / m.product.price), True) + math.log(b.scarcity)
        if self.group.sold:
            u += b.first_buyer + b.more_buyers * math.log(self.group.sold)
        if m.random.random() < 1.0 - math.exp(-self.rate() * min(b.cap, math.exp(u))):
            self.group.sold += 1
            self.order(m.sale_price, min(b.cap, math.exp(u)))

    def shop(self) -> None:
        """Buy from the shelf, or not."""
        b, m = self.model.behaviour.buying, self.model
        if self.bought:
            return
        uplift = min(b.cap, math.exp(self.uplift(0.0, self.looked and self.group.posts > 0)))
        if m.random.random() < 1.0 - math.exp(-self.rate() * uplift):
            self.order(m.product.price, uplift)

    def order(self, price: int, uplift: float) -> None:
        """Pay; need is used up beyond what was wanted."""
        m, self.bought, self.buyer = self.model, True, True
        self.need = max(0.0, self.need - m.behaviour.buying.borrowed * max(0.0, 1.0 - 1.0 / uplift))
        m.orders += 1
        m.profit += price - m.product.unit_cost

    def talk(self) -> None:
        """Write some messages: a Poisson number that topics and others' messages feed."""
        if not self.looked:
            return
        t, g = self.model.behaviour.talk, self.group
        heard = g.heard / g.size
        spark = t.topics * g.bond * g.topics + t.reply * heard / (1.0 + heard / t.saturation)
        spark *= (g.size / 200.0) ** -t.size * math.exp(-t.spam_damping * g.spam)
        if self.caught:
            spark *= 1.0 + (t.envelope - 1.0) * ENVELOPE_HOUR
        below, left = math.exp(-self.talk_rate * spark), 1.0
        while below > 1e-12 and (left := left * self.model.random.random()) > below:
            g.messages += 1

    def close(self) -> None:
        """Learn, tire, forget."""
        b, g = self.model.behaviour, self.group
        self.need = min(1.0, self.need + self.buy_rate * (1.0 - self.need))
        self.fatigue *= self.model.rested
        self.contact *= 1.0 - b.buying.touch_speed
        self.adstock *= 0.5 ** (1.0 / b.buying.adstock_half_life)
        self.annoyance *= 0.5 ** (1.0 / b.fatigue.annoyance_half_life)
        base = self.trust_base * math.exp(-b.fatigue.to_trust * self.annoyance)
        self.trust += b.trust.recovery * (base - self.trust)
        usual = 1.0 - math.exp(-self.buy_rate * self.lapse * math.exp(b.fatigue.to_lapse * self.annoyance))
        self.lapsed |= self.buyer and self.model.random.random() < usual
        if self.looked:
            self.impressed(g)
        rest = b.activity.floor + (self.share - b.activity.floor) * self.worth()
        self.activity += (rest - self.activity) * (1.0 - self.keep)

    def impressed(self, g: Group) -> None:
        """What today's look was worth, and how it moves trust and the price in mind."""
        b, m, content = self.model.behaviour, self.model, self.model.plan["content"]
        seen = b.activity.readable * (1.0 - math.exp(-g.messages / b.activity.readable))
        value = b.activity.talk * seen * math.sqrt(g.bond) + content.quality + self.gain
        value += b.activity.deal * g.posts - b.activity.spam * g.adverts
        self.value += b.activity.learning * (value - self.value)
        self.trust += content.trust * (1.0 - self.trust) - b.trust.spam * g.adverts * self.trust
        price = math.log(m.sale_price / m.product.price) if m.sale_today else 0.0
        self.reference += b.buying.reference_speed * (price - self.reference)
        self.contact += b.buying.touch_speed
        if g.posts:
            kept = 0.5 ** (1.0 / b.buying.adstock_half_life)
            self.adstock += b.buying.adstock * (1.0 - kept) * (math.exp(self.advert()) - 1.0)
            bother = b.fatigue.useful * g.posts
            self.annoyance += b.fatigue.annoyance * (1.0 - 0.5 * self.worth()) * bother
        self.fatigue += g.posts + g.adverts


class PlainCommunity(mesa.Model):
    """The tended group of the benchmarks; ``step()`` lives a day."""

    def __init__(self, scenario: Scenario, population: Population, seed: int) -> None:
        super().__init__(seed=seed)
        self.scenario, self.behaviour, self.population = scenario, scenario.behaviour, population
        self.plan: dict[str, Any] = {strategy.kind: strategy for strategy in scenario.strategies}
        self.product, sale = scenario.products[0], self.plan["flash_sale"]
        self.sale_price = sale.sale_price(self.product.price)
        look = self.behaviour.look
        self.presence = presence(sale.hour, sale.open_hours, look.attention, look.own_hours, 0.0)[:, 0]
        self.rested = 0.5 ** (1.0 / self.behaviour.fatigue.half_life)
        self.groups = [Group(self, number) for number in range(population.n_groups)]
        for row in range(population.n_members):
            Customer(self, row)
        self.day, self.orders, self.profit, self.looks = 0, 0, 0.0, 0

    def step(self) -> None:
        """Live one day."""
        weekday = WEEKDAYS[(self.scenario.start.weekday() + self.day) % 7]
        self.envelope_today = weekday in self.plan["red_envelope"].weekdays
        self.sale_today = weekday in self.plan["flash_sale"].weekdays
        for group in self.groups:
            group.morning()
        self.agents.do("look")
        for group in self.groups:
            if self.envelope_today:
                group.open_envelope()
        self.agents.do("check_in")
        for group in self.groups:
            if self.sale_today:
                group.hold_sale()
        for rule in ("shop", "talk", "close"):
            self.agents.do(rule)
        for group in self.groups:
            group.close()
            self.looks += len(group.lookers)
        self.day += 1
