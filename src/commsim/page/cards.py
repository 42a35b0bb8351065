"""Plans from cards with a few sliders, as teams of a class make them on their phones."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from commsim.core.errors import InputError
from commsim.core.units import WEEKDAYS, to_yuan
from commsim.page.deck import CARDS, Card, Slider
from commsim.page.forms import form_of
from commsim.scenario.change import checked, read_strategy
from commsim.scenario.fields import limits
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.strategies.registry import find

MOST_CARDS = 24
_OFFERED = {card.kind: card for card in CARDS}
_Word = Annotated[str, Field(max_length=40)]


class Taken(BaseModel):
    """A card as a team has set it.

    like: the number of the shop's own strategy of this kind, from 0, that it changes; None for a new one.
    settings: by sliders.  first, last: days, from 1; None where the shop's dates stay.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    kind: _Word
    like: Annotated[int, Field(ge=0, lt=100)] | None = None
    settings: Annotated[dict[_Word, float], Field(max_length=8)] = {}
    weekdays: Annotated[list[Annotated[str, Field(max_length=3)]], Field(max_length=7)] | None = None
    first: Annotated[int, Field(ge=1, le=3650)] | None = None
    last: Annotated[int, Field(ge=1, le=3650)] | None = None


class Made(NamedTuple):
    """A team's plan, and the name in it of each card, in their order."""

    plan: Scenario
    names: tuple[str, ...]


def deck(shop: Scenario) -> dict[str, Any]:
    """What a phone needs: of each card what can be set and how a new one begins; the shop's own as cards."""
    own = [
        _as_taken(card, entry, number, shop)
        for card in CARDS
        for number, entry in enumerate(_of_kind(shop, card.kind)[: card.most])
    ]
    return {
        "cards": [_shown(card, shop) for card in CARDS],
        "own": own,
        "days": shop.days,
        "most": MOST_CARDS,
    }


def plan_of(shop: Scenario, team: str, taken: Sequence[Taken]) -> Made:
    """The shop with the cards that a team has taken, instead of its own strategies of these kinds.

    What the shop does besides cards stays.  Raises InputError for what no card offers, and for no plan.
    """
    _check(shop, taken)
    stay = [entry for entry in shop.strategies if entry.kind not in _OFFERED]
    names = Counter(entry.name for entry in stay)
    set_ones: dict[int, Strategy] = {}
    for place, one in enumerate(taken):
        entry = _set(one, shop)
        names[entry.name] += 1
        more = names[entry.name] > 1
        set_ones[place] = entry.model_copy(update={"name": _other_name(entry, names)}) if more else entry
    of_shop = {(one.kind, one.like): place for place, one in enumerate(taken) if one.like is not None}
    strategies = [*_in_order(shop, set_ones, of_shop)]
    known = {entry.name for entry in strategies}
    told = tuple(_without_missing(entry, known) for entry in strategies)
    plan = checked({**dict(shop), "name": team, "strategies": told})
    return Made(plan, tuple(set_ones[place].name for place in range(len(taken))))


def _in_order(
    shop: Scenario, made: dict[int, Strategy], of_shop: dict[tuple[str, int], int]
) -> list[Strategy]:
    """The shop's strategies where they stood, as they are now, and new ones after them."""
    seen: Counter[str] = Counter()
    found, placed = [], set()
    for entry in shop.strategies:
        number = seen[entry.kind]
        seen[entry.kind] += 1
        place = of_shop.get((entry.kind, number))
        if entry.kind not in _OFFERED:
            found.append(entry)
        elif place is not None:
            placed.add(place)
            found.append(made[place])
    return found + [entry for place, entry in made.items() if place not in placed]


def _check(shop: Scenario, taken: Sequence[Taken]) -> None:
    if len(taken) > MOST_CARDS:
        raise InputError(f"a plan has {MOST_CARDS} cards at most", remedy="take one out")
    for kind, number in Counter(one.kind for one in taken).items():
        if kind not in _OFFERED:
            raise InputError("there is no such card", where=kind)
        if number > _OFFERED[kind].most:
            raise InputError(f"a plan has {_OFFERED[kind].most} cards of this kind at most", where=kind)
    own = Counter(entry.kind for entry in shop.strategies)
    begun = Counter((one.kind, one.like) for one in taken if one.like is not None)
    for (kind, like), number in begun.items():
        if number > 1 or (like or 0) >= own[kind]:
            raise InputError("the shop has no such card, or it was taken twice", where=kind)


def _other_name(entry: Strategy, names: Counter[str]) -> str:
    number = names[entry.name]
    while f"{entry.name} ({number})" in names:
        number += 1
    names[f"{entry.name} ({number})"] += 1
    return f"{entry.name} ({number})"


def _of_kind(shop: Scenario, kind: str) -> list[Strategy]:
    return [entry for entry in shop.strategies if entry.kind == kind]


def _without_missing(entry: Strategy, names: set[str]) -> Strategy:
    """An advert for a sale that the team has taken out is an advert for what is on the shelf."""
    announced = getattr(entry, "announces", "")
    return entry.model_copy(update={"announces": ""}) if announced and announced not in names else entry


def _set(one: Taken, shop: Scenario) -> Strategy:
    card = _OFFERED[one.kind]
    base = None if one.like is None else _of_kind(shop, one.kind)[one.like]
    given = dict(card.fresh) if base is None else base.model_dump(mode="json", exclude_unset=True)
    kept = {name: value for name, value in given.items() if name not in card.instead}
    settings = _settings(card, one, shop, base)
    return read_strategy(
        {**kept, **settings, **_weekdays(card, one), **_dates(one, base, shop), "kind": card.kind}
    )


def _settings(card: Card, one: Taken, shop: Scenario, base: Strategy | None) -> dict[str, Any]:
    """The settings, none of which is beyond what the card offers."""
    sliders = {slider.name: slider for slider in card.sliders}
    if unknown := set(one.settings) - set(sliders):
        raise InputError("the card has no such setting", where=f"{card.kind}.{min(unknown)}")
    found: dict[str, Any] = {}
    for slider in card.sliders:
        low, high = _reach(card, slider)
        value = one.settings.get(slider.name)
        if value is None:
            if slider.of_its_own:
                found[slider.name] = _start(card, slider, base, shop)
            continue
        if not low <= value <= high:
            raise InputError(f"choose {low:g} to {high:g}", where=f"{card.kind}.{slider.name}")
        found[slider.name] = int(value) if value == int(value) else value
    return card.made(found, _usual_price(shop, base)) if card.made else found


def _weekdays(card: Card, one: Taken) -> dict[str, Any]:
    if one.weekdays is None:
        return {}
    days = set(one.weekdays)
    if not card.weekdays or not days or not days <= set(WEEKDAYS):
        raise InputError("choose a day of the week or more", where=card.kind)
    return {"weekdays": [day for day in WEEKDAYS if day in days]}


def _dates(one: Taken, base: Strategy | None, shop: Scenario) -> dict[str, Any]:
    """Its days, with as much of a warm-up before and a closing at the end as there is room for."""
    if one.first is None and one.last is None:
        return {}
    first, last = one.first or 1, one.last or shop.days
    if base is not None and base.when is not None:
        raise InputError("the days of this card stay as the shop has them", where=one.kind)
    if not first <= last <= shop.days:
        raise InputError(
            f"choose days from 1 to {shop.days}, and the last one not before the first", where=one.kind
        )
    warm_up, closing = (base.warm_up, base.closing) if base else (0, 0)
    return {
        "starts": first - 1,
        "ends": None if last == shop.days else last - 1,
        "warm_up": min(warm_up, first - 1),
        "closing": min(closing, last - first + 1),
    }


def _usual_price(shop: Scenario, base: Strategy | None) -> float:
    """In yuan, of the product that an entry is for: the shop's first one if it names none."""
    name = getattr(base, "product", "")
    found = next((one for one in shop.products if one.name == name), shop.products[0])
    return to_yuan(found.price)


def _reach(card: Card, slider: Slider) -> tuple[float, float]:
    """Least and most of a slider: the limits of the setting, in whole steps."""
    if slider.of_its_own:
        return slider.least, slider.most
    low, high = limits(find(card.kind).model_fields[slider.name])
    most = min(slider.most, math.inf if high is None else high)
    return math.ceil(max(slider.least, low or 0.0) / slider.step) * slider.step, most


def _start(card: Card, slider: Slider, entry: Strategy | None, shop: Scenario) -> float:
    """Where a slider stands at first: as the entry has it, within what the card offers."""
    low, high = _reach(card, slider)
    given: Any = slider.start
    if entry is not None and slider.of_its_own and card.read is not None:
        given = card.read(entry, _usual_price(shop, entry))[slider.name]
    elif entry is not None:
        given = entry.model_dump(mode="json")[slider.name]
    value = low if given is None else given
    return float(min(max(value, low), high))


def _as_taken(card: Card, entry: Strategy, number: int | None, shop: Scenario) -> dict[str, Any]:
    """An entry as the phone shows it and sends it back."""
    fixed = entry.when is not None
    return {
        "kind": card.kind,
        "like": number,
        "settings": {slider.name: _start(card, slider, entry, shop) for slider in card.sliders},
        "weekdays": list(entry.weekdays) if card.weekdays else None,
        "first": None if fixed else entry.starts + 1,
        "last": None if fixed else entry.last_day(shop.days) + 1,
    }


def _shown(card: Card, shop: Scenario) -> dict[str, Any]:
    form = form_of(card.kind, find(card.kind))
    fields = {field["name"]: field for field in form["fields"]}
    sliders = []
    for slider in card.sliders:
        low, high = _reach(card, slider)
        about = fields.get(slider.name, {"about": "", "about_zh": "", "unit": slider.unit})
        told = {key: about[key] for key in ("about", "about_zh", "unit")}
        sliders.append({"name": slider.name, **told, "low": low, "high": high, "step": slider.step})
    fresh = _as_taken(card, _set(Taken(kind=card.kind), shop), None, shop)
    return {
        "kind": card.kind,
        "purpose": form["purpose"],
        "about": form["about"],
        "about_zh": form["about_zh"],
        "sliders": sliders,
        "fresh": fresh,
        "most": card.most,
    }
