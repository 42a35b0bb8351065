"""A backtest as plain data and as CSV; errors are shares, weeks count from the day after the cut."""

from math import exp, isnan
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
        "model": found.model,
        "fit": {
            "r": fitted.r,
            "alpha_weeks": fitted.alpha,
            "a": fitted.a,
            "b": fitted.b,
            "shares_by_k": list(fitted.shares),
            "trend_per_year": found.trend,
        },
        "regularity": None if isnan(found.regularity) else found.regularity,
        "forecast": _forecast(found),
        "after_cut": _total(found, before=0),
        "since_first_week": _total(found, before=found.repeats),
        "weekly_path_error": {
            "simulated": path_error(found.simulated.mean(axis=0), found.happened),
            "formula": path_error(found.expected, found.happened),
            "bg_nbd": path_error(found.bg_nbd, found.happened),
        },
        "path": _weeks(found),
    }


def _forecast(found: Backtest) -> dict[str, Any] | None:
    """Where orders after the cut should lie in nine cases of ten, and the errors that say so, as shares."""
    if found.forecast is None:
        return None
    return {
        "mean": found.forecast.mean,
        "low": found.forecast.low,
        "high": found.forecast.high,
        "confidence": 0.9,
        "earlier_errors": [exp(error) - 1.0 for error in found.errors],
    }


def _total(found: Backtest, before: int) -> dict[str, Any]:
    """Orders after the cut, with those counted in that came before it in file and model alike."""
    happened, total = before + int(found.happened.sum()), found.total
    mean = before + total.mean
    return {
        "happened": happened,
        "simulated": {
            "mean": mean,
            "low": before + total.low,
            "high": before + total.high,
            "error": mean / happened - 1.0,
        },
        "formula": _closed(before + float(found.expected.sum()), happened),
        "bg_nbd": _closed(before + float(found.bg_nbd.sum()), happened),
    }


def _closed(expected: float, happened: int) -> dict[str, float]:
    return {"mean": expected, "error": expected / happened - 1.0}


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
