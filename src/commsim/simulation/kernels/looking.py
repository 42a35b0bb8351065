"""Look, mute, unmute, leave: the one gate of the day, and who closes it for good."""

import math

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp
from commsim.core.view import LEFT, MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import LEAVE, LIFT, LOOK, MUTE
from commsim.simulation.kernels.blocks import BLOCK, all_strangers, block_at, list_rows
from commsim.simulation.kernels.streams import stream

_LOOK, _STAY = int(Purpose.LOOK), int(Purpose.STAY)
_LEAVES, _MUTES = 1, 2


@njit(inline="always")
def worth(value):  # type: ignore[no-untyped-def]
    """Learned value on a scale from 0 to 1."""
    return value / (value + 1.0) if value > 0.0 else 0.0


@borrowing
def narrow_posts(person, group, narrow):  # type: ignore[no-untyped-def]
    """Posts to some members that reach this person today, and how many of them are empty."""
    posts = empty = 0.0
    for k in range(len(narrow.rows)):
        row = narrow.rows[k]
        if narrow.groups[k, group] and narrow.persons[row.audience, person]:
            posts += row.posts
            empty += row.empty
    return posts, empty


@borrowing
def narrow_worth(person, group, narrow, for_all):  # type: ignore[no-untyped-def]
    """Content, deals, new trust and lowest price for a person, of what their group gets and they alone."""
    content, deals, trust, price = for_all
    own_content = own_trust = 0.0
    for k in range(len(narrow.rows)):
        row = narrow.rows[k]
        if narrow.groups[k, group] and narrow.persons[row.audience, person]:
            own_content += row.content
            deals += row.deals
            own_trust += row.trust
            price = min(price, row.price)
    return _joined(content, own_content), deals, _joined(trust, own_trust), price


@njit(inner=True)
def _joined(root, squares):  # type: ignore[no-untyped-def]
    """The root of a sum of squares, with their signs, to which more squares come."""
    if squares == 0.0:
        return root
    total = root * abs(root) + squares
    return math.copysign(math.sqrt(abs(total)), total)


@borrowing
def _remember(looks):  # type: ignore[no-untyped-def]
    """Make room for today's look before those of earlier days."""
    for k in range(len(looks)):
        looks[k] <<= np.uint32(1)


@borrowing
def received(people, at, sent, narrow, messages):  # type: ignore[no-untyped-def]
    """Messages, or only posts, that each person of a block receives; ``sent``: to whole groups."""
    group = people.counts[c.GROUP, at]
    for k in range(len(group)):
        messages[k] = sent[group[k]]
    if len(narrow.rows):
        for k in range(len(group)):
            messages[k] += narrow_posts(at.start + k, group[k], narrow)[0]


@borrowing
def bother(people, at, messages, stay, leave, mute):  # type: ignore[no-untyped-def]
    """Chances to leave by the messages received, and to mute."""
    muted, tolerance, value = people.muted[at], people.traits[c.TOLERANCE, at], people.reals[c.VALUE, at]
    # read once: the compiler can't know that what the loop writes is none of them
    heard_muted, crowding, crowded, forgiving = stay.heard_muted, stay.crowding, stay.crowded, stay.forgiving
    leave_message, leave_muted, mute_message = stay.leave_message, stay.leave_muted, stay.mute_message
    for k in range(len(muted)):
        n = messages[k] * (heard_muted if muted[k] else 1.0)
        crowd = 1.0 + crowding * max(0.0, min(n, crowded) - 1.0)
        bother = tolerance[k] * n * crowd * (1.0 - forgiving * worth(value[k]))
        leave[k] = leave_message * bother * (leave_muted if muted[k] else 1.0)
        mute[k] = 0.0 if muted[k] else mute_message * bother


@borrowing
def relent(people, at, unmute, mute):  # type: ignore[no-untyped-def]
    """The chance of who has muted the group to let it ring again takes the place of one to mute it."""
    muted, value = people.muted[at], people.reals[c.VALUE, at]
    for k in range(len(muted)):
        mute[k] = unmute * worth(value[k]) if muted[k] else mute[k]


@borrowing
def hold(people, at, stay, leave, anger):  # type: ignore[no-untyped-def]
    """From the chance to leave by messages to that for any reason: ties to others hold people.

    ``anger`` gets the part that messages make of it.
    """
    inviter, recruits = people.counts[c.INVITER, at], people.shorts[c.RECRUITS, at]
    always, invited, recruiter = stay.leave, stay.invited, stay.recruiter
    for k in range(len(inviter)):
        held = (invited if inviter[k] >= 0 else 1.0) * (recruiter if recruits[k] > 0 else 1.0)
        anger[k] = leave[k] * held
        leave[k] = (always + leave[k]) * held


@borrowing
def chances(people, at, dials, look, chance):  # type: ignore[no-untyped-def]
    """Chances to look in."""
    group, muted = people.counts[c.GROUP, at], people.muted[at]
    activity, fluency = people.reals[c.ACTIVITY, at], people.traits[c.FLUENCY, at]
    ceiling, if_muted = look.ceiling, look.muted
    for k in range(len(group)):
        chance[k] = 1.0 + dials.lift[group[k]]
    if dials.at[LIFT] >= 0:
        lift = dials.turned[dials.at[LIFT], at]
        for k in range(len(lift)):
            chance[k] += lift[k]
    for k in range(len(group)):
        chance[k] = min(ceiling, activity[k] * chance[k]) * fluency[k] * (if_muted if muted[k] else 1.0)
    if dials.at[LOOK] >= 0:
        odds = dials.turned[dials.at[LOOK], at]
        for k in range(len(odds)):
            x, by = chance[k], exp(odds[k])
            chance[k] = x * by / (1.0 - x + x * by)


@borrowing
def turn(dials, dial, at, values):  # type: ignore[no-untyped-def]
    """Multiply the values of a block by what a dial says."""
    if dials.at[dial] >= 0:
        turned = dials.turned[dials.at[dial], at]
        for k in range(len(turned)):
            values[k] *= exp(turned[k])


@borrowing
def _draw(people, at, staying, looking, leave, mute, chance, likely, moves, sees):  # type: ignore[no-untyped-def]
    """Mark who leaves, mutes or unmutes in ``moves``, who looks in ``sees``; keep the chances of a look."""
    status, looks, first = people.tiny[c.STATUS, at], people.bits[c.LOOKS, at], at.start
    for k in range(len(status)):
        u, member = uniform(staying, first + k), status[k] == MEMBER
        stays = member & (u >= leave[k])
        seen = stays & (uniform(looking, first + k) < chance[k])
        likely[k] = chance[k]
        looks[k] |= np.uint32(seen)
        moves[k] = _LEAVES * (member & (u < leave[k])) + _MUTES * (stays & (u > 1.0 - mute[k]))
        sees[k] = seen


@borrowing
def _part_in_anger(people, leavers, first, staying, anger, messages, notices, narrow, more):  # type: ignore[no-untyped-def]
    """Annoy those of a block whose draw lies in the part of the chance to leave that the shop posted."""
    for i in leavers:
        g = people.counts[c.GROUP, i]
        posts = notices[c.POSTS, g] + narrow_posts(np.int64(i), g, narrow)[0]
        if uniform(staying, i) * messages[i - first] < anger[i - first] * posts:
            people.reals[c.ANNOYANCE, i] += np.float32(more)


@borrowing
def _go(people, groups, first, moves, out):  # type: ignore[no-untyped-def]
    """Let those go who leave, and note who mutes or unmutes."""
    for k in range(len(moves)):
        if not moves[k]:
            continue
        i = first + k
        if moves[k] == _LEAVES:
            people.tiny[c.STATUS, i] = LEFT
            groups.size[people.counts[c.GROUP, i]] -= 1
            out.rows[c.LEAVERS, out.tally[c.N_LEFT]] = i
            out.tally[c.N_LEFT] += 1
        elif people.muted[i]:
            people.muted[i] = False
            out.rows[c.UNMUTERS, out.tally[c.N_UNMUTED]] = i
            out.tally[c.N_UNMUTED] += 1
        else:
            people.muted[i] = True
            out.rows[c.MUTERS, out.tally[c.N_MUTED]] = i
            out.tally[c.N_MUTED] += 1


@borrowing
def _fresh(out):  # type: ignore[no-untyped-def]
    """Clear what belongs to one day."""
    out.tally[:] = 0
    out.by_group[:, :] = 0
    out.reals[c.GAIN, :] = 0.0
    out.bits[c.LIVELY, :] = 0
    out.hours[:] = 0
    out.flags[c.BOUGHT, :] = False
    out.flags[c.TEAMED, :] = False


@njit()
def look(day, handle):  # type: ignore[no-untyped-def]
    """Who looks, mutes, unmutes and leaves: fills ``out``'s lists of them.  A leaver does nothing else today.

    A looker's bit 0 of ``looks`` is set.
    """
    state, today = handle.state, handle.today
    seed, people, groups, p, out = state.seed, state.people, state.groups, state.params[0], state.out
    notices, narrow, dials = today.notices, today.narrow, today.dials
    _fresh(out)
    looking, staying = stream(seed, _LOOK, day, 0), stream(seed, _STAY, day, 0)
    sent = np.empty(len(groups.size))
    for g in range(len(sent)):
        sent[g] = notices[c.POSTS, g] + p.stay.spam * groups.spam[g] * groups.size[g] / 100.0
    messages, chance = np.empty(BLOCK), np.empty(BLOCK)
    leave, anger, mute = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    moves, sees = np.empty(BLOCK, np.uint8), np.empty(BLOCK, np.bool_)
    n, persons = 0, len(people.muted)
    for first in range(0, persons, BLOCK):
        at = block_at(first, persons)
        _remember(people.bits[c.LOOKS, at])
        if all_strangers(people.tiny[c.STATUS, at]):
            continue
        received(people, at, sent, narrow, messages)
        bother(people, at, messages, p.stay, leave, mute)
        hold(people, at, p.stay, leave, anger)
        turn(dials, LEAVE, at, leave)
        turn(dials, LEAVE, at, anger)
        turn(dials, MUTE, at, mute)
        relent(people, at, p.stay.unmute, mute)
        chances(people, at, dials, p.look, chance)
        _draw(people, at, staying, looking, leave, mute, chance, out.reals[c.CHANCE, at], moves, sees)
        gone = out.tally[c.N_LEFT]
        _go(people, groups, first, moves[: at.stop - first], out)
        leavers = out.rows[c.LEAVERS, gone : out.tally[c.N_LEFT]]
        _part_in_anger(people, leavers, first, staying, anger, messages, notices, narrow, p.stay.anger)
        n = list_rows(sees[: at.stop - first], first, out.rows[c.QUEUE], n)
    out.tally[c.N_LOOKERS] = n
    _by_group(people, out.rows[c.QUEUE, :n], out.rows[c.LOOKERS], out.by_group[c.STARTS])


@borrowing
def _by_group(people, rows, sorted_rows, starts):  # type: ignore[no-untyped-def]
    """List rows group by group; ``starts`` says where each group's begin."""
    starts[:] = 0
    for i in rows:
        starts[people.counts[c.GROUP, i] + 1] += 1
    for g in range(len(starts) - 1):
        starts[g + 1] += starts[g]
    for i in rows:
        g = people.counts[c.GROUP, i]
        sorted_rows[starts[g]] = i
        starts[g] += 1
    for g in range(len(starts) - 1, 0, -1):
        starts[g] = starts[g - 1]
    starts[0] = 0
