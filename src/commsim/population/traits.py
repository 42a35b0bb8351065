"""What people and groups are like: every trait from the person's own luck, by quantile tables.

Distributions and defaults are those of `commsim.scenario.behaviour`, where their sources stand.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Columns, Floats, Ints
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.population import quantiles
from commsim.population.people import TRAITS
from commsim.population.quantiles import Table, draw
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Segment

_SLOTS = (0.2, 0.2, 0.25, 0.35)
"""Share of attention at 8-12, 12-14, 14-19 and 19-23 h (Tencent reports: reading peaks 20-22 h)."""
_SHARE = (2.0, 2.0)
"""Beta shapes of the share of attention that a good group can win (assumed)."""
_TASK_BOND = 0.3
"""Factor on the bond of a group made for one task (assumed)."""
_TASK_HALF_LIFE = 1.0
"""Days; groups made for one task live 12 to 48 hours (operators' lore)."""


def draw_traits(
    seed: int,
    segment: NDArray[np.int8],
    segments: tuple[Segment, ...],
    behaviour: Behaviour,
    *,
    first: int = 0,
) -> NDArray[np.float32]:
    """The rows of traits of `Population`, one value per person from row ``first`` on."""
    b, ids = behaviour, np.arange(first, first + len(segment))
    rows = np.empty((len(TRAITS), len(segment)), np.float32)

    def one(trait: str, table: Table, *, of: str | None = None, scale: float = 1.0) -> NDArray[np.float32]:
        drawn = draw(key(seed, Purpose.TRAIT, 0, salt(trait)), ids, table)
        factor = np.float32(scale) if of is None else np.float32(scale) * _by_segment(segment, segments, of)
        return np.multiply(drawn, factor, out=drawn)

    start = b.trust.start + _by_segment(segment, segments, "trust")
    made: dict[str, Callable[[], NDArray[np.float32]]] = {
        "talk_rate": lambda: (
            one("talk_rate", quantiles.lognormal(b.talk.spread, mean=1.0), of="talk")
            * _written(seed, ids, b.talk.lurkers)
        ),
        "buy_rate": lambda: one(
            "buy_rate", quantiles.gamma(b.buying.shape), of="orders_per_week", scale=1 / 7
        ),
        "trial_rate": lambda: one("trial_rate", quantiles.gamma(b.buying.trial_shape), scale=b.buying.trial),
        "elasticity": lambda: one(
            "elasticity",
            quantiles.lognormal(b.buying.elasticity_spread, median=b.buying.elasticity),
            of="elasticity",
        ),
        "lapse": lambda: one("lapse", quantiles.beta(b.buying.lapse_a, b.buying.lapse_b)),
        "share": lambda: one("share", quantiles.beta(*_SHARE)),
        "half_life": lambda: one(
            "half_life", quantiles.lognormal(b.activity.half_life_spread, median=b.activity.half_life)
        ),
        "tolerance": lambda: one("tolerance", quantiles.gamma(1.0)),
        "sociability": lambda: one(
            "sociability", quantiles.lognormal(b.invite.spread, mean=1.0), of="sociability"
        ),
        "habit_speed": lambda: one(
            "habit_speed", quantiles.lognormal(b.habit.speed_spread, median=b.habit.speed)
        ).clip(0, 1),
        "fluency": lambda: _by_segment(segment, segments, "fluency"),
        "trust": lambda: (start + one("trust", quantiles.normal(), scale=b.trust.spread)).clip(0.02, 0.98),
    }
    for row, trait in zip(rows, TRAITS, strict=True):
        row[:] = made[trait]()  # one after the other: at most one is held twice
    return rows


def _written(seed: int, ids: Ints, lurkers: float) -> NDArray[np.float32]:
    """Factor on the talk rate: 0 for those who never write, and what keeps its mean for the others."""
    u = uniforms(key(seed, Purpose.TRAIT, 0, salt("lurker")), ids)
    return np.where(u < lurkers, np.float32(0.0), np.float32(1.0 / (1.0 - lurkers)))


def draw_slots(seed: int, persons: int, *, first: int = 0) -> NDArray[np.int8]:
    """Favourite part of the day per person from row ``first`` on.

    0 is 8-12 h, 1 is 12-14, 2 is 14-19, 3 is 19-23.
    """
    u = uniforms(key(seed, Purpose.TRAIT, 0, salt("slot")), np.arange(first, first + persons))
    return np.searchsorted(np.cumsum(_SLOTS)[:-1], u, side="right").astype(np.int8)


def draw_muted(seed: int, persons: int, share: float) -> Bools:
    """Who has muted the group, or will at joining."""
    return np.asarray(uniforms(key(seed, Purpose.TRAIT, 0, salt("muted")), np.arange(persons)) < share)


def draw_buyers(seed: int, segment: NDArray[np.int8], segments: tuple[Segment, ...], n_members: int) -> Bools:
    """Who has bought before: a share of each segment's members, no outsider."""
    u = uniforms(key(seed, Purpose.PAST, 0, salt("buyer")), np.arange(len(segment)))
    u[n_members:] = 1.0
    return np.asarray(u < _by_segment(segment, segments, "buyers"))


def draw_alive(seed: int, segment: NDArray[np.int8], segments: tuple[Segment, ...]) -> Bools:
    """Who has not lapsed before the start: all but the segment's share of lapsed buyers."""
    u = uniforms(key(seed, Purpose.PAST, 0, salt("alive")), np.arange(len(segment)))
    return np.asarray(u >= _by_segment(segment, segments, "lapsed"))


def harden(lapse: Floats, buy_rate: Floats, past_weeks: float, behaviour: Behaviour) -> NDArray[np.float32]:
    """Chance to lapse of buyers who have stayed through a past of so many weeks.

    Whoever survived x orders has Beta(a, b + x) left of Beta(a, b) (Fader, Hardie and Lee 2005); the
    draw is scaled to that mean, with x at its expectation.  Without it sales fall from the first day
    for no other reason than that the past was left out.
    """
    total = behaviour.buying.lapse_a + behaviour.buying.lapse_b
    past_orders = 7.0 * past_weeks * buy_rate.astype(np.float64)
    return np.asarray(lapse * (total / (total + past_orders)), np.float32)


def draw_groups(seed: int, n_groups: int, task_share: float, behaviour: Behaviour) -> Columns:
    """Bond (mean 1) and half-life of topics (days) per group, float32."""
    ids, talk = np.arange(n_groups), behaviour.talk
    bond = draw(
        key(seed, Purpose.GROUP, 0, salt("bond")), ids, quantiles.lognormal(talk.bond_spread, mean=1.0)
    )
    topics = quantiles.lognormal(talk.half_life_spread, median=talk.half_life)
    half_life = draw(key(seed, Purpose.GROUP, 0, salt("half_life")), ids, topics)
    task: Ints = np.flatnonzero(uniforms(key(seed, Purpose.GROUP, 0, salt("task")), ids) < task_share)
    bond[task] *= np.float32(_TASK_BOND)
    half_life[task] = _TASK_HALF_LIFE
    return {"bond": bond, "half_life": half_life}


def usual_rate(segment: NDArray[np.int8], segments: tuple[Segment, ...]) -> NDArray[np.float32]:
    """Orders a day of persons by their segment alone: what their gamma of mean 1 is multiplied with."""
    return np.float32(1 / 7) * _by_segment(segment, segments, "orders_per_week")


def _by_segment(segment: NDArray[np.int8], segments: tuple[Segment, ...], name: str) -> NDArray[np.float32]:
    """Values of persons, or the one value where all are of one segment."""
    values = np.array([getattr(s, name) for s in segments], np.float32)
    if len(segments) == 1:
        return values
    return np.asarray(values[segment])
