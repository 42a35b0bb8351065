"""Where compiled kernels are kept."""

from pathlib import Path

import pytest

from commsim.core import compiled
from commsim.core.errors import InputError


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


def test_damage_names_the_folder_to_delete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path)
    compiled.njit("float64(float64)")(double)
    (index,) = tmp_path.rglob("*.nbi")
    index.write_bytes(b"")
    with pytest.raises(InputError, match=f"{tmp_path}: the code that was compiled before is damaged; delete"):
        compiled.njit("float64(float64)")(double)


def test_numba_switched_off_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled.numba.config, "DISABLE_JIT", 1)
    with pytest.raises(InputError, match="NUMBA_DISABLE_JIT: the simulator can't run uncompiled; unset it"):
        compiled.njit()
