"""How far a sweep is, for whoever asks from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from commsim.experiments.lock import is_locked
from commsim.experiments.progress import Progress, read_progress
from commsim.experiments.schedule import SHARD
from commsim.experiments.store import open_journal
from commsim.records.shards import FAILURES, complete_shards, damaged_shards, part
from commsim.records.sweep import read_sweep_manifest

State = Literal["running", "stopped", "finished"]


@dataclass(frozen=True)
class Status:
    """What a sweep is called, whether a process is at it, how far it is, and what of it is damaged.

    damaged: a sentence for each file, looked for while no process is at it.
    """

    name: str
    state: State
    progress: Progress
    damaged: tuple[str, ...] = ()


def status(folder: str | Path) -> Status:
    """How far the sweep in a folder is; it is only read.  InputError if there is none."""
    place = Path(folder)
    manifest = read_sweep_manifest(place)
    told = read_progress(place)
    if told is not None and is_locked(place):
        return Status(manifest["name"], "running", told)
    damaged = damaged_shards(place, manifest)
    counted = _counted(place, manifest, damaged)
    if told is not None:
        counted = replace(told, done=counted.done, failed=counted.failed, rate=0.0)
    sentences = tuple(sentence for told in damaged.values() for sentence in told)
    return Status(manifest["name"], "stopped" if counted.left else "finished", counted, sentences)


def _counted(folder: Path, manifest: Mapping[str, Any], damaged: Mapping[int, object]) -> Progress:
    """What is kept, whoever wrote it."""
    import pyarrow.parquet as pq

    runs = int(manifest["runs"])
    complete = [shard for shard in complete_shards(folder, manifest) if shard not in damaged]
    done = sum(min(runs, (shard + 1) * SHARD) - shard * SHARD for shard in complete)
    files = [part(folder, FAILURES, shard) for shard in complete]
    failed = sum(pq.read_metadata(file).num_rows for file in files if file.exists())
    journal = open_journal(folder, manifest)
    for shard in set(journal.shards()) - set(complete):
        results = journal.read(shard).results.values()
        done += len(results)
        failed += sum(result.failed for result in results)
    return Progress(runs, done, failed)
