"""What a plan says of its parcels, in a line."""

from collections.abc import Iterator

from commsim.core.units import to_yuan
from commsim.report.language import ENGLISH, Language
from commsim.scenario.goods import Shipping


def told_shipping(shipping: Shipping, say: Language = ENGLISH) -> str:
    """``a parcel costs 6 yuan; all orders of a day to one address in one parcel``, and what else it says."""
    return say.parts(_told(shipping, say))


def _told(shipping: Shipping, say: Language) -> Iterator[str]:
    yield say("a parcel costs {cost} yuan", cost=f"{to_yuan(shipping.cost):g}")
    for to in shipping.to:
        yield say("{segment}: {cost} yuan", segment=to.segment, cost=f"{to_yuan(to.cost):g}")
    if shipping.fee:
        yield say("customers pay {fee} yuan of it", fee=f"{to_yuan(shipping.fee):g}")
    if shipping.free_from is not None:
        yield say("free from {fen} yuan", fen=f"{to_yuan(shipping.free_from):g}")
    if shipping.together:
        yield say("all orders of a day to one address in one parcel")
    if shipping.shared:
        yield say("{share} of people at a friend's address", share=f"{100 * shipping.shared:.4g} %")
    if shipping.teams:
        yield say("what a team buys goes to who launched it")
