"""Find the worlds that `commsim demo` and its lesson begin with, in the middle of many.

    python docs/examples/typical.py            look at two hundred worlds, and write what is kept
    python docs/examples/typical.py --worlds 20
    python docs/examples/typical.py --recorded the same for the file that `commsim demo --export` writes

Of each pair of plans that is shown side by side, every world's numbers are ranked among all worlds: the three
curves on days 30 and 60 of both plans, what the next quarter brings, and how far the second ends ahead of the
first in money.  The world is taken whose number furthest from the middle is the nearest to it.  About four
minutes on one processor.  The seeds say nothing about the plans; they keep a room from watching an odd run.
"""

import argparse
from pathlib import Path

import numpy as np
import yaml

from commsim.page.export import small
from commsim.page.outlook import MEASURES, QUARTER, curves
from commsim.page.program import demonstration
from commsim.page.typical import KEPT, RECORDED
from commsim.scenario.schema import Scenario

Known = dict[tuple[str, int], list[float]]
DAYS = (30, 60)
OWN = 2 * len(DAYS) + len(DAYS) - 1
"""Where the money of the last day stands among the numbers."""
TOP = """# Worlds in the middle of many on all that the page shows, found by docs/examples/typical.py.
# furthest: of a world's numbers the one furthest from the middle of all, 0 (middle) to 0.5 (edge).
"""


def numbers(plan: Scenario, seed: int) -> list[float]:
    """What the page shows of a run."""
    shown = curves(plan.model_copy(update={"days": plan.days + QUARTER}), seed)
    days = [min(day, plan.days) - 1 for day in DAYS]
    quarter = shown["own"][-1] - shown["own"][plan.days - 1]
    return [float(shown[name][day]) for name in MEASURES for day in days] + [float(quarter)]


def furthest(table: np.ndarray) -> np.ndarray:
    """Of each row its value that is the furthest from the middle of its column, from 0 to a half."""
    below = (table[:, None, :] > table[None, :, :]).mean(axis=1)
    level = (table[:, None, :] == table[None, :, :]).mean(axis=1)
    return np.abs(below + level / 2 - 0.5).max(axis=1)


def middle(pair: tuple[Scenario, ...], worlds: int, known: Known) -> dict[str, float]:
    """The world of a pair of plans, and how far it is from the middle."""
    rows = []
    for seed in range(worlds):
        found = []
        for plan in pair:
            key = plan.model_dump_json(exclude={"name", "about"}), seed
            if key not in known:
                known[key] = numbers(plan, seed)
            found.append(known[key])
        ahead = np.subtract(found[-1], found[0])[OWN]  # of the money alone: it is what the pair is shown for
        rows.append([*np.concatenate(found), ahead])
    far = furthest(np.array(rows))
    seed = int(far.argmin())
    return {"seed": seed, "furthest": round(float(far[seed]), 3)}


def main() -> None:
    """Look for them, and keep them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--recorded", action="store_true", help="for a file")
    worlds, recorded = (told := parser.parse_args()).worlds, told.recorded
    program, known = demonstration(), {}
    pairs = [program.plans, *program.lesson]
    if recorded:
        pairs = [tuple(small(plan) for plan in pair) for pair in pairs]
    found = [middle(pair, worlds, known) for pair in pairs]
    kept = {"worlds": worlds, "demo": found[0], "lesson": found[1:]}
    file = Path(str(RECORDED if recorded else KEPT))
    file.write_text(TOP + yaml.safe_dump(kept, sort_keys=False), encoding="utf-8")
    print(yaml.safe_dump(kept, sort_keys=False))


if __name__ == "__main__":
    main()
