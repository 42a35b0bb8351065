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
from commsim.records.checksums import REMEDY, check_files, checksum, sealed, unsealed

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
    try:
        with writing(final):
            shutil.rmtree(side, ignore_errors=True)
            side.mkdir(parents=True)
        yield side
        with writing(final):
            _put_in_place(side, final)
    finally:
        shutil.rmtree(side, ignore_errors=True)


def side_of(file: Path) -> Path:
    """Where a file is written before it takes its final name."""
    return file.with_name(f".part-{file.name}")


def check_place(folder: Path, runs: str) -> None:
    """InputError unless a folder is new, empty, or has runs below it that may be gone on with.

    runs: the name of the folder in it that runs are kept in.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file, not a folder", where=str(folder), remedy="give another --out")
    if folder.is_dir() and not (folder / runs).is_dir() and any(folder.iterdir()):
        what = "the folder is not empty, and no runs are in it to go on from"
        raise InputError(what, where=str(folder), remedy="give another --out, or --force to replace it")


def clear(folder: Path, runs: str) -> None:
    """Take away results of this program and their runs, so that others can be begun in the place.

    InputError if the folder holds anything else.
    """
    if not folder.is_dir():
        return
    if not _is_ours(folder, runs):
        what = "the folder holds other things than results; it is not replaced"
        raise InputError(what, where=str(folder), remedy="give another --out")
    with writing(folder):
        shutil.rmtree(folder)


@contextmanager
def beside_runs(folder: Path, runs: str) -> Iterator[Path]:
    """A folder to write results into, which then stand in ``folder`` beside its runs.

    Older results there give way.  The manifest comes last, so that whatever is interrupted is no folder of
    results; the runs stay.
    """
    side = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        with writing(folder):
            shutil.rmtree(side, ignore_errors=True)
            side.mkdir(parents=True)
        yield side
        with writing(folder):
            for name in sorted(_listed(folder), key=lambda name: name != MANIFEST):
                (folder / name).unlink(missing_ok=True)
            for entry in sorted(side.iterdir(), key=lambda entry: entry.name == MANIFEST):
                _move(entry, folder / entry.name)
    finally:
        shutil.rmtree(side, ignore_errors=True)


def _move(entry: Path, place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    entry.replace(place)


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


def _is_ours(folder: Path, runs: str | None = None) -> bool:
    """Whether the folder holds the files that its own manifest lists, and nothing else but its runs."""
    with_runs = runs is not None and (folder / runs).is_dir()
    listed = _listed(folder)
    others = {name for name in _files(folder) if not (with_runs and name.startswith(f"{runs}/"))}
    return bool(listed or with_runs) and others <= listed


def _listed(folder: Path) -> set[str]:
    """Files that the manifest of a folder lists, with itself; none if it has no sound one."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {*listed, MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _files(folder: Path) -> list[str]:
    """Names of all files below a folder, in their order."""
    found = (entry for entry in folder.rglob("*") if not entry.is_dir())
    return sorted(entry.relative_to(folder).as_posix() for entry in found)


def _put_in_place(side: Path, final: Path) -> None:
    old = final.with_name(f".{final.name}.{os.getpid()}.old")
    if final.exists():
        final.rename(old)
    side.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def write_manifest(folder: Path, content: dict[str, Any]) -> None:
    """Write ``manifest.json``, last of all files, with the names and checksums of the others."""
    files = {name: checksum(folder / name) for name in _files(folder)}
    (folder / MANIFEST).write_text(sealed({**content, "files": files}), encoding="utf-8")


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """The manifest of a folder of results; `InputError` if it or a file that it lists is lost or damaged."""
    content = manifest_of(folder)
    check_files(Path(folder), content.get("files"))
    return content


def manifest_of(folder: str | Path) -> dict[str, Any]:
    """The manifest alone, whatever the other files are; `InputError` if it is lost or damaged."""
    path = Path(folder) / MANIFEST
    try:
        return unsealed(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            "no manifest.json: not a folder of results",
            where=str(folder),
            remedy="give the --out of an earlier command",
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"can't be read: {error}", where=str(path), remedy=REMEDY) from error
