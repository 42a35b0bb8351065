"""``commsim best``: the best of many plans, or of the points of a design, with a bound on what is missed."""

from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import CalibratedPlans, Forms, Running, Telling
from commsim.cli.numbers import read_precision
from commsim.cli.options import Confidence, Days, Metric, Seconds
from commsim.cli.progress import load_engine
from commsim.cli.spread import spread
from commsim.core.errors import CommsimError, Exit, InputError
from commsim.experiments.effort import BEST_WORLDS, CONFIDENCE

if TYPE_CHECKING:
    from commsim.analysis.best import Best
    from commsim.analysis.envelope import Look
    from commsim.experiments.design import Design
    from commsim.scenario.schema import Scenario

STATEMENT, WORLDS = "best.json", "worlds.csv"
"""Files in the folder of the runs: what they say, and the measure of each plan in each of its worlds."""


@spread
def best(
    plans: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN...",
            help="Two scenario files or names of shipped ones, or more; or one file of a design, of whose "
            "levers every combination is a plan.",
            show_default=False,
        ),
    ],
    within: Annotated[
        str,
        typer.Option(
            metavar="HALFWIDTH",
            help="How far behind the best the result may be: 200, in the measure's unit, or 1% of the "
            "largest mean.",
        ),
    ] = "1%",
    confidence: Confidence = CONFIDENCE,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, help="Worlds for a plan at most.")
    ] = BEST_WORLDS,
    runs: Annotated[int | None, typer.Option(metavar="NUMBER", min=1, help="Runs in all at most.")] = None,
    seconds: Seconds = None,
    metric: Metric = "profit",
    points: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=0,
            help="Points over the ranges of all that nobody knows, for the best five plans; 0 for none. [40 "
            "with --behaviour, else none]",
        ),
    ] = None,
    days: Days = None,
    *,
    running: Running,
    telling: Telling,
    reading: CalibratedPlans,
) -> None:
    """Find the best of many plans: it is best, or within so many yuan of the best, with 95 % confidence.

    Plans are run in the same worlds; those that are surely beaten drop out, so that runs go to the others.
    Whatever ends it, Ctrl-C included, what is said holds.  Exits with 6 if it ended before it was as near
    to the best as asked, and with 4 if a plan could not be run.
    """
    wanted = read_precision(within, "--within")
    racers = _racers(plans, reading, running, days)
    load_engine(quiet=running.quiet)
    from commsim.analysis.best import best as find_best

    with running.bar("runs", runs) as tell:
        found = find_best(
            racers,
            within=wanted,
            confidence=confidence,
            max_worlds=worlds,
            runs=runs,
            seconds=seconds,
            metric=metric,
            points=points,
            beliefs=reading.beliefs,
            progress=lambda done, look: tell(done, _note(look)),
            **running.manner,
        )
    _tell(found, running, telling)
    if code := _exit(found):
        raise typer.Exit(int(code))


def _racers(
    plans: list[str], reading: CalibratedPlans, running: Running, days: int | None
) -> "list[Scenario] | Design":
    if len(plans) > 1:
        return [reading.load(plan, days) for plan in plans]
    from commsim.analysis.sweep import read_design

    if days is not None:
        raise typer.BadParameter("a design's scenarios say how long they run", param_hint="--days")
    try:
        return read_design(plans[0], running.out)
    except InputError:
        if not _is_plan(plans[0]):
            raise
        raise typer.BadParameter(
            "one plan has no other to be better than: name two or more, or a design", param_hint="PLAN..."
        ) from None


def _is_plan(name: str) -> bool:
    from commsim.scenario.load import load

    try:
        load(name)
    except CommsimError:
        return False
    return True


def _note(look: "Look | None") -> str:
    """Beside the bar: what is known so far."""
    if look is None:
        return "the first look after ten worlds of each"
    return f"{len(look.left):,} plans left, best or within {look.within:,.4g}"


def _tell(found: "Best", running: Running, telling: Telling) -> None:
    from commsim.report.best import (
        best_csv,
        best_data,
        best_grids,
        best_statement,
        best_verdict,
        worlds_csv,
    )

    forms = Forms(best_data, best_grids, best_verdict, best_csv, best_statement)
    telling.tell(found, forms, telling.say)
    running.keep({STATEMENT: best_data(found), WORLDS: worlds_csv(found)})


def _exit(found: "Best") -> Exit:
    if found.failed:
        return Exit.RUNS_FAILED
    if found.stopped == "interrupted":
        return Exit.INTERRUPTED
    return Exit.OK if found.stopped in ("within", "one left") else Exit.IMPRECISE
