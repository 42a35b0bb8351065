"""The files of a sweep's shards, and the checksums by which each proves that it is whole and this sweep's."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commsim.records.checksums import checksum, damage, sealed, text_checksum
from commsim.records.folder import MANIFEST

RUNS, SERIES, FAILURES = "runs", "series", "failures"
TABLES = (RUNS, SERIES, FAILURES)
"""Folders of Parquet files, one file for each shard of the plan."""
CHECKSUMS = "checksums"
"""Folder of the shards' checksums, one file each in the format of ``sha256sum``."""


def part(folder: Path, table: str, shard: int) -> Path:
    """File of a shard's rows of one table."""
    return folder / table / f"part-{shard:06d}.parquet"


def sums(folder: Path, shard: int) -> Path:
    """File of a shard's checksums.  It is written last: it says that the shard is complete."""
    return folder / CHECKSUMS / f"part-{shard:06d}.sha256"


def sums_text(folder: Path, shard: int) -> str:
    """What `sums` holds: the manifest's checksum, by which the sweep is known, and those of the tables."""
    files = [folder / MANIFEST, *(part(folder, table, shard) for table in TABLES)]
    lines = [f"{checksum(file)}  {_name(folder, file)}\n" for file in files if file.exists()]
    return "".join(lines)


def complete_shards(folder: Path, manifest: Mapping[str, Any]) -> list[int]:
    """Numbers of the shards that are there as a whole."""
    last = folder / (CHECKSUMS if _has_sums(manifest) else RUNS)
    there = {file.stem for file in last.glob("part-*")}
    return [shard for shard in range(int(manifest["shards"])) if sums(folder, shard).stem in there]


def _has_sums(manifest: Mapping[str, Any]) -> bool:
    """Sweeps of the first format have no checksums."""
    return bool(manifest["format"] > 1)


def damaged_shards(folder: Path, manifest: Mapping[str, Any]) -> dict[int, list[str]]:
    """What is wrong with complete shards, a sentence for each file; those that are well are left out."""
    if not _has_sums(manifest):
        return {}
    sweep = text_checksum(sealed(dict(manifest)))
    found = {shard: _damage(folder, shard, sweep) for shard in complete_shards(folder, manifest)}
    return {shard: told for shard, told in found.items() if told}


def _damage(folder: Path, shard: int, sweep: str) -> list[str]:
    """What is wrong with a shard of the sweep whose manifest has this checksum."""
    file = sums(folder, shard)
    try:
        lines = [line.split("  ") for line in file.read_text(encoding="ascii").splitlines()]
        listed = {name: digest for digest, name in lines}
    except (OSError, ValueError) as error:
        return [f"{_name(folder, file)} can't be read: {error}"]
    tables = [part(folder, table, shard) for table in TABLES]
    runs, *others = (_name(folder, table) for table in tables)
    if listed.pop(MANIFEST, "") != sweep or not {runs} <= listed.keys() <= {runs, *others}:
        return [f"{_name(folder, file)} is not that of this shard"]
    strange = [name for name in others if name not in listed and (folder / name).exists()]
    return [*damage(folder, listed), *(f"{name} does not belong there" for name in strange)]


def _name(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix()
