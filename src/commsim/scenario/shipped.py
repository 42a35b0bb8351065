"""Where scenarios are: the user's own paths, and those that come with the package, found by name."""

import difflib
from functools import cache
from pathlib import Path

from commsim.core.errors import InputError


@cache
def shipped() -> dict[str, Path]:
    """The scenarios that come with the package, by name."""
    here = Path(__file__).resolve()
    packaged, checkout = here.parents[1] / "shipped", here.parents[3] / "scenarios"
    folder = packaged if packaged.is_dir() else checkout
    return {file.stem: file for file in sorted(folder.glob("*.yaml"))}


def find_file(source: str | Path, folder: Path | None = None) -> Path:
    """The file of a scenario, from a path (relative to ``folder``) or a shipped name.

    Raises InputError with the nearest name if there is none.
    """
    file = (folder or Path()) / source
    try:
        if file.is_file():
            return file
        is_folder = file.is_dir()
    except OSError as error:
        raise InputError(
            f"can't be read: {error.strerror}", where=str(source)[:80], remedy="give the path of a scenario"
        ) from None
    if is_folder:
        raise InputError("this is a folder", where=str(source), remedy="give a scenario file")
    return shipped_file(str(source))


def shipped_file(name: str) -> Path:
    """The file of a shipped scenario.  Raises InputError with the nearest name if there is none."""
    if name in shipped():
        return shipped()[name]
    close = difflib.get_close_matches(Path(name).stem, shipped(), n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    raise InputError(
        "there is no such scenario",
        where=name,
        remedy=f"{hint}Shipped scenarios: {', '.join(shipped())}",
    )
