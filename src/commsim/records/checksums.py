"""Checksums, by which results prove that they are as they were written."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal

SEAL = "checksum"
"""The entry of a manifest that covers all its others."""
REMEDY = "copy it again from where it was made, or run it again"


def checksum(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def text_checksum(text: str) -> str:
    """The checksum of a file that holds a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def damage(folder: Path, expected: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with files, by their checksums: a sentence for each that is missing or has changed."""
    for name, digest in expected.items():
        try:
            if checksum(folder / name) != digest:
                yield f"{name} is not as it was written"
        except FileNotFoundError:
            yield f"{name} is missing"
        except OSError as error:
            yield f"{name} can't be read: {error.strerror or error}"


def check_files(folder: Path, files: object) -> None:
    """InputError unless all files are as the manifest says; older manifests only list them."""
    found = list(damage(folder, files)) if isinstance(files, dict) else []
    if found:
        raise InputError("; ".join(found), where=str(folder), remedy=REMEDY)


def sealed(content: dict[str, Any]) -> str:
    """A manifest as the text of its file, with a checksum of its own."""
    whole = {**content, SEAL: _digest(content)}
    return for_terminal(json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def unsealed(whole: Any) -> dict[str, Any]:
    """The content of a manifest.  ValueError if it is none, or was changed; older ones have no checksum."""
    if not isinstance(whole, dict):
        raise ValueError("it is not a manifest")
    content = {name: value for name, value in whole.items() if name != SEAL}
    if SEAL in whole and whole[SEAL] != _digest(content):
        raise ValueError("it is not as it was written")
    return content


def _digest(content: dict[str, Any]) -> str:
    return text_checksum(json.dumps(content, sort_keys=True))
