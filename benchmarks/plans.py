"""Swaps against Optuna's TPE: the same space, as many runs, and what both found in the same fresh worlds.

    python benchmarks/plans.py [--plan active-group] [--space coffee-week] [--runs 250 700] [--starts 3]

TPE is multivariate, begins at the base, tries each plan in four common worlds and pays for what is beyond a
limit as swaps do; of both the ten best by their own worlds are put to the limits in fresh ones, as `commsim
plan` does, and the first that keeps them is taken.  Needs `pip install optuna`,
which commsim itself does not.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from commsim.analysis.planning.finals import finalists, put_to_limits
from commsim.analysis.planning.swaps import Lots, at_random, climb, starts_for
from commsim.analysis.planning.trials import Allowance, Over, Trials, Weighted, scales_of
from commsim.analysis.planning.weights import weights_of
from commsim.analysis.planning.work import Work, answer
from commsim.experiments.asked import asked
from commsim.experiments.space import Choices, Space, load_space
from commsim.experiments.sweep import Manner
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario
from commsim.simulation.warm_up import prepare_engine

WORLDS, FRESH, TOP = 4, 24, 10


def swaps(trials: Trials, problem: Weighted, runs: int, seed: int) -> list[Choices]:
    """As `commsim plan` searches: from the base, from nothing and at random, as far as runs suffice."""
    space = trials.space
    starts = starts_for(space.levers, runs)
    for start in range(12):
        left = runs - trials.allowance.made
        if left < WORLDS:
            break
        trials.allowance.share(left // max(1, starts - start), 1.0)
        lots = Lots(seed, start)
        try:
            chosen = {0: space.start, 1: space.emptied}.get(start)
            first = problem.canonical(chosen) if chosen else at_random(problem, lots, space.start)
            for _ in climb(problem, first, lots):
                pass
        except Over:
            pass
    return finalists(trials, problem, TOP + 1)[1:]


def tpe(trials: Trials, problem: Weighted, runs: int, seed: int) -> list[Choices]:
    """Optuna's TPE over the levers' options, started at the base."""
    try:
        import optuna
    except ImportError:
        sys.exit("benchmarks/plans.py compares with Optuna: pip install optuna")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    space = trials.space
    sampler = optuna.samplers.TPESampler(multivariate=True, seed=seed)
    study = optuna.create_study(direction="maximize", sampler=sampler)
    study.enqueue_trial({lever.name: lever.start for lever in space.levers})
    found: dict[Choices, float] = {}
    trials.allowance.share(runs - trials.allowance.made, 1.0)
    worst = 0.0
    while True:
        trial = study.ask()
        plan = problem.canonical(
            tuple(trial.suggest_categorical(one.name, list(range(len(one.options)))) for one in space.levers)
        )
        if not problem.allowed(plan):  # costs no run, as for swaps
            study.tell(trial, worst)
            if len(study.trials) > 50 * runs:
                break
            continue
        try:
            value = float(problem.values([plan], WORLDS)[0].mean())
        except Over:
            break
        worst = min(worst or value, value)
        found[plan] = value
        study.tell(trial, value)
    return sorted(found, key=lambda plan: -found[plan])[:TOP]


def once(space: Space, method: str, runs: int, seed: int) -> tuple[float, float, int, float]:
    """Lead over the base in fresh worlds, its error, runs, and seconds of the search."""
    with tempfile.TemporaryDirectory() as folder:
        work = Work(space, ("profit",), 0, seed)
        manner = Manner(workers=1)
        with asked(answer, work, Path(folder) / "runs", manner, {}, prepare_engine) as made:
            trials = Trials(work, made, Allowance(runs + 1000, None))
            problem = Weighted(trials, weights_of(("profit",), 0), scales_of(trials))
            started = time.perf_counter()
            plans = {"swaps": swaps, "TPE": tpe}[method](trials, problem, runs, seed)
            seconds, spent = time.perf_counter() - started, trials.allowance.made
            trials.allowance.share(None, 1.0)
            base = space.canonical(space.start)
            within = [one.plan for one in put_to_limits(trials, [*plans, base]) if one.within]
            numbers = trials.numbers([within[0], base], trials.seeds("benchmark", FRESH))
            apart = numbers[0, :, 0] - numbers[1, :, 0]
    lead = float(apart.mean())
    return lead, float(apart.std(ddof=1) / np.sqrt(FRESH)), spent, seconds


def main() -> None:
    """Print a row per number of runs and method."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    reader.add_argument("--plan", default="active-group")
    reader.add_argument("--space", default="coffee-week")
    reader.add_argument("--runs", type=int, nargs="+", default=[250, 700])
    reader.add_argument("--starts", type=int, default=3, help="searches with other luck")
    reader.add_argument("--days", type=int, default=60)
    given = reader.parse_args()
    space = load_space(given.space, with_days(Scenario.load(given.plan), given.days))
    prepare_engine()
    print(f"{given.plan}, {given.space}, {given.days} days: yuan over the base in {FRESH} fresh worlds")
    print("runs   method  mean   each (standard error)                          seconds")
    for runs in given.runs:
        for method in ("swaps", "TPE"):
            found = [once(space, method, runs, seed) for seed in range(given.starts)]
            each = ", ".join(f"{lead:,.0f} ({error:,.0f})" for lead, error, _, _ in found)
            mean, seconds = np.mean([one[0] for one in found]), np.mean([one[3] for one in found])
            print(f"{runs:<6} {method:<7} {mean:<6,.0f} {each:<46} {seconds:.0f}", flush=True)


if __name__ == "__main__":
    main()
