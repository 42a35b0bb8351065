"""Which assumptions about people decide between two plans: each at the ends of its range, the others left.

The range is what evidence allows, or half to twice the default where nothing is known.  Takes some minutes.
"""

import sys

from commsim import Scenario, compare
from commsim.scenario.behaviour import Behaviour

PLANS = ("active-group", "unmanaged-group")
WORLDS = 8
SHOWN = 12


def ends(field, default):
    """Low and high value of a parameter, inside its limits."""
    low, high = field.json_schema_extra.get("plausible") or (default / 2, default * 2)
    least = [limit.ge for limit in field.metadata if hasattr(limit, "ge")]
    most = [limit.le for limit in field.metadata if hasattr(limit, "le")]
    return max(low, *least), min(high, *most)


def lead(behaviour):
    """Yuan by which the first plan beats the second, mean over the worlds."""
    plans = [Scenario.load(plan).model_copy(update={"behaviour": behaviour}) for plan in PLANS]
    profit = compare(plans, worlds=WORLDS, workers=1).frame().groupby("plan")["profit"].mean()
    return profit[plans[0].name] - profit[plans[1].name]


def leads():
    """Path, grade, low and high value, and the lead at both, of every assumption."""
    usual = Behaviour()
    for section, of in usual:
        for name, field in type(of).model_fields.items():
            values = ends(field, getattr(of, name))
            at = [usual.model_copy(update={section: of.model_copy(update={name: x})}) for x in values]
            yield f"{section}.{name}", field.json_schema_extra["grade"], *values, *map(lead, at)
            print(f"{section}.{name}", file=sys.stderr)


def main():
    """Print those that move the lead most."""
    usual, rows = lead(Behaviour()), list(leads())
    print(f"{PLANS[0]} leads {PLANS[1]} by {usual:,.0f} yuan as shipped; {WORLDS} worlds\n")
    print("assumption               grade      low    high   lead at low  lead at high")
    for path, grade, low, high, *at in sorted(rows, key=lambda row: -abs(row[-1] - row[-2]))[:SHOWN]:
        print(f"{path:26}{grade:5}{low:8.4g}{high:8.4g}{at[0]:14,.0f}{at[1]:14,.0f}")
    turning = sum(min(row[-2:]) <= 0 for row in rows)
    print(f"\n{turning} of {len(rows)} assumptions can turn the answer by themselves.")


if __name__ == "__main__":
    main()
