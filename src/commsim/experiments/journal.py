"""Runs that are done while their shard is not: a line each, so that a death costs only what was under way."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from commsim.experiments.results import Result
from commsim.experiments.schedule import SHARD
from commsim.records.folder import new_file, writing

_FILE = re.compile(r"(\d{6,})\.jsonl")


@dataclass
class Notes:
    """What a file holds: results by run number, their lines, how many others there are; torn at its end?"""

    results: dict[int, Result] = field(default_factory=dict)
    lines: list[bytes] = field(default_factory=list)
    strange: int = 0
    torn: bool = False


class Journal:
    """A folder with a file of lines per unfinished shard: each a checksum and JSON.

    key: what is the sweep's own, so that lines of another are told apart.
    """

    def __init__(self, folder: Path, shards: int, key: str) -> None:
        self._folder, self._shards, self._key = folder, shards, key.encode()

    def file(self, shard: int) -> Path:
        """Where the runs of a shard are noted."""
        return self._folder / f"{shard:06d}.jsonl"

    def note(self, shard: int, number: int, result: Result) -> None:
        """Add a run.  InputError if the disk is full."""
        line = json.dumps({"run": number, **result.plain()}).encode("ascii")
        with writing(self._folder), self.file(shard).open("ab") as stream:
            stream.write(self._checksum(line) + b" " + line + b"\n")

    def read(self, shard: int) -> Notes:
        """What is noted of a shard.  A last line that was cut off is as good as none."""
        found = Notes()
        for line in self.file(shard).read_bytes().splitlines(keepends=True):
            digest, _, text = line.rstrip(b"\n").partition(b" ")
            if not line.endswith(b"\n"):
                found.torn = True
            elif digest != self._checksum(text) or (data := json.loads(text))["run"] // SHARD != shard:
                found.strange += 1
            else:
                found.results[data["run"]] = Result.revive(data)
                found.lines.append(line)
        return found

    def _checksum(self, line: bytes) -> bytes:
        return hashlib.blake2b(line, digest_size=8, key=self._key[:64]).hexdigest().encode()

    def mend(self, shard: int) -> Notes:
        """What is noted of a shard, after all other lines were taken out, so that more can follow."""
        found = self.read(shard)
        if found.torn or found.strange:
            with new_file(self.file(shard)) as side:
                side.write_bytes(b"".join(found.lines))
        return found

    def forget(self, shard: int) -> None:
        """The shard is complete."""
        self.file(shard).unlink(missing_ok=True)

    def shards(self) -> Iterator[int]:
        """Numbers of the shards with notes."""
        for file in self._files():
            found = _FILE.fullmatch(file.name)
            if found and file == self.file(int(found[1])) and int(found[1]) < self._shards and file.is_file():
                yield int(found[1])

    def strangers(self) -> list[str]:
        """Names of what else lies in the folder."""
        ours = {self.file(shard) for shard in self.shards()}
        return [file.name for file in self._files() if file not in ours]

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*"))
