"""Says how rare the tale of fans-to-members is, from the folder of its design.

    commsim sweep experiments/fans-to-members.yaml --out fans
    python docs/examples/fans.py fans

What was drawn is counted as it is.  For other beliefs both ratios are fitted to the runs, as linear in logs
of what was drawn, and drawn again from lognormal beliefs: narrower ones, and ones in which fans order oftener
and goods are dearer.
"""

import sys
from pathlib import Path

import numpy as np

from commsim import load_results

SCREENED, PAID, YEARS = 0.00556, 2000.0, (395 - 17) / 365
DRAWS = 400_000
BELIEFS = {
    "as drawn": (0.04, 120.0, 1.0),
    "half the spread": (0.04, 120.0, 0.5),
    "oftener and dearer": (0.06, 200.0, 1.0),
}
"""Median orders a week of a fan, median price, and a factor on all spreads."""


def ratios(runs):
    """Share of fans who joined, and yuan a member and year."""
    fans = runs["sources.official account.fans"]
    return runs["joined"] / fans, runs["revenue"] / runs["joined"].clip(lower=1) / YEARS


def steps(runs):
    """Log of the product of the four steps."""
    return np.log(runs[["reach", "scan", "add", "join"]].prod(axis=1))


def refit(runs, paid):
    """Coefficients of log yuan on log rate, log price and tilt, and the spread around it."""
    good = paid > 0
    causes = np.column_stack(
        [np.ones(good.sum()), np.log(runs["rate"][good]), np.log(runs["price"][good]), runs["tilt"][good]]
    )
    found, *_ = np.linalg.lstsq(causes, np.log(paid[good]), rcond=None)
    return found, float(np.std(np.log(paid[good]) - causes @ found))


def chances(runs, belief, found, noise, draw):
    """Of screening so few, of so much a member, and of both, under a belief."""
    rate, price, wide = belief
    passed = draw.normal(float(steps(runs).mean()), wide * float(steps(runs).std()), DRAWS)
    tilt = 0.5 + wide * (draw.random(DRAWS) - 0.5)
    logs = [
        np.log(middle) + wide * spread * draw.normal(size=DRAWS)
        for middle, spread in ((rate, 0.6), (price, 0.5))
    ]
    paid = found @ np.array([np.ones(DRAWS), *logs, tilt]) + noise * draw.normal(size=DRAWS)
    few, much = passed >= np.log(SCREENED), paid >= np.log(PAID)
    return few.mean(), much.mean(), (few & much).mean()


if __name__ == "__main__":
    runs = load_results(Path(sys.argv[1])).runs
    joined, paid = ratios(runs)
    few, much = joined >= SCREENED, paid >= PAID
    print(f"of {len(runs)} runs {few.sum()} screen as few, {much.sum()} reach the yuan, ", end="")
    print(f"{(few & much).sum()} both")
    found, noise = refit(runs, paid)
    draw = np.random.default_rng(0)
    for name, belief in BELIEFS.items():
        some = chances(runs, belief, found, noise, draw)
        print(f"{name:<20}" + "".join(f"{one:>9.2%}" for one in some) + f"   both 1 in {1 / some[2]:,.0f}")
