"""Other shops that sell the same: how strongly they draw our people, and what goes where."""

import datetime as dt

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.core.compiled import njit
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose
from commsim.core.maths import exp, log
from commsim.core.mechanisms.rivals import AWAY, RIVALS, RivalsBehaviour
from commsim.core.view import STRANGER
from commsim.population import quantiles
from commsim.scenario.rivals import Rival, of_segment
from commsim.scenario.seasons import factors
from commsim.simulation import columns as c
from commsim.simulation.dials import ROW, Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.state import BUYER

_RATE = purpose("rivals, rate of buying there")
_MONTH = 30.0
_NOTHING = np.float32(-1e30)
"""Of who was offered nothing yet."""


class Rivals(Mechanics):
    """All rivals of a plan, and the part of everybody's need that is theirs."""

    declared = RIVALS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.away = self.columns[AWAY.name]
        self._b: RivalsBehaviour = getattr(home.scenario.behaviour, RIVALS.name)
        self._rivals: tuple[Rival, ...] = home.scenario.rivals
        self._draw_shares()
        self._started = self._customers()
        self._parts = self._parts_by_segment()

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

    @property
    def _are_customers(self) -> Bools:
        people = self.home.people
        customers: Bools = (people.buys == BUYER) & (people.status != STRANGER)
        return customers

    def _customers(self) -> int:
        return max(1, int(np.count_nonzero(self._are_customers)))

    def dial(self, day: int, desk: Desk) -> None:
        """Turn everybody to what rivals offer today."""
        people = self.home.people
        self._wants = people.rate * people.need * people.referral * self._are_customers
        self._wants *= np.float32(self._season(day))
        self.home.out.offered[:] = _NOTHING
        desk.turn(Dial.AWAY, self.away)
        draws = self._draws(day)
        if draws[:, 0].any():
            pull = np.empty(len(self.away))
            elasticity = people.elasticity.astype(np.float64)  # which other mechanisms may soften
            attract(elasticity, people.segment, self._parts, draws, pull)
            desk.turn(Dial.PULL, pull)
        elif draws.any():  # without a sale, elasticity does not matter
            by_segment, segments = np.empty(len(self._parts)), np.arange(len(self._parts))
            attract(np.zeros(len(segments)), segments, self._parts, draws, by_segment)
            desk.turn(Dial.PULL, by_segment[people.segment])

    def _season(self, day: int) -> float:
        """A season moves what people need, wherever they buy it."""
        plan = self.home.scenario
        return factors(plan.seasons, plan.start + dt.timedelta(days=day))[0]

    def _draws(self, day: int) -> Floats:
        """Of each rival today: the log of its price over the usual, and what its pool adds to its pull."""
        date = self.home.scenario.start + dt.timedelta(days=day)
        least, ours = self.home.scenario.behaviour.buying.sample_price, self._customers()
        grown = log(ours / self._started)
        draws = np.zeros((len(self._rivals), 2))
        for number, rival in enumerate(self._rivals):
            off = rival.discount(day, date)
            draws[number, 0] = log(max(least, 1.0 - off)) if off else 0.0
            draws[number, 1] = self._b.pool * (log(1.0 + rival.growth) * (day / _MONTH) - grown)
        return draws

    def close(self, day: int) -> dict[str, int | float]:
        """What went where today."""
        home, dials = self.home, self.home.handle.today.dials
        away = dials.turned[dials.at[ROW[Dial.AWAY]]]
        by = dials.at[ROW[Dial.PULL]]
        pull = dials.turned[by] if by >= 0 else np.zeros(len(away))
        wants = self._wants * home.state.shelf.factor[home.people.customer]
        theirs, lost, won = divide(wants, away, pull, home.out.offered, home.scenario.behaviour.buying.cap)
        ours = int(home.out.tally[c.N_ORDERS] - home.out.tally[c.N_ADDED])
        share = ours / (ours + theirs) if ours else 0.0
        return {
            "rival_orders": theirs,
            "lost_to_rivals": lost,
            "won_from_rivals": won,
            "share_of_need": share,
        }


@njit()
def attract(elasticity, segment, parts, draws, pull):  # type: ignore[no-untyped-def]
    """How strongly rivals draw each person today, against the usual: the log of the sum over rivals."""
    for i in range(len(pull)):
        total = 0.0
        for r in range(len(draws)):
            total += parts[segment[i], r] * exp(draws[r, 1] - elasticity[i] * draws[r, 0])
        pull[i] = log(total) if total > 0.0 else 0.0


@njit()
def divide(wants, away, pull, offered, cap):  # type: ignore[no-untyped-def]
    """Expected orders of a day at rivals, and of these: lost to what they do, and won by what we do.

    wants: orders a day here at the usual price.  offered: log uplift of our best offer to each.  Lost are
    orders here, of those whom rivals draw more than usual; won are orders there that our offers keep, and
    orders here of those whom rivals draw less than usual.
    """
    theirs = lost = won = 0.0
    for i in range(len(wants)):
        a = min(1.0, max(0.0, away[i]))
        if wants[i] <= 0.0 or a == 0.0:
            continue
        h, u, v, s = float(wants[i]), float(offered[i]), pull[i], 1.0 - a
        least = max(1e-9, s)
        ours, theirs_too, here, elsewhere = exp(u), a * exp(v), exp((1.0 + s) * u), exp((1.0 + a) * v)
        usual = -h * a / least
        there = 1.0 - exp(usual * min(cap, elsewhere / (least * ours + theirs_too)))
        theirs += there
        won += 1.0 - exp(usual * min(cap, elsewhere / (least + theirs_too))) - there
        alone = 1.0 - exp(-h * min(cap, here / (s * ours + a)))
        gap = alone - (1.0 - exp(-h * min(cap, here / (s * ours + theirs_too))))
        lost += max(0.0, gap)
        won += max(0.0, -gap)
    return theirs, lost, won
