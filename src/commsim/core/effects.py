"""What an operator can do, as data: strategies answer with effects, only the engine acts.

All effects are in batches: arrays of persons (row numbers) or of groups.  ``groups`` is a
boolean mask over groups, or None for all.  Money is in fen.  The engine stamps each effect
with the strategy that made it (its *cause*), so that the ledger is a group-by.  All that is
true of an effect stands in its declaration (`commsim.core.declare`).
"""

from enum import StrEnum
from itertools import pairwise
from typing import Annotated

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.declare import DEPENDS, NOTHING, Cost, effect
from commsim.core.declare import Effect as Effect
from commsim.core.dials import Dial
from commsim.core.limits import (
    Groups,
    HourOfDay,
    MembersOrNobody,
    NotNegative,
    Persons,
    Product,
    Share,
    Strangers,
    Within,
)
from commsim.core.view import View

Hours = Annotated[float, Within(0, 720)]
DaysBefore = Annotated[int, Within(0, 255)]
Worth = Annotated[float, Within(0, 10_000)]
Points = Annotated[Ints, Within(0, 10_000_000_000)]


class Account(StrEnum):
    """Where money goes; income is positive, cost negative, in the ledger of profit and loss."""

    SALES = "sales"
    GOODS = "goods"
    DISCOUNT = "discount"
    FEES = "fees"
    BREAKAGE = "breakage"
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
    FIXED = "fixed"
    INTEREST = "interest"
    WRITE_OFF = "write_off"
    SHIPPING = "shipping"
    PROFIT_SHARE = "profit_share"
    MARGIN = "margin"
    ENTRY_FEES = "entry_fees"
    PASSED_ON = "passed_on"
    PARTIES = "parties"


@effect(word="post", cost=NOTHING)
class Announce(Effect):
    """Commercial posts of the operator in groups, at an hour (0 to 23).

    count: posts per group.  worth: 0 for an empty advert, 1 for a real deal or useful news.
    reach: share of members whom posts of this strategy can reach at all.
    preview: a warm-up post for a sale to come; it advertises but sells nothing today.
    sale: name of another strategy, of whose sales later today and tomorrow readers learn from it; a post
    that comes before one is not empty.
    """

    hour: HourOfDay
    count: Annotated[int, Within(0, 1000)] = 1
    worth: Worth = 0.0
    reach: Share = 1.0
    preview: bool = False
    sale: str = ""
    groups: Groups = None


@effect(word="content", cost=NOTHING)
class Content(Effect):
    """Useful or entertaining posts: ``value`` adds to what a look is worth, ``topics`` to talk.

    These and ``trust`` are of one post alone.  Each post that a group gets on a day, whatever strategy it
    is from, adds less than the one before: the root of the sum of their squares counts, which is the root
    of their number where they are alike.

    themes: what they are about, post by post in turns, over days too.  Members tire of each but for the share
    that is ``fresh``, if the strategy names the mechanism `wear`; content without a theme does not wear.
    """

    hour: HourOfDay
    value: Annotated[float, Within(-1_000_000, 1_000_000)]
    topics: Annotated[float, Within(-1_000_000, 1_000_000)]
    trust: Annotated[float, Within(-1, 1)]
    posts: Annotated[int, Within(1, 1000)] = 1
    themes: tuple[str, ...] = ()
    fresh: Share = 1.0
    groups: Groups = None


@effect(word="sale", cost=DEPENDS)
class Offer(Effect):
    """A timed sale of one product in the groups: a flash sale or any other with a shop.

    product: index of the product.  price: fen.  hours: how long it is open.  stock: pieces
    over all groups, or None.  scarce: limited time and supply is part of the message.
    previewed: bit k set when a warm-up post went out k days before today.  countdown: last minutes that are
    counted down, in which who did not order may look again.  counter: members see how much stock is left.
    """

    product: Product
    price: Annotated[int, Within(1, money=True)]
    hour: HourOfDay
    hours: Hours
    stock: Annotated[int, Within(0)] | None = None
    scarce: bool = True
    reach: Share = 1.0
    previewed: DaysBefore = 0
    last_call: bool = False
    countdown: Annotated[float, Within(0, 60)] = 0.0
    counter: bool = False
    groups: Groups = None


@effect(word="team", cost=DEPENDS)
class TeamOffer(Effect):
    """Group buying: the price falls with the size of the team, friends are asked.

    sizes and prices: the ladder, ascending sizes, descending prices in fen.  hours: how long a
    team may gather; too small a team is refunded.  asks: friends asked by who launches.
    outside: whether friends outside the community may be asked (they become members).
    """

    product: Product
    sizes: Annotated[tuple[int, ...], Within(2)]
    prices: Annotated[tuple[int, ...], Within(1, money=True)]
    hour: HourOfDay
    hours: Hours
    asks: Annotated[int, Within(0, 100)]
    yes: Share
    wait: Share
    outside: bool = True
    reach: Share = 1.0
    previewed: DaysBefore = 0
    last_call: bool = False
    groups: Groups = None

    def mismatch(self, view: View) -> str | None:
        """A ladder that does not fall."""
        steps = zip(pairwise(self.sizes), pairwise(self.prices), strict=False)
        falls = all(small < large and dear > cheap for (small, large), (dear, cheap) in steps)
        if len(self.sizes) == len(self.prices) > 0 and falls:
            return None
        return "the ladder needs a lower price for each larger size"


@effect(cost=DEPENDS)
class AskToInvite(Effect):
    """Members who look today are asked, once per occasion of a campaign, to bring friends.

    mean: accepted invitations of a person of average sociability.  quality: multiplies the
    newcomer's buying rate.  reach: as in `Announce`.  again: in a group where this strategy last asked so
    many days ago, or longer, a new occasion begins, and who was asked before is asked again.
    """

    mean: NotNegative
    quality: NotNegative = 1.0
    reach: Share = 1.0
    again: Annotated[int, Within(2, 3650)] = 14
    groups: Groups = None


@effect(evening=True, cost=DEPENDS)
class Recruit(Effect):
    """Strangers who join within days (``delays``, in days from today), with their inviters (-1: none)."""

    persons: Strangers
    inviters: MembersOrNobody
    delays: Annotated[Ints, Within(0)]


@effect(cost=NOTHING)
class Enforce(Effect):
    """Group rules: ``level`` in [0, 1] is the share of members' adverts that is acted upon."""

    level: Share
    groups: Groups = None


@effect(cost=NOTHING)
class Nudge(Effect):
    """Log-odds (or log-rate) added to a dial of the chosen persons today; None for all who are addressed.

    log_odds: one number, or one for each of the persons (of the community, if there are none).
    """

    dial: Dial
    log_odds: Annotated[float | Floats, Within(-20, 20)]
    persons: Persons | None = None

    def mismatch(self, view: View) -> str | None:
        """A price of one's own is no nudge: somebody has to pay the rest of it."""
        return "a price is no nudge; make an offer" if self.dial == Dial.PRICE else None


@effect(evening=True, settles=True, cost=lambda spent, _: Cost(fen=spent.fen))
class Spend(Effect):
    """A cost of the operator that goes to no member; ``fen`` in all."""

    account: Account
    fen: Annotated[int, Within(0, money=True)]


def _of_work(work: "Work", groups: int) -> Cost:
    minutes = work.minutes * (1 if work.in_all else groups)
    return Cost(minutes=minutes) if work.wage is None else Cost(staff=round(minutes * work.wage / 60))


@effect(cost=_of_work)
class Work(Effect):
    """Minutes of staff in every chosen group, or in all of them together (``in_all``).

    wage: fen an hour; the operator's if None.
    """

    minutes: NotNegative
    groups: Groups = None
    wage: Annotated[int, Within(0, money=True)] | None = None
    in_all: bool = False


@effect(cost=NOTHING)
class Relieve(Effect):
    """A tool does a share of the minutes that `Work` of strategies takes in every chosen group today.

    What two tools leave to staff is multiplied.  Work that is in all groups together is left as it is.
    """

    share: Share
    groups: Groups = None


@effect(evening=True, settles=True, cost=DEPENDS)
class Pay(Effect):
    """Money to members (commission, gift, prize): ``fen`` per entry, each at least 0.

    A person may occur more than once: each entry is a payment of its own.
    """

    account: Account
    persons: Persons
    fen: Annotated[Ints, Within(0, money=True)]


@effect(evening=True, settles=True, cost=DEPENDS)
class Award(Effect):
    """Points to members; ``worth`` is the liability of one point in fen, booked at once."""

    persons: Persons
    points: Points
    worth: Worth


@effect(evening=True, settles=True, cost=DEPENDS)
class Redeem(Effect):
    """Members hand in points for goods; ``worth`` is what one point buys, in fen.

    The liability falls by what was booked when the points were given; the difference is a cost (or an
    income) in the account of points.
    """

    persons: Persons
    points: Points
    worth: Worth

    def mismatch(self, view: View) -> str | None:
        """More than there is."""
        handed_in = np.zeros(view.n_persons, np.int64)
        np.add.at(handed_in, self.persons, self.points)
        return "somebody hands in more points than they have" if (handed_in > view.points).any() else None
