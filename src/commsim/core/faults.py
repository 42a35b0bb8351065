"""What can be wrong with an effect, whatever strategy it comes from."""

import math
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from typing import Any, get_args

import numpy as np

from commsim.core.effects import Account, Choice, Effect, Envelope, Nudge, Redeem, TeamOffer
from commsim.core.view import View

ANY = math.inf
LIMITS: dict[str, tuple[float, float]] = {
    "asks": (0, 100),
    "base": (0, 1),
    "count": (0, 1000),
    "delays": (0, ANY),
    "fen": (0, ANY),
    "hour": (0, 23),
    "hours": (0, 720),
    "level": (0, 1),
    "log_odds": (-20, 20),
    "mean": (0, ANY),
    "minutes": (0, ANY),
    "points": (0, 10_000_000_000),
    "previewed": (0, 255),
    "price": (1, ANY),
    "prices": (1, ANY),
    "pull": (-30, 30),
    "quality": (0, ANY),
    "reach": (0, 1),
    "resend": (0, 1),
    "resend_slope": (0, ANY),
    "shares": (1, 100),
    "sizes": (2, ANY),
    "stock": (0, ANY),
    "topics": (-ANY, ANY),
    "total": (1, 20_000),
    "trust": (-1, 1),
    "value": (-ANY, ANY),
    "wait": (0, 1),
    "worth": (0, 10_000),
    "yes": (0, 1),
}
MONEY = ("fen", "price", "prices", "total", "points")
WHOLE = (*MONEY, "asks", "count", "delays", "hour", "previewed", "product", "shares", "sizes", "stock")


def fault(effect: object, view: View) -> str | None:
    """What is wrong with an effect for a community; None if nothing is."""
    if not isinstance(effect, get_args(Effect)):
        return f"{effect!r} is not an effect of commsim.core.effects"
    values = {f.name: getattr(effect, f.name) for f in fields(effect)}
    text = next((text for text in _faults(effect, values, view) if text), None)
    return f"{type(effect).__name__}: {text}" if text else None


def _faults(effect: object, values: dict[str, Any], view: View) -> Iterator[str | None]:
    yield from (_number(name, value) for name, value in values.items() if name in LIMITS)
    if not 0 <= values.get("product", 0) < len(view.products):
        yield f"product {values['product']} is not sold"
    yield _kind(values)
    yield _persons(effect, values, view)
    yield _groups(values.get("groups"), view)
    yield _rows(values, view)
    yield _together(effect, view)


def _number(name: str, value: Any) -> str | None:
    if value is None and name == "stock":
        return None
    low, high = LIMITS[name]
    array = np.asarray(value)
    if not np.issubdtype(array.dtype, np.number):
        return f"{name} is not a number"
    if name in WHOLE and not np.issubdtype(array.dtype, np.integer):
        return f"{name} must be whole" + (" (money is in fen)" if name in MONEY else "")
    if not np.isfinite(array).all() or (array < low).any() or (array > high).any():
        return f"{name} must be finite and between {low:g} and {high:g}"
    return None


def _kind(values: dict[str, Any]) -> str | None:
    for name, kinds in (("account", Account), ("choice", Choice)):
        if name in values and values[name] not in tuple(kinds):
            return f"{name} must be one of {', '.join(kinds)}"
    return None


def _persons(effect: object, values: dict[str, Any], view: View) -> str | None:
    for name, least in (("persons", 0), ("inviters", -1)):
        if name not in values or (isinstance(effect, Nudge) and effect.persons is None):
            continue
        rows = np.asarray(values[name])
        real = np.issubdtype(rows.dtype, np.integer) and rows.ndim == 1
        if not real or ((rows < least) | (rows >= view.n_persons)).any():
            return f"{name} must be row numbers of people who exist"
    return None


def _groups(groups: Any, view: View) -> str | None:
    if groups is None or (np.asarray(groups).dtype == np.bool_ and np.shape(groups) == (view.n_groups,)):
        return None
    return f"groups must be None or one yes or no for each of the {view.n_groups} groups"


def _rows(values: dict[str, Any], view: View) -> str | None:
    for name in ("fen", "points", "inviters", "delays"):
        if "persons" in values and name in values and np.shape(values[name]) != np.shape(values["persons"]):
            return f"{name} needs one value per person"
    if "pull" in values and np.shape(values["pull"]) != (view.n_persons,):
        return "pull needs one value per person of the community"
    return None


def _together(effect: object, view: View) -> str | None:
    """What two settings of an effect have to say to each other."""
    if isinstance(effect, Redeem):
        handed_in = np.zeros(view.n_persons, np.int64)
        np.add.at(handed_in, effect.persons, effect.points)
        if (handed_in > view.points).any():
            return "somebody hands in more points than they have"
    if isinstance(effect, Envelope) and effect.total < effect.shares:
        return "each share needs at least one fen"
    if isinstance(effect, TeamOffer):
        steps = zip(pairwise(effect.sizes), pairwise(effect.prices), strict=False)
        falls = all(small < large and dear > cheap for (small, large), (dear, cheap) in steps)
        if not (len(effect.sizes) == len(effect.prices) > 0 and falls):
            return "the ladder needs a lower price for each larger size"
    return None
