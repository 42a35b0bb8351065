"""Red envelopes, as strategies see them."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import Cost, Effect, effect
from commsim.core.limits import Groups, HourOfDay, NotNegative, Share, Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.view import View


@effect(word="envelope", cost=lambda sent, groups: Cost(fen=sent.total * groups))
class Envelope(Effect):
    """A red envelope in every chosen group: a total split into random shares at an hour.

    resend: base chance that a catcher sends one on; resend_slope: more per yuan received.
    """

    hour: HourOfDay
    total: Annotated[int, Within(1, 20_000, money=True)]
    shares: Annotated[int, Within(1, 100)]
    resend: Share
    resend_slope: NotNegative
    groups: Groups = None

    def mismatch(self, view: View) -> str | None:
        """A share of nothing."""
        return "each share needs at least one fen" if self.total < self.shares else None


CAUGHT = Event("caught", "who caught a share of an envelope, and how much")
ENVELOPES = Mechanism(
    "envelopes",
    "Red envelopes, split at random among the quickest, some of whom send one on.",
    engine="commsim.simulation.mechanisms.envelopes:Envelopes",
    events=(CAUGHT,),
    daily=(
        Column("caught", np.int64, "caught from envelopes, members' own included", money=True),
        Column("resent", np.int64, "sent on by members in envelopes of their own", money=True),
    ),
    words={
        "kind.red_envelope": ("Red envelope", "红包"),
        "story.deed.envelope": ("{name}", "{name}"),
        "daily.caught": ("Caught from envelopes", "抢到的红包"),
        "happened.caught": ("Members caught {n} yuan from envelopes.", "成员抢到红包 {n} 元。"),
        "daily.resent": ("Sent on by members", "成员转发的红包"),
        "field.red_envelope.total": ("Money in an envelope", "每个红包金额"),
        "field.red_envelope.shares": ("Shares", "份数"),
        "field.red_envelope.hours": ("Hours of more than one", "时刻（多个）"),
        "field.red_envelope.preset": ("Sent on as", "转发意愿"),
    },
)
