"""What moves a person's rate of buying, as logs that add up: price, trust, touch with a group, adverts."""

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.maths import exp, log
from commsim.simulation import columns as c
from commsim.simulation.dials import AWAY, PRICE, PRICE_AT_SALES, PULL


@borrowing
def own_price(price, j, luck, i):  # type: ignore[no-untyped-def]
    """The log price of an offer, the j-th of the day, for a person who may have a price of their own."""
    at = luck.dials.at[PRICE_AT_SALES] + j
    if at < j:  # no price holds at some sales only
        at = luck.dials.at[PRICE]
    return price + luck.dials.turned[at, i] if at >= 0 else price


@borrowing
def elsewhere(uplift, dials, i):  # type: ignore[no-untyped-def]
    """What other shops take off the log uplift of a person's rate here; 0 where they have no part.

    A share s of the need is filled here, s = 1 - away.  An uplift u of ours makes s u more need, and of all
    need our part is s e^u against (1 - s) e^pull of theirs: e^(s u) e^u / (s e^u + (1 - s) e^pull) is left of
    e^u.  It rises as e^u at 0, whatever s.
    """
    at, by = dials.at[AWAY], dials.at[PULL]
    if at < 0:
        return 0.0
    return taken(uplift, dials.turned[at, i], dials.turned[by, i] if by >= 0 else 0.0)


@borrowing
def offer(uplift, dials, i, out):  # type: ignore[no-untyped-def]
    """Note the best offer of the day to who buys elsewhere too; the least that `elsewhere` can say."""
    at, by = dials.at[AWAY], dials.at[PULL]
    if at < 0:
        return 0.0
    out.reals[c.OFFERED, i] = max(out.reals[c.OFFERED, i], np.float32(uplift))
    return min(1.0, max(0.0, dials.turned[at, i])) * dials.turned[by, i] if by >= 0 else 0.0


@njit(inline="always")
def taken(uplift, away, pull):  # type: ignore[no-untyped-def]
    """What `elsewhere` says, for a part that is away; never below away x pull (a mean of powers)."""
    away = min(1.0, max(0.0, away))
    return log((1.0 - away) * exp(away * uplift) + away * exp(pull - (1.0 - away) * uplift))


@njit(inline="always")
def price_effect(elasticity, reference, price, gain, loss):  # type: ignore[no-untyped-def]
    """Log uplift of a price (log ratio to the usual one): elasticity, and gain or loss on the reference."""
    against = price - reference
    return -elasticity * price - (gain if against < 0.0 else loss) * against


@njit(inline="always")
def trust_effect(trust, effect, usual, scale):  # type: ignore[no-untyped-def]
    """Log uplift of trust, by its distance from the usual in standard deviations."""
    return effect * min(1.0, max(-2.0, (trust - usual) / scale))


@njit(inline="always")
def touch_effect(contact, effect, full):  # type: ignore[no-untyped-def]
    """Log uplift of being in touch with a run group, in full from some contact on."""
    return effect * min(1.0, contact / full)


@njit(inline="always")
def advert_effect(fatigue, annoyance, advert, worn):  # type: ignore[no-untyped-def]
    """Log uplift of having seen an advert today, worn by passing and lasting fatigue."""
    return advert * exp(fatigue * worn - annoyance)
