"""How often the statement of the best plan is wrong, and its runs, on problems with known answers.

    python benchmarks/best_wrong.py [--repetitions 400]

All plans but the best are worse by exactly what may be missed, the hardest case; the spread of a plan's own
luck differs between plans by a factor two.  A statement is wrong if the leader is further behind than it
says: at any look of a race (more than is asked for, since it is read at its end), and at its end.
"""

import argparse
from collections.abc import Callable

import numpy as np

from commsim.analysis.envelope import race

MISSED, COMMON, OWN = 300.0, 1860.0, (400.0, 900.0)
"""Yuan: what may be missed; the luck that plans share in a world, and a plan's own: as of a shop's plans."""
MOST = 10_000
Noise = Callable[[np.random.Generator, tuple[int, int]], np.ndarray]


def losses(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """In one world of 25 a plan loses five times its spread."""
    return rng.normal(size=size) - 5.0 * (rng.random(size) < 0.04) + 0.2


FAMILIES: dict[str, Noise] = {
    "normal": lambda rng, size: rng.normal(size=size),
    "skewed up": lambda rng, size: rng.exponential(size=size) - 1.0,
    "skewed down": lambda rng, size: 1.0 - rng.exponential(size=size),
    "Student's t of 3": lambda rng, size: rng.standard_t(3, size) / np.sqrt(3.0),
    "rare losses": losses,
}


def one_race(rng: np.random.Generator, plans: int, noise: Noise, best: int = 1) -> tuple[bool, bool, int]:
    """Whether a statement was ever wrong, whether the last one is, and the runs; ``best`` plans are level."""
    means = np.where(np.arange(plans) < best, 0.0, -MISSED)
    spread = rng.uniform(*OWN, (plans, 1))

    def ask(left: list[int], before: int, size: int) -> np.ndarray:
        shape = plans, size - before
        common = rng.normal(0.0, COMMON, shape[1])
        return (means[:, None] + common + noise(rng, shape) * spread)[left]

    ever = False
    for look in race(plans, ask, MOST):
        wrong = -means[look.leader] > look.within + 1e-9
        ever |= wrong
        if look.within <= MISSED:
            break
    return ever, wrong, look.runs


def rates(plans: int, noise: Noise, repetitions: int, best: int = 1) -> tuple[float, float, float]:
    """Share of races with a statement that was ever wrong, with a wrong end, and mean runs."""
    rng = np.random.default_rng(20261129)
    found = np.array([one_race(rng, plans, noise, best) for _ in range(repetitions)])
    return tuple(found.mean(axis=0).tolist())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=400)
    repetitions = parser.parse_args().repetitions
    print(f"Wrong statements at 95 % confidence, {repetitions} races (1,000 plans: a tenth of them)")
    print(f"{'':28}{'ever wrong':>12}{'wrong at end':>14}{'runs':>10}")
    for plans in (10, 100, 1000):
        times = repetitions if plans < 1000 else max(1, repetitions // 10)
        for name, noise in FAMILIES.items():
            ever, wrong, runs = rates(plans, noise, times)
            print(f"  {plans:>5,} plans, {name:17}{ever:>10.1%}{wrong:>14.1%}{runs:>10,.0f}")
        ever, wrong, runs = rates(plans, FAMILIES["normal"], times, best=3)
        print(f"  {plans:>5,} plans, three level {ever:>14.1%}{wrong:>14.1%}{runs:>10,.0f}", flush=True)


if __name__ == "__main__":
    main()
