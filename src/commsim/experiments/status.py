"""How far a sweep is, for whoever asks from outside."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from commsim.experiments.journal import Journal
from commsim.experiments.lock import is_locked
from commsim.experiments.plan import SHARD
from commsim.experiments.progress import Progress, read_progress
from commsim.experiments.store import PENDING
from commsim.records.sweep import FAILURES, complete_shards, part, read_sweep_manifest

State = Literal["running", "stopped", "finished"]


@dataclass(frozen=True)
class Status:
    """What a sweep is called, whether a process is at it, and how far it is."""

    name: str
    state: State
    progress: Progress


def status(folder: str | Path) -> Status:
    """How far the sweep in a folder is.  InputError if there is none."""
    place = Path(folder)
    manifest = read_sweep_manifest(place)
    told = read_progress(place)
    if told is not None and is_locked(place):
        return Status(manifest["name"], "running", told)
    counted = _counted(place, int(manifest["runs"]), int(manifest["shards"]))
    if told is not None:
        counted = replace(told, done=counted.done, failed=counted.failed, rate=0.0)
    return Status(manifest["name"], "stopped" if counted.left else "finished", counted)


def _counted(folder: Path, runs: int, shards: int) -> Progress:
    """What is kept, whoever wrote it."""
    import pyarrow.parquet as pq

    complete = complete_shards(folder, shards)
    done = sum(min(runs, (shard + 1) * SHARD) - shard * SHARD for shard in complete)
    files = [part(folder, FAILURES, shard) for shard in complete]
    failed = sum(pq.read_metadata(file).num_rows for file in files if file.exists())
    journal = Journal(folder / PENDING)
    for shard in set(journal.shards()) - set(complete):
        results = journal.read(shard).values()
        done += len(results)
        failed += sum(result.failed for result in results)
    return Progress(runs, done, failed)
