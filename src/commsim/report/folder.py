"""The folder of a comparison: every world, the days, the summary, and what repeats it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.counts import COUNTED, Counts
from commsim.analysis.measures import PATH
from commsim.analysis.within import Kept, kept
from commsim.core.errors import InputError
from commsim.core.measures import NAMES
from commsim.records.folder import read_manifest, write_manifest, writing
from commsim.records.manifest import FORMAT, provenance
from commsim.records.store import Origin
from commsim.report.besides import about_besides, read_besides, write_besides
from commsim.report.data import comparison_csv, comparison_data
from commsim.report.over_ranges import about_ranges, read_ranges, write_ranges
from commsim.report.targets.data import revived, target_frame
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd


TARGETS, LIMITS, COUNTS = "targets.parquet", "limits.parquet", "counted"


def write_comparison(comparison: Comparison, folder: Path, origins: Sequence[Origin]) -> None:
    """Write a comparison into an existing empty folder; see `commsim.records.folder.new_folder`.

    worlds.parquet: plan, world, seed, every measure, and what was spent as a budget counts it.  days.parquet:
    plan, day and means over the worlds.  besides.parquet: the plans left alone, without a strategy, and after
    other numbers of days; see `commsim.report.besides`.  ranges.parquet: the plans over the ranges of what
    nobody knows. targets.parquet, if a plan has a target: see `commsim.report.targets.data`.  limits.parquet,
    if one has limits: plan, world, and what the plan came to by each, under its name. summary.csv and
    summary.json: see `commsim.report.data`.  plan-1.yaml and so on: the resolved scenarios.
    """
    with writing(folder):
        for number, origin in enumerate(origins, start=1):
            (folder / f"plan-{number}.yaml").write_text(origin.scenario, encoding="utf-8")
        _write_parquet(comparison.frame(), folder / "worlds.parquet")
        _write_parquet(comparison.path_frame(), folder / "days.parquet")
        _write_counts(comparison, folder / COUNTS)
        write_besides(comparison, folder)
        write_ranges(comparison, folder)
        if any(comparison.targets):
            _write_parquet(target_frame(comparison), folder / TARGETS)
        if any(comparison.limits):
            _write_parquet(_limit_frame(comparison), folder / LIMITS)
        write_csv(comparison_csv(comparison), folder / "summary.csv")
        summary = json.dumps(comparison_data(comparison), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "summary.json").write_text(summary + "\n", encoding="utf-8")
        about = {
            "plans": list(comparison.plans),
            "scenario_hashes": [origin.scenario_hash for origin in origins],
            "given": [list(origin.given) for origin in origins],
            "seed": comparison.seed,
            "worlds": comparison.worlds,
            "watched": comparison.watched,
            "days": list(comparison.days),
            "besides": about_besides(comparison),
            "ranges": about_ranges(comparison),
        }
        write_manifest(folder, {"kind": "comparison", **about, **provenance(origins[0].command)})


def read_comparison(folder: str | Path) -> Comparison:
    """Read back what `write_comparison` wrote; `InputError` if the folder is not that of a comparison."""
    place, manifest = Path(folder), read_manifest(folder)
    if manifest.get("kind") != "comparison" or manifest.get("format") != FORMAT:
        raise InputError(
            "not a comparison in a format that this version reads",
            where=str(folder),
            remedy=f"read it with commsim {manifest.get('versions', {}).get('commsim', '(unknown)')}",
        )
    try:
        return _revive(manifest, place)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"can't be read: {error}", where=str(folder), remedy="compare again") from error


def _revive(manifest: dict[str, Any], place: Path) -> Comparison:
    import pandas as pd

    summary = json.loads((place / "summary.json").read_text(encoding="utf-8"))
    worlds, days = (pd.read_parquet(place / f"{name}.parquet") for name in ("worlds", "days"))
    plans = tuple(manifest["plans"])
    targets = revived(pd.read_parquet(place / TARGETS), plans) if (place / TARGETS).exists() else ()
    by_plan = [days.loc[days["plan"] == plan, list(PATH)].to_numpy(float) for plan in plans]
    return Comparison(
        plans=plans,
        days=tuple(map(len, by_plan)),
        seed=manifest["seed"],
        seeds=tuple(int(seed) for seed in worlds.loc[worlds["plan"] == plans[0], "seed"]),
        metric=summary["metric"],
        values=np.array([worlds.loc[worlds["plan"] == plan, list(NAMES)].to_numpy(float) for plan in plans]),
        paths=tuple(by_plan),
        spent=np.array([worlds.loc[worlds["plan"] == plan, "spent"] for plan in plans])
        if "spent" in worlds
        else np.zeros((0, 0)),
        target=summary["target_half_width"],
        warnings=tuple(summary["warnings"]),
        targets=targets,
        counts=_read_counts(place / COUNTS, plans),
        watched=manifest.get("watched", 0),
        **read_besides(place, manifest, plans),
        ranges=read_ranges(place, manifest, plans),
    )


def _limit_frame(comparison: Comparison) -> "pd.DataFrame":
    import pandas as pd

    frames = [
        pd.DataFrame({limit.limit.name: limit.values for limit in limits}).assign(plan=plan)
        for plan, limits in zip(comparison.plans, comparison.limits, strict=True)
        if limits
    ]
    frame = pd.concat(frames).rename_axis("world").reset_index()
    return frame[["plan", *(name for name in frame if name != "plan")]]


def read_limits(
    folder: Path, plans: Sequence[str], scenarios: Sequence[Scenario]
) -> tuple[tuple[Kept, ...], ...]:
    """What a comparison found of the limits of its plans, in their order; nothing of a folder without."""
    import pandas as pd

    if not (folder / LIMITS).exists():
        return ()
    frame = pd.read_parquet(folder / LIMITS)
    return tuple(
        kept(plan.limits, frame.loc[frame["plan"] == name, [one.name for one in plan.limits.set]].to_numpy())
        if plan.limits
        else ()
        for name, plan in zip(plans, scenarios, strict=True)
    )


def _write_counts(comparison: Comparison, folder: Path) -> None:
    """A file for each thing that was counted, with a row's plan before what it is of."""
    import pandas as pd

    if not comparison.counts:
        return
    folder.mkdir()
    plans = list(zip(comparison.plans, comparison.counts, strict=True))
    for name in dict.fromkeys(name for _, counts in plans for name in counts):
        frames = {plan: counts[name] for plan, counts in plans if name in counts}
        pd.concat(frames, names=["plan"]).to_parquet(folder / f"{name}.parquet", compression="zstd")


def _read_counts(folder: Path, plans: Sequence[str]) -> tuple[Counts, ...]:
    """What `_write_counts` wrote; nothing where there is no such folder."""
    import pandas as pd

    if not folder.is_dir():
        return ()
    files = {name: folder / f"{name}.parquet" for name in COUNTED}
    frames = {name: pd.read_parquet(file) for name, file in files.items() if file.exists()}
    return tuple(
        {
            name: frame[of_plan].droplevel("plan")
            for name, frame in frames.items()
            if (of_plan := frame.index.get_level_values("plan") == plan).any()
        }
        for plan in plans
    )


def write_csv(text: str, file: Path) -> None:
    """Write CSV with the mark by which spreadsheets recognise UTF-8."""
    file.write_text(text, encoding="utf-8-sig", newline="")


def _write_parquet(frame: "pd.DataFrame", file: Path) -> None:
    frame.to_parquet(file, compression="zstd", index=False)
