"""Behaviour as the kernels take it: one record of floats, section by section, names as in the scenario."""

import numpy as np
from numpy.typing import NDArray

from commsim.scenario.behaviour import Behaviour, Core


def _section(name: str) -> np.dtype[np.void]:
    fields = type(getattr(Core(), name)).model_fields
    return np.dtype([(field, np.float64) for field in fields])


PARAMS = np.dtype([(name, _section(name)) for name in Core.model_fields])


def params(of: Behaviour) -> NDArray[np.void]:
    """The parameters as an array of one record, ``params(b)[0]["look"]["muted"]`` and so on."""
    out = np.zeros(1, PARAMS)
    for section in Core.model_fields:
        values = getattr(of, section)
        out[0][section] = tuple(float(getattr(values, field)) for field in type(values).model_fields)
    return out
