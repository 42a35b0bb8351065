"""How long a user waits: the help, the first run after an installation, later ones, a comparison.

    python benchmarks/startup.py

The commands are run as a user does, in processes of their own.  The first run has an empty cache of
compiled code (NUMBA_CACHE_DIR in a new folder).  Where the processor seconds of all processes together
are far below the seconds on the clock (times the processors used), the machine was busy with other work.
"""

import os
import subprocess
import sys
import tempfile
import time
from functools import partial

from timing import interleaved, print_table

COMPARISON = ("compare", "dead-group", "active-group", "--worlds", "200")


def commsim(*arguments: str, cache: str | None = None) -> None:
    """Run a command of commsim; its output is thrown away."""
    environment = os.environ if cache is None else {**os.environ, "NUMBA_CACHE_DIR": cache}
    command = [sys.executable, "-m", "commsim", *arguments]
    subprocess.run(command, check=True, env=environment, capture_output=True, stdin=subprocess.DEVNULL)


def worked() -> float:
    """Processor seconds of all processes that were started and have ended."""
    times = os.times()
    return times.children_user + times.children_system


def once(*arguments: str, cache: str | None = None) -> str:
    """Seconds on the clock and of the processors."""
    before = worked()
    (seconds,) = interleaved([partial(commsim, *arguments, cache=cache)], 1, time.perf_counter)
    return f"{seconds:.1f} s ({worked() - before:.1f} s of work)"


def main() -> None:
    commsim("--help")
    (help_seconds,) = interleaved([partial(commsim, "--help")], 9, time.perf_counter)
    with tempfile.TemporaryDirectory() as cache:
        first, second = (once("run", "active-group", cache=cache) for _ in range(2))
    rows = [
        ("commsim --help (median of 9)", f"{help_seconds:.2f} s"),
        ("commsim run active-group, first after installation", first),
        ("commsim run active-group, again", second),
        (f"commsim {' '.join(COMPARISON)}, {os.cpu_count()} processors", once(*COMPARISON)),
    ]
    print_table("Waiting", rows)


if __name__ == "__main__":
    main()
