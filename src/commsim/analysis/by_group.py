"""What a run came to group by group: money, hours of staff, margin, who left."""

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.core.effects import Account
from commsim.core.errors import InputError
from commsim.records.records import Records
from commsim.scenario.schema import Scenario
from commsim.simulation.books import NOT_STEERED
from commsim.simulation.pilots import GroupsByName


def leaving(records: Records) -> Floats:
    """Of each group, the share of all who were members of it who left; not a number of an empty one."""
    rows, number = records.groups, _number(records)
    left = np.bincount(rows["group"], weights=rows["left"], minlength=number)
    last = rows["day"] == records.days - 1
    there = np.bincount(rows["group"][last], weights=rows["members"][last], minlength=number)
    with np.errstate(invalid="ignore"):
        return np.asarray(left / (there + left))


def money(records: Records, scenario: Scenario) -> dict[str, Floats]:
    """Of each group: ``budget`` in yuan, ``hours`` of staff and ``margin``; needs full detail.

    What the books have for no group in particular, such as staff, is shared evenly by the groups that have
    members that day and that its strategy is for.
    """
    entries, steered = records.entries, [one not in NOT_STEERED for one in records.accounts]
    own = {*(one.name for one in scenario.strategies), *(one.name for one in scenario.sources)}
    of_own = np.array([name in own for name in records.causes])
    spends = np.array(steered)[entries["account"]] & of_own[entries["cause"]]
    found: dict[str, Floats] = {"budget": -_by_group(records, scenario, spends) / 100}
    profit = _by_group(records, scenario, np.ones(len(spends), np.bool_))
    rows = records.groups
    revenue = np.bincount(rows["group"], weights=rows["revenue"], minlength=_number(records))
    found["margin"] = np.where(revenue > 0.0, profit / np.maximum(revenue, 1.0), -1.0)
    if wage := scenario.operator.wage_per_hour:
        staff = entries["account"] == records.accounts.index(Account.STAFF)
        found["hours"] = -_by_group(records, scenario, staff) / wage
    return found


def _by_group(records: Records, scenario: Scenario, chosen: Bools) -> Floats:
    """Fen of some entries by group."""
    entries, number = records.entries, _number(records)
    named = chosen & (entries["group"] >= 0)
    found = np.bincount(entries["group"][named], weights=entries["fen"][named], minlength=number).astype(
        float
    )
    rest = chosen & (entries["group"] < 0)
    sums = np.zeros((len(records.causes), records.days))
    np.add.at(sums, (entries["cause"][rest], entries["day"][rest]), entries["fen"][rest])
    shares = _shares(records, scenario)
    for cause in np.flatnonzero(sums.any(axis=1)).tolist():
        found += sums[cause] @ shares[cause]
    return np.asarray(found)


def _shares(records: Records, scenario: Scenario) -> list[Floats]:
    """Of each cause, days x groups: what part of what is for no group each group bears."""
    rows = records.groups
    there = np.zeros((records.days, _number(records)))
    there[rows["day"], rows["group"]] = rows["members"] > 0
    audiences = _audiences(records, scenario)
    found = []
    for name in records.causes:
        here = there * audiences.get(name, True)
        none = ~here.any(axis=1)
        here[none] = there[none]
        found.append(here / np.maximum(1.0, here.sum(axis=1, keepdims=True)))
    return found


def _audiences(records: Records, scenario: Scenario) -> dict[str, Bools]:
    """Of strategies by name, the groups that they are for."""
    at_start, number = int(np.count_nonzero(records.groups["day"] == 0)), _number(records)
    names = records.group_names[:at_start]
    try:
        chosen = GroupsByName(records.seed, names, at_start, number).choose(scenario.strategies)
    except InputError:
        return {}
    pairs = zip(scenario.strategies, chosen, strict=True)
    found: dict[str, Bools] = {}
    for strategy, groups in pairs:
        of = np.ones(number, np.bool_) if groups is None else groups
        found[strategy.name] = found.get(strategy.name, np.zeros(number, np.bool_)) | of
    return found


def _number(records: Records) -> int:
    return int(records.groups["group"].max(initial=0)) + 1
