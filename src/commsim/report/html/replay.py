"""The replay's data as the page's script reads it."""

from typing import Any

import numpy as np

from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.replay import Track, tracks

_DAILY = ("members", "looked", "messages", "orders", "muted", "left")
_WORDS = ("day", "members", "looked in", "messages", "orders", "muted", "left", "profit so far")


def replay(case: Case, say: Language) -> dict[str, Any]:
    """Days, words for the page, and per plan what `_plan` says."""
    shown = tracks(case)
    return {
        "days": max(track.records.days for track in shown),
        "words": {word: say(word) for word in _WORDS},
        "plans": [_plan(track) for track in shown],
    }


def _plan(track: Track) -> dict[str, Any]:
    """People and their days, orders per day, and sums; shares of who looked in per cent, profit in yuan."""
    return {
        "name": track.name,
        "groups": len(track.groups),
        "of": track.of,
        **{name: getattr(track, name).tolist() for name in ("group", "joined", "muted", "left")},
        "orders": track.orders,
        "looked": np.round(100 * track.looked).astype(int).tolist(),
        "daily": {name: track.records.daily[name].tolist() for name in _DAILY},
        "profit": np.round(track.profit).astype(int).tolist(),
    }
