"""The files of a folder of exports, sheet by sheet, with what a mapping says of each."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from commsim.core.errors import InputError
from commsim.exchange.kinds import KINDS
from commsim.exchange.mapping import Mapping, Named
from commsim.exchange.sheets import SUFFIXES, Sheet, sheets_of


def sheets_in(folder: Path, told: Mapping) -> Iterator[tuple[Sheet, str, dict[str, str]]]:
    """Each sheet of each file, with its kind and columns if the mapping names it."""
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "there is no such folder"
        raise InputError(what, where=str(folder), remedy="give the folder that holds the exports")
    files = sorted(
        (file for file in folder.iterdir() if file.is_file() and file.suffix.lower() in SUFFIXES),
        key=lambda file: file.name,
    )
    files = [file for file in files if not file.name.startswith(("~$", "."))]
    named = [(kind, one) for kind in KINDS for one in getattr(told, kind)]
    for kind, one in named:
        if not any(fnmatch(file.name, one.file) for file in files):
            there = ", ".join(file.name for file in files[:20]) or "none"
            remedy = f"mend {kind}.file in the mapping; the files are {there}"
            raise InputError(f"there is no file {one.file!r}", where=str(folder), remedy=remedy)
    if not files:
        remedy = "put the exports there, as CSV or .xlsx"
        raise InputError("holds no CSV and no .xlsx", where=str(folder), remedy=remedy)
    for file in files:
        if not any(fnmatch(file.name, pattern) for pattern in told.leave_out):
            yield from _of_file(file, named)


def _of_file(file: Path, named: Sequence[tuple[str, Named]]) -> Iterator[tuple[Sheet, str, dict[str, str]]]:
    mapped = [(kind, one) for kind, one in named if fnmatch(file.name, one.file)]
    for sheet in sheets_of(file):
        found = [(kind, one) for kind, one in mapped if one.sheet in ("", sheet.name)]
        if not mapped:
            yield sheet, "", {}
        for kind, one in found:
            columns = one.model_dump(exclude={"file", "sheet"})
            yield sheet, kind, columns
