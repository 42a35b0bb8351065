"""A plan by its stages: who comes, who buys, who comes back, who brings others, what runs by itself."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.lives import STATES, lives_by_day
from commsim.analysis.self_run import left_alone_on, self_run_days
from commsim.core.effects import Account
from commsim.core.view import STRANGER
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

BEFORE = ("reached", "scanned", "added")
"""Daily numbers of people on their way to a group, of plans whose mechanisms count them."""
_ORDERS = "first", "second", "third"
STEPS: dict[str, tuple[str, str]] = {
    "reached": ("attract", ""),
    "scanned": ("attract", "reached"),
    "added": ("attract", "scanned"),
    "there": ("attract", ""),
    "came": ("attract", ""),  # also friends whom members bring, who are on no way of a source
    "invited": ("attract", "came"),
    "members": ("attract", ""),
    "first": ("convert", "members"),
    "second": ("repeat", "first"),
    "third": ("repeat", "second"),
    "inviters": ("spread", "members"),
    "paid": ("spread", "members"),
    "self_run": ("by itself", ""),
    "groups": ("by itself", ""),
    **dict.fromkeys(STATES, ("by itself", "groups")),
}
"""Steps in the order of the stages: the stage of each, and the step of which it is a share, if of any."""


def stages_counted(records: Records) -> "pd.DataFrame | None":
    """One row per step of `STEPS` that the run has, with its number; needs full detail.

    Persons each count once.  invited: of who came, brought by a member.  paid: who has had a commission or
    a reward for bringing somebody.  Groups are those with members on the last day; see `lives_by_day`.
    """
    import pandas as pd

    if not records.members or not records.days:
        return None
    people, daily = records.members, records.daily
    ever = people["status"] != STRANGER
    came, orders = ever & (people["joined"] >= 0), people["orders"][ever]
    person, inviter = people["person"][ever], people["inviter"][ever]
    found = {name: float(daily[name].sum()) for name in BEFORE if name in daily}
    found |= {
        "there": float(np.count_nonzero(ever & ~came)),
        "came": float(np.count_nonzero(came)),
        "invited": float(np.count_nonzero(came & (people["inviter"] >= 0))),
        "members": float(len(person)),
        **{name: float(np.count_nonzero(orders >= k)) for k, name in enumerate(_ORDERS, start=1)},
        "inviters": float(len(np.intersect1d(inviter[inviter >= 0], person))),
        "paid": float(_paid(records)),
    }
    if left_alone_on(records) is not None:
        found["self_run"] = self_run_days(records)
    last = lives_by_day(records)[-1]
    found |= {"groups": float(last.sum()), **dict(zip(STATES, map(float, last), strict=True))}
    steps = [name for name in STEPS if name in found]
    return pd.DataFrame({"number": [found[name] for name in steps]}, index=pd.Index(steps, name="step"))


def _paid(records: Records) -> int:
    """How many persons have had a commission."""
    entries = records.entries
    chosen = entries["account"] == records.accounts.index(Account.COMMISSION)
    return len(np.unique(entries["person"][chosen & (entries["person"] >= 0)]))


def shares_of(number: dict[str, float]) -> dict[str, float]:
    """Of each step with an earlier one in the run, its share of that."""
    return {
        step: number[step] / number[of]
        for step, (_, of) in STEPS.items()
        if step in number and number.get(of, 0.0) > 0.0
    }
