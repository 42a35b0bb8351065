"""``commsim explain``: what each strategy of a plan brings, whom it keeps or loses, and by which pathways."""

from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import Forms, Running, Telling, ValuedPlans
from commsim.cli.options import Days, Metric, ScenarioName
from commsim.cli.progress import load_engine
from commsim.cli.spread import spread
from commsim.experiments.effort import EXPLAIN_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.explain import Explanation
    from commsim.report.language import Language


@spread
def explain(
    scenario: ScenarioName,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, help="Worlds that the plan is run in, with all its parts.")
    ] = EXPLAIN_WORLDS,
    metric: Metric = "profit",
    days: Days = None,
    *,
    running: Running,
    telling: Telling,
    reading: ValuedPlans,
) -> None:
    """Say why a plan earns what it earns: the share of each strategy, and which one to drop.

    The plan is run with all subsets of its strategies in the same worlds (Shapley values, exact up to seven
    strategies), and members are followed through all of these runs.  Then it is run where one thing about
    people is not so, such as that adverts sell, and again where another is not, and so is doing nothing.
    """
    plan = reading.load(scenario, days)
    load_engine(quiet=running.quiet)
    from commsim.analysis.explain import explain as find_out

    with running.bar("worlds", worlds) as tell:
        found = find_out(
            plan, worlds=worlds, metric=metric, progress=lambda done: tell(done, ""), **running.manner
        )
    _tell(found, running, telling, telling.say.of(plan))


def _tell(found: "Explanation", running: Running, telling: Telling, say: "Language") -> None:
    from commsim.report.explain import (
        explain_csv,
        explain_data,
        explain_grids,
        explain_statement,
        explain_verdict,
    )
    from commsim.report.pathways import pathways_csv

    forms = Forms(explain_data, explain_grids, explain_verdict, explain_csv, explain_statement)
    telling.tell(found, forms, say)
    running.keep(
        {
            "explain.json": explain_data(found),
            "strategies.csv": explain_csv(found),
            "pathways.csv": pathways_csv(found),
        }
    )
