"""Files of data that a plan names, and their hashes, by which a plan that is kept knows them again."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from commsim.scenario.own_people import Graph, History, Roster
from commsim.scenario.schema import Scenario


def pinned(scenario: Scenario) -> Scenario:
    """The scenario with the hash of each file that is there and has none yet; reading checks it."""
    return _updated(scenario, lambda part: {"sha256": _hash(part)})


def by_contents(scenario: Scenario) -> Scenario:
    """The scenario with the hash of each file in place of its path."""
    return _updated(scenario, lambda part: {"file": _hash(part) or part.file, "sha256": None})


def without_folders(plain: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario as plain data that tells the names of its files, and not where on this disk they are."""
    community = {
        name: part | {"file": Path(part["file"]).name}
        if isinstance(part, dict) and part.get("file")
        else part
        for name, part in plain["community"].items()
    }
    return {**plain, "community": community}


def hashes(scenario: Scenario) -> Iterator[tuple[str, str | None]]:
    """The path of each file, and the hash that it has or must have; None where it can't be read."""
    for part in scenario.community.data.values():
        yield str(part.file), _hash(part)


def missing(scenario: Scenario) -> list[str]:
    """The names of the parts whose file is not there."""
    return [name for name, part in scenario.community.data.items() if not _is_file(part.file)]


def _is_file(path: Path | None) -> bool:
    try:
        return path is not None and path.is_file()
    except OSError:  # a name that is too long
        return False


def _updated(scenario: Scenario, change: Callable[[Roster | History | Graph], dict[str, Any]]) -> Scenario:
    data = scenario.community.data
    if not data:
        return scenario
    parts = {name: part.model_copy(update=change(part)) for name, part in data.items()}
    return scenario.model_copy(update={"community": scenario.community.model_copy(update=parts)})


def _hash(part: Roster | History | Graph) -> str | None:
    """As the plan says, or as the file is; None where it can't be read, which its reader will tell."""
    if part.sha256 is not None or part.file is None:
        return part.sha256
    try:
        with part.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
