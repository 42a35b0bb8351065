import pytest
import small_sweeps

from commsim.experiments import sweep
from here import Here


@pytest.fixture(scope="module", autouse=True)
def _one_worker_is_this_process():
    """Not in these tests: what other processes do is what they are about."""


@pytest.fixture
def here(monkeypatch):
    """Make runs in this process."""
    monkeypatch.setattr(sweep, "Pool", Here)


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """Folder of the small sweep when nothing happens to it."""
    return _made(tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture(scope="session")
def undisturbed(finished):
    """Digests of that."""
    return small_sweeps.digests(finished)


@pytest.fixture(scope="session")
def mended(tmp_path_factory):
    """Digests of the small sweep when no run fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MENDED", "1")
        return small_sweeps.digests(_made(tmp_path_factory.mktemp("mended")))


def _made(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "Pool", Here)
        sweep.carry_out(small_sweeps.small_design(folder), small_sweeps.JOB, folder / "out", sweep.Manner())
    return folder / "out"
