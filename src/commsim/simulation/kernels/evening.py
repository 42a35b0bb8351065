"""The close of the day: value, activity, fatigue, trust, need, prices in mind, topics, adverts."""

import math

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER, STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import TRUST
from commsim.simulation.kernels.blocks import BLOCK, all_strangers, block_at
from commsim.simulation.kernels.looking import narrow_posts, narrow_worth, worth
from commsim.simulation.kernels.uplifts import advert_effect


@borrowing
def _recover(people, at, p):  # type: ignore[no-untyped-def]
    """Need, prices in mind, referrals and members' rest from what they were shown go back to the usual."""
    status, need, buy_rate = people.tiny[c.STATUS, at], people.reals[c.NEED, at], people.reals[c.BUY_RATE, at]
    reference, looks, speed = (
        people.reals[c.REFERENCE, at],
        people.bits[c.LOOKS, at],
        p.buying.reference_speed,
    )
    fatigue, rested = people.reals[c.FATIGUE, at], np.float32(0.5 ** (1.0 / p.fatigue.half_life))
    referral, faded = people.reals[c.REFERRAL, at], 1.0 - 0.5 ** (1.0 / p.invite.fade)
    for k in range(len(status)):
        back = np.float32(min(1.0, need[k] + buy_rate[k] * (1.0 - need[k])))
        need[k] = back if (status[k] != STRANGER) & (need[k] < 1.0) else need[k]
    for k in range(len(status)):
        referral[k] += np.float32((1.0 - referral[k]) * faded)
    for k in range(len(status)):
        fatigue[k] *= rested if status[k] == MEMBER else np.float32(1.0)
    for k in range(len(status)):
        saw_prices = (looks[k] & np.uint32(1)) != 0
        reference[k] -= np.float32(0.0 if saw_prices else speed * reference[k])


@borrowing
def _fade(people, at, p):  # type: ignore[no-untyped-def]
    """Contact, annoyance and what is left of adverts fade; trust tends to its base, less for the annoyed."""
    status, trust, base = (
        people.tiny[c.STATUS, at],
        people.reals[c.TRUST, at],
        people.traits[c.TRUST_BASE, at],
    )
    contact, adstock, annoyance = (
        people.reals[c.CONTACT, at],
        people.reals[c.ADSTOCK, at],
        people.reals[c.ANNOYANCE, at],
    )
    left = np.float32(1.0 - p.buying.touch_speed)
    kept, lasting = np.float32(kept_of_adverts(p)), np.float32(0.5 ** (1.0 / p.fatigue.annoyance_half_life))
    recovery, by_annoyance, annoyed = p.trust.recovery, p.fatigue.to_trust, 0
    for k in range(len(status)):
        contact[k] *= left
        adstock[k] *= kept
        annoyance[k] *= lasting
        annoyed += annoyance[k] > 0.0
    if annoyed:
        for k in range(len(status)):
            aim = base[k] * exp(-by_annoyance * annoyance[k])
            trust[k] += np.float32(recovery * (aim - trust[k])) if status[k] != STRANGER else np.float32(0.0)
    else:
        for k in range(len(status)):
            aim = np.float64(base[k])
            trust[k] += np.float32(recovery * (aim - trust[k])) if status[k] != STRANGER else np.float32(0.0)


@njit(inner=True)
def kept_of_adverts(p):  # type: ignore[no-untyped-def]
    """Share of what is left of adverts that is still there a day later."""
    return 0.5 ** (1.0 / p.buying.adstock_half_life)


@borrowing
def _impress(people, lookers, g, deal, notices, talk_value, adverts, narrow, dials, p, gain):  # type: ignore[no-untyped-def]
    """What those who looked in on a group make of it: worth, wear, trust and the price in mind.

    Numbers of the group are read before the loop: arrays handed on in it cost more than all the rest.
    """
    a, f, trusted, turned = p.activity, p.fatigue, dials.at[TRUST], dials.turned
    empty, posts = notices[c.EMPTY, g], notices[c.POSTS, g]
    content, deals = talk_value + notices[c.CONTENT, g], deal * min(1.0, notices[c.DEALS, g])
    new_trust, price = notices[c.NEW_TRUST, g], notices[c.PRICE, g]
    in_touch = notices[c.CONTENT, g] > 0.0 or notices[c.DEALS, g] > 0.0
    closer = np.float32(p.buying.touch_speed if in_touch else 0.0)
    for_all = notices[c.CONTENT, g], notices[c.DEALS, g], new_trust, price
    advert, worn, carried = (
        log(p.buying.advert),
        log(f.response),
        p.buying.adstock * (1.0 - kept_of_adverts(p)),
    )
    value, trust, reference = people.reals[c.VALUE], people.reals[c.TRUST], people.reals[c.REFERENCE]
    fatigue, annoyance = people.reals[c.FATIGUE], people.reals[c.ANNOYANCE]
    contact, adstock = people.reals[c.CONTACT], people.reals[c.ADSTOCK]
    for k in range(len(lookers)):
        i, seen, worthless = lookers[k], posts, empty
        if len(narrow.rows):
            few, without_worth = narrow_posts(np.int64(i), np.int32(g), narrow)
            seen += few
            worthless += without_worth
            own, worth_it, new_trust, price = narrow_worth(np.int64(i), np.int32(g), narrow, for_all)
            content, deals = talk_value + own, deal * min(1.0, worth_it)
            closer = np.float32(p.buying.touch_speed if own > 0.0 or worth_it > 0.0 else 0.0)
        contact[i] += closer
        if seen > 0.0:
            more_today = exp(advert_effect(fatigue[i], annoyance[i], advert, worn)) - 1.0
            adstock[i] += np.float32(carried * more_today)
            bother = worthless + f.useful * (seen - worthless)
            annoyance[i] += np.float32(f.annoyance * (1.0 - 0.5 * worth(value[i])) * bother)
        fatigue[i] += np.float32(seen + adverts)
        found = content + gain[i]
        found += deals - a.spam * adverts - a.advert * worthless
        value[i] += np.float32(a.learning * (found - value[i]))
        more = new_trust * (1.0 - trust[i])
        if trusted >= 0:
            more *= exp(turned[trusted, i])
        t = trust[i] + (more - (p.trust.spam * adverts + p.trust.advert * worthless) * trust[i])
        trust[i] = np.float32(min(1.0, max(0.0, t)))
        reference[i] += np.float32(p.buying.reference_speed * (price - reference[i]))


@borrowing
def _settle_down(people, at, a):  # type: ignore[no-untyped-def]
    """Activity goes some of the way to where the group's worth would keep it."""
    status, activity, keep = people.tiny[c.STATUS, at], people.reals[c.ACTIVITY, at], people.reals[c.KEEP, at]
    share, value, floor = people.traits[c.SHARE, at], people.reals[c.VALUE, at], a.floor
    for k in range(len(status)):
        rest = floor + (share[k] - floor) * worth(value[k])
        moved = np.float32((rest - activity[k]) * (1.0 - keep[k]))
        activity[k] += moved if status[k] == MEMBER else np.float32(0.0)


@borrowing
def _add_up(people, at, sums, muted_in):  # type: ignore[no-untyped-def]
    """Add members' activity and trust to the sums, row by row, and count the muted by group."""
    status, group, muted = people.tiny[c.STATUS, at], people.counts[c.GROUP, at], people.muted[at]
    activity, trust = people.reals[c.ACTIVITY, at], people.reals[c.TRUST, at]
    all_activity, all_trust = sums[c.ALL_ACTIVITY], sums[c.ALL_TRUST]
    for k in range(len(status)):
        member = status[k] == MEMBER
        all_activity += activity[k] if member else 0.0
        all_trust += trust[k] if member else 0.0
        muted_in[group[k]] += member & muted[k]
    sums[c.ALL_ACTIVITY], sums[c.ALL_TRUST] = all_activity, all_trust


@njit()
def close_people(handle):  # type: ignore[no-untyped-def]
    """Update every person's state from the day that was; sum up what the records keep."""
    state, today = handle.state, handle.today
    people, groups, p, out = state.people, state.groups, state.params[0], state.out
    notices, narrow, dials = today.notices, today.narrow, today.dials
    out.sums[:] = 0.0
    starts, gain, persons = out.by_group[c.STARTS], out.reals[c.GAIN], len(people.muted)
    for first in range(0, persons, BLOCK):
        at = block_at(first, persons)
        if not all_strangers(people.tiny[c.STATUS, at]):
            _recover(people, at, p)
            _fade(people, at, p)
    for g in range(len(groups.size)):
        adverts = groups.spam[g] * groups.size[g] / 100.0
        out.sums[c.ALL_SPAM] += adverts
        read = out.messages[g] + dials.said[g]
        seen = p.activity.readable * (1.0 - exp(-read / p.activity.readable))
        talk_value = p.activity.talk * seen * math.sqrt(np.float64(groups.bond[g]))
        if notices[c.STAFFED, g] > 0.0:
            talk_value += p.activity.answer * min(1.0, groups.answered[g] * out.messages[g])
        lookers = out.rows[c.LOOKERS, starts[g] : starts[g + 1]]
        _impress(people, lookers, g, groups.deal[g], notices, talk_value, adverts, narrow, dials, p, gain)
    for first in range(0, persons, BLOCK):
        at = block_at(first, persons)
        if not all_strangers(people.tiny[c.STATUS, at]):
            _settle_down(people, at, p.activity)
            _add_up(people, at, out.sums, out.by_group[c.MUTED_IN])


@njit()
def close_groups(handle):  # type: ignore[no-untyped-def]
    """Topics fade unless content renews them; members' adverts spread unless rules are enforced."""
    groups, p, out = handle.state.groups, handle.state.params[0], handle.state.out
    notices, dials = handle.today.notices, handle.today.dials
    s = p.spam
    for g in range(len(groups.size)):
        if groups.size[g] == 0:
            continue
        topics = groups.topics[g] * groups.keep[g] + notices[c.NEW_TOPICS, g]
        groups.topics[g] = np.float32(min(p.talk.most_topics, topics))
        if notices[c.NEW_RULES, g] >= 0.0:
            groups.rules[g] = np.float32(notices[c.NEW_RULES, g])
        e, now = groups.rules[g], groups.spam[g]
        now += now * (s.growth * (1.0 - now / s.ceiling) * (1.0 - e) - s.control * e)
        groups.spam[g] = np.float32(min(s.ceiling, max(s.floor, now)))
        groups.heard[g] = out.messages[g] + dials.said[g]
