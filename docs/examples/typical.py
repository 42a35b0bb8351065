"""Find the worlds that `commsim demo` and its lesson begin with, in the middle of many.

    python docs/examples/typical.py            look at a hundred worlds, and write what is kept
    python docs/examples/typical.py --worlds 20
    python docs/examples/typical.py --recorded the same for the file that `commsim demo --export` writes

Of each pair of plans that is shown side by side, every world's numbers are ranked among all worlds: the three
curves on days 30 and 60 of both plans, what the next quarter brings, and how far the second ends ahead of the
first in money, and what the step asks.  The world is taken whose number furthest from the middle is the
nearest to it.  About ten minutes on one processor.  The seeds say nothing about the plans; they keep a room
from watching an odd run.  Of each step is kept besides where what it asks lies in all of these worlds, for
the trainer's notes.
"""

import argparse
from pathlib import Path

import numpy as np
import yaml

from commsim.analysis.measures import starting_members
from commsim.page.alone import alone
from commsim.page.export import small
from commsim.page.lesson import Step, least, plans, steps
from commsim.page.outlook import MEASURES, QUARTER, curves_of, lived
from commsim.page.program import demonstration
from commsim.page.taught import taught
from commsim.page.typical import KEPT, RECORDED
from commsim.scenario.schema import Scenario

Known = dict[tuple[str, int], tuple[list[float], dict[str, float]]]
DAYS = (30, 60)
OWN = 2 * len(DAYS) + len(DAYS) - 1
"""Where the money of the last day stands among the numbers."""
TOP = """# Worlds in the middle of many on all that the page shows, found by docs/examples/typical.py.
# furthest: of a world's numbers the one furthest from the middle of all, 0 (middle) to 0.5 (edge).
# left, right: what the step asks, the 5th, 50th and 95th of a hundred worlds.
# ahead: worlds in which the left has more, and in which the right has.
"""


def numbers(plan: Scenario, seed: int) -> tuple[list[float], dict[str, float]]:
    """What the page shows of a run, and what a lesson may ask of it."""
    longer = plan.model_copy(update={"days": plan.days + QUARTER})
    records = lived(longer, seed)
    shown = curves_of(records, alone(longer, seed))
    days = [min(day, plan.days) - 1 for day in DAYS]
    quarter = shown["own"][-1] - shown["own"][plan.days - 1]
    daily = {name: column[: plan.days] for name, column in records.daily.items()}
    groups = int(records.groups["group"][records.groups["day"] < plan.days].max(initial=-1)) + 1
    members = starting_members(records)
    asked = taught(daily, shown["own"][: plan.days], groups=groups, members=members)
    return [float(shown[name][day]) for name in MEASURES for day in days] + [float(quarter)], asked


def furthest(table: np.ndarray) -> np.ndarray:
    """Of each row its value that is the furthest from the middle of its column, from 0 to a half."""
    below = (table[:, None, :] > table[None, :, :]).mean(axis=1)
    level = (table[:, None, :] == table[None, :, :]).mean(axis=1)
    return np.abs(below + level / 2 - 0.5).max(axis=1)


def middle(
    pair: tuple[Scenario, ...], worlds: int, known: Known, step: Step | None = None
) -> dict[str, object]:
    """The world of a pair of plans, how far it is from the middle, and where all of them lie."""
    rows, asked = [], []
    for seed in range(worlds):
        found = []
        for plan in pair:
            key = plan.model_dump_json(exclude={"name", "about"}), seed
            if key not in known:
                known[key] = numbers(plan, seed)
            found.append(known[key])
        shown = [one for one, _ in found]
        ahead = np.subtract(shown[-1], shown[0])[OWN]  # of the money alone: it is what the pair is shown for
        sides = [told[step.measure] for _, told in found] if step else []
        asked.append(sides)
        rows.append([*np.concatenate(shown), ahead, *sides])
    far = furthest(np.array(rows))
    seed = int(far.argmin())
    kept: dict[str, object] = {"seed": seed, "furthest": round(float(far[seed]), 3)}
    return kept | (where(np.array(asked), step) if step else {})


def where(asked: np.ndarray, step: Step) -> dict[str, object]:
    """Of what a step asks 5, 50 and 95 % of worlds on both sides, and in how many either has more."""
    digits = int(step.scale["digits"]) + 1
    sides = np.percentile(asked, (5, 50, 95), axis=0).T.round(digits).tolist()
    lead = asked[:, 1] - asked[:, 0]
    ahead = [int((sign * lead >= least(step)).sum()) for sign in (-1, 1)]
    return {"name": step.name, "left": sides[0], "right": sides[1], "ahead": ahead}


def main() -> None:
    """Look for them, and keep them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--recorded", action="store_true", help="for a file")
    worlds, recorded = (told := parser.parse_args()).worlds, told.recorded
    known: Known = {}
    made = small if recorded else (lambda plan: plan)
    found = [middle(tuple(map(made, demonstration().plans)), worlds, known)]
    for step in steps():
        found.append(middle(tuple(map(made, plans(step))), worlds, known, step))
        print(yaml.safe_dump(found[-1], sort_keys=False, default_flow_style=True, width=200), flush=True)
    kept = {"worlds": worlds, "demo": found[0], "lesson": found[1:]}
    file = Path(str(RECORDED if recorded else KEPT))
    file.write_text(TOP + yaml.safe_dump(kept, sort_keys=False, default_flow_style=None), encoding="utf-8")


if __name__ == "__main__":
    main()
