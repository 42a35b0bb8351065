"""What one run may take, and how a run ends that left no result."""

from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

from commsim.experiments.effort import RUN_SECONDS

GB = 1_000_000_000


class Loss(NamedTuple):
    """Why there is no result: the kind of a failure, and a sentence."""

    error: str
    message: str


DIED = Loss("WorkerDied", "the process of this run was killed, every time it was tried (out of memory?)")


@dataclass(frozen=True)
class Limits:
    """What a run may take: seconds, and gigabytes of memory of its process; 0 stands for no limit.

    gigabytes: half of the memory of the machine that it runs on if None.
    """

    seconds: float = RUN_SECONDS
    gigabytes: float | None = None

    def broken(self, seconds: float, memory: int) -> Loss | None:
        """What a run that has taken so many seconds and bytes ends with; None if it may go on."""
        if seconds > (self.seconds or inf):
            return Loss("TimeLimit", f"took longer than {self.seconds:g} seconds (--run-seconds)")
        if memory > self._memory:
            return Loss("MemoryLimit", f"took more than {self._memory / GB:.3g} GB of memory (--run-memory)")
        return None

    @cached_property
    def _memory(self) -> float:
        if self.gigabytes is None:
            import psutil

            return float(psutil.virtual_memory().total / 2)
        return self.gigabytes * GB or inf
