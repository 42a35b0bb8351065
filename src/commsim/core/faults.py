"""What can be wrong with an effect, whatever strategy it comes from."""

from collections.abc import Iterator

import numpy as np

from commsim.core.declare import Effect, is_effect
from commsim.core.view import View


def fault(effect: object, view: View) -> str | None:
    """What is wrong with an effect for a community; None if nothing is."""
    if not (isinstance(effect, Effect) and is_effect(type(effect))):
        return f"{effect!r} is not an effect, one of commsim.core.effects or declared like them"
    text = next((text for text in _faults(effect, view) if text), None)
    return f"{type(effect).__name__}: {text}" if text else None


def too_late(effect: Effect, hook: str) -> str | None:
    """Whether an effect can't be answered in a hook of a strategy, ``act`` or ``react``."""
    if hook == "act" or effect.terms.evening:
        return None
    return f"{type(effect).__name__} can't be answered in the evening; use act"


def _faults(effect: Effect, view: View) -> Iterator[str | None]:
    for setting in effect.settings:
        value = getattr(effect, setting.name)
        if not (value is None and setting.optional):
            texts = (limit.fault(value, view) for limit in setting.limits)
            yield from (f"{setting.name} {text}" for text in texts if text)
    yield _lengths(effect, view)
    yield effect.mismatch(view)


def _lengths(effect: Effect, view: View) -> str | None:
    persons = getattr(effect, "persons", None)
    shape = (view.n_persons,) if persons is None else np.shape(persons)
    for setting in (setting for setting in effect.settings if setting.array):
        name, value = setting.name, getattr(effect, setting.name)
        if value is not None and np.shape(value) != shape and not (setting.one and np.ndim(value) == 0):
            return f"{name} needs one value per person" + (" of the community" if persons is None else "")
    return None
