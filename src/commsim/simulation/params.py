"""Behaviour as the kernels take it: one record of floats, section by section, names as in the scenario."""

from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from commsim.scenario.behaviour import Behaviour, Core


def _section(name: str) -> np.dtype[np.void]:
    fields = type(getattr(Core(), name)).model_fields
    return np.dtype([(field, np.float64) for field in fields])


PARAMS = np.dtype([(name, _section(name)) for name in Core.model_fields])
_FIELDS = {name: attrgetter(*_section(name).names or ()) for name in Core.model_fields}  # all at once


def params(of: Behaviour) -> NDArray[np.void]:
    """The parameters as an array of one record, ``params(b)[0]["look"]["muted"]`` and so on."""
    values = tuple(fields(getattr(of, section)) for section, fields in _FIELDS.items())
    return np.array([values], PARAMS)
