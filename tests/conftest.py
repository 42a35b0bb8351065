"""What all tests share: nobody's own folders, Ctrl-C of a terminal, hypothesis without deadline or dice."""

import gc
import signal

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("commsim", deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
settings.load_profile("commsim")
# A shell has jobs in the background ignore it, which all processes that tests start would inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Thousands of tests live to the end; without this each look for garbage would walk over them all."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _state_of_nobody(tmp_path_factory: pytest.TempPathFactory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(autouse=True)
def _own_strategies_end_with_their_test():
    """Each test is a program that has loaded no file of strategies yet."""
    from commsim.strategies import registry

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "_from_files", {})
        yield


@pytest.fixture(scope="module", autouse=True)
def _one_worker_is_this_process():
    """A sweep of one worker would start a process, for a second; tests/experiments are about those."""
    from commsim.experiments import sweep
    from here import pool

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "Pool", pool)
        yield
