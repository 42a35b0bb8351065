"""How long a task takes, from those that were done."""

CHUNK_SECONDS = 0.2
"""Work handed over at a time: long against the handing over (1 ms), short against waiting at the end."""
MOST = 50
"""Tasks handed over at a time at most."""


class Pace:
    """Seconds per task, lately; follows a fall at once (the first tasks load and compile), a rise slowly."""

    def __init__(self) -> None:
        self.seconds: float | None = None
        self._spent = 0.0

    def note(self, seconds: float, tasks: int) -> None:
        """So many tasks took so many seconds in one process."""
        self._spent += seconds
        each, before = seconds / tasks, self.seconds
        self.seconds = each if before is None or each < before else (each + before) / 2

    def pays(self, waiting: int, worthwhile: float) -> bool:
        """Whether the work spent and still to come is worth so many seconds; no while nothing is known."""
        return self.seconds is not None and self._spent + waiting * self.seconds > worthwhile

    def chunk_size(self, share: int) -> int:
        """Tasks to hand over at a time, at most a fair share of those that wait; 1 while nothing is known."""
        if not self.seconds:
            return 1
        return max(1, min(share, MOST, int(CHUNK_SECONDS / self.seconds)))
