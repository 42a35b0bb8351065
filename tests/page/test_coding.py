"""Runs in few bytes: what comes out again is what went in, told anew by a plain decoder."""

import numpy as np
import pytest

from commsim.page.coding import code

ROWS, PERSONS = 9, 25


class Plain:
    """Reads answers one after the other, with a chance kept for each circumstance by its name."""

    def __init__(self, coded):
        self.rest, self.chances = list(coded) + [0] * 8, {}
        self.range, self.code = 0xFFFFFFFF, 0
        for _ in range(4):
            self.code = self.code * 256 + self.rest.pop(0)

    def answer(self, at):
        chance, seen = self.chances.get(at, (64_000 if at[0] == "flag" else 32_768, 0))
        rate, bound = int(32768 / (seen + 1.5)), (self.range >> 16) * chance
        bit = int(self.code >= bound)
        if bit:
            self.code, self.range = self.code - bound, self.range - bound
            chance -= chance * rate >> 15
        else:
            self.range = bound
            chance += (65535 - chance) * rate >> 15
        self.chances[at] = chance, min(seen + 1, 250)
        while self.range < 1 << 24:
            self.range, self.code = self.range * 256, self.code * 256 + (self.rest.pop(0) if self.rest else 0)
        return bit


def lasting(mark):
    return mark & (1 | 2 | 4 | 128)


def read(coded, start, beside, shape):
    """Marks and messages, person by person."""
    marks, wrote = np.zeros((2, *shape), np.uint8)
    if beside:
        marks[:start], wrote[:start] = beside[0][0][:start], beside[0][1][:start]
    (one, one_wrote), (other, other_wrote) = beside or [(marks, wrote)] * 2
    lag, other_lag = (0, 0) if beside else (1, 7)
    plain = Plain(coded)
    for row in range(start, shape[0]):
        for i in range(shape[1]):

            def at(rows, back, row=row, i=i):
                return int(rows[row - back, i]) if row >= back else 0

            was, a, a_was = at(marks, 1), at(one, lag), at(one, lag + 1)
            b, b_was = at(other, other_lag), at(other, other_lag + 1)
            doubt = lasting(a ^ b) > 0, (a ^ b) & 8, (a ^ b) & 112 > 0
            like = "all" if was == a_was else "lasting" if not lasting(was ^ a_was) else ""
            mark = a
            if plain.answer(("flag", a & 14, a & 48 > 0, doubt, like, lasting(was ^ b_was) == 0)):
                for bit in range(8):
                    known = (mark if bit > 2 else a) & 6
                    some, what = mark != a, 1 << bit
                    circumstance = bit, a & what, b & what, some, (was ^ a_was) & what, known
                    mark ^= what if plain.answer(("bit", *circumstance)) else 0
            marks[row, i] = mark
            usual = min(at(one_wrote, lag), 5), min(at(other_wrote, other_lag), 5)
            n = 0
            while n < 255 and plain.answer(("wrote", mark & 8, a & 8, usual, min(n, 9))):
                n += 1
            wrote[row, i] = n
    return marks, wrote


def some(seed):
    luck = np.random.default_rng(seed)
    marks = luck.choice(np.array([0, 2, 2, 2, 10, 10, 6, 1, 26], np.uint8), (ROWS, PERSONS))
    return marks, luck.choice(np.array([0, 0, 0, 0, 1, 2, 40, 255], np.uint8), (ROWS, PERSONS))


def like(run, row, seed):
    """Another that is the same up to a row, and much the same later."""
    luck, other = np.random.default_rng(seed), some(seed)
    apart = (np.arange(ROWS)[:, None] >= row) & (luck.random((ROWS, PERSONS)) < 0.2)
    return tuple(np.where(apart, two, one) for one, two in zip(run, other, strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_out_is_what_went_in(seed):
    run = some(seed)
    start, coded = code(*run, ())
    found = read(coded, start, [], (ROWS, PERSONS))
    assert [rows.tolist() for rows in found] == [rows.tolist() for rows in run]
    one, other = like(run, 4, seed + 10), like(run, 2, seed + 20)
    start, coded = code(*one, (run, other))
    assert start >= 4
    found = read(coded, start, [run, other], (ROWS, PERSONS))
    assert [rows.tolist() for rows in found] == [rows.tolist() for rows in one]


def test_the_same_again_costs_nothing():
    run = some(1)
    assert code(*run, (run, run)) == (ROWS, b"")


def test_a_run_like_another_costs_less():
    run = some(1)
    assert len(code(*like(run, 5, 2), (run, run))[1]) < len(code(*run, ())[1]) / 2
