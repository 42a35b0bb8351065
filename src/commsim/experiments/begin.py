"""The beginning of a sweep: a new folder with the plan, or one that is gone on with if it is of the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commsim.core.errors import CommsimError, Exit, InputError
from commsim.experiments.engine import engine
from commsim.experiments.lock import LOCK
from commsim.experiments.plan import SHARD, Plan
from commsim.experiments.store import put_table, put_text
from commsim.experiments.tables import Layout
from commsim.records.folder import MANIFEST, side_of
from commsim.records.sweep import DESIGN, FORMAT, KIND, POINTS, TABLES, read_sweep_manifest

MOST_TOLD = 6
_FIXED = ("engine", "tables", "runs_per_shard")
"""What must not change besides the design."""
_FILES = (DESIGN, POINTS, MANIFEST)
_BEFORE_MANIFEST = {LOCK, *_FILES, *(side_of(Path(file)).name for file in _FILES)}


class ResumeRefused(CommsimError):
    """A sweep that can't go on, because what it was begun with has changed."""

    exit_code = Exit.RESUME_REFUSED


def check_place(folder: Path) -> None:
    """InputError if the folder holds anything else than a sweep."""
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file, not a folder", where=str(folder), remedy="give another --out")
    if not folder.is_dir() or (folder / MANIFEST).exists():
        return
    if any(entry.name not in _BEFORE_MANIFEST for entry in folder.iterdir()):
        raise InputError(
            "the folder holds other things than a sweep", where=str(folder), remedy="give another --out"
        )


def begin(folder: Path, plan: Plan, layout: Layout) -> None:
    """Write down what will be done, unless it was written before.

    Raises `ResumeRefused` if something else was, and says what has changed.
    """
    design = plan.design.resolved()
    manifest = _manifest(plan, layout)
    if (folder / MANIFEST).exists():
        _refuse_changes(folder, manifest, design)
    else:
        put_text(_json(design), folder / DESIGN)
    if not (folder / POINTS).exists():
        put_table(layout.points(plan.design.points()), folder / POINTS)
    if not (folder / MANIFEST).exists():
        put_text(_json(manifest), folder / MANIFEST)


def _manifest(plan: Plan, layout: Layout) -> dict[str, Any]:
    design = plan.design
    return {
        "kind": KIND,
        "format": FORMAT,
        "name": design.name,
        "seed": design.seed,
        "points": len(design.points()),
        "repetitions": design.repetitions,
        "runs": len(plan),
        "runs_per_shard": SHARD,
        "shards": plan.shards,
        "columns": [{"name": c.name, "role": c.role, "kind": c.kind} for c in layout.columns],
        "outcomes": list(layout.outcomes),
        "series": list(layout.series),
        "tables": {table: layout.types(table) for table in TABLES},
        "engine": engine(),
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _refuse_changes(folder: Path, manifest: dict[str, Any], design: dict[str, Any]) -> None:
    before = read_sweep_manifest(folder)
    try:
        old = json.loads((folder / DESIGN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResumeRefused(
            f"its {DESIGN} can't be read: {error}", where=str(folder), remedy=_REMEDY
        ) from error
    changes = [*differences(old, json.loads(json.dumps(design)))]
    changes += [text for name in _FIXED for text in differences(before.get(name), manifest[name], name)]
    if changes:
        more = [f"and {len(changes) - MOST_TOLD} more"] if len(changes) > MOST_TOLD else []
        told = "\n  ".join(["it was begun with something else:", *changes[:MOST_TOLD], *more])
        raise ResumeRefused(f"{told}\n{_REMEDY}", where=str(folder))


_REMEDY = "give another --out, or put back what was there"


def differences(old: Any, new: Any, where: str = "") -> Iterator[str]:
    """What changed between two plain structures, one sentence a change."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted({*old, *new}):
            yield from differences(old.get(name), new.get(name), ".".join(filter(None, (where, name))))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for i, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from differences(one, other, f"{where}[{i}]")
    elif old != new:
        yield f"{where}: {_short(old)} -> {_short(new)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."
