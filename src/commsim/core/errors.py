"""Errors that are told to people: what is wrong, where, and what to do about it."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    BUG = 1
    USAGE = 2
    INPUT = 3
    RUNS_FAILED = 4
    RESUME_REFUSED = 5
    IMPRECISE = 6
    INTERRUPTED = 130


class CommsimError(Exception):
    """Something that a person can put right.

    what: a plain sentence.  where: file, line, field or option.  remedy: what to do.  The command
    line prints all three and ends with ``exit_code``.
    """

    exit_code = Exit.BUG

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)
        self.what, self.where, self.remedy = what, where, remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with all three parts, for errors that come from worker processes."""
        return (_revive, (type(self), self.what, self.where, self.remedy))

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.remedy}" if self.remedy else text


def _revive(cls: type[CommsimError], what: str, where: str, remedy: str) -> CommsimError:
    return cls(what, where=where, remedy=remedy)


class InputError(CommsimError):
    """A scenario, a file or a setting of the user's that can't be used."""

    exit_code = Exit.INPUT
