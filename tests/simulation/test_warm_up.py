"""Of many processes that need the simulator, one compiles it."""

import threading
import time

import pytest

from commsim.core import compiled
from commsim.simulation import warm_up
from commsim.simulation.warm_up import prepare_engine


@pytest.fixture
def compilations(tmp_path, monkeypatch):
    """A place for compiled code with nothing in it; the times at which a compiler began and ended."""
    times: list[tuple[float, float]] = []

    def slowly(say):
        began = time.monotonic()
        time.sleep(0.05)
        times.append((began, time.monotonic()))

    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(warm_up, "warm_up", slowly)
    return times


def test_several_at_once_compile_once(compilations):
    several = [threading.Thread(target=prepare_engine.__wrapped__) for _ in range(4)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert len(compilations) == 1


def test_where_nothing_can_be_kept_nobody_waits(compilations, monkeypatch):
    monkeypatch.setattr(compiled, "cache_folder", lambda: None)
    prepare_engine.__wrapped__()
    assert compilations == []


def test_a_compiler_that_was_stopped_is_followed_by_another(compilations, monkeypatch):
    def stopped(say):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(warm_up, "warm_up", stopped)
        with pytest.raises(KeyboardInterrupt):
            prepare_engine.__wrapped__()
    prepare_engine.__wrapped__()
    assert len(compilations) == 1
