"""Where compiled kernels are kept."""

from pathlib import Path

import pytest

from commsim.core import compiled


def double(x: float) -> float:
    return 2.0 * x


def test_the_cache_is_where_one_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kept"))
    folder = compiled.cache_folder.__wrapped__()
    assert folder is not None
    assert folder.is_dir()
    assert folder.parent == tmp_path / "kept"
    (tmp_path / "file").touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    assert compiled.cache_folder.__wrapped__() is None


def test_without_a_cache_kernels_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "cache_folder", lambda: None)
    assert compiled.njit()(double)(4.0) == 8.0
    assert compiled.vectorize(["float64(float64)"])(double)(4.0) == 8.0
