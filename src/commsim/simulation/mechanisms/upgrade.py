"""Upgrades: who considers a dearer version, who buys it, and the way there."""

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.compiled import njit
from commsim.core.errors import InputError
from commsim.core.luck import key, purpose, uniforms
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.upgrade import MOST_PRODUCTS, UPGRADE, UPGRADED, Upgrade, UpgradeBehaviour
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.kernels.buying import FIRST_RUNG, NO_MINUTE, order
from commsim.simulation.kernels.settling import DIRECT
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.deciding import chance_of_yes, fen_a_day, fen_by_kind
from commsim.simulation.takes import takes

CONSIDERS = purpose("upgrade, who considers it")
BUYS = purpose("upgrade, who buys it")
STEPS = "open_to", "considered", "upgraded"


class Upgrades(Mechanics):
    """Each strategy sells one version; a person buys a version once by it, and one a day."""

    declared = UPGRADE

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        if len(home.scenario.products) > MOST_PRODUCTS:
            raise InputError(
                f"there are {len(home.scenario.products)} products, and upgrades keep track of "
                f"{MOST_PRODUCTS}",
                where="products",
                remedy="list fewer products, or take out the upgrade",
            )
        self.versions = self.columns["versions"]
        self._b: UpgradeBehaviour = getattr(home.scenario.behaviour, UPGRADE.name)
        self._fen = fen_by_kind(home)
        self._steps: dict[int, Ints] = {}  # by strategy, how far each person has come: bits

    def morning(self, day: int) -> None:
        """Nothing is open yet."""
        self._open: list[tuple[int, Upgrade]] = []
        self._numbers = {name: 0 for step in STEPS for name in (step, f"{step}_payers")}
        self._upgraded: Ints = np.zeros(0, np.int64)

    @takes(Upgrade)
    def open(self, effect: Upgrade, cause: int) -> None:
        """Open an upgrade today."""
        self._open.append((cause, effect))

    def midday(self, day: int) -> None:
        """Who looks in may consider it, and buy it before anything else of the day."""
        for cause, upgrade in self._open:
            steps = self._steps.setdefault(cause, np.zeros(len(self.versions), np.int8))
            payers = (self.versions >> upgrade.of & 1) == 1
            may = (self.home.people.status == MEMBER) & (self.versions >> upgrade.product & 1 == 0)
            may &= payers if upgrade.payers_only else True
            for_whom = self.home.audience(cause)
            may &= True if for_whom is None else for_whom
            self._count(0, may, steps, payers)
            salt = int(self.home.salts[cause])
            persons = self.home.lookers()
            persons = persons[may[persons] & ~self.home.out.bought[persons]]
            considers = uniforms(key(self.home.seed, CONSIDERS, day, salt), persons) < self._b.notice
            persons = persons[considers]
            self._count(1, persons, steps, payers)
            chance = self._chance(persons, upgrade.product, payers[persons])
            buyers = persons[uniforms(key(self.home.seed, BUYS, day, salt), persons) < chance]
            self._count(2, buyers, steps, payers)
            sell_directly(self.home.handle, buyers, upgrade.product, cause)
            self._upgraded = np.concatenate([self._upgraded, buyers])

    def _count(self, step: int, chosen: Bools | Ints, steps: Ints, payers: Bools) -> None:
        """Count who takes a step for the first time."""
        rows = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        rows = rows[steps[rows] >> step & 1 == 0]
        steps[rows] |= 1 << step
        self._numbers[STEPS[step]] += len(rows)
        self._numbers[f"{STEPS[step]}_payers"] += int(np.count_nonzero(payers[rows]))

    def _chance(self, persons: Ints, product: int, paid: Bools) -> Floats:
        """Chance that they take it: its worth against its price, odds of earlier payers multiplied."""
        chance, b, price = np.empty(len(persons)), self._b, self.home.state.goods.usual[product]
        how = b.horizon, b.steepness, b.trust
        weigh(self.home.handle, persons, self._fen, price, how, chance)
        odds = np.where(paid, self._b.payers, 1.0)
        multiplied: Floats = chance * odds / (1.0 - chance + chance * odds)
        return multiplied

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who has upgraded, and what everybody has bought."""
        n, out = self.home.out.tally[c.N_ORDERS], self.home.out
        np.bitwise_or.at(self.versions, out.order_person[:n], 1 << out.order_product[:n].astype(np.int64))
        return {UPGRADED: Occurred(self._upgraded, np.zeros(len(self._upgraded), np.int64))}

    def close(self, day: int) -> dict[str, int]:
        """How many took each step for the first time."""
        return self._numbers


@njit()
def weigh(handle, persons, fen, price, how, chance):  # type: ignore[no-untyped-def]
    """Chance that each takes it, by what they spend; fen: see `deciding.fen_a_day`."""
    people, p = handle.state.people, handle.state.params[0]
    horizon, steepness, pull = how
    for k in range(len(persons)):
        i = persons[k]
        worth, trust = fen_a_day(people, i, fen) * horizon, people.reals[c.TRUST, i]
        chance[k] = chance_of_yes(worth, np.float64(price), trust, steepness, pull, p)


@njit()
def sell_directly(handle, persons, product, cause):  # type: ignore[no-untyped-def]
    """Orders at the usual price in the books of a strategy, before the sales of the day."""
    state = handle.state
    for i in persons:
        order(
            state.people,
            i,
            DIRECT - cause,
            FIRST_RUNG,
            product,
            0.0,
            NO_MINUTE,
            True,
            state.params[0],
            state.out,
        )
