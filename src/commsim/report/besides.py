"""What a comparison's folder keeps beside its plans: them left alone, without a strategy, and later on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.analysis.comparison import NOT_RUN, Comparison
from commsim.analysis.left_out import TRIED, LeftOut
from commsim.analysis.looks import Look
from commsim.core.arrays import Floats
from commsim.core.measures import NAMES

if TYPE_CHECKING:
    import pandas as pd

FILE = "besides.parquet"
_ALONE, _TOGETHER = "*", "**"
"""In place of the strategy that was left out: all, and all that surely cost together."""


def write_besides(comparison: Comparison, folder: Path) -> None:
    """One row per run: plan, what was left out (``*``: all, nothing: none), days, seed, every measure."""
    import pandas as pd

    if frames := _frames(comparison):
        pd.concat(frames, ignore_index=True).to_parquet(folder / FILE, compression="zstd", index=False)


def _frames(comparison: Comparison) -> "list[pd.DataFrame]":
    own, left, plans = comparison.days, comparison.left_out, list(enumerate(comparison.plans))
    found = [
        _frame(comparison, name, _ALONE, own[k], comparison.alone[k])
        for k, name in plans
        if len(comparison.alone)
    ]
    if left is not None:
        name, days = comparison.plans[left.plan], own[left.plan]
        without = zip(left.strategies, left.values, strict=True)
        found += [_frame(comparison, name, strategy, days, values) for strategy, values in without]
        found.append(_frame(comparison, name, _TOGETHER, days, left.together, first=TRIED))
    for look in comparison.looks:
        for k, name in plans:
            found.append(_frame(comparison, name, "", look.days, look.values[k]))
            if len(look.alone):
                found.append(_frame(comparison, name, _ALONE, look.days, look.alone[k]))
    return found


def _frame(
    comparison: Comparison, plan: str, without: str, days: int, values: Floats, first: int = 0
) -> "pd.DataFrame":
    import pandas as pd

    frame = pd.DataFrame(values, columns=list(NAMES))
    frame.insert(0, "seed", np.array(comparison.seeds[first : first + len(values)], np.int64))
    for column, value in (("days", days), ("without", without), ("plan", plan)):
        frame.insert(0, column, value)
    return frame


def about_besides(comparison: Comparison) -> dict[str, Any]:
    """What the manifest tells of it."""
    left = comparison.left_out
    return {
        "alone": bool(len(comparison.alone)),
        "left_out": left
        and {
            "plan": left.plan,
            "strategies": list(left.strategies),
            "kinds": list(left.kinds),
            "sources": left.sources,
        },
        "looks": [look.days for look in comparison.looks],
    }


def read_besides(folder: Path, manifest: Mapping[str, Any], plans: Sequence[str]) -> dict[str, Any]:
    """The fields of a `Comparison` for it; none of a folder that an older version wrote."""
    import pandas as pd

    about = manifest.get("besides")
    if about is None or not (folder / FILE).exists():
        return {}
    frame = pd.read_parquet(folder / FILE)
    rows = {
        key: part[list(NAMES)].to_numpy(float) for key, part in frame.groupby(["plan", "without", "days"])
    }

    def of(plan: str, without: str, days: int) -> Floats:
        return rows.get((plan, without, days), np.zeros((0, len(NAMES))))

    own = dict(zip(plans, manifest["days"], strict=True))

    def alone(days: Mapping[str, int]) -> Floats:
        return np.array([of(plan, _ALONE, days[plan]) for plan in plans]) if about["alone"] else NOT_RUN

    looks = [
        Look(days, np.array([of(plan, "", days) for plan in plans]), alone(dict.fromkeys(plans, days)))
        for days in about["looks"]
    ]
    return {
        "alone": alone(own),
        "left_out": _left_out(about["left_out"], plans, own, of),
        "looks": tuple(looks),
    }


def _left_out(about: Any, plans: Sequence[str], own: Mapping[str, int], of: Any) -> LeftOut | None:
    if about is None:
        return None
    plan = plans[about["plan"]]
    return LeftOut(
        plan=about["plan"],
        strategies=tuple(about["strategies"]),
        kinds=tuple(about["kinds"]),
        sources=about["sources"],
        values=tuple(of(plan, strategy, own[plan]) for strategy in about["strategies"]),
        together=of(plan, _TOGETHER, own[plan]),
    )
