"""Streaks of check-ins, in compiled code: it is here since only the code of some rooms is kept compiled."""

from commsim.core.compiled import njit


@njit()
def pulls(occasion, length, last, before, place, earlier, ladder, broken, pull):  # type: ignore[no-untyped-def]
    """Fill in the log-odds of all whom a near prize pulls or a broken streak puts off.

    before, earlier: who checked in at the last occasion, with their ``place`` on the ladder, and at the one
    before.  ladder, broken: log-odds by place, and by length of the streak that broke.
    """
    for k in range(len(before)):
        pull[before[k]] = ladder[place[k]]
    for k in range(len(earlier)):
        i = earlier[k]
        if last[i] == occasion - 2:
            pull[i] = broken[min(length[i], len(broken) - 1)]


@njit()
def extend(occasion, length, last, done, places, place):  # type: ignore[no-untyped-def]
    """Count an occasion's check-ins; ``place`` gets where streaks stand on a ladder of so many places."""
    for k in range(len(done)):
        i = done[k]
        length[i] = length[i] + 1 if last[i] == occasion - 1 else 1
        last[i] = occasion
        place[k] = length[i] % places
