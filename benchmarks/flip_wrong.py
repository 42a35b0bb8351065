"""How often statements on what turns a comparison are wrong, and its runs, on problems with known answers.

    python benchmarks/flip_wrong.py [--repetitions 400] [--luck "rare losses"]

A hundred unknowns: at one end of twenty of them the lead is so many yuan on the other side of 0, of twenty
more so many on this one, of the others as the plans are.  A comparison is wrong if any of its hundred
statements is: "turns" where the lead at no end has another sign, "keeps" where it has at one.  A turning
value that is told is missed if it lies outside its limits (three of each comparison are looked at); worth is
false if any number that does nothing is told to be worth anything.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from commsim.analysis.flip.ends import find_ends
from commsim.analysis.flip.turns import find_turns
from commsim.analysis.flip.worth import find_worths
from commsim.analysis.suppositions import Ask, Values
from commsim.analysis.uncertainty import positions
from commsim.analysis.unknowns import Unknown

UNKNOWNS, NEAR = 100, 20
LEAD, COMMON, OWN = 1200.0, 1800.0, (20.0, 600.0)
"""Yuan: the lead, the luck of a world that all suppositions share, and what each adds to it."""
Noise = Callable[[np.random.Generator, int], np.ndarray]


def losses(rng: np.random.Generator, size: int) -> np.ndarray:
    """In one world of 25 it is five spreads lower."""
    return rng.normal(size=size) - 5.0 * (rng.random(size) < 0.04) + 0.2


FAMILIES: dict[str, Noise] = {
    "normal": lambda rng, size: rng.normal(size=size),
    "skewed up": lambda rng, size: rng.exponential(size=size) - 1.0,
    "skewed down": lambda rng, size: 1.0 - rng.exponential(size=size),
    "Student's t of 3": lambda rng, size: rng.standard_t(3, size) / np.sqrt(3.0),
    "rare losses": losses,
}


class Problem:
    """Leads that are linear in each unknown; luck by world, and by world and supposition."""

    def __init__(self, rng: np.random.Generator, noise: Noise, near: float) -> None:
        self.known = [
            Unknown(f"u{k}", "", "-", "D", "", 0.5, 0.0, 1.0, False, False, "", ()) for k in range(UNKNOWNS)
        ]
        ends = np.full(UNKNOWNS, LEAD)
        ends[:NEAR], ends[NEAR : 2 * NEAR] = -near, near
        self.slopes = dict(zip((one.name for one in self.known), 2.0 * (LEAD - ends), strict=True))
        self.spreads = dict(zip(self.slopes, rng.uniform(*OWN, UNKNOWNS), strict=True))
        self._rng, self._noise, self._common = rng, noise, COMMON * noise(rng, 4096)
        self.pairs = 0

    def lead(self, row: Values) -> float:
        """The mean lead of a row."""
        return LEAD + sum(self.slopes[name] * (value - 0.5) for name, value in row.items())

    @contextmanager
    def stage(
        self, name: str, rows: Sequence[Mapping[str, float]], worlds: int, *, dealt: int = 0
    ) -> Iterator[Ask]:
        """See `commsim.analysis.suppositions.Rehearsal`."""
        means = np.array([self.lead(row) for row in rows])
        spreads = np.array([max((self.spreads[name] for name in row), default=0.0) for row in rows])

        def ask(wanted: Sequence[tuple[int, int]]) -> np.ndarray:
            at, worlds_of = np.array(wanted).T
            self.pairs += len(wanted)
            own = spreads[at] * self._noise(self._rng, len(wanted))
            return np.asarray(means[at] + self._common[worlds_of] + own)

        yield ask


def one_comparison(rng: np.random.Generator, noise: Noise, near: float) -> tuple[bool, float, int, int, int]:
    """Whether any statement is wrong, the share that is open, values told and missed, and pairs of runs."""
    problem = Problem(rng, noise, near)
    found = find_ends(problem, problem.known, 64, 0.95)
    answers = [one.answer for one in found.ends]
    truth = ["flips"] * NEAR + ["keeps"] * (UNKNOWNS - NEAR)
    wrong = any(said not in (true, "open") for said, true in zip(answers, truth, strict=True))
    turning = [one for one, said in zip(found.ends, answers, strict=True) if said == "flips"][:3]
    missed = []
    for turn in find_turns(problem, turning, found.usual, 0.95):
        true = 0.5 - LEAD / problem.slopes[turn.unknown.name]
        missed.append(not turn.value.low <= true <= turn.value.high)
    return wrong, answers.count("open") / UNKNOWNS, len(missed), sum(missed), problem.pairs


def false_worths(rng: np.random.Generator, noise: Noise, repetitions: int) -> float:
    """How often any of a hundred that do nothing is told to be worth knowing."""
    known = Problem(rng, noise, 0.0).known
    told = []
    for k in range(repetitions):
        leads = 150.0 + 1500.0 * noise(rng, 400)
        told.append(bool(find_worths(known, positions(known, 400, k), leads, k, 0.95).told))
    return float(np.mean(told))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=400)
    parser.add_argument("--luck", choices=[*FAMILIES], action="append", help="these families; else all")
    asked = parser.parse_args()
    repetitions = asked.repetitions
    print(f"95 % confidence, {UNKNOWNS} unknowns, {repetitions} comparisons")
    print(
        f"{'':34}{'any wrong':>10}{'open':>6}{'values told':>13}{'missed':>8}{'false worth':>13}{'pairs':>7}"
    )
    for name in asked.luck or FAMILIES:
        noise = FAMILIES[name]
        rng = np.random.default_rng(20261129)
        worth = false_worths(rng, noise, repetitions)
        for near in (150.0, 1200.0):
            found = np.array([one_comparison(rng, noise, near) for _ in range(repetitions)])
            wrong, left, told, missed, pairs = found.mean(axis=0).tolist()
            row = f"  {name:17} {near:>5,.0f} yuan away"
            missed = missed / told if told else 0.0
            print(
                f"{row:34}{wrong:>10.1%}{left:>6.0%}{told:>13.2f}{missed:>8.1%}{worth:>13.1%}{pairs:>7,.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
