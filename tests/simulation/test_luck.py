"""Keyed luck and the arithmetic below it: the same bits everywhere, and no visible pattern."""

import math

import numpy as np
import pytest
from scipy import stats
from worlds import plan, run

from commsim.analysis.compare import compare
from commsim.core import luck, maths
from commsim.core.errors import InputError
from commsim.core.luck import MAX_SEED, Purpose, key, salt, uniform, uniform_pair, uniforms, uniforms_pair
from commsim.population.build import build
from commsim.simulation.community import Community
from commsim.simulation.kernels.streams import poisson, stream

MASK = (1 << 64) - 1
GOLDEN, SECOND = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03
SEEDS = (0, 1, 7, 2**31, 2**52 - 1, 2**63 - 1)


def splitmix(x):
    """The finaliser of SplitMix64 in Python's whole numbers, from the paper."""
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def plain(stream_, person, other=None):
    inner = splitmix((int(stream_) + (person + 1) * GOLDEN) & MASK)
    if other is not None:
        inner = splitmix((inner + (other + 1) * SECOND) & MASK)
    return (inner >> 11) / 2**53


@pytest.mark.parametrize("seed", SEEDS)
def test_kernels_arrays_and_plain_python_draw_the_same(seed):
    one = key(seed, Purpose.LOOK, 3)
    persons = np.array([-1, 0, 1, 2, 1000, 2**31, 2**40])
    others = persons[::-1].copy()
    assert uniforms(one, persons).tolist() == [plain(one, int(i)) for i in persons]
    assert [uniform(one, i) for i in persons] == [plain(one, int(i)) for i in persons]
    expected = [plain(one, int(i), int(j)) for i, j in zip(persons, others, strict=True)]
    assert uniforms_pair(one, persons, others).tolist() == expected
    assert [uniform_pair(one, i, j) for i, j in zip(persons, others, strict=True)] == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stream_in_a_kernel_is_the_key_outside(seed):
    for purpose in Purpose:
        for day, name in ((0, ""), (1, "red_envelope"), (3650, "周五礼包")):
            assert stream(seed, int(purpose), day, np.uint64(salt(name))) == key(
                seed, purpose, day, salt(name)
            )


def test_streams_of_other_seeds_purposes_days_and_strategies_differ():
    names = ["", "red_envelope", "flash_sale"]
    keys = [
        int(key(seed, purpose, day, salt(name)))
        for seed in range(5)
        for purpose in Purpose
        for day in range(20)
        for name in names
    ]
    assert len(set(keys)) == len(keys)


def test_numbers_of_purposes_are_part_of_every_result():
    assert [purpose.value for purpose in Purpose] == list(range(1, len(Purpose) + 1))
    assert int(key(7, Purpose.LOOK, 3, salt("red_envelope"))) == 0xAC5583D0E3FB796D
    assert salt("red_envelope") == 2793888765781158332


@pytest.mark.parametrize("drawn", ["persons", "days", "pairs"])
def test_draws_are_uniform(drawn):
    """Chi-square of 100,000 draws in 100 cells; the bounds hold for .9998 of all streams."""
    n = 100_000
    if drawn == "persons":
        u = uniforms(key(11, Purpose.BUY, 5), np.arange(n))
    elif drawn == "days":
        u = np.array([uniform(key(11, Purpose.BUY, day), 42) for day in range(n // 10)])
    else:
        u = uniforms_pair(key(11, Purpose.ASK, 5), np.arange(n) // 300, np.arange(n) % 300)
    counts = np.bincount((u * 100).astype(int), minlength=100)
    chi2 = ((counts - len(u) / 100) ** 2).sum() / (len(u) / 100)
    assert stats.chi2.ppf(1e-4, 99) < chi2 < stats.chi2.ppf(1 - 1e-4, 99)
    assert 0.0 <= u.min() < u.max() < 1.0


def test_neighbours_days_and_purposes_are_independent():
    """Correlations of 100,000 draws stay within 4.5 standard errors."""
    rows = np.arange(100_000)
    base = uniforms(key(3, Purpose.LOOK, 1), rows)
    others = {
        "next person": np.roll(base, 1),
        "next day": uniforms(key(3, Purpose.LOOK, 2), rows),
        "next seed": uniforms(key(4, Purpose.LOOK, 1), rows),
        "other purpose": uniforms(key(3, Purpose.STAY, 1), rows),
        "other way round": uniforms_pair(key(3, Purpose.ASK, 1), rows, rows + 1),
    }
    pairs = uniforms_pair(key(3, Purpose.ASK, 1), rows + 1, rows)
    for name, other in others.items():
        against = pairs if name == "other way round" else base
        assert abs(np.corrcoef(against, other)[0, 1]) < 4.5 / math.sqrt(len(rows)), name


def test_exp_and_log_keep_their_stated_errors():
    x = np.concatenate(
        [np.linspace(-55, 55, 20_001), np.geomspace(1e-12, 1, 500), -np.geomspace(1e-12, 1, 500)]
    )
    assert max(abs(maths.exp(v) / math.exp(v) - 1.0) for v in x.tolist()) < 1e-11
    y = np.concatenate([np.geomspace(1e-300, 1e300, 20_001), 1.0 + np.linspace(-0.4, 0.5, 1001)])
    assert max(abs(maths.log(v) - math.log(v)) for v in y.tolist()) < 1e-12
    assert maths.exp(0.0) == 1.0
    assert maths.log(1.0) == 0.0
    assert (maths.exp(-1e9), maths.exp(1e9)) == (maths.exp(-55.0), maths.exp(55.0))


def test_compiled_and_plain_arithmetic_give_the_same_bits():
    """The plain functions use Python's own floats, which no compiler has touched."""
    x = (uniforms(key(1, Purpose.TRAIT), np.arange(20_000)) * 120 - 60).tolist()
    assert [maths.exp(v) for v in x] == [maths.exp.py_func(v) for v in x]
    y = [math.exp(v) for v in x]
    assert [maths.log(v) for v in y] == [maths.log.py_func(v) for v in y]
    assert [int(luck.mix(np.uint64(v))) for v in range(500)] == [splitmix(v) for v in range(500)]


@pytest.mark.parametrize("rate", [0.0, 1e-9, 0.02, 0.5, 3.0, 20.0, 50.0, 80.0, 200.0])
def test_poisson_is_the_inverse_of_its_distribution(rate):
    """The smallest k whose cumulated probability is above u, so that a larger rate never gives less."""
    u = uniforms(key(2, Purpose.TALK), np.arange(2000))
    drawn = np.array([poisson(v, rate) for v in u])
    assert np.array_equal(drawn, stats.poisson.ppf(u, rate))
    more = np.array([poisson(v, rate * 1.3 + 0.01) for v in u])
    assert (more >= drawn).all()


def test_seeds_of_any_whole_type_are_the_same_world():
    small = plan(members=40, days=3)
    one, other = run(small, np.int64(5)), run(small, 5)
    assert one.seed == other.seed == 5
    assert all((one.daily[name] == other.daily[name]).all() for name in one.daily)
    assert run(small, MAX_SEED).seed == MAX_SEED


@pytest.mark.parametrize("seed", [-1, 1.5, None, "7", 2**63, np.float64(3.0)])
def test_what_is_no_seed_is_refused(seed):
    small = plan(members=40, days=3)
    people = small.community, small.behaviour
    for use in (
        lambda: run(small, seed),
        lambda: Community(small, seed=seed),
        lambda: build(*people, seed, today=small.start),
        lambda: compare([small, small], seed=seed),
    ):
        with pytest.raises(InputError, match="is not a seed; give a whole number from 0"):
            use()
