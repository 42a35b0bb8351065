"""What `against.py` measures of one version of commsim: only names that versions have in common.

Prints one line of JSON; at ``small`` and ``swept`` one more for every line that it reads.
"""

import json
import resource
import sys
import time
from collections.abc import Callable

from commsim import Scenario, build_population, outcomes, simulate

SEED = 1
TURN = 0.25


def report(**measures: float) -> None:
    print(json.dumps(measures), flush=True)


def in_turns(run: Callable[[int], object]) -> None:
    """Seconds of a run, from some in a row; a turn whenever the other side of the pipe asks for it."""
    number, started = 0, time.process_time()
    while time.process_time() - started < 4 * TURN:  # the first ones load what was compiled
        run(number)
        number += 1
    for _ in sys.stdin:
        done, started = 0, time.process_time()
        while (taken := time.process_time() - started) < TURN:
            run(done)
            done += 1
        report(seconds=taken / done)


def small(name: str) -> None:
    """One world again and again, its population made beforehand."""
    plan = Scenario.load(name)
    people = build_population(plan.community, plan.behaviour, SEED, today=plan.start)
    in_turns(lambda _: simulate(plan, SEED, population=people))


def swept(name: str) -> None:
    """Another world every time, down to its outcomes."""
    plan = Scenario.load(name)
    in_turns(lambda number: outcomes(simulate(plan, SEED + number)))


def large(name: str, members: str, days: str) -> None:
    """One large run with what was compiled before."""
    plan = Scenario.load(name)
    simulate(plan.model_copy(update={"days": 2}), SEED)
    community = plan.community.model_copy(update={"members": int(members)})
    plan = plan.model_copy(update={"community": community, "days": int(days)})
    started = time.process_time()
    people = build_population(plan.community, plan.behaviour, SEED, today=plan.start)
    built = time.process_time()
    simulate(plan, SEED, population=people)
    peak = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report(seconds=time.process_time() - started, population=built - started, peak=peak)


def first(name: str) -> None:
    """A short run with an empty cache."""
    simulate(Scenario.load(name).model_copy(update={"days": 1}), SEED)
    report(seconds=time.process_time())


if __name__ == "__main__":
    {"small": small, "swept": swept, "large": large, "first": first}[sys.argv[1]](*sys.argv[2:])
