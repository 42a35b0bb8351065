"""What the bytes of a result depend on besides the design: versions and sources."""

import hashlib
import inspect
from functools import cache
from pathlib import Path

from commsim.records.manifest import versions

_LIBRARIES = ("commsim", "numpy", "numba", "scipy", "pyarrow")
_SOURCES = (
    "core",
    "strategies",
    "scenario",
    "population",
    "simulation",
    "experiments/design",
    "experiments/schedule.py",
    "experiments/tables.py",
    "experiments/worlds.py",
    "analysis/measures.py",
)


def engine() -> dict[str, str]:
    """Versions of what decides the results, a hash of our sources, and one of strategies from elsewhere."""
    found = versions()
    return {
        **{name: found[name] for name in _LIBRARIES},
        "sources": _our_sources(),
        "strategies": _others_sources(),
    }


@cache
def _our_sources() -> str:
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for place in (package / name for name in _SOURCES):
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _others_sources() -> str:
    """Of strategies in files of the user's and in other packages; empty if there are none."""
    from commsim.strategies.registry import file_of, kinds

    foreign = [cls for cls in kinds().values() if not cls.__module__.startswith("commsim.")]
    texts = sorted({own.text if (own := file_of(cls)) else _module(cls) for cls in foreign})
    return hashlib.sha256("\0".join(texts).encode()).hexdigest() if texts else ""


def _module(cls: type) -> str:
    return Path(inspect.getfile(cls)).read_text(encoding="utf-8")
