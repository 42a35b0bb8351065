"""Tables by stage, and of money by order number, from `commsim.analysis.counts`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from commsim.analysis.comparison import Comparison
from commsim.analysis.counts import Counts
from commsim.analysis.stages import STEPS, shares_of
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

STAGES = {
    "attract": "1 Attract",
    "convert": "2 Convert",
    "repeat": "3 Repeat",
    "spread": "4 Spread",
    "by itself": "5 Run by itself",
}
LABELS = {
    "reached": "Reached by sources",
    "scanned": "Have scanned a code",
    "added": "Friends of the shop's accounts",
    "there": "Members at the start",
    "came": "Newcomers",
    "invited": "Brought by members",
    "members": "Ever members",
    "first": "Ordered",
    "second": "Ordered twice",
    "third": "Ordered three times",
    "inviters": "Have brought somebody",
    "paid": "Have had a commission",
    "self_run": "Days by themselves",
    "groups": "Groups",
    "alive": "Groups alive",
    "quiet": "Groups quiet",
    "dead": "Groups dead",
}
_EARNED = (
    ("Booked before a first order (yuan)", "attract"),
    ("Earned on first orders (yuan)", "convert"),
    ("Earned on second orders (yuan)", "repeat"),
    ("Earned on later orders (yuan)", "repeat"),
)
"""What is said of money by order number, and in which stage; before staff."""
_HEADER = (
    "Money by order number",
    "Orders",
    "Revenue (yuan)",
    "Earned before staff (yuan)",
    "An order (yuan)",
)
_ORDERS = ("Before the first order", "First order", "Second order", "Third and later orders")


def stage_grid(names: Sequence[str], counted: Sequence[Counts], say: Language = ENGLISH) -> Grid | None:
    """Who gets to which step with shares of an earlier step, and what orders earn, a column a plan.

    None without full detail.
    """
    found = [one for one in counted if "stages" in one]
    plans = [numbers(one) for one in found]
    steps = [step for step in STEPS if any(plan.get(step) for plan in plans)]
    if not steps:
        return None
    rows: list[tuple[str, ...]] = []
    for stage, title in STAGES.items():
        of_stage = [step for step in steps if STEPS[step][0] == stage]
        lines = [(say(LABELS[step]), *(_told(step, plan, say) for plan in plans)) for step in of_stage]
        lines += [
            (say(label), *(cell(float(one["orders"]["earned"].iloc[number]), "yuan") for one in found))
            for number, (label, of) in enumerate(_EARNED)
            if of == stage and any(one["orders"]["earned"].iloc[number] for one in found)
        ]
        rows += [(say(title) if at == 0 else "", *line) for at, line in enumerate(lines)]
    header = (say("By stage"), say("Step"), *names)
    return Grid("", header, tuple(rows), fixed=2)


def compared_grids(comparison: Comparison, say: Language = ENGLISH) -> list[Grid]:
    """The same of a comparison; none where no world was watched."""
    stages = stage_grid(comparison.plans, comparison.counts, say) if comparison.counts else None
    title = say("Mean over {worlds} worlds", worlds=comparison.watched)
    return [replace(stages, title=title)] if stages else []


def stage_data(counted: Counts) -> dict[str, Any]:
    """Steps with their numbers and shares, and money by order number, as plain data."""
    if "stages" not in counted:
        return {}
    found, orders = numbers(counted), counted.get("orders")
    share = shares_of(found)
    return {
        "stages": [
            {"step": step, "stage": STEPS[step][0], "number": found[step], "share": share.get(step)}
            for step in STEPS
            if step in found
        ],
        "order_numbers": [] if orders is None else orders.reset_index().to_dict("records"),
    }


def numbers(counted: Counts) -> dict[str, float]:
    """The number of each step."""
    return {str(step): float(number) for step, number in counted["stages"]["number"].items()}


def _told(step: str, found: dict[str, float], say: Language) -> str:
    if step not in found:
        return ""
    number, share = cell(round(found[step], 1), "persons"), shares_of(found).get(step)
    return number if share is None else say("{number} ({share})", number=number, share=cell(share, "share"))


def order_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """What first, second and later sales to a person bring; no table where nobody has ordered."""
    if "orders" not in counted or not counted["orders"]["orders"].any():
        return []
    found = counted["orders"][["orders", "revenue", "earned"]].to_numpy(float)
    rows = []
    for number, (orders, revenue, earned) in enumerate(found.tolist()):
        each = cell(earned / orders, "yuan") if orders else ""
        rows.append(
            (say(_ORDERS[number]), cell(orders, "orders"), cell(revenue, "yuan"), cell(earned, "yuan"), each)
        )
    header = map(say, _HEADER)
    title = say("Money by order number: what is booked to persons, by how often they had ordered in the run")
    return [Grid(title, tuple(header), tuple(rows))]
