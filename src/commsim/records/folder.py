"""Folders and files of results: written beside their final place and renamed, so that none is half there."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal

MANIFEST = "manifest.json"


@contextmanager
def new_folder(target: str | Path, *, force: bool = False) -> Iterator[Path]:
    """A folder to write into, which takes its final name when the block ends without an error.

    With an error or a Ctrl-C nothing stays.  An existing folder that is not empty is refused; with
    ``force`` it is replaced if it holds results of this program, and refused if it holds anything else.
    Raises `InputError` also where the place is not writable or the disk is full.
    """
    final = Path(target).resolve()
    with writing(final):
        _check_free(final, force)
    side = final.with_name(f".{final.name}.{os.getpid()}.part")
    with writing(final):
        shutil.rmtree(side, ignore_errors=True)
        side.mkdir(parents=True)
    try:
        yield side
        with writing(final):
            _put_in_place(side, final)
    finally:
        shutil.rmtree(side, ignore_errors=True)


def side_of(file: Path) -> Path:
    """Where a file is written before it takes its final name."""
    return file.with_name(f".part-{file.name}")


@contextmanager
def new_file(target: str | Path) -> Iterator[Path]:
    """A path to write to, of the same ending, which takes the final name if the block ends without error.

    With an error or a Ctrl-C nothing stays, and an older file is as it was.  Raises `InputError` where the
    place is not writable or the disk is full.
    """
    side = side_of(Path(target))
    try:
        with writing(Path(target)):
            yield side
            side.replace(target)
    finally:
        side.unlink(missing_ok=True)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Tell people, by an `InputError`, of a full disk or a place that can't be written to."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise InputError(
            f"can't write: {error.strerror or error}",
            where=str(place),
            remedy="free some space" if full else "give a place that you may write to",
        ) from error


def _check_free(final: Path, force: bool) -> None:
    if final.exists() and not final.is_dir():
        raise InputError("is a file, not a folder", where=str(final), remedy="give another --out")
    if not final.is_dir() or not any(final.iterdir()):
        return
    if not force:
        raise InputError(
            "the folder is not empty", where=str(final), remedy="give another --out, or --force to replace it"
        )
    if not _is_ours(final):
        raise InputError(
            "the folder holds other things than results; it is not replaced",
            where=str(final),
            remedy="give another --out",
        )


def _is_ours(folder: Path) -> bool:
    """Whether the folder holds the files that its own manifest lists, and nothing else."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {entry.name for entry in folder.iterdir()} <= {*listed, MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _put_in_place(side: Path, final: Path) -> None:
    old = final.with_name(f".{final.name}.{os.getpid()}.old")
    if final.exists():
        final.rename(old)
    side.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def write_manifest(folder: Path, content: dict[str, Any]) -> None:
    """Write ``manifest.json``, last of all files, with the list of the others."""
    files = sorted(entry.name for entry in folder.iterdir())
    text = json.dumps({**content, "files": files}, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / MANIFEST).write_text(for_terminal(text) + "\n", encoding="utf-8")


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Read the manifest of a folder of results; `InputError` if there is none that can be read."""
    path = Path(folder) / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            "no manifest.json: not a folder of results",
            where=str(folder),
            remedy="give the --out of an earlier command",
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"can't be read: {error}", where=str(path), remedy="run it again") from error
    if not isinstance(content, dict):
        raise InputError("is not a manifest", where=str(path), remedy="run it again")
    return content
