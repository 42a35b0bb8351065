"""A backtest for people: two tables and what they mean."""

from collections.abc import Iterator
from math import exp, isnan
from typing import Any

from commsim.analysis.hindsight import Backtest
from commsim.analysis.intervals import CONFIDENCE, t_interval
from commsim.report.backtest.data import backtest_data
from commsim.report.tables import Grid

MOST_ROWS = 13
"""Weeks in the table at most, evenly spread: every third one of 39."""
NOTABLE = 0.02
"""Gap between simulator and closed form, as a share, from which on it is told, if it is no luck."""


def backtest_grids(found: Backtest) -> list[Grid]:
    """The numbers after the cut, and the path to them."""
    return [_total_grid(found), _path_grid(found)]


def _total_grid(found: Backtest) -> Grid:
    data, closed = backtest_data(found), _closed(found)
    path = data["weekly_path_error"]
    errors = [cell for name in closed for cell in ("", _percent(path[name]))]
    rows = (
        _total_row("After the cut", data["after_cut"], closed),
        _total_row("Repeat orders since the first week", data["since_first_week"], closed),
        ("Week by week, mean error", "", "", _percent(path["simulated"]), *errors),
    )
    worlds, reach = len(found.seeds), f"{100 * CONFIDENCE:.0f} % of worlds"
    about = f"{found.customers:,} customers, {found.weeks} weeks after {found.cut}, {worlds} worlds"
    names = [cell for name in closed.values() for cell in (name, "Error")]
    header = ("Orders", "Happened", f"Simulated ({reach})", "Error", *names)
    return Grid(f"{found.scenario}: {about}", header, rows)


def _closed(found: Backtest) -> dict[str, str]:
    """Closed forms to show, by their name in the data: of the model, and of BG/NBD where that is another."""
    return {"formula": found.model} | ({} if found.model == "BG/NBD" else {"bg_nbd": "BG/NBD"})


def _total_row(label: str, total: dict[str, Any], closed: dict[str, str]) -> tuple[str, ...]:
    simulated = total["simulated"]
    return (
        label,
        f"{total['happened']:,}",
        f"{_whole(simulated['mean'])} ({_whole(simulated['low'])} to {_whole(simulated['high'])})",
        _signed(simulated["error"]),
        *(cell for name in closed for cell in (_whole(total[name]["mean"]), _signed(total[name]["error"]))),
    )


def _path_grid(found: Backtest) -> Grid:
    """Some weeks up to the last."""
    step = -(-found.weeks // MOST_ROWS)
    some = found.frame().iloc[(found.weeks - 1) % step :: step].to_dict("records")
    rows = [
        (
            str(row["week"]),
            str(row["from"]),
            *(_whole(row[name]) for name in _PATH),
            _signed(row["error_so_far"]),
        )
        for row in some
    ]
    header = ("Week", "From", *(name.format(found.model) for name in _PATH.values()), "Error")
    return Grid("", header, tuple(rows), fixed=2)


_PATH = {
    "happened": "Happened",
    "simulated": "Simulated",
    "formula": "{}",
    "happened_so_far": "Happened so far",
    "simulated_so_far": "Simulated so far",
}


def backtest_verdict(found: Backtest) -> str:
    """How far off, whether that was to be expected, what the simulator adds to its model, and why that."""
    return " ".join((_foretold(found), *_added(found), *_chosen(found)))


def _foretold(found: Backtest) -> str:
    total, happened = found.total, int(found.happened.sum())
    said = f"{found.scenario} foretells {_off(total.mean / happened)} the {happened:,} that were made."
    if found.forecast is None:
        return f"{said} Before the cut there are too few orders to say how wrong it may be."
    low, high = found.forecast.low, found.forecast.high
    within = "And so they do." if low <= happened <= high else "They do not."
    return (
        f"{said} By its errors at {len(found.errors)} earlier cuts, and luck, orders should lie between "
        f"{low:,.0f} and {high:,.0f} in nine cases of ten. {within}"
    )


def _added(found: Backtest) -> Iterator[str]:
    expected, mean = float(found.expected.sum()), t_interval(found.simulated.sum(axis=1))
    if abs(mean.mean / expected - 1.0) >= NOTABLE and not mean.low <= expected <= mean.high:
        yield (
            f"It gives {_off(mean.mean / expected)} the buying model alone ({found.model}): "
            "the difference is what the groups do to buying in the runs."
        )


def _chosen(found: Backtest) -> Iterator[str]:
    """Why it is not BG/NBD."""
    if found.model == "BG/NBD":
        return
    even = 1.0 - found.fitted.shares[0]
    yield (
        f"Up to the cut these customers ordered more evenly than at random (regularity "
        f"{found.regularity:.1f}; random is 1): {_percent(even)} of them are taken to order evenly."
    )
    if found.trend:
        pace = _off(exp(found.trend))
        yield f"Who still bought made {pace} a year before; the pace of the cut is kept, not extrapolated."


def _off(ratio: float) -> str:
    """``14.2 % fewer orders than``, to the digits of the tables."""
    size = _percent(abs(ratio - 1.0))
    if size == _percent(0.0):
        return "as many orders as"
    return f"{size} {'more' if ratio > 1.0 else 'fewer'} orders than"


def _signed(share: float) -> str:
    return "" if isnan(share) else f"{round(100 * share, 1) + 0.0:+.1f} %"  # adding 0.0 turns -0.0 into 0.0


def _whole(count: float) -> str:
    """To whole ones, and never ``-0``."""
    return f"{round(count):,}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
