"""Files and folders that a command is asked to write, looked at before any work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from commsim.cli.output import print_text
from commsim.core.errors import InputError


@contextmanager
def results_folder(out: Path | None, *, force: bool) -> Iterator[Path | None]:
    """The folder to write results into, told of when it is there; None if none is asked for."""
    if out is None:
        yield None
        return
    from commsim.records.folder import new_folder

    with new_folder(out, force=force) as folder:
        yield folder
    print_text(f"Results are in {out}.", err=True)


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
    from commsim.records.folder import writing

    with writing(file.parent):  # before hours of work, not after them
        TemporaryFile(dir=file.parent).close()
