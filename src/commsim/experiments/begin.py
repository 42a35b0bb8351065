"""The beginning of a sweep: a new folder with the schedule, or one gone on with if it is of the same."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from commsim.core.errors import CommsimError, Exit, InputError
from commsim.experiments.engine import engine
from commsim.experiments.lock import LOCK
from commsim.experiments.schedule import SHARD, Schedule
from commsim.experiments.store import put_table, put_text
from commsim.experiments.tables import Layout
from commsim.records.checksums import checksum, damage, sealed, text_checksum
from commsim.records.folder import MANIFEST, side_of
from commsim.records.shards import TABLES
from commsim.records.sweep import DESIGN, FORMAT, HISTORY, KIND, POINTS, read_sweep_manifest

MOST_TOLD = 6
_FIXED = ("engine", "tables", "runs_per_shard", "format")
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
    if not folder.is_dir() or _was_begun(folder):
        return
    if any(entry.name not in _BEFORE_MANIFEST for entry in folder.iterdir()):
        raise InputError(
            "the folder holds other things than a sweep", where=str(folder), remedy="give another --out"
        )


def begin(folder: Path, schedule: Schedule, layout: Layout) -> dict[str, Any]:
    """Write down what will be done, and put back what of it was lost since an earlier start; the manifest.

    Raises `ResumeRefused` if something else was begun, and says what has changed.
    """
    design, manifest = _json(schedule.design.resolved()), _manifest(schedule, layout)
    known: dict[str, str] = {}
    if _was_begun(folder):
        before = read_sweep_manifest(folder)
        known = before.get("files", {})
        _refuse_changes(folder, before, manifest, design)
    if _is_lost(folder, DESIGN, known):
        put_text(design, folder / DESIGN)
    if _is_lost(folder, POINTS, known):
        put_table(layout.points(schedule.design.points()), folder / POINTS)
    manifest["files"] = {name: checksum(folder / name) for name in (DESIGN, POINTS)}
    text = sealed(manifest)
    if _is_lost(folder, MANIFEST, {MANIFEST: text_checksum(text)}):
        put_text(text, folder / MANIFEST)
    return manifest


def _was_begun(folder: Path) -> bool:
    return any((folder / name).exists() for name in (MANIFEST, HISTORY))


def _is_lost(folder: Path, name: str, known: Mapping[str, str]) -> bool:
    """Whether a file is not there as it was written."""
    return name not in known or any(damage(folder, {name: known[name]}))


def _manifest(schedule: Schedule, layout: Layout) -> dict[str, Any]:
    design = schedule.design
    return {
        "kind": KIND,
        "format": FORMAT,
        "name": design.name,
        "seed": design.seed,
        "points": len(design.points()),
        "repetitions": design.repetitions,
        "runs": len(schedule),
        "runs_per_shard": SHARD,
        "shards": schedule.shards,
        "columns": [{"name": c.name, "role": c.role, "kind": c.kind} for c in layout.columns],
        "outcomes": list(layout.outcomes),
        "series": list(layout.series),
        "tables": {table: layout.types(table) for table in TABLES},
        "engine": engine(),
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _refuse_changes(folder: Path, before: dict[str, Any], manifest: dict[str, Any], design: str) -> None:
    changes = [text for name in _FIXED for text in differences(before.get(name), manifest[name], name)]
    if before.get("files", {}).get(DESIGN) != text_checksum(design):
        changes = [*_changes_of_design(folder, design), *changes]
    if changes:
        more = [f"and {len(changes) - MOST_TOLD} more"] if len(changes) > MOST_TOLD else []
        told = "\n  ".join(["it was begun with something else:", *changes[:MOST_TOLD], *more])
        raise ResumeRefused(f"{told}\n{_REMEDY}", where=str(folder))


def _changes_of_design(folder: Path, design: str) -> list[str]:
    try:
        old = json.loads((folder / DESIGN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [f"design: it can't be read any more: {error}"]
    return list(differences(old, json.loads(design))) or ["design: the order of its settings"]


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
