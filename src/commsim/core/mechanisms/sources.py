"""Sources of members, as strategies and readers see them; and what people are like who come by each."""

from typing import Any, NamedTuple

import numpy as np
from pydantic import create_model

from commsim.core.columns import Column
from commsim.core.mechanism import Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import param

VILLANUEVA = "Villanueva et al. 2008: who comes by word of mouth is worth nearly twice who is bought"
_VERHOEF = "sign Verhoef & Donkers 2005: channels differ in retention, mass mail is worst; size assumed"
_LEWIS = "sign Lewis 2006: a third off at the first order halves later value; size assumed"
_ASSUMED = "assumed"


class _Card(NamedTuple):
    """A value with the range that evidence allows, its source and grade."""

    value: float
    low: float
    high: float
    source: str = _ASSUMED
    grade: Any = "D"


_WORTH: dict[str, _Card] = {
    "store": _Card(1.25, 1.0, 1.5),
    "parcel": _Card(1.0, 0.8, 1.2),
    "official": _Card(1.0, 0.8, 1.2),
    "live": _Card(0.9, 0.6, 1.2),
    "bought": _Card(0.6, 0.5, 0.9, VILLANUEVA, "B"),
    "outdoor": _Card(0.6, 0.4, 0.9),
    "prize": _Card(0.3, 0.1, 0.6, _LEWIS),
    "batch": _Card(0.5, 0.3, 0.8, _VERHOEF),
}
_TRUST: dict[str, _Card] = {
    "store": _Card(0.05, 0.0, 0.1),
    "parcel": _Card(0.02, 0.0, 0.05),
    "official": _Card(0.02, 0.0, 0.05),
    "live": _Card(0.02, 0.0, 0.05),
    "bought": _Card(-0.03, -0.06, 0.0),
    "outdoor": _Card(-0.03, -0.06, 0.0),
    "prize": _Card(-0.05, -0.1, 0.0),
    "batch": _Card(-0.05, -0.1, 0.0),
}
_LEAVE: dict[str, _Card] = {
    "store": _Card(0.7, 0.5, 1.0, _VERHOEF),
    "parcel": _Card(0.9, 0.6, 1.2),
    "official": _Card(0.9, 0.6, 1.2),
    "live": _Card(1.2, 0.8, 2.0),
    "bought": _Card(1.5, 1.0, 3.0, _VERHOEF),
    "outdoor": _Card(2.0, 1.2, 4.0),
    "prize": _Card(
        3.0, 1.5, 6.0, "operators' guides: who comes for a prize leaves within a week; size assumed"
    ),
    "batch": _Card(3.0, 1.5, 6.0, _VERHOEF),
}
_MUTED: dict[str, _Card] = {
    "store": _Card(0.0, 0.0, 0.1),
    "parcel": _Card(0.05, 0.0, 0.2),
    "official": _Card(0.05, 0.0, 0.2),
    "live": _Card(0.1, 0.0, 0.3),
    "bought": _Card(0.15, 0.0, 0.4),
    "outdoor": _Card(0.15, 0.0, 0.4),
    "prize": _Card(0.4, 0.1, 0.9),
    "batch": _Card(0.4, 0.1, 0.9),
}


def _params(what: str, about: str, cards: dict[str, _Card], **limits: Any) -> dict[str, Any]:
    return {
        f"{kind}_{what}": (
            float,
            param(
                card.value,
                f"{about} who comes by {kind}: put in, not found",
                plausible=(card.low, card.high),
                source=card.source,
                grade=card.grade,
                pathway=what,
                **limits,
            ),
        )
        for kind, card in cards.items()
    }


SourcesBehaviour = create_model(
    "SourcesBehaviour",
    __base__=Part,
    __doc__="What people are like who come by each kind of source.",
    days=(
        int,
        param(
            14,
            "Days after joining in which the source decides how readily somebody leaves",
            unit="days", low=1, high=365, plausible=(7, 30), source=_ASSUMED, grade="D",
        ),
    ),
    welcomed=(
        float,
        param(
            1.5,
            "Factor on the odds of joining where staff welcome newcomers (`service.welcome`): put in",
            unit="factor", low=1.0, high=20.0, plausible=(1.0, 3.0),
            source="operators' guides: benefits, then a welcome, then the group; size assumed", grade="D",
            neutral=1.0,
        ),
    ),
    block=(
        float,
        param(
            0.1,
            "Rate of being blocked a day, times how far an account is over the safe number of requests: "
        "put in, not found",
            unit="rate", low=0.0, high=10.0, plausible=(0.02, 0.5),
            source="operators' lore; size assumed: .25, tried first, lets an account live a week",
            grade="D",
        ),
    ),
    **_params(
        "value", "Factor on the rate of buying of", _WORTH,
        unit="factor", low=0.0, high=10.0, neutral=1.0,
    ),
    **_params(
        "trust", "Added to the trust, at first, of", _TRUST,
        unit="trust", low=-0.5, high=0.5, neutral=0.0,
    ),
    **_params(
        "leave", "Factor on leaving, at first, of", _LEAVE,
        unit="factor", low=0.01, high=100.0, neutral=1.0,
    ),
    **_params(
        "muted", "Share who mute on joining, of those who would not anyway, of", _MUTED,
        unit="share", low=0.0, high=1.0, neutral=0.0,
    ),
)  # fmt: skip

CHANNEL = Column(
    "channel", np.int16, "channel by which they come; -1 for all others",
    start=-1, agent=True, kept=True, names="causes",
)  # fmt: skip
SOURCES = Mechanism(
    "sources",
    "Where members come from: sources, with steps from who is reached to who joins, and what that costs.",
    engine="commsim.simulation.mechanisms.sources:Sources",
    columns=(CHANNEL,),
    daily=(
        Column("reached", np.int32, "people whom sources reached"),
        Column("scanned", np.int32, "people who scanned a code of a source"),
        Column("added", np.int32, "people who became friends of the shop's account by a source"),
        Column("sourced", np.int32, "newcomers by a source"),
        Column("friends", np.int64, "friends of the shop's accounts: who can be reached by them"),
        Column("blocked", np.int32, "accounts blocked by the platform"),
        Column("friends_lost", np.int64, "friends lost with them"),
    ),
    behaviour=SourcesBehaviour,
    sources=(
        Source(
            "Villanueva et al. 2008",
            "observational data",
            "Villanueva, Yoo, Hanssens: The impact of marketing-induced versus word-of-mouth customer "
            "acquisition on customer equity growth. J. of Marketing Research 45(1), 48-59. Abstract read",
        ),
        Source(
            "Verhoef & Donkers 2005",
            "observational data",
            "Verhoef, Donkers: The effect of acquisition channels on customer loyalty and cross-buying. "
            "Journal of Interactive Marketing 19(2), 31-43. Abstract read",
        ),
        Source(
            "Lewis 2006",
            "observational data",
            "Lewis: Customer acquisition promotions and customer asset value. Journal of Marketing Research "
            "43(2), 195-203. Abstract read",
        ),
    ),
    words={
        "pathway.sources.welcomed": ("a welcome makes more join", "欢迎语提高入群率"),
        "pathway.sources.value": ("sources differ in what their people buy", "各渠道来的人购买力不同"),
        "pathway.sources.trust": ("sources differ in their people's trust", "各渠道来的人信任不同"),
        "pathway.sources.leave": ("sources differ in who leaves soon", "各渠道来的人流失不同"),
        "pathway.sources.muted": ("sources differ in who mutes at once", "各渠道来的人免打扰不同"),
        "daily.reached": ("Reached by sources", "渠道触达人数"),
        "daily.scanned": ("Scanned a code", "扫码人数"),
        "daily.added": ("Added as friends", "加上好友人数"),
        "daily.sourced": ("Newcomers by a source", "渠道进群人数"),
        "daily.friends": ("Friends of the shop's accounts", "账号好友总数"),
        "daily.blocked": ("Accounts blocked", "被封账号数"),
        "daily.friends_lost": ("Friends lost with them", "封号流失好友数"),
    },
)
