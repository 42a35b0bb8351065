"""The cards that teams of a class may take: kinds of strategies, each with one to three sliders."""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from commsim.core.units import to_yuan


class Slider(NamedTuple):
    """A number that a team may set; within the limits of the setting.

    least, most: where a class needs no less or no more than that.  start: given for one that is no setting of
    the strategy, but part of one; unit: of that.
    """

    name: str
    step: float = 1
    least: float = 0.0
    most: float = math.inf
    start: float | None = None
    unit: str = ""

    @property
    def of_its_own(self) -> bool:
        """Whether it is no setting by itself."""
        return self.start is not None


class Card(NamedTuple):
    """A kind of strategy that a team may take.

    weekdays: whether it chooses its days of the week.  fresh: settings where the shop has no such strategy
    yet.  instead: settings that its sliders replace.  made: settings from its sliders and the usual price in
    yuan, where these are no settings by themselves; read: sliders of such a strategy.  most: in a plan.
    """

    kind: str
    sliders: tuple[Slider, ...]
    weekdays: bool = False
    fresh: Mapping[str, Any] = {}
    instead: tuple[str, ...] = ()
    made: Callable[[dict[str, Any], float], dict[str, Any]] | None = None
    read: Callable[[Any, float], dict[str, float]] | None = None
    most: int = 3


def _ladder(sliders: dict[str, Any], price: float) -> dict[str, Any]:
    """One rung: so many buyers, so much off for each."""
    rung = {"size": sliders.pop("people"), "price": round(price * (1 - sliders.pop("off")), 2)}
    return {**sliders, "ladder": [rung]}


def _rung(entry: Any, price: float) -> dict[str, float]:
    first = entry.ladder[0]
    return {"people": first.size, "off": round(1 - to_yuan(first.price) / price, 2)}


def _prizes(sliders: dict[str, Any], price: float) -> dict[str, Any]:
    return {"prizes": [{"number": sliders["number"], "worth": sliders["worth"]}], "every": sliders["every"]}


def _first_prizes(entry: Any, price: float) -> dict[str, float]:
    first = entry.prizes[0]
    return {"number": first.number, "worth": to_yuan(first.worth), "every": entry.every or 60}


_HOUR = Slider("hour", least=6)

CARDS = (
    Card("content", (Slider("posts"), _HOUR), weekdays=True, fresh={"hour": 12, "staff_minutes": 1.5}),
    Card("persona", (Slider("posts", most=5),)),
    Card("personal_contact", (Slider("per_month", least=1),)),
    Card("group_rules", (Slider("enforcement", 0.05),), fresh={"staff_minutes": 1}, most=1),
    Card("check_in", (Slider("points", most=50), _HOUR), most=1),
    Card("moments", (Slider("posts", least=1, most=6),)),
    Card("win_back", (Slider("after", least=3, most=60), Slider("attempts", least=1, most=5))),
    Card("membership", (Slider("fee", least=5, most=100), Slider("discount", 0.05, least=0.05, most=0.5))),
    Card(
        "red_envelope",
        (Slider("total", least=1), Slider("shares"), _HOUR),
        weekdays=True,
        fresh={"weekdays": ["fri"]},
    ),
    Card("advert", (Slider("posts"),), weekdays=True, fresh={"hours": [10, 15, 20], "staff_minutes": 1}),
    Card(
        "flash_sale",
        (Slider("discount", 0.05, least=0.05, most=0.6), _HOUR),
        weekdays=True,
        fresh={"discount": 0.15, "weekdays": ["tue", "thu"]},
        instead=("price",),
    ),
    Card(
        "coupon",
        (Slider("face", least=1, most=50), Slider("minimum", 5, most=300), Slider("valid_days", most=60)),
        weekdays=True,
        fresh={"face": 5, "minimum": 30, "weekdays": ["mon"]},
        instead=("discount",),
    ),
    Card(
        "group_buying",
        (
            Slider("people", least=2, most=10, start=3, unit="persons"),
            Slider("off", 0.05, least=0.05, most=0.5, start=0.15, unit="share"),
            _HOUR,
        ),
        weekdays=True,
        fresh={"weekdays": ["fri"], "staff_minutes": 5},
        made=_ladder,
        read=_rung,
    ),
    Card("distributor_rebate", (Slider("reward", most=50),), fresh={"levels": [0.1], "reward": 5}),
    Card(
        "lottery",
        (
            Slider("number", 10, least=10, most=500, start=50, unit="pieces"),
            Slider("worth", least=1, most=50, start=3, unit="yuan"),
            Slider("every", 7, least=7, most=56, start=28, unit="days"),
        ),
        made=_prizes,
        read=_first_prizes,
        most=1,
    ),
)
