"""A backtest as plain data and as CSV; errors are shares, weeks count from the day after the cut."""

from math import isnan
from typing import Any

from commsim.analysis.hindsight import Backtest, path_error
from commsim.analysis.intervals import CONFIDENCE
from commsim.report.data import FORMAT, to_csv


def backtest_data(found: Backtest) -> dict[str, Any]:
    """Plain data with stable keys: totals, errors as shares, the fit, and the weeks."""
    fitted = found.fitted
    return {
        "format": FORMAT,
        "scenario": found.scenario,
        "cut": found.cut.isoformat(),
        "weeks": found.weeks,
        "customers": found.customers,
        "seed": found.seed,
        "worlds": len(found.seeds),
        "confidence": CONFIDENCE,
        "fit": {"r": fitted.r, "alpha_weeks": fitted.alpha, "a": fitted.a, "b": fitted.b},
        "regularity": None if isnan(found.regularity) else found.regularity,
        "after_cut": _total(found, before=0),
        "since_first_week": _total(found, before=found.repeats),
        "weekly_path_error": {
            "simulated": path_error(found.simulated.mean(axis=0), found.happened),
            "bg_nbd": path_error(found.expected, found.happened),
        },
        "path": _weeks(found),
    }


def _total(found: Backtest, before: int) -> dict[str, Any]:
    """Orders after the cut, with those counted in that came before it in file and model alike."""
    happened = before + int(found.happened.sum())
    total, expected = found.total, before + float(found.expected.sum())
    mean = before + total.mean
    return {
        "happened": happened,
        "simulated": {
            "mean": mean,
            "low": before + total.low,
            "high": before + total.high,
            "error": mean / happened - 1.0,
        },
        "bg_nbd": {"mean": expected, "error": expected / happened - 1.0},
    }


def _weeks(found: Backtest) -> list[dict[str, Any]]:
    """The frame as JSON takes it: dates as text, None for an error of nothing."""
    frame = found.frame()
    frame["from"] = frame["from"].astype(str)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def backtest_csv(found: Backtest) -> str:
    """The weeks, one row each; see `Backtest.frame`."""
    weeks = _weeks(found)
    return to_csv(tuple(weeks[0]), [tuple(row.values()) for row in weeks])
