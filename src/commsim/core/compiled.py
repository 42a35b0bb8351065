"""Compile kernels with numba, and keep the result where only the same sources will find it.

Numba asks only whether the file of a function has changed, not those of the functions that it calls, so
after an upgrade (or an edit) it may run old code without a word.  Here the folder of the cache is named
after a hash of all sources of the package: what has changed is compiled anew, whole.
"""

import gc
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba
from numba.core import event
from platformdirs import user_cache_path

from commsim.core.errors import InputError

_ROOMS = ("core", "population", "simulation")


class _Undisturbed(event.Listener):  # type: ignore[misc]
    """Lets Python look for garbage after compiling, not all the time: that was a sixth of a first run."""

    def __init__(self) -> None:
        self._before: list[bool] = []  # by depth: what is compiled may compile what it calls

    def on_start(self, event: object) -> None:
        """Stop looking."""
        self._before.append(gc.isenabled())
        gc.disable()

    def on_end(self, event: object) -> None:
        """Look again when the outermost is done, if anybody did before."""
        if self._before.pop():
            gc.enable()


event.register("numba:compile", _Undisturbed())


@cache
def cache_folder() -> Path | None:
    """Folder of compiled kernels: in NUMBA_CACHE_DIR if that is set, else in the user's cache.

    None if it can't be written to (a container's nameless user): every process then compiles for itself.
    """
    package = Path(__file__).parents[1]
    digest = blake2b(f"{sys.implementation.cache_tag} {numba.__version__}".encode(), digest_size=8)
    for file in sorted(file for room in _ROOMS for file in (package / room).rglob("*.py")):
        digest.update(file.read_bytes())
    given = os.environ.get("NUMBA_CACHE_DIR")
    folder = (Path(given) if given else user_cache_path("commsim")) / digest.hexdigest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def njit(
    *signature: str, inline: str = "never", inner: bool = False, counted: bool = True
) -> Callable[[Any], Any]:
    """`numba.njit` with the cache of this package; ``inline="always"`` for small functions of numbers.

    ``inner``: only other kernels call it, so that no way in from Python has to be compiled; a call from there
    would end the process.  ``counted``: whether it counts references to arrays, see `borrowing`.
    A division by zero gives inf or nan, as in numpy: a check that could raise keeps loops from being
    vectorised.
    """
    if numba.config.DISABLE_JIT:
        raise InputError("the simulator can't run uncompiled", where="NUMBA_DISABLE_JIT", remedy="unset it")
    cached = cache_folder() is not None
    settings = {"cache": cached, "inline": inline, "error_model": "numpy", "no_cfunc_wrapper": True}
    settings["no_cpython_wrapper"], settings["_nrt"] = inner, counted
    return _in_our_cache(numba.njit(*signature, **settings))


def borrowing(function: Any) -> Any:
    """`njit` for a part of kernels that is handed their arrays, makes none, and returns none.

    It counts no references to them, and has no way in from Python; `njit` with ``counted=False`` has one.
    Each count is an atomic operation, and there are more of them than there is to do: with them a sale took
    twice as long.
    """
    return njit(inner=True, counted=False)(function)


def vectorize(signatures: list[str]) -> Callable[[Any], Any]:
    """`numba.vectorize` with the cache of this package."""
    return _in_our_cache(numba.vectorize(signatures, cache=cache_folder() is not None))


def _in_our_cache(decorate: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def compiled(function: Any) -> Any:
        before = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(cache_folder() or before)
        try:
            with telling_damage():
                return decorate(function)
        finally:
            numba.config.CACHE_DIR = before

    return compiled


@contextmanager
def telling_damage() -> Iterator[None]:
    """Say which folder to delete, by an `InputError`, if what it holds can't be read (after a crash)."""
    try:
        yield
    except (EOFError, pickle.UnpicklingError) as error:
        raise InputError(
            "the code that was compiled before is damaged",
            where=str(cache_folder()),
            remedy="delete that folder; it is made anew",
        ) from error
