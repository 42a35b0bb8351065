"""Wait for what must come, however busy the machine is, and no longer than that."""

import time
from collections.abc import Callable

PATIENCE = 300.0
"""Seconds after which something will never come; a quiet machine needs few."""


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Return as soon as the condition holds; fail, saying what was waited for, if it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"after {PATIENCE:.0f} s still not: {what}"
        time.sleep(0.02)
