"""The schedule: what is run, in which order and in which worlds."""

from collections import Counter

from small_sweeps import POINTS, small_design

from commsim.experiments.design import run_seed
from commsim.experiments.schedule import SHARD, Schedule


def test_every_point_is_run_once_in_every_repetition(tmp_path):
    schedule = Schedule(small_design(tmp_path, repetitions=3))
    runs = [schedule[number] for number in range(len(schedule))]
    assert len(runs) == 3 * POINTS
    assert set(Counter((run.point.number, run.repetition) for run in runs).values()) == {1}
    assert [run.number for run in runs] == list(range(len(schedule)))


def test_repetitions_come_one_after_the_other_and_share_their_world(tmp_path):
    design = small_design(tmp_path, repetitions=3)
    schedule = Schedule(design)
    for number in range(len(schedule)):
        run = schedule[number]
        assert run.repetition == number // POINTS
        assert run.seed == run_seed(design.seed, run.repetition)


def test_the_order_within_a_repetition_is_drawn_by_lot(tmp_path):
    schedule = Schedule(small_design(tmp_path, repetitions=2))
    first, second = ([schedule[k + start].point.number for k in range(POINTS)] for start in (0, POINTS))
    assert first != second
    assert first != sorted(first)
    half = [number for number in first[: POINTS // 2] if number < POINTS // 2]
    assert 8 <= len(half) <= 22  # of 30; a sweep that stops here has seen both halves of the design


def test_shards_cover_the_plan(tmp_path):
    schedule = Schedule(small_design(tmp_path, repetitions=2))
    covered = [number for shard in range(schedule.shards) for number in schedule.numbers(shard)]
    assert covered == list(range(2 * POINTS))
    assert len(schedule.numbers(0)) == SHARD
    assert len(schedule.numbers(schedule.shards - 1)) == 2 * POINTS - 2 * SHARD
