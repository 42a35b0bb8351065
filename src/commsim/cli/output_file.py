"""Files that a command is asked to write, looked at before any work."""

from pathlib import Path

from commsim.core.errors import InputError


def check_file(file: Path | None, option: str, *, force: bool) -> None:
    """Refuse a file that can't be written, or that exists; ``option`` is what names it."""
    if file is None:
        return
    if file.is_dir() or not file.parent.is_dir():
        what = "is a folder" if file.is_dir() else "there is no such folder to write into"
        raise InputError(what, where=str(file), remedy=f"give {option} the path of a file")
    if file.exists() and not force:
        remedy = f"give another {option}, or --force"
        raise InputError("this file exists already", where=str(file), remedy=remedy)
