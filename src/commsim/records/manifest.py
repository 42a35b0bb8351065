"""What must be known to repeat a run: versions, seed, scenario, command."""

import datetime as dt
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

FORMAT = 1
_PACKAGES = ("commsim", "numpy", "numba", "scipy", "pandas", "pyarrow", "mesa", "networkx", "pydantic")


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that results depend on; nothing is imported for it."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "unknown"
    return found


def provenance(command: Sequence[str]) -> dict[str, Any]:
    """The part of a manifest that every folder of results has in common.

    ``created`` is the one thing that differs between two equal runs; no hash covers it.
    """
    return {
        "format": FORMAT,
        "versions": versions(),
        "machine": f"{platform.system()} {platform.machine()}",
        "command": list(command),
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
