"""A backtest for people: two tables and what they mean."""

from collections.abc import Iterator
from math import isnan
from typing import Any

from commsim.analysis.hindsight import Backtest
from commsim.analysis.intervals import CONFIDENCE, t_interval
from commsim.report.backtest.data import backtest_data
from commsim.report.tables import Grid

MOST_ROWS = 13
"""Weeks in the table at most, evenly spread: every third one of 39."""
REGULAR = 1.5
"""Regularity of orders from which on it is told: an error of a tenth and more, on a real grocer's orders."""
NOTABLE = 0.02
"""Gap between simulator and closed form, as a share, from which on it is told, if it is no luck."""


def backtest_grids(found: Backtest) -> list[Grid]:
    """The numbers after the cut, and the path to them."""
    return [_total_grid(found), _path_grid(found)]


def _total_grid(found: Backtest) -> Grid:
    data = backtest_data(found)
    path = data["weekly_path_error"]
    rows = (
        _total_row("After the cut", data["after_cut"]),
        _total_row("Repeat orders since the first week", data["since_first_week"]),
        ("Week by week, mean error", "", "", _percent(path["simulated"]), "", _percent(path["bg_nbd"])),
    )
    worlds, reach = len(found.seeds), f"{100 * CONFIDENCE:.0f} % of worlds"
    about = f"{found.customers:,} customers, {found.weeks} weeks after {found.cut}, {worlds} worlds"
    header = ("Orders", "Happened", f"Simulated ({reach})", "Error", "BG/NBD", "Error")
    return Grid(f"{found.scenario}: {about}", header, rows)


def _total_row(label: str, total: dict[str, Any]) -> tuple[str, ...]:
    simulated, closed = total["simulated"], total["bg_nbd"]
    return (
        label,
        f"{total['happened']:,}",
        f"{simulated['mean']:,.0f} ({simulated['low']:,.0f} to {simulated['high']:,.0f})",
        _signed(simulated["error"]),
        f"{closed['mean']:,.0f}",
        _signed(closed["error"]),
    )


def _path_grid(found: Backtest) -> Grid:
    """Some weeks up to the last."""
    step = -(-found.weeks // MOST_ROWS)
    some = found.frame().iloc[(found.weeks - 1) % step :: step].to_dict("records")
    rows = [
        (
            str(row["week"]),
            str(row["from"]),
            *(f"{row[name]:,.0f}" for name in _PATH),
            _signed(row["error_so_far"]),
        )
        for row in some
    ]
    return Grid("", ("Week", "From", *_PATH.values(), "Error"), tuple(rows), fixed=2)


_PATH = {
    "happened": "Happened",
    "simulated": "Simulated",
    "bg_nbd": "BG/NBD",
    "happened_so_far": "Happened so far",
    "simulated_so_far": "Simulated so far",
}


def backtest_verdict(found: Backtest) -> str:
    """How far off, whether luck explains it, what the simulator adds to its model, what the model misses."""
    return " ".join((_foretold(found), *_added(found), *_missed(found)))


def _foretold(found: Backtest) -> str:
    total, happened = found.total, int(found.happened.sum())
    if total.low <= happened <= total.high:
        luck = "That is within the range of its worlds."
    else:
        luck = "That is outside the range of its worlds, so luck alone does not explain it."
    return f"{found.scenario} foretells {_off(total.mean / happened)} the {happened:,} that were made. {luck}"


def _added(found: Backtest) -> Iterator[str]:
    expected, mean = float(found.expected.sum()), t_interval(found.simulated.sum(axis=1))
    if abs(mean.mean / expected - 1.0) >= NOTABLE and not mean.low <= expected <= mean.high:
        yield (
            f"It gives {_off(mean.mean / expected)} the buying model alone (BG/NBD): "
            "the difference is what the groups do to buying in the runs."
        )


def _missed(found: Backtest) -> Iterator[str]:
    if found.regularity >= REGULAR:
        even = f"{found.regularity:.1f}; random is 1"
        yield (
            f"Up to the cut these customers ordered more evenly than at random (regularity {even}). BG/NBD "
            "does not know that, takes silent ones for customers too long, and tends to foretell too much."
        )


def _off(ratio: float) -> str:
    """``14.2 % fewer orders than``, to the digits of the tables."""
    size = _percent(abs(ratio - 1.0))
    if size == _percent(0.0):
        return "as many orders as"
    return f"{size} {'more' if ratio > 1.0 else 'fewer'} orders than"


def _signed(share: float) -> str:
    return "" if isnan(share) else f"{100 * share:+.1f} %"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
