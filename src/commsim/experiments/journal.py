"""Runs that are done while their shard is not: a line each, so that a death costs only what was under way."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commsim.experiments.results import Result
from commsim.records.folder import writing


class Journal:
    """A folder with a file of JSON lines per unfinished shard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, shard: int) -> Path:
        """Where the runs of a shard are noted."""
        return self._folder / f"{shard:06d}.jsonl"

    def note(self, shard: int, number: int, result: Result) -> None:
        """Add a run.  InputError if the disk is full."""
        line = json.dumps({"run": number, **result.plain()})
        with writing(self._folder), self.file(shard).open("a", encoding="ascii", newline="\n") as stream:
            stream.write(line + "\n")

    def read(self, shard: int) -> dict[int, Result]:
        """Results of a shard by run number, up to a line that was cut off."""
        return {int(data["run"]): Result.revive(data) for data, _ in self._lines(shard)}

    def mend(self, shard: int) -> None:
        """Take away a line that was cut off, so that others can follow."""
        whole = sum(size for _, size in self._lines(shard))
        with writing(self._folder), self.file(shard).open("r+b") as stream:
            stream.truncate(whole)

    def _lines(self, shard: int) -> Iterator[tuple[dict[str, Any], int]]:
        """The data of each whole line, and its length."""
        for line in self.file(shard).read_bytes().splitlines(keepends=True):
            data = _parsed(line)
            if data is None:
                return
            yield data, len(line)

    def forget(self, shard: int) -> None:
        """The shard is complete."""
        self.file(shard).unlink(missing_ok=True)

    def shards(self) -> Iterator[int]:
        """Numbers of the shards with notes."""
        for file in sorted(self._folder.glob("*.jsonl")):
            yield int(file.stem)


def _parsed(line: bytes) -> dict[str, Any] | None:
    """A line's data; None if it is cut off."""
    try:
        data: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return data
