"""What holds for every effect, whatever strategy it comes from."""

import math
from dataclasses import fields
from typing import Any, get_args

import numpy as np

from commsim.core.effects import Effect, Envelope, Recruit, Redeem
from commsim.core.view import MEMBER, STRANGER
from commsim.testing.view import FakeView

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
    "points": (0, ANY),
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
    "worth": (0, ANY),
    "yes": (0, 1),
}
MONEY = ("fen", "price", "prices", "total", "points")


def fault(effect: object, view: FakeView) -> str | None:
    """What is wrong with an effect for a community; None if nothing is."""
    if not isinstance(effect, get_args(Effect)):
        return f"{effect!r} is not an effect of commsim.core.effects"
    values = {f.name: getattr(effect, f.name) for f in fields(effect)}
    faults = [_number(name, value) for name, value in values.items() if name in LIMITS]
    faults += [
        _persons(effect, values, view),
        _groups(values.get("groups"), view),
        _rows(effect, values, view),
    ]
    if not 0 <= values.get("product", 0) < len(view.products):
        faults.append(f"product {values['product']} is not sold")
    return next((f"{type(effect).__name__}: {text}" for text in faults if text), None)


def _number(name: str, value: Any) -> str | None:
    if value is None:
        return None
    low, high = LIMITS[name]
    array = np.asarray(value)
    if not np.issubdtype(array.dtype, np.number):
        return f"{name} is not a number"
    if name in MONEY and not np.issubdtype(array.dtype, np.integer):
        return f"{name} must be whole (money is in fen)"
    if not np.isfinite(array).all() or (array < low).any() or (array > high).any():
        return f"{name} must be finite and between {low:g} and {high:g}"
    return None


def _persons(effect: object, values: dict[str, Any], view: FakeView) -> str | None:
    wanted = STRANGER if isinstance(effect, Recruit) else MEMBER
    inviters = values.get("inviters")
    for persons, status in ((values.get("persons"), wanted), (inviters, MEMBER)):
        if persons is None:
            continue
        rows = np.asarray(persons)
        rows = rows[rows != -1] if persons is inviters else rows
        if not np.issubdtype(rows.dtype, np.integer) or ((rows < 0) | (rows >= view.n_persons)).any():
            return "persons must be row numbers of people who exist"
        if (view.status[rows] != status).any():
            return f"it reaches people who are not {'members' if status == MEMBER else 'strangers'}"
    return None


def _groups(groups: Any, view: FakeView) -> str | None:
    if groups is None or (np.asarray(groups).dtype == np.bool_ and np.shape(groups) == (view.n_groups,)):
        return None
    return f"groups must be None or one yes or no for each of the {view.n_groups} groups"


def _rows(effect: object, values: dict[str, Any], view: FakeView) -> str | None:
    persons = values.get("persons")
    for name in ("fen", "points", "inviters", "delays"):
        if persons is not None and name in values and np.shape(values[name]) != np.shape(persons):
            return f"{name} needs one value per person"
    if "pull" in values and np.shape(values["pull"]) != (view.n_persons,):
        return "pull needs one value per person of the community"
    if isinstance(effect, Redeem) and (np.asarray(effect.points) > view.points[effect.persons]).any():
        return "somebody hands in more points than he has"
    if isinstance(effect, Envelope) and effect.total < effect.shares:
        return "each share needs at least one fen"
    return None
