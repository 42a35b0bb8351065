"""Every dependency has a lower bound, and the versions that CI tests them with are these bounds."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements():
    """Everything that the project asks for: to build, to run, and in its extras."""
    asked = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra),
    ]
    found = [Requirement(text) for text in asked]
    return [one for one in found if one.name != PROJECT["project"]["name"]]


def lowest():
    """Version by name that the constraints pin."""
    lines = (ROOT / ".ci" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): Version(version) for name, version in pinned.items()}


@pytest.mark.parametrize("asked", requirements(), ids=str)
def test_the_lowest_version_is_the_one_that_is_tested(asked):
    bounds = [Version(part.version) for part in asked.specifier if part.operator == ">="]
    assert bounds == [lowest()[canonicalize_name(asked.name)]]


def test_nothing_else_is_pinned():
    assert list(lowest()) == [canonicalize_name(asked.name) for asked in requirements()]
