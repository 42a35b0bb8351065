"""Runs that are asked for batch by batch: made once, kept, and refused where something else was begun."""

import pytest

from commsim.core.errors import InputError
from commsim.experiments.asked import BEGUN, RUNS, asked
from commsim.experiments.begin import ResumeRefused
from commsim.experiments.results import Result
from commsim.experiments.sweep import Manner

MADE = []


def double(shared, question):
    MADE.append(question)
    return Result((shared * question[0],)) if question[0] else Result(error=("E", "nothing"))


def answers(place, questions, begun="x"):
    MADE.clear()
    with asked(double, 2.0, place, Manner(workers=1), {"begun": begun}) as runs:
        return [one.values for one in runs.answers(questions)]


def test_each_is_made_once_and_kept(tmp_path):
    place = tmp_path / "runs"
    assert answers(place, [(1, (2, 3)), (3, ()), (1, (2, 3)), (0,)]) == [(2.0,), (6.0,), (2.0,), ()]
    assert MADE == [(1, (2, 3)), (3, ()), (0,)]
    assert answers(place, [(3, ()), (4,), (0,)]) == [(6.0,), (8.0,), ()]
    assert MADE == [(4,)]


def test_what_was_cut_off_or_damaged_is_made_again(tmp_path):
    answers(tmp_path, [(1,), (2,), (3,)])
    file = tmp_path / RUNS
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + lines[1].replace(b"4.0", b"5.0") + lines[2][:-4])
    assert answers(tmp_path, [(1,), (2,), (3,)]) == [(2.0,), (4.0,), (6.0,)]
    assert MADE == [(2,), (3,)]
    assert answers(tmp_path, [(1,), (2,), (3,)]) == [(2.0,), (4.0,), (6.0,)]
    assert MADE == []


def test_something_else_is_refused(tmp_path):
    answers(tmp_path, [(1,)])
    with pytest.raises(ResumeRefused, match='begun: "x" -> "y"'):
        answers(tmp_path, [(1,)], begun="y")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="holds other things"):
        answers(tmp_path / "other", [(1,)])
    with pytest.raises(InputError, match="is a file"):
        answers(tmp_path / "other" / "letter.txt", [(1,)])
    (tmp_path / "runs" / RUNS).mkdir(parents=True)
    (tmp_path / "runs" / BEGUN).write_text("{}")
    with pytest.raises(InputError, match="is no file"):
        answers(tmp_path / "runs", [(1,)])


@pytest.mark.parametrize("text", [b"", b'{"begun": ', b"\xff\xfe"])
def test_damage_to_what_was_begun_is_told(tmp_path, text):
    answers(tmp_path, [(1,)])
    (tmp_path / BEGUN).write_bytes(text)
    with pytest.raises(InputError, match="is damaged"):
        answers(tmp_path, [(1,)])
    assert (tmp_path / BEGUN).read_bytes() == text


def test_what_is_heard_can_end_it_and_what_was_made_is_kept(tmp_path):
    class EnoughError(Exception):
        pass

    def hear(done):
        if done == 2:
            raise EnoughError

    MADE.clear()
    with (
        asked(double, 2.0, tmp_path, Manner(workers=1), {}) as runs,
        pytest.raises(EnoughError),
    ):
        runs.answers([(1,), (2,), (3,)], hear)
    with asked(double, 2.0, tmp_path, Manner(workers=1), {}) as runs:
        assert [runs.knows((k,)) for k in (1, 2, 3)] == [True, True, False]
