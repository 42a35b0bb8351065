"""Ways in which people come to a group, each with what is usual of it; a plan's own numbers go before these.

Shares are of those who have come as far.  Where they come from: scans in a store (30 to 40 %), cards in
parcels (3 to 8 %), requests by QR code that are accepted (90 %) and bought contacts (15 yuan in 2020, 35 in
2023) are what vendors and operators tell; all others are assumed.  Measure your own.
"""

from typing import Literal, NamedTuple

ChannelKind = Literal["store", "parcel", "official", "live", "bought", "outdoor", "prize", "batch"]
STEPS = "reach", "scan", "add", "join"
"""What comes between a person whom a channel could reach and a member, in this order."""


class Usual(NamedTuple):
    """What is usual of a kind of channel.

    reach, scan, add, join: shares that pass each step.  lag: days from one step to the next.  per_contact,
    per_join: fen.  rise: share by which these are dearer after a year.  buyers: share of who joins who has
    bought already.  asks: the operator asks to be added, one person after the other, and not they.
    """

    reach: float
    scan: float
    add: float
    join: float
    lag: int
    per_contact: int
    per_join: int
    rise: float
    buyers: float
    asks: bool = False


USUAL: dict[ChannelKind, Usual] = {
    "store": Usual(0.6, 0.35, 0.9, 0.7, 0, 0, 500, 0.0, 1.0),
    "parcel": Usual(1.0, 0.05, 0.9, 0.7, 1, 10, 200, 0.0, 1.0),
    "official": Usual(0.15, 0.1, 0.75, 0.5, 1, 0, 100, 0.0, 0.5),
    "live": Usual(0.5, 0.05, 0.9, 0.6, 0, 0, 200, 0.0, 0.3),
    "bought": Usual(1.0, 0.3, 0.8, 0.6, 1, 0, 3500, 0.33, 0.0),
    "outdoor": Usual(0.5, 0.3, 0.9, 0.7, 0, 0, 800, 0.0, 0.0),
    "prize": Usual(1.0, 0.5, 0.9, 0.8, 0, 0, 600, 0.0, 0.0),
    "batch": Usual(1.0, 1.0, 0.2, 0.3, 1, 0, 300, 0.0, 0.0, asks=True),
}
