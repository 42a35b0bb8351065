"""Why somebody mutes, leaves or buys on a day: the parts of the chances that kernels draw with.

The chances are made by those kernels' own functions; nothing here changes a person.
"""

from typing import NamedTuple

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp
from commsim.simulation import columns as c
from commsim.simulation.dials import BUY, LEAVE, MUTE
from commsim.simulation.kernels.buying import luck_of
from commsim.simulation.kernels.looking import (
    bother,
    chances,
    hold,
    narrow_posts,
    relent,
    turn,
    worth,
)
from commsim.simulation.kernels.selling import goodwill_of, in_mind, logs, promotion
from commsim.simulation.kernels.shopping import bounds, exact, prices, see_adverts, shelf_goodwill
from commsim.simulation.kernels.streams import stream
from commsim.simulation.kernels.uplifts import elsewhere, touch_effect, trust_effect

_STAY = int(Purpose.STAY)


class Why(NamedTuple):
    """What makes a member mute or leave on a day.

    posts: commercial ones that reach them.  adverts: of members, in their group, each of which counts as
    ``weight`` posts.  heard: share of all these that they hear, less if they have muted the group.  crowd:
    factor of several at once.  impatience: factor of the person, mean 1.  patience: factor of what looks
    have been worth, at most 1.  if_muted, held, leave_turned: further factors on the chance to leave.
    usual: the part of it that no message makes, before ``held``.  leave_by_posts: the share that messages
    make.  mute: the chance to mute, of who has muted to let it ring again; mute_turned: a factor on it.
    look: the chance to look in.  draw: they leave if it is below ``leave``, and mute if it is above 1 -
    ``mute``.
    """

    posts: float
    adverts: float
    weight: float
    heard: float
    crowd: float
    impatience: float
    patience: float
    if_muted: float
    held: float
    leave_turned: float
    usual: float
    leave: float
    leave_by_posts: float
    mute: float
    mute_turned: float
    look: float
    draw: float


@njit()
def why(day, person, handle):  # type: ignore[no-untyped-def]
    """The reasons of one member, before they look, as `Why`."""
    people, groups, p = handle.state.people, handle.state.groups, handle.state.params[0]
    notices, narrow, dials, s = handle.today.notices, handle.today.narrow, handle.today.dials, p.stay
    g, at, muted = people.counts[c.GROUP, person], slice(person, person + 1), people.muted[person]
    adverts = groups.spam[g] * groups.size[g] / 100.0
    posts, few = notices[c.POSTS, g], narrow_posts(np.int64(person), g, narrow)[0]
    messages, leave, mute, anger, look = np.empty(1), np.empty(1), np.empty(1), np.empty(1), np.empty(1)
    messages[0] = posts + s.spam * groups.spam[g] * groups.size[g] / 100.0 + few
    bother(people, at, messages, s, leave, mute)
    by_messages = leave[0]
    hold(people, at, s, leave, anger)
    held = leave[0] / (s.leave + by_messages)
    before_leave, before_mute = leave[0], mute[0]
    turn(dials, LEAVE, at, leave)
    turn(dials, MUTE, at, mute)
    mute_turned = mute[0] / before_mute if before_mute > 0.0 else 1.0
    relent(people, at, s.unmute, mute)
    chances(people, at, dials, p.look, look)
    heard = s.heard_muted if muted else 1.0
    n = messages[0] * heard
    return Why(
        posts + few,
        adverts,
        s.spam,
        heard,
        1.0 + s.crowding * max(0.0, min(n, s.crowded) - 1.0),
        np.float64(people.traits[c.TOLERANCE, person]),
        1.0 - s.forgiving * worth(people.reals[c.VALUE, person]),
        s.leave_muted if muted else 1.0,
        held,
        leave[0] / before_leave if before_leave > 0.0 else 1.0,
        s.leave,
        leave[0],
        by_messages / (by_messages + s.leave) if by_messages > 0.0 else 0.0,
        mute[0],
        mute_turned,
        look[0],
        uniform(stream(handle.state.seed, _STAY, day, 0), person),
    )


class Urge(NamedTuple):
    """What makes a person buy on a day, as logs of factors on the usual rate of orders.

    offer: row of the sale, -1 for the shelf.  usual: orders a day at the usual price and full appeal.
    appeal: factor of the product.  price: against the usual one and the one that they have in mind.
    scarce: cue of the offer.  others: buyers who are shown.  trust, touch, before, advert: goodwill by
    trust, by a group that is run, by adverts of days before, and by one today.  lift: of the offer.
    elsewhere: what other shops take of it.  nudge: by measures of the plan.  sample: added to the hazard.
    chance: of an order by one who is there, all capped as the kernels do.  draw: they order if it is below.
    """

    offer: np.int64
    usual: float
    appeal: float
    price: float
    scarce: float
    others: float
    trust: float
    touch: float
    before: float
    advert: float
    lift: float
    elsewhere: float
    nudge: float
    sample: float
    chance: float
    draw: float


@borrowing
def _goodwill(people, i, p):  # type: ignore[no-untyped-def]
    """The log uplifts of trust and of touch."""
    trust = trust_effect(people.reals[c.TRUST, i], p.buying.trust, p.trust.start, p.trust.scale)
    return trust, touch_effect(people.reals[c.CONTACT, i], logs(p)[0], p.buying.touch_full)


@njit()
def shelf_urge(day, person, handle):  # type: ignore[no-untyped-def]
    """What moves a person to buy from the shelf, when sales are over; as `Urge`."""
    people, p, shelf = handle.state.people, handle.state.params[0], handle.state.shelf
    notices, narrow, luck = (
        handle.today.notices,
        handle.today.narrow,
        luck_of(day, handle.state.seed, handle.today.dials),
    )
    at, none = slice(person, person + 1), np.zeros(1)
    promoted, goodwill, seen, unit, bound = np.empty(1), np.empty(1), np.empty(1), np.empty(1), np.empty(1)
    prices(people, at, luck.dials, p, promoted)
    shelf_goodwill(people, at, p, goodwill)
    usual_goodwill = goodwill[0]
    see_adverts(people, at, notices[c.POSTS], narrow, p, seen, goodwill)
    bounds(people, at, shelf, promoted, goodwill, none, luck, p, unit, bound)
    hazard = exact(0, person, luck.dials, promoted, goodwill, unit, p)
    nudged, appeal = luck.dials.at[BUY], shelf.factor[people.tiny[c.CUSTOMER, person]]
    nudge = luck.dials.turned[nudged, person] if nudged >= 0 else 0.0
    trust, touch = _goodwill(people, person, p)
    return Urge(
        np.int64(-1),
        unit[0] / appeal if appeal > 0.0 else 0.0,
        appeal,
        promoted[0],
        0.0,
        0.0,
        trust,
        touch,
        np.float64(people.reals[c.ADSTOCK, person]),
        goodwill[0] - usual_goodwill,
        0.0,
        -elsewhere(promoted[0] + goodwill[0], luck.dials, person),
        nudge,
        0.0,
        1.0 - exp(-hazard * exp(nudge)),
        uniform(luck.key, person),
    )


@njit()
def sale_urge(day, person, handle, j, seen, late, usual, fresh):  # type: ignore[no-untyped-def]
    """What moved a person at the j-th sale of a day to take it, asked once sales are over; as `Urge`.

    seen: orders before theirs that it showed.  late: log uplift of its last minutes or pieces.  usual: what
    they wanted that morning.  fresh: whether they had never taken a sample by then.
    """
    people, p, sales = handle.state.people, handle.state.params[0], handle.today.sales
    luck, row = luck_of(day, handle.state.seed, handle.today.dials), handle.today.sales.rows[j]
    seen += in_mind(luck, person)
    alone, promoted = (
        promotion(people, person, sales, j, 0, luck, p),
        promotion(people, person, sales, j, seen, luck, p) + late,
    )
    goodwill = goodwill_of(people, person, logs(p), p) + row.lift
    trust, touch = _goodwill(people, person, p)
    taken, appeal = (
        elsewhere(promoted + goodwill, luck.dials, person),
        sales.appeal[j, people.tiny[c.CUSTOMER, person]],
    )
    nudged = luck.dials.at[BUY]
    nudge = luck.dials.turned[nudged, person] if nudged >= 0 else 0.0
    sample = row.sample if appeal > 0.0 and fresh else 0.0
    hazard = usual * min(p.buying.cap, appeal * exp(promoted + goodwill - taken)) + sample
    before = np.float64(people.reals[c.ADSTOCK, person])
    return Urge(
        np.int64(j),
        usual,
        appeal,
        alone - row.cue,
        row.cue + late,
        promoted - late - alone,
        trust,
        touch,
        before,
        goodwill - row.lift - trust - touch - before,
        row.lift,
        -taken,
        nudge,
        sample,
        1.0 - exp(-hazard * exp(nudge)),
        uniform(luck.key, person),
    )
