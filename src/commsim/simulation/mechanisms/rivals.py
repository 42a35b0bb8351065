"""Other shops that sell the same: how strongly they draw our people, and what goes where."""

import datetime as dt

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.compiled import njit
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose
from commsim.core.maths import exp, log
from commsim.core.mechanisms.rivals import AWAY as PART
from commsim.core.mechanisms.rivals import RIVALS, RivalsBehaviour
from commsim.core.view import STRANGER
from commsim.population import quantiles
from commsim.scenario.rivals import Rival, of_segment
from commsim.scenario.seasons import factors
from commsim.simulation import columns as c
from commsim.simulation.dials import AWAY, PULL, Desk
from commsim.simulation.kernels.blocks import BLOCK, block_at
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.state import BUYER

_RATE = purpose("rivals, rate of buying there")
_MONTH = 30.0
_AWAY, _PULL = Dial.AWAY, Dial.PULL  # to ask an enum for a member costs as much as to turn a dial
_NOTHING = np.float32(-1e30)
"""Of who was offered nothing yet."""


class Rivals(Mechanics):
    """All rivals of a plan, and the part of everybody's need that is theirs."""

    declared = RIVALS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.away = self.columns[PART.name]
        self._b: RivalsBehaviour = getattr(home.scenario.behaviour, RIVALS.name)
        self._rivals: tuple[Rival, ...] = home.scenario.rivals
        self._draw_shares()
        self._wants = np.empty(len(self.away), np.float32)
        customers = (home.people.buys == BUYER) & (home.people.status != STRANGER)
        self._started = max(1, int(np.count_nonzero(customers)))
        self._parts, self._prices = self._parts_by_segment(), self._calendar()

    def _draw_shares(self) -> None:
        """Everybody's part that goes elsewhere, from their rates of buying here and there.

        Rates there are gamma with the scale of those here, as of more shops of the same sort: then shares are
        beta (the Dirichlet model of Goodhardt et al. 1984), and of all orders the plan's share is theirs.
        """
        people, shape = self.home.people, self.home.scenario.behaviour.buying.shape
        stream, ids = key(self.home.seed, _RATE), np.arange(len(people.segment))
        for number, one in enumerate(self.home.scenario.community.segments):
            share, rows = of_segment(self._rivals, one.name), ids[people.segment == number]
            if share > 0.0 and len(rows):
                here, times = people.buy_rate[rows].astype(np.float64), share / (1.0 - share)
                drawn = quantiles.draw(stream, rows, quantiles.gamma(shape * times)).astype(np.float64)
                there = drawn * (here.mean() * times)
                self.away[rows] = there / np.maximum(there + here, 1e-300)

    def _parts_by_segment(self) -> Floats:
        """Of each rival among all of them, by segment."""
        names = [segment.name for segment in self.home.scenario.community.segments]
        parts = np.array([[rival.part(name) for rival in self._rivals] for name in names])
        total = parts.sum(axis=1, keepdims=True)
        return parts / np.where(total > 0.0, total, 1.0)

    def _calendar(self) -> Floats:
        """Of each rival the log of its price over the usual, by day; most have few sales."""
        plan, least = self.home.scenario, self.home.scenario.behaviour.buying.sample_price
        prices = np.zeros((plan.days, len(self._rivals)))
        for number, rival in enumerate(self._rivals):
            spans = [
                (one.starts, plan.days if one.days is None else one.starts + one.days) for one in rival.sales
            ]
            for day in {day for first, end in spans for day in range(first, min(end, plan.days))}:
                off = rival.discount(day, plan.start + dt.timedelta(days=day))
                prices[day, number] = log(max(least, 1.0 - off)) if off else 0.0
        return prices

    def dial(self, day: int, desk: Desk) -> None:
        """Turn everybody to what rivals offer today."""
        people, season = self.home.people, np.float32(self._season(day))
        (away,) = desk.rows(_AWAY)
        customers = max(1, begin(self.home.handle, self.away, season, self._wants, away))
        draws = self._draws(day, log(customers / self._started))
        if draws[:, 0].any():
            elasticity = people.elasticity.astype(np.float64)  # which other mechanisms may soften
            attract(elasticity, people.segment, self._parts, draws, *desk.rows(_PULL))
        elif draws.any():  # without a sale, elasticity does not matter
            by_segment, segments = np.zeros(len(self._parts)), np.arange(len(self._parts))
            attract(np.zeros(len(segments)), segments, self._parts, draws, by_segment)
            desk.turn(_PULL, by_segment[people.segment])

    def _season(self, day: int) -> float:
        """A season moves what people need, wherever they buy it."""
        plan = self.home.scenario
        return factors(plan.seasons, plan.start + dt.timedelta(days=day))[0] if plan.seasons else 1.0

    def _draws(self, day: int, grown: float) -> Floats:
        """Of each rival today: the log of its price over the usual, and what its pool adds to its pull."""
        draws = np.zeros((len(self._rivals), 2))
        draws[:, 0] = self._prices[day]
        for number, rival in enumerate(self._rivals):
            draws[number, 1] = self._b.pool * (log(1.0 + rival.growth) * (day / _MONTH) - grown)
        return draws

    def close(self, day: int) -> dict[str, int | float]:
        """What went where today."""
        theirs, lost, won = divide(self.home.handle, self._wants)
        tally = self.home.out.tally
        ours = int(tally[c.N_ORDERS] - tally[c.N_ADDED])
        share = ours / (ours + theirs) if ours else 0.0
        return {
            "rival_orders": theirs,
            "lost_to_rivals": lost,
            "won_from_rivals": won,
            "share_of_need": share,
        }


@njit()
def begin(handle, part, season, wants, away):  # type: ignore[no-untyped-def]
    """Note everybody's orders a day at usual prices, and that they were offered nothing yet.

    A season moves what people need, wherever they buy it.  Adds the part of each that goes elsewhere;
    returns how many are customers.
    """
    people, offered, customers = handle.state.people, handle.state.out.reals[c.OFFERED], 0
    rate, need, referral = people.reals[c.RATE], people.reals[c.NEED], people.reals[c.REFERRAL]
    status, buys = people.tiny[c.STATUS], people.tiny[c.BUYS]
    for i in range(len(wants)):
        one = (buys[i] == BUYER) & (status[i] != STRANGER)
        wants[i] = rate[i] * need[i] * referral[i] * np.float32(one) * season
        offered[i] = _NOTHING
        away[i] += part[i]
        customers += one
    return customers


@njit()
def attract(elasticity, segment, parts, draws, pull):  # type: ignore[no-untyped-def]
    """Add how strongly rivals draw each person today, against the usual: the log of the sum over rivals."""
    total = np.empty(BLOCK)
    for first in range(0, len(pull), BLOCK):
        at = block_at(first, len(pull))
        sensitive, where, log_total = elasticity[at], segment[at], pull[at]
        total[:] = 0.0
        for r in range(len(draws)):
            price, pool = draws[r]
            for k in range(len(where)):
                total[k] += parts[where[k], r] * exp(pool - sensitive[k] * price)
        for k in range(len(where)):
            log_total[k] += log(total[k] if total[k] > 0.0 else 1.0)


@njit()
def divide(handle, wants):  # type: ignore[no-untyped-def]
    """Expected orders of a day at rivals, and of these: lost to what they do, and won by what we do.

    wants: orders a day here at the usual price.  Lost are orders here, of those whom rivals draw more than
    usual; won are orders there that our offers keep, and orders here of those whom rivals draw less.
    """
    state, dials = handle.state, handle.today.dials
    customer, factor = state.people.tiny[c.CUSTOMER], state.shelf.factor
    part, by = dials.turned[dials.at[AWAY]], dials.at[PULL]
    offered, cap = state.out.reals[c.OFFERED], state.params[0].buying.cap
    theirs = lost = won = 0.0
    h, a, u, v = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK), np.zeros(BLOCK)
    there, gain, loss = np.empty(BLOCK), np.empty(BLOCK), np.zeros(BLOCK)
    for first in range(0, len(wants), BLOCK):
        n = 0
        for i in range(first, min(first + BLOCK, len(wants))):  # the chosen of the block, without a branch
            h[n], a[n] = wants[i] * factor[customer[i]], min(1.0, max(0.0, part[i]))
            u[n] = offered[i]
            v[n] = dials.turned[by, i] if by >= 0 else 0.0
            n += int((h[n] > 0.0) & (a[n] != 0.0))
        for k in range(n):
            s = 1.0 - a[k]
            least = max(1e-9, s)
            ours, theirs_too, elsewhere = exp(u[k]), a[k], 1.0
            if by >= 0:
                theirs_too, elsewhere = a[k] * exp(v[k]), exp((1.0 + a[k]) * v[k])
            usual = -h[k] * a[k] / least
            there[k] = 1.0 - exp(usual * min(cap, elsewhere / (least * ours + theirs_too)))
            gain[k] = 1.0 - exp(usual * min(cap, elsewhere / (least + theirs_too))) - there[k]
        if by >= 0:
            for k in range(n):
                s = 1.0 - a[k]
                ours, here = exp(u[k]), exp((1.0 + s) * u[k])
                alone = 1.0 - exp(-h[k] * min(cap, here / (s * ours + a[k])))
                loss[k] = alone - (1.0 - exp(-h[k] * min(cap, here / (s * ours + a[k] * exp(v[k])))))
        for k in range(n):
            theirs += there[k]
            won += gain[k]
            lost += max(0.0, loss[k])
            won += max(0.0, -loss[k])
    return theirs, lost, won
