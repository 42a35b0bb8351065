"""commsim: agent-based simulator of community growth and conversion.

The names below are the public ones; each is imported when first used, so that ``import commsim`` and
the command line's help stay quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commsim.analysis.backtest import backtest
    from commsim.analysis.best import Best, best
    from commsim.analysis.calibration.calibrate import calibrate
    from commsim.analysis.calibration.result import Calibration
    from commsim.analysis.compare import compare
    from commsim.analysis.comparison import Comparison
    from commsim.analysis.discovery import Discovery, discover
    from commsim.analysis.explain import Explanation, explain
    from commsim.analysis.flip import Flip, flip
    from commsim.analysis.league import League, league
    from commsim.analysis.measures import outcomes
    from commsim.analysis.pilot import Pilot, Trial, pilot, read_pilot, register_pilot, reweigh_pilot
    from commsim.analysis.planning.plan import plan
    from commsim.analysis.planning.planned import Planned
    from commsim.analysis.sensitivity import sensitivity
    from commsim.analysis.sweep import sweep
    from commsim.exchange.reading import read_exports
    from commsim.exchange.tools import export
    from commsim.population.build import build as build_population
    from commsim.population.graph import to_networkx
    from commsim.records.observed import Observed
    from commsim.records.records import Records
    from commsim.records.store import read_run
    from commsim.records.sweep import load_results
    from commsim.scenario.schema import Scenario
    from commsim.simulation.community import Community
    from commsim.simulation.observing import observe
    from commsim.simulation.run import simulate
    from commsim.strategies.base import Strategy
    from commsim.testing import check_strategy

__version__ = "0.2.0.dev0"

__all__ = [
    "Best",
    "Calibration",
    "Community",
    "Comparison",
    "Discovery",
    "Explanation",
    "Flip",
    "League",
    "Observed",
    "Pilot",
    "Planned",
    "Records",
    "Scenario",
    "Strategy",
    "Trial",
    "backtest",
    "best",
    "build_population",
    "calibrate",
    "check_strategy",
    "compare",
    "discover",
    "explain",
    "export",
    "flip",
    "league",
    "load_results",
    "observe",
    "outcomes",
    "pilot",
    "plan",
    "read_exports",
    "read_pilot",
    "read_run",
    "register_pilot",
    "reweigh_pilot",
    "sensitivity",
    "simulate",
    "sweep",
    "to_networkx",
]

_HOMES = {
    "Best": "analysis.best",
    "Calibration": "analysis.calibration.result",
    "Community": "simulation.community",
    "Comparison": "analysis.comparison",
    "Discovery": "analysis.discovery",
    "Explanation": "analysis.explain",
    "Flip": "analysis.flip",
    "League": "analysis.league",
    "Observed": "records.observed",
    "Pilot": "analysis.pilot",
    "Planned": "analysis.planning.planned",
    "Records": "records.records",
    "Scenario": "scenario.schema",
    "Strategy": "strategies.base",
    "Trial": "analysis.pilot",
    "backtest": "analysis.backtest",
    "best": "analysis.best",
    "build_population": "population.build:build",
    "calibrate": "analysis.calibration.calibrate",
    "check_strategy": "testing",
    "compare": "analysis.compare",
    "discover": "analysis.discovery",
    "explain": "analysis.explain",
    "export": "exchange.tools",
    "flip": "analysis.flip",
    "league": "analysis.league",
    "load_results": "records.sweep",
    "observe": "simulation.observing",
    "outcomes": "analysis.measures",
    "pilot": "analysis.pilot",
    "plan": "analysis.planning.plan",
    "read_exports": "exchange.reading",
    "read_pilot": "analysis.pilot",
    "read_run": "records.store",
    "register_pilot": "analysis.pilot",
    "reweigh_pilot": "analysis.pilot",
    "sensitivity": "analysis.sensitivity",
    "simulate": "simulation.run",
    "sweep": "analysis.sweep",
    "to_networkx": "population.graph",
}
"""Module of each public name, with the name it has there if that differs."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'commsim' has no attribute {name!r}")
    module, _, there = _HOMES[name].partition(":")
    value = getattr(import_module(f"commsim.{module}"), there or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
