"""Marks and messages of a run in few bytes: what other runs of the same people make likely costs hardly any.

A run is told beside two others that are much like it.  Of every person on every day is coded whether their
mark is that of the first; if not, which bits differ; and how many messages they wrote.  Each answer is coded
by how often it was given in the same circumstances so far (an adaptive binary range coder, as in LZMA but
with finer chances), so a day on which all is as expected takes a few bits for hundreds of people.
``static/decoding.js`` does the same the other way round; both must count alike to the last bit.
"""

import numpy as np
from numpy.typing import NDArray

from commsim.core.compiled import borrowing, njit

Bytes = NDArray[np.uint8]
Longs = NDArray[np.int64]

_LASTING = 1 | 2 | 4 | 128
"""Bits of a mark that stay from day to day: left, here, muted, invited."""
_FLAGS, _BITS, _WROTE = 768, 512, 1440
"""Circumstances that are told apart: of whether a mark differs, of each bit of it, of messages."""
_RARE = 64_000
"""The chance, of 65536, that a mark is as expected, before any was seen."""
_STEADY = 250
"""Answers after which a chance moves no slower."""
_LOW, _RANGE, _HELD, _WAITING, _LENGTH = range(5)


def code(marks: Bytes, wrote: Bytes, beside: tuple[tuple[Bytes, Bytes], ...]) -> tuple[int, bytes]:
    """The first row that is not the first neighbour's, and the rows from it on as bytes.

    marks, wrote: rows of evenings (0 the first morning) by persons.  beside: marks and messages of two runs
    of the same shape; none: each day is told from the one and the week before.
    """
    one, other = beside or ((marks, wrote), (marks, wrote))
    lags, start = (0, 0) if beside else (1, 7), 0
    if beside:
        differs = ((marks != one[0]) | (wrote != one[1])).any(axis=1)
        start = int(differs.argmax()) if differs.any() else len(marks)
    out = np.zeros(64 + 4 * marks.size, np.uint8)
    chances = np.full(_FLAGS + _BITS + _WROTE, 32768, np.int64)
    chances[:_FLAGS] = _RARE
    state = np.array([0, 0xFFFFFFFF, 0, 1, 0], np.int64)
    rows = [np.ascontiguousarray(rows) for rows in (marks, wrote, *one, *other)]
    _write(*rows, *lags, start, chances, np.zeros_like(chances), state, out)
    # the first byte is always nothing, and so is all that comes after the end
    return start, out[1 : state[_LENGTH]].tobytes().rstrip(b"\0")


@njit(counted=False)
def _write(
    marks: Bytes,
    wrote: Bytes,
    one: Bytes,
    one_wrote: Bytes,
    other: Bytes,
    other_wrote: Bytes,
    lag: int,
    other_lag: int,
    start: int,
    chances: Longs,
    seen: Longs,
    state: Longs,
    out: Bytes,
) -> None:
    """Code the rows from ``start`` on; a neighbour's row is its own of the day, or of so many days before."""
    for row in range(start, len(marks)):
        for i in range(marks.shape[1]):
            mark, was = int(marks[row, i]), int(marks[row - 1, i]) if row > 0 else 0
            a, a_was = _at(one, row - lag, i), _at(one, row - lag - 1, i)
            b, b_was = _at(other, row - other_lag, i), _at(other, row - other_lag - 1, i)
            _put(int(mark != a), _flag(a, b, was, a_was, b_was), chances, seen, state, out)
            if mark != a:
                some = 0
                for bit in range(8):
                    differs = ((mark ^ a) >> bit) & 1
                    _put(differs, _bit(bit, a, b, mark, was ^ a_was, some), chances, seen, state, out)
                    some |= differs
            told = _talk(mark, a, _at(one_wrote, row - lag, i), _at(other_wrote, row - other_lag, i))
            for n in range(wrote[row, i] + 1):
                if n < 255:
                    _put(int(wrote[row, i] > n), told + min(n, 9), chances, seen, state, out)
    for _ in range(5):
        _shift(state, out)


@borrowing
def _at(rows: Bytes, row: int, i: int) -> int:
    return int(rows[row, i]) if row >= 0 else 0


@borrowing
def _flag(a: int, b: int, was: int, a_was: int, b_was: int) -> int:
    """Where it is counted whether a mark differs from the first neighbour's."""
    doubt = (
        (1 if (a ^ b) & _LASTING else 0) | (2 if (a ^ b) & 8 else 0) | (4 if (a ^ b) & (16 | 32 | 64) else 0)
    )
    stood = ((a >> 1) & 7) | (8 if a & (16 | 32) else 0)
    like = 1 if was == a_was else 2 if (was ^ a_was) & _LASTING == 0 else 0
    return ((stood * 8 + doubt) * 3 + like) * 2 + (1 if (was ^ b_was) & _LASTING == 0 else 0)


@borrowing
def _bit(bit: int, a: int, b: int, mark: int, differed: int, some: int) -> int:
    """Where it is counted whether a bit differs; of the mark itself the first three are known after them."""
    known = (mark >> 1) & 3 if bit > 2 else (a >> 1) & 3
    at = ((bit * 2 + ((a >> bit) & 1)) * 2 + ((b >> bit) & 1)) * 2 + some
    return _FLAGS + (at * 2 + ((differed >> bit) & 1)) * 4 + known


@borrowing
def _talk(mark: int, a: int, wrote: int, other: int) -> int:
    """Where it is counted how many messages are written."""
    looked = ((mark >> 3) & 1) * 2 + ((a >> 3) & 1)
    return _FLAGS + _BITS + ((looked * 6 + min(wrote, 5)) * 6 + min(other, 5)) * 10


@borrowing
def _put(bit: int, at: int, chances: Longs, seen: Longs, state: Longs, out: Bytes) -> None:
    """Code one answer, and learn from it."""
    chance, rate = chances[at], int(32768 / (seen[at] + 1.5))
    bound = (state[_RANGE] >> 16) * chance
    if bit:
        state[_LOW] += bound
        state[_RANGE] -= bound
        chances[at] -= (chance * rate) >> 15
    else:
        state[_RANGE] = bound
        chances[at] += ((65535 - chance) * rate) >> 15
    seen[at] = min(seen[at] + 1, _STEADY)
    while state[_RANGE] < 1 << 24:
        state[_RANGE] <<= 8
        _shift(state, out)


@borrowing
def _shift(state: Longs, out: Bytes) -> None:
    """Write the highest byte, once no carry can change it any more."""
    if state[_LOW] < 0xFF000000 or state[_LOW] > 0xFFFFFFFF:
        carry, byte = state[_LOW] >> 32, state[_HELD]
        while state[_WAITING] > 0:
            out[state[_LENGTH]] = (byte + carry) & 0xFF
            state[_LENGTH] += 1
            state[_WAITING] -= 1
            byte = 0xFF
        state[_HELD] = (state[_LOW] >> 24) & 0xFF
    state[_WAITING] += 1
    state[_LOW] = (state[_LOW] & 0x00FFFFFF) << 8
