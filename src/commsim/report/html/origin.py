"""What repeats a result, as its readers may know it: no place on the disk of who made it."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from commsim.scenario.data_files import without_folders
from commsim.scenario.load import as_yaml, plain
from commsim.scenario.schema import Scenario


def told_command(command: Sequence[str]) -> str:
    """A command; of paths from the root of the disk the names alone."""
    return shlex.join(map(_told, command))


def told_plan(plan: Scenario) -> str:
    """A plan as YAML, with the names and hashes of its files."""
    return as_yaml(without_folders(plain(plan)))


def told_design(design: Mapping[str, Any]) -> str:
    """A resolved design as YAML, its plans as by `told_plan`."""
    file = {**design["design"]}
    file["scenario"] = file.get("scenario") and _told(file["scenario"])
    file["scenarios"] = [_told(source) for source in file.get("scenarios", ())]
    plans = {label: without_folders(plan) for label, plan in design["scenarios"].items()}
    files = {PurePath(path).name: known for path, known in design["files"].items()}
    return as_yaml({**design, "design": file, "scenarios": plans, "files": files})


def _told(argument: str) -> str:
    option, equals, value = argument.rpartition("=")
    return option + equals + PurePath(value).name if PurePath(value).is_absolute() else argument
