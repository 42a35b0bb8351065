"""Numbers that say what is seen of groups: what a simulation and an operator's data are compared by.

All are rates, shares, logs and correlations, so that none grows with the size of a group or the number
of days by itself.  The name of each is ``family.kind`` or ``family.kind[part]``: parts are spans of the
time from 0, or weekdays from Monday.  Families are tables of an operator; ``orders_and_messages`` and its
like need both.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from commsim.analysis.calibration.panel import Panel, panel
from commsim.core.arrays import Bools, Floats
from commsim.records.observed import Observed

Named = Iterator[tuple[str, float]]
_TOP = (0.01, 0.05, 0.1, 0.2, 0.5)
_QUANTILES = (0.5, 0.75, 0.9, 0.95, 0.99)
TOGETHER = ".same_day"
"""End of the names of those that say whether two tables go together by member and day."""
_FEW_DAYS = 3
_LOUDEST = 5


def summaries(seen: Observed) -> dict[str, float]:
    """All that can be made of what is seen, by name; which they are depends on its tables alone."""
    whole = panel(seen)
    found = dict(_leaves(whole)) | dict(_joins(whole))
    messages, fen = whole.table("messages"), whole.table("orders")
    if messages is not None:
        found |= dict(_messages(whole, messages))
    if fen is not None:
        found |= dict(_orders(whole, fen))
    if messages is not None and fen is not None:
        found |= dict(_together(whole, messages, fen))
    for name in ("check_ins", "envelopes"):
        table = whole.table(name)
        if table is not None:
            found |= dict(_taken(name, whole, table))
        if table is not None and messages is not None:
            found[f"{name}_and_messages{TOGETHER}"] = _same_day(whole, messages, table)
    return found


def together(names: Sequence[str]) -> Bools:
    """Which summaries say whether tables go together by member and day: they only judge data."""
    return np.array([name.endswith(TOGETHER) for name in names], np.bool_)


def _leaves(whole: Panel) -> Named:
    yield from _rates("leaves", whole, whole.leaves)
    yield "leaves.busiest", _busiest(whole.leaves)
    seen, days = whole.seen, whole.there.sum(axis=1)
    new = seen.joined >= 0
    for name, some in (("old", ~new), ("new", new)):
        gone = float(np.count_nonzero(seen.left[some] < seen.days))
        yield f"leaves.{name}", _log_rate(gone, float(days[some].sum()))


def _joins(whole: Panel) -> Named:
    yield from _rates("joins", whole, whole.joins)


def _messages(whole: Panel, table: Floats) -> Named:
    writers = (table > 0).sum(axis=0).astype(np.float64)
    yield from _rates("messages", whole, table.sum(axis=0))
    yield from _rates("writers", whole, writers)
    yield from _over_days("messages", whole, table.sum(axis=0))
    yield from _over_members("messages", whole, table)
    cells = table[table > 0]
    yield "messages.per_writer", float(np.log(cells.mean())) if cells.size else 0.0
    yield "messages.uneven_days", float(np.log1p(cells.std())) if cells.size else 0.0
    loudest = table[np.argsort(-table.sum(axis=1), kind="stable")[:_LOUDEST]]
    yield "messages.steady", float(np.log(loudest.std(axis=1).mean() + 0.05) - np.log(loudest.mean() + 0.05))
    yield "messages.between_groups", _between_groups(whole, table)
    daily = table.sum(axis=0) / np.maximum(whole.staff, 1.0)
    yield "leaves.with_messages", _correlation(daily, whole.leaves / np.maximum(whole.staff, 1.0))
    gone = whole.seen.left < whole.seen.days
    level = table.sum(axis=1) / np.maximum(whole.there.sum(axis=1), 1)
    yield "leaves.of_writers", _correlation(np.log1p(100.0 * level), gone.astype(np.float64))


def _orders(whole: Panel, fen: Floats) -> Named:
    orders = (fen > 0).astype(np.float64)
    yield from _rates("orders", whole, orders.sum(axis=0))
    yield from _over_days("orders", whole, orders.sum(axis=0))
    yield from _over_members("orders", whole, orders)
    counts = orders.sum(axis=1)
    bought = counts > 0
    for least in (1, 2, 4, 8):
        yield f"orders.at_least[{least}]", float(np.mean(counts >= least))
    yield "orders.dispersion", float(np.log((counts.var() + 0.01) / (counts.mean() + 0.01)))
    yield "orders.gaps", _gaps(orders)
    last = whole.seen.days - 1 - np.argmax(orders[:, ::-1] > 0, axis=1)
    late = float(np.mean(last[bought] >= 0.75 * whole.seen.days)) if bought.any() else 0.0
    yield "orders.still", late
    paid = fen[fen > 0]
    usual = np.median(paid) if paid.size else 1.0
    yield "orders.price", float(np.log(paid.mean())) if paid.size else 0.0
    yield "orders.cheaper", float(np.mean(paid < 0.95 * usual)) if paid.size else 0.0
    yield "orders.dearer", float(np.mean(paid > 1.05 * usual)) if paid.size else 0.0


def _together(whole: Panel, messages: Floats, fen: Floats) -> Named:
    orders = (fen > 0).astype(np.float64)
    staff = np.maximum(whole.staff, 1.0)
    yield "orders_and_messages.days", _correlation(messages.sum(axis=0) / staff, orders.sum(axis=0) / staff)
    written, bought = np.log1p(messages.sum(axis=1)), np.log1p(orders.sum(axis=1))
    yield "orders_and_messages.members", _correlation(written, bought)
    for name, some in (("writers", written > 0), ("silent", written == 0)):
        exposure = float(whole.there[some].sum())
        yield f"orders_and_messages.{name}", _log_rate(float(orders[some].sum()), exposure)


def _taken(name: str, whole: Panel, table: Floats) -> Named:
    """Check-ins, and shares of envelopes."""
    took = (table > 0).astype(np.float64)
    yield from _rates(name, whole, took.sum(axis=0))
    yield from _over_days(name, whole, took.sum(axis=0))
    yield from _over_members(name, whole, took)
    held = took[:, 1:] * took[:, :-1]
    yield f"{name}.again", float(held.sum() / max(1.0, took[:, :-1].sum()))
    gone = (whole.seen.left < whole.seen.days).astype(np.float64)
    yield f"{name}.leavers", _correlation(took.mean(axis=1), gone)


def _same_day(whole: Panel, messages: Floats, table: Floats) -> float:
    """How much oftener members wrote on days on which they took something, than as they and the day are.

    Both take being there, so that it says whether the days of the two tables are the same days.
    """
    wrote, took = messages > 0, table > 0
    often = wrote.sum(axis=1) / np.maximum(whole.there.sum(axis=1), 1)
    busy = wrote.sum(axis=0) / max(float(wrote.sum(axis=0).mean()), 1e-9)
    both, by_chance = np.count_nonzero(wrote & took), float((often @ took) @ busy)
    return float(np.log((both + 0.5) / (by_chance + 0.5)))


def _rates(name: str, whole: Panel, daily: Floats) -> Named:
    """A member and day: the log of the mean, of each span and of each weekday beside the mean."""
    yield f"{name}.rate", _log_rate(float(daily.sum()), float(whole.staff.sum()))
    sums, staff = np.add.reduceat(daily, whole.spans), np.add.reduceat(whole.staff, whole.spans)
    for k, (events, exposure) in enumerate(zip(sums, staff, strict=True)):
        yield f"{name}.span[{k}]", _log_rate(events, exposure)
    mean = float(daily.sum()) / max(1.0, float(whole.staff.sum()))
    for weekday in range(7):
        on = whole.weekdays == weekday
        expected = mean * float(whole.staff[on].sum())
        yield f"{name}.weekday[{weekday}]", float(np.log((daily[on].sum() + 1.0) / (expected + 1.0)))


def _over_days(name: str, whole: Panel, daily: Floats) -> Named:
    """How uneven days are, and whether like days follow each other."""
    level = daily / np.maximum(whole.staff, 1.0)
    yield f"{name}.days_apart", float(np.log1p(level.std() / max(level.mean(), 1e-9)))
    yield f"{name}.busiest", _busiest(daily)
    few = np.convolve(daily, np.ones(min(_FEW_DAYS, len(daily))), "valid")
    yield f"{name}.quietest", float(np.log((few.min() + 0.5) / (few.mean() + 0.5)))
    for lag in (1, 7):
        yield f"{name}.lag[{lag}]", _correlation(level[:-lag], level[lag:]) if len(level) > lag + 2 else 0.0


def _busiest(daily: Floats) -> float:
    """The log of the busiest day beside the mean."""
    return float(np.log((daily.max() + 0.5) / (daily.mean() + 0.5)))


def _over_members(name: str, whole: Panel, table: Floats) -> Named:
    """How uneven members are, and whether they stay as they are."""
    sums = table.sum(axis=1)
    total, ordered = max(float(sums.sum()), 1.0), np.sort(sums)[::-1]
    heaped = np.cumsum(ordered)
    for share in _TOP:
        yield f"{name}.top[{share:g}]", float(heaped[max(0, round(share * len(sums)) - 1)] / total)
    yield f"{name}.none", float(np.mean(sums == 0))
    level = np.log1p(60.0 * sums / np.maximum(whole.there.sum(axis=1), 1))
    for share, value in zip(_QUANTILES, np.quantile(level, _QUANTILES), strict=True):
        yield f"{name}.quantile[{share:g}]", float(value)
    yield f"{name}.members_apart", float(level.std())
    active = (table > 0).sum(axis=1)
    some = active[active > 0]
    yield f"{name}.active_days", float(np.log(some.mean())) if some.size else 0.0
    half = table.shape[1] // 2
    throughout = whole.there.all(axis=1)
    early, late = table[throughout, :half].sum(axis=1), table[throughout, half:].sum(axis=1)
    yield f"{name}.halves", _correlation(np.log1p(early), np.log1p(late))
    went_on = late[early > 0]
    yield f"{name}.went_on", float(np.mean(went_on > 0)) if went_on.size else 0.0


def _gaps(orders: Floats) -> float:
    """Coefficient of variation of days between orders of one member, 1 if by chance; at least of ten gaps."""
    member, day = np.nonzero(orders)
    gaps = np.diff(day)[np.diff(member) == 0]
    return float(gaps.std() / gaps.mean()) if len(gaps) >= 10 else 1.0


def _between_groups(whole: Panel, table: Floats) -> float:
    """How far groups are apart in messages a member and day; 0 of one group."""
    count = len(whole.seen.groups)
    if count < 2:
        return 0.0
    written = np.bincount(whole.seen.group, table.sum(axis=1), count)
    staff = np.bincount(whole.seen.group, whole.there.sum(axis=1), count)
    return float(np.log((written + 0.5) / (staff + 0.5)).std())


def _log_rate(events: float, exposure: float) -> float:
    return float(np.log((events + 0.5) / (exposure + 1.0)))


def _correlation(one: Floats, other: Floats) -> float:
    if len(one) < 3:
        return 0.0
    a, b = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread > 1e-12 else 0.0
