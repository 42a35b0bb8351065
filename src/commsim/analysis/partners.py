"""Money by partner: what agents, shareholders and promoters get, how unevenly, and what it brings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from commsim.analysis.channels import channel_causes
from commsim.core.arrays import Bools, Ints
from commsim.core.effects import Account
from commsim.core.mechanisms.agents import AGENT, SINCE
from commsim.core.mechanisms.shareholders import SEATED
from commsim.records.records import Records
from commsim.records.tables import JOIN, event_kinds

if TYPE_CHECKING:
    import pandas as pd

ALL, BEST, TENTH, HALF = "all", "best", "best tenth", "lower half"
_EARNED = Account.SALES, Account.GOODS, Account.DISCOUNT, Account.REFUNDS


class _Partners(NamedTuple):
    """Those of one role: rows of persons, and by partner fen paid in, their people, fen earned."""

    persons: Ints
    paid_in: Ints
    people: Ints
    earned: Ints


def partners_counted(records: Records) -> "pd.DataFrame | None":
    """Rows by role and which of them: all, the best one, the best tenth, the lower half; None without any.

    Roles: agents, shareholders, promoters (who have brought somebody for a strategy, or were paid for it).
    The best are those who got most.  Columns: persons, got (yuan: margin, shared profit or commission, less
    what was passed on), paid_in (yuan: entry fees and seats), people (customers of agents at the end,
    newcomers whom promoters brought), earned (yuan: sales less goods, discounts and refunds of these people,
    of agents' groups since they were appointed), before the partners' part.  Needs full detail.
    """
    import pandas as pd

    if not records.members or not records.events:
        return None
    got = {role: -_by_person(records, _got(records, account)) for role, (account, _) in _ROLES.items()}
    rows = {}
    for role, (_, find) in _ROLES.items():
        partners = find(records, got[role])
        if not partners.persons.size:
            continue
        fen = got[role][partners.persons]
        order = np.lexsort((partners.persons, -fen))
        for which, some in _parts(order).items():
            rows[role, which] = {
                "persons": float(len(some)),
                "got": float(fen[some].sum()) / 100,
                "paid_in": float(partners.paid_in[some].sum()) / 100,
                "people": float(partners.people[some].sum()),
                "earned": float(partners.earned[some].sum()) / 100,
            }
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return frame.rename_axis(["role", "which"]) if rows else None


def _parts(order: Ints) -> dict[str, Ints]:
    """Who is meant, of partners in order, the best first."""
    n = len(order)
    return {ALL: order, BEST: order[:1], TENTH: order[: max(1, n // 10)], HALF: order[n - n // 2 :]}


def _agents(records: Records, got: Ints) -> _Partners:
    members, entries = records.members, records.entries
    if AGENT.name not in members:
        return _nobody()
    rows = members[AGENT.name] > 0
    persons, groups, since = (members[name][rows] for name in ("person", "group", SINCE.name))
    fees = _is(records, Account.ENTRY_FEES)
    people, earned = np.zeros((2, len(persons)), np.int64)
    sold = np.isin(entries["account"], [records.accounts.index(one) for one in _EARNED])
    for at, (group, day) in enumerate(zip(groups.tolist(), since.tolist(), strict=True)):  # there are few
        people[at] = np.count_nonzero((members["group"] == group) & (members["status"] > 0)) - 1
        earned[at] = entries["fen"][sold & (entries["group"] == group) & (entries["day"] >= day)].sum()
    return _Partners(persons, _by_person(records, fees)[persons], people, earned)


def _shareholders(records: Records, got: Ints) -> _Partners:
    if SEATED.name not in event_kinds():
        return _nobody()
    events, most = records.events, len(got)
    seated = events["kind"] == event_kinds().index(SEATED.name)
    paid_in = np.bincount(events["person"][seated], events["fen"][seated], most).astype(np.int64)
    persons = np.unique(events["person"][seated])
    return _Partners(persons, paid_in[persons], *np.zeros((2, len(persons)), np.int64))


def _promoters(records: Records, got: Ints) -> _Partners:
    events, most = records.events, len(got)
    joined = (events["kind"] == JOIN) & (events["other"] >= 0) & (events["cause"] >= 0)
    joined &= ~np.isin(events["cause"], channel_causes(records))
    newcomers, inviters = events["person"][joined], events["other"][joined]
    sold = np.isin(records.entries["account"], [records.accounts.index(one) for one in _EARNED])
    earned = np.bincount(inviters, _by_person(records, sold)[newcomers], most).astype(np.int64)
    people = np.bincount(inviters, minlength=most)
    persons = np.flatnonzero((people > 0) | (got > 0))
    return _Partners(persons, np.zeros(len(persons), np.int64), people[persons], earned[persons])


_ROLES: dict[str, tuple[Account, Callable[[Records, Ints], _Partners]]] = {
    "agents": (Account.MARGIN, _agents),
    "shareholders": (Account.PROFIT_SHARE, _shareholders),
    "promoters": (Account.COMMISSION, _promoters),
}


def _nobody() -> _Partners:
    return _Partners(*np.zeros((4, 0), np.int64))


def _is(records: Records, account: Account) -> Bools:
    of_persons = records.entries["person"] >= 0
    return np.asarray(of_persons & (records.entries["account"] == records.accounts.index(account)))


def _got(records: Records, account: Account) -> Bools:
    """Entries of what a role got: its account, less what it passed on."""
    of_role = _is(records, account)
    if account is Account.PROFIT_SHARE or Account.PASSED_ON not in records.accounts:
        return of_role
    of_agents = np.isin(
        records.entries["cause"], np.unique(records.entries["cause"][_is(records, Account.MARGIN)])
    )
    passed = _is(records, Account.PASSED_ON)
    return np.asarray(of_role | (passed & (of_agents == (account is Account.MARGIN))))


def _by_person(records: Records, entries: Bools) -> Ints:
    """What members got by these entries, or what was earned from them, whatever its sign: fen by row."""
    chosen = entries & (records.entries["person"] >= 0)
    persons, fen = records.entries["person"][chosen], records.entries["fen"][chosen]
    most = 1 + max(
        int(records.members["person"].max(initial=0)), int(records.events["person"].max(initial=0))
    )
    return np.asarray(np.bincount(persons, fen, most).astype(np.int64))
