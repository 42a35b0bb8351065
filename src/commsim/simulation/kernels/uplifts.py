"""What moves a person's rate of buying, as logs that add up: price, trust, touch with a group, adverts."""

from commsim.core.compiled import njit
from commsim.core.maths import exp
from commsim.simulation.dials import PRICE


@njit(inline="always")
def own_price(price, luck, i):  # type: ignore[no-untyped-def]
    """The log price of an offer for a person who may have a price of their own."""
    at = luck.dials.at[PRICE]
    return price + luck.dials.turned[at, i] if at >= 0 else price


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
