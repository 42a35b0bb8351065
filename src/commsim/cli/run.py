"""``commsim run``: one plan in one world."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.html_output import HtmlFile, put_close_look
from commsim.cli.options import AsJson, Days, Force, OutFolder, Quiet, ScenarioName, Seed, StrategyFiles
from commsim.cli.origin import origin_of
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file, results_folder
from commsim.cli.progress import Interruptible, load_engine, progress_bar
from commsim.cli.results import print_warnings, show_result
from commsim.cli.spoken import Lang
from commsim.core.errors import Exit
from commsim.experiments.effort import CLOSE_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.reached import Reached
    from commsim.records.records import Records
    from commsim.report.language import Language
    from commsim.report.tables import Grid
    from commsim.scenario.schema import Scenario


def run(
    scenario: ScenarioName,
    seed: Seed = 0,
    world: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", min=0, max=99_999, help="This world of a comparison, from 0, with its --seed."
        ),
    ] = None,
    out: OutFolder = None,
    days: Days = None,
    daily_only: Annotated[
        bool, typer.Option("--daily-only", help="Leave events, members and ledger entries out of the folder.")
    ] = False,
    force: Force = False,
    html: HtmlFile = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Run one plan in one world, print a summary, and keep the results with --out.

    Ctrl-C ends the run after the current day and keeps what there is; a second one stops at once.
    """
    check_file(html, "--html", force=force)
    from commsim.analysis.study import is_small
    from commsim.analysis.within import detail_of
    from commsim.experiments.worlds import world_seed
    from commsim.records.store import write_run
    from commsim.scenario.length import with_days
    from commsim.scenario.load import load

    plan, seed = load(scenario), seed if world is None else world_seed(seed, world)
    plan = plan if days is None else with_days(plan, days)
    with results_folder(out, force=force) as folder:
        full = (bool(folder) or bool(plan.sources) or is_small(plan)) and not daily_only
        full |= detail_of(plan) == "full"
        records = _simulate(plan, seed, full=full, quiet=quiet)
        if records.days:
            goals = _reached(plan, records, seed) if records.days == plan.days else ()
            # before any file: a full disk must not cost it
            _print(records, plan, goals, lang, as_json=as_json)
        if folder:
            write_run(records, folder, origin_of(plan))
    if records.days < plan.days:
        print_text(f"commsim: stopped after {records.days} of {plan.days} days", err=True)
        raise typer.Exit(int(Exit.INTERRUPTED))
    if html:
        _report(plan, seed, html, lang, quiet=quiet)


def _report(plan: "Scenario", seed: int, html: Path, lang: str, *, quiet: bool) -> None:
    from commsim.report.case import run_case

    put_close_look(
        lambda origin, tell: run_case(plan, seed, origin, worlds=CLOSE_WORLDS, progress=tell),
        CLOSE_WORLDS,
        html,
        lang,
        quiet=quiet,
    )


def _simulate(plan: "Scenario", seed: int, *, full: bool, quiet: bool) -> "Records":
    load_engine(quiet=quiet)
    from commsim.simulation.run import simulate

    with Interruptible("this day is over") as stop, progress_bar("days", plan.days, quiet=quiet) as tell:

        def after_day(done: int) -> bool:
            tell(done, "")
            return stop.requested

        return simulate(plan, seed, detail="full" if full else "daily", progress=after_day)


def _reached(plan: "Scenario", records: "Records", seed: int) -> "tuple[Reached, ...]":
    """Its target in its world, which is run without its strategies too if a goal is against that."""
    import numpy as np

    from commsim.analysis.measures import outcomes
    from commsim.analysis.reached import reached
    from commsim.simulation.run import simulate

    found = outcomes(records)
    alone = outcomes(simulate(plan.left_alone(), seed)) if plan.target.relative else found
    return reached(plan.target, lambda name: np.array([found[name]]), lambda name: np.array([alone[name]]))


def _print(
    records: "Records", plan: "Scenario", goals: "tuple[Reached, ...]", lang: str, *, as_json: bool
) -> None:
    from commsim.analysis.measures import outcomes
    from commsim.analysis.unlawful import flags
    from commsim.analysis.within import kept, used
    from commsim.report.cash import run_cash_grids
    from commsim.report.data import run_data
    from commsim.report.language import language
    from commsim.report.limits import limit_data, run_limit_grid
    from commsim.report.tables import run_grid
    from commsim.report.targets.tables import run_target_grid

    say, unlawful = language(lang), flags(plan)
    limits = kept(plan.limits, [used(records, plan)]) if records.days == plan.days else ()
    print_warnings(unlawful, say)
    show_result(
        as_json=as_json,
        data=lambda: run_data(records, plan.days, goals, unlawful) | {"limits": limit_data(limits)},
        grids=lambda: [
            run_grid(records, say),
            *run_cash_grids(records, say),
            *_by_stage(records, plan, say),
            *([run_target_grid(goals, lambda name: outcomes(records)[name], say)] if goals else []),
            *([run_limit_grid(limits, say)] if limits else []),
        ],
    )


def _by_stage(records: "Records", plan: "Scenario", say: "Language") -> "list[Grid]":
    """Who gets to which stage, and what mechanisms count."""
    from commsim.analysis.counts import counts
    from commsim.report.counted import counted_grids
    from commsim.report.stages import stage_grid

    counted = counts(records)
    stages = stage_grid((plan.name,), (counted,), say)
    return [*([stages] if stages else []), *counted_grids(counted, plan, say)]
