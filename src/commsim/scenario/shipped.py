"""Where scenarios and designs are: the user's own paths, and those that come with the package, by name."""

import difflib
from functools import cache
from pathlib import Path
from typing import Literal

from commsim.core.errors import InputError

Kind = Literal["scenarios", "experiments", "spaces"]
_NOUNS: dict[Kind, str] = {"scenarios": "scenario", "experiments": "design", "spaces": "space"}


@cache
def shipped(kind: Kind = "scenarios") -> dict[str, Path]:
    """The scenarios (or designs, or spaces of plans) that come with the package, by name."""
    here = Path(__file__).resolve()
    packaged, checkout = here.parents[1] / "shipped" / kind, here.parents[3] / kind
    folder = packaged if packaged.is_dir() else checkout
    return {file.stem: file for file in sorted(folder.glob("*.yaml"))}


def find_file(source: str | Path, folder: Path | None = None, kind: Kind = "scenarios") -> Path:
    """The file of a scenario or design, from a path (relative to ``folder``) or a shipped name.

    Raises InputError with the nearest name if there is none.
    """
    file, noun = (folder or Path()) / source, _NOUNS[kind]
    try:
        if file.is_file():
            return file
        is_folder = file.is_dir()
    except OSError as error:
        raise InputError(
            f"can't be read: {error.strerror}", where=str(source)[:80], remedy=f"give the path of a {noun}"
        ) from None
    if is_folder:
        raise InputError("this is a folder", where=str(source), remedy=f"give a {noun} file")
    return shipped_file(str(source), kind)


def shipped_file(name: str, kind: Kind = "scenarios") -> Path:
    """The file of a shipped scenario or design.  Raises InputError with the nearest name if there is none."""
    known = shipped(kind)
    if name in known:
        return known[name]
    close = difflib.get_close_matches(Path(name).stem, known, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    raise InputError(
        f"there is no such {_NOUNS[kind]}",
        where=name,
        remedy=f"{hint}shipped {_NOUNS[kind]}s: {', '.join(known)}",
    )
