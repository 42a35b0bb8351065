"""Look, mute, leave: the one gate of the day, and who closes it for good."""

from typing import NamedTuple

import numpy as np

from commsim.core.compiled import njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp
from commsim.core.view import LEFT, MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import LEAVE, LIFT, LOOK, MUTE
from commsim.simulation.kernels.streams import stream

_LOOK, _STAY = int(Purpose.LOOK), int(Purpose.STAY)


@njit(inline="always")
def worth(value):  # type: ignore[no-untyped-def]
    """Learned value on a scale from 0 to 1."""
    return value / (value + 1.0) if value > 0.0 else 0.0


@njit()
def narrow_posts(person, group, narrow, empty):  # type: ignore[no-untyped-def]
    """Posts (or empty posts) of limited reach that reach this person today."""
    total = 0.0
    for k in range(len(narrow.rows)):
        row = narrow.rows[k]
        if narrow.groups[k, group] and uniform(row.stream, person) < row.reach:
            total += row.empty if empty else row.posts
    return total


@njit(inline="always")
def _hazards(people, i, messages, s):  # type: ignore[no-untyped-def]
    """Chances to leave and to mute today, given the messages received; and what of leaving is by messages."""
    muted = people.muted[i]
    n = messages * s.heard_muted if muted else messages
    crowd = 1.0 + s.crowding * max(0.0, min(n, s.crowded) - 1.0)
    bother = people.traits[c.TOLERANCE, i] * n * crowd * (1.0 - s.forgiving * worth(people.reals[c.VALUE, i]))
    by_messages = s.leave_message * bother * (s.leave_muted if muted else 1.0)
    leave = s.leave + by_messages
    if people.counts[c.INVITER, i] >= 0:
        leave *= s.invited
    if people.shorts[c.RECRUITS, i] > 0:
        leave *= s.recruiter
    return leave, 0.0 if muted else s.mute_message * bother, by_messages


class Why(NamedTuple):
    """What makes a member mute or leave on a day.

    posts: commercial ones that reach them.  adverts: of members, in their group.  mute: the chance to mute.
    leave_by_posts: the share of messages in the chance to leave.
    """

    posts: float
    adverts: float
    mute: float
    leave_by_posts: float


@njit()
def why(person, state, today):  # type: ignore[no-untyped-def]
    """The reasons of one member, before they look, as `Why`."""
    s, g, dials = state.params[0].stay, state.people.counts[c.GROUP, person], today.dials
    posts, few = today.notices[c.POSTS, g], narrow_posts(person, g, today.narrow, False)
    adverts = state.groups.spam[g] * state.groups.size[g] / 100.0
    _, mute, by_messages = _hazards(state.people, person, posts + s.spam * adverts + few, s)
    if dials.at[MUTE] >= 0:
        mute *= exp(dials.turned[dials.at[MUTE], person])
    share = by_messages / (by_messages + s.leave) if by_messages > 0.0 else 0.0
    return Why(posts + few, adverts, mute, share)


@njit()
def look(  # type: ignore[no-untyped-def]
    day, seed, people, groups, notices, narrow, dials, p, out
):
    """Who looks, mutes and leaves.  Returns the numbers of leavers and of muters.

    A leaver does nothing else today.  A looker's bit 0 of ``looks`` is set.
    """
    looking, staying = stream(seed, _LOOK, day, 0), stream(seed, _STAY, day, 0)
    one, some_narrow, stay = np.uint32(1), len(narrow.rows) > 0, p.stay
    ceiling, if_muted = p.look.ceiling, p.look.muted
    at_look, at_lift, at_leave, at_mute = dials.at[LOOK], dials.at[LIFT], dials.at[LEAVE], dials.at[MUTE]
    n_left = n_muted = 0
    adverts = p.stay.spam * groups.spam * groups.size / 100.0
    for i in range(people.reals.shape[1]):
        people.bits[c.LOOKS, i] <<= one
        if people.tiny[c.STATUS, i] != MEMBER:
            continue
        g = people.counts[c.GROUP, i]
        messages = notices[c.POSTS, g] + adverts[g]
        if some_narrow:
            messages += narrow_posts(i, g, narrow, False)
        leave, mute, _ = _hazards(people, i, messages, stay)
        if at_leave >= 0:
            leave *= exp(dials.turned[at_leave, i])
        if at_mute >= 0:
            mute *= exp(dials.turned[at_mute, i])
        chance = 1.0 + dials.lift[g]
        if at_lift >= 0:
            chance += dials.turned[at_lift, i]
        chance = min(ceiling, people.reals[c.ACTIVITY, i] * chance) * people.traits[c.FLUENCY, i]
        if people.muted[i]:
            chance *= if_muted
        if at_look >= 0:
            odds = exp(dials.turned[at_look, i])
            chance = chance * odds / (1.0 - chance + chance * odds)
        out.reals[c.CHANCE, i] = chance
        u = uniform(staying, i)
        if u < leave:
            people.tiny[c.STATUS, i] = LEFT
            groups.size[g] -= 1
            out.rows[c.LEAVERS, n_left] = i
            n_left += 1
            continue
        if u > 1.0 - mute:
            people.muted[i] = True
            out.rows[c.MUTERS, n_muted] = i
            n_muted += 1
        if uniform(looking, i) < chance:
            people.bits[c.LOOKS, i] |= one
    return n_left, n_muted


@njit()
def sort_lookers(people, lookers, starts):  # type: ignore[no-untyped-def]
    """List the day's lookers group by group; returns their number."""
    one = np.uint32(1)
    starts[:] = 0
    for i in range(people.reals.shape[1]):
        if people.bits[c.LOOKS, i] & one:
            starts[people.counts[c.GROUP, i] + 1] += 1
    for g in range(len(starts) - 1):
        starts[g + 1] += starts[g]
    n = starts[-1]
    for i in range(people.reals.shape[1]):
        if people.bits[c.LOOKS, i] & one:
            g = people.counts[c.GROUP, i]
            lookers[starts[g]] = i
            starts[g] += 1
    for g in range(len(starts) - 1, 0, -1):
        starts[g] = starts[g - 1]
    starts[0] = 0
    return n
