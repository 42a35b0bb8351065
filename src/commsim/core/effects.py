"""What an operator can do, as data: strategies answer with effects, only the engine acts.

All effects are in batches: arrays of persons (row numbers) or of groups.  ``groups`` is a
boolean mask over groups, or None for all.  Money is in fen.  The engine stamps each effect
with the strategy that made it (its *cause*), so that the ledger is a group-by.
"""

from dataclasses import dataclass
from enum import StrEnum

from commsim.core.arrays import Bools, Floats, Ints


class Account(StrEnum):
    """Where money goes; income is positive, cost negative, in the ledger of profit and loss."""

    SALES = "sales"
    GOODS = "goods"
    DISCOUNT = "discount"
    ENVELOPES = "envelopes"
    COMMISSION = "commission"
    POINTS = "points"
    ACQUISITION = "acquisition"
    CONTENT = "content"
    GIFTS = "gifts"
    TOOLS = "tools"
    REFUNDS = "refunds"
    FINES = "fines"
    STAFF = "staff"


class Choice(StrEnum):
    """Choices of members that a `Nudge` can move."""

    LOOK = "look"
    BUY = "buy"
    TALK = "talk"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Announce:
    """Commercial posts of the operator in groups, at an hour (0 to 23).

    count: posts per group.  worth: 0 for an empty advert, 1 for a real deal or useful news.
    reach: share of members whom posts of this strategy can reach at all.
    preview: a warm-up post for an event to come; it advertises but sells nothing today.
    """

    hour: int
    count: int = 1
    worth: float = 0.0
    reach: float = 1.0
    preview: bool = False
    groups: Bools | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Useful or entertaining posts: ``value`` adds to what a look is worth, ``topics`` to talk."""

    hour: int
    value: float
    topics: float
    trust: float
    groups: Bools | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A red envelope in every chosen group: a total split into random shares at an hour.

    resend: base chance that a catcher sends one on; resend_slope: more per yuan received.
    """

    hour: int
    total: int
    shares: int
    resend: float
    resend_slope: float
    groups: Bools | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A timed sale of one product in the groups: a flash sale or any other event with a shop.

    product: index of the product.  price: fen.  hours: how long it is open.  stock: pieces
    over all groups, or None.  scarce: limited time and supply is part of the message.
    habit: whether attending trains the weekly habit of this strategy.
    previewed: bit k set when a warm-up post went out k days before today.
    """

    product: int
    price: int
    hour: int
    hours: float
    stock: int | None = None
    scarce: bool = True
    reach: float = 1.0
    previewed: int = 0
    last_call: bool = False
    groups: Bools | None = None


@dataclass(frozen=True, slots=True)
class TeamOffer:
    """Group buying: the price falls with the size of the team, friends are asked.

    sizes and prices: the ladder, ascending sizes, descending prices in fen.  hours: how long a
    team may gather; too small a team is refunded.  asks: friends asked by who launches.
    outside: whether friends outside the community may be asked (they become members).
    """

    product: int
    sizes: tuple[int, ...]
    prices: tuple[int, ...]
    hour: int
    hours: float
    asks: int
    yes: float
    wait: float
    outside: bool = True
    reach: float = 1.0
    previewed: int = 0
    last_call: bool = False
    groups: Bools | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The daily check-in is open; who does it is reported as an event.

    pull: per person, log-odds added to the chance of checking in (nearness of a prize, a
    broken streak).  The base chance of a looker is ``base``; habit adds to it.
    """

    base: float
    pull: Floats


@dataclass(frozen=True, slots=True)
class AskToInvite:
    """Members who look today are asked, once per campaign, to bring friends.

    mean: accepted invitations of a person of average sociability.  quality: multiplies the
    newcomer's buying rate.  reach: as in `Announce`.
    """

    mean: float
    quality: float = 1.0
    reach: float = 1.0
    groups: Bools | None = None


@dataclass(frozen=True, slots=True)
class Recruit:
    """Strangers who join within days (``delays``, in days from today), with their inviters (-1: none)."""

    persons: Ints
    inviters: Ints
    delays: Ints


@dataclass(frozen=True, slots=True)
class Enforce:
    """Group rules: ``level`` in [0, 1] is the share of members' adverts that is acted upon."""

    level: float
    groups: Bools | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """Log-odds (or log-rate) added to a choice of the chosen persons today; None for everybody."""

    choice: Choice
    log_odds: float
    persons: Ints | None = None


@dataclass(frozen=True, slots=True)
class Spend:
    """A cost of the operator that goes to no member; ``fen`` in all."""

    account: Account
    fen: int


@dataclass(frozen=True, slots=True)
class Work:
    """Minutes of staff in every chosen group; paid at the operator's wage."""

    minutes: float
    groups: Bools | None = None


@dataclass(frozen=True, slots=True)
class Pay:
    """Money to members (commission, gift, prize): ``fen`` per entry, each at least 0.

    A person may occur more than once: each entry is a payment of its own.
    """

    account: Account
    persons: Ints
    fen: Ints


@dataclass(frozen=True, slots=True)
class Award:
    """Points to members; ``worth`` is the liability of one point in fen, booked at once."""

    persons: Ints
    points: Ints
    worth: float


@dataclass(frozen=True, slots=True)
class Redeem:
    """Members hand in points for goods; ``worth`` is what one point buys, in fen.

    The liability falls by what was booked when the points were given; the difference is a cost (or an
    income) in the account of points.
    """

    persons: Ints
    points: Ints
    worth: float


Effect = (
    Announce
    | Content
    | Envelope
    | Offer
    | TeamOffer
    | CheckIn
    | AskToInvite
    | Recruit
    | Enforce
    | Nudge
    | Spend
    | Work
    | Pay
    | Award
    | Redeem
)

REACTIONS = (Pay, Spend, Award, Redeem, Recruit)
"""What a strategy can still answer with in the evening: the rest needs members who look."""
