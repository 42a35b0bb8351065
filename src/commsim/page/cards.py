"""Plans from cards with a few sliders, as teams of a class make them on their phones."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from commsim.core.errors import InputError
from commsim.core.units import WEEKDAYS
from commsim.page.forms import form_of
from commsim.scenario.change import checked, read_strategy
from commsim.scenario.fields import limits
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.strategies.registry import find

Settings = Mapping[str, float | list[str]]
"""Of one card: numbers by their sliders, and its weekdays."""


class Slider(NamedTuple):
    """A number that a team may set; within the limits of the setting.

    most: where a class needs no more than that.
    """

    name: str
    step: float = 1
    most: float = math.inf


class Card(NamedTuple):
    """A kind of strategy that a team may take.

    weekdays: whether it chooses its days.  fresh: settings where the shop has no such strategy yet.  instead:
    settings that its sliders replace.
    """

    kind: str
    sliders: tuple[Slider, ...]
    weekdays: bool = False
    fresh: Mapping[str, Any] = {}
    instead: tuple[str, ...] = ()


CARDS = (
    Card("content", (Slider("posts"), Slider("hour")), fresh={"hour": 12, "staff_minutes": 1.5}),
    Card("persona", (Slider("posts", most=5),)),
    Card("personal_contact", (Slider("per_month"),)),
    Card("group_rules", (Slider("enforcement", 0.05),), fresh={"staff_minutes": 1}),
    Card("check_in", (Slider("points", most=50), Slider("hour"))),
    Card(
        "red_envelope",
        (Slider("total"), Slider("shares"), Slider("hour")),
        weekdays=True,
        fresh={"weekdays": ["fri"]},
    ),
    Card("advert", (Slider("posts"),), weekdays=True, fresh={"hours": [10, 15, 20], "staff_minutes": 1}),
    Card(
        "flash_sale",
        (Slider("discount", 0.05, most=0.6), Slider("hour")),
        weekdays=True,
        fresh={"discount": 0.15, "weekdays": ["tue", "thu"]},
        instead=("price",),
    ),
    Card(
        "coupon",
        (Slider("face", most=50), Slider("minimum", 5, most=300), Slider("valid_days", most=60)),
        fresh={"face": 5, "minimum": 30},
        instead=("discount",),
    ),
    Card("distributor_rebate", (Slider("reward", most=50),), fresh={"levels": [0.1], "reward": 0}),
)


def cards(shop: Scenario) -> list[dict[str, Any]]:
    """What a phone needs of each card, set as the shop has it."""
    return [_shown(card, shop) for card in CARDS]


def plan_of(shop: Scenario, team: str, taken: Mapping[str, Settings]) -> Scenario:
    """The shop with the cards that a team has taken, by kind; the other kinds of cards are taken out.

    What the shop does besides cards stays.  Of several strategies of a kind the first is set, the others stay
    with it.  Raises InputError for what no card offers, and for what is no plan.
    """
    offered = {card.kind: card for card in CARDS}
    if unknown := set(taken) - set(offered):
        raise InputError("there is no such card", where=min(unknown))
    strategies = []
    for entry in shop.strategies:
        if entry.kind not in offered:
            strategies.append(entry)
        elif entry.kind in taken:
            first = entry == _of_kind(shop, entry.kind)
            strategies.append(_set(offered[entry.kind], entry, taken[entry.kind]) if first else entry)
    strategies += [
        _set(card, None, taken[card.kind])
        for card in CARDS
        if card.kind in taken and _of_kind(shop, card.kind) is None
    ]
    names = {entry.name for entry in strategies}
    told = [_without_missing(entry, names) for entry in strategies]
    return checked({**dict(shop), "name": team, "strategies": tuple(told)})


def _of_kind(shop: Scenario, kind: str) -> Strategy | None:
    return next((entry for entry in shop.strategies if entry.kind == kind), None)


def _without_missing(entry: Strategy, names: set[str]) -> Strategy:
    """An advert for a sale that the team has taken out is an advert for what is on the shelf."""
    announced = getattr(entry, "announces", "")
    return entry.model_copy(update={"announces": ""}) if announced and announced not in names else entry


def _set(card: Card, entry: Strategy | None, settings: Settings) -> Strategy:
    given = dict(card.fresh) if entry is None else entry.model_dump(mode="json", exclude_unset=True)
    kept = {name: value for name, value in given.items() if name not in card.instead}
    return read_strategy({**kept, **_checked(card, settings), "kind": card.kind})


def _checked(card: Card, settings: Settings) -> dict[str, Any]:
    """The settings, none of which is beyond what the card offers."""
    sliders = {slider.name: slider for slider in card.sliders}
    found: dict[str, Any] = {}
    for name, value in settings.items():
        if name == "weekdays" and card.weekdays and isinstance(value, list):
            days = set(value)
            if not days or not days <= set(WEEKDAYS):
                raise InputError("choose a day of the week or more", where=card.kind)
            found[name] = [day for day in WEEKDAYS if day in days]
        elif name in sliders and not isinstance(value, list):
            low, high = _reach(card, sliders[name])
            if not low <= value <= high:
                raise InputError(f"choose {low:g} to {high:g}", where=f"{card.kind}.{name}")
            found[name] = int(value) if value == int(value) else value
        else:
            raise InputError("the card has no such setting", where=card.kind)
    return found


def _reach(card: Card, slider: Slider) -> tuple[float, float]:
    """Least and most of a slider: the limits of the setting, in whole steps."""
    low, high = limits(find(card.kind).model_fields[slider.name])
    most = min(slider.most, math.inf if high is None else high)
    return math.ceil((low or 0.0) / slider.step) * slider.step, most


def _shown(card: Card, shop: Scenario) -> dict[str, Any]:
    entry = _of_kind(shop, card.kind)
    form = form_of(card.kind, find(card.kind))
    fields = {field["name"]: field for field in form["fields"]}
    start = (entry or _set(card, None, {})).model_dump(mode="json")
    shown = []
    for slider in card.sliders:
        low, high = _reach(card, slider)
        value = start[slider.name]
        value = low if value is None else min(max(value, low), high)
        about = fields[slider.name]
        told = {key: about[key] for key in ("name", "about", "about_zh", "unit")}
        shown.append(told | {"low": low, "high": high, "step": slider.step, "value": value})
    return {
        "kind": card.kind,
        "about": form["about"],
        "about_zh": form["about_zh"],
        "on": entry is not None,
        "sliders": shown,
        "weekdays": start["weekdays"] if card.weekdays else None,
    }
