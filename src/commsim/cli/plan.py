"""``commsim plan``: the best plan within limits that a search finds, and how sure that is."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commsim.cli.html_output import Lang, put_statement
from commsim.cli.options import (
    AsJson,
    CsvFile,
    Days,
    Force,
    HtmlPage,
    Quiet,
    Scheduler,
    Seconds,
    Seed,
    StrategyFiles,
    Workers,
    refuse_both,
)
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import check_csv, show_result
from commsim.core.errors import Exit
from commsim.experiments.effort import PLAN_DOUBTS, PLAN_RUNS

if TYPE_CHECKING:
    from commsim.analysis.planning.planned import Planned
    from commsim.scenario.schema import Scenario

STATEMENT, FOUND = "plan.json", "plan.yaml"
"""Files in the folder of the runs: what they say, and the plan that was found."""


def plan(
    base: Annotated[
        str,
        typer.Argument(metavar="BASE", help="The plan to begin with: a file or a shipped name."),
    ],
    space: Annotated[
        str | None,
        typer.Option(
            "--space",
            metavar="FILE",
            help="What may be chosen: levers as in a design. Made of the plan if left out.",
            show_default=False,
        ),
    ] = None,
    budget: Annotated[
        float | None, typer.Option(metavar="YUAN", min=0, help="Most that strategies may cost in all.")
    ] = None,
    hours: Annotated[float | None, typer.Option(metavar="HOURS", min=0, help="Most hours of staff.")] = None,
    posts_per_day: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=0, help="Most posts a day in a group.")
    ] = None,
    posts_per_week: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=0, help="Most posts a week in a group.")
    ] = None,
    margin: Annotated[
        str | None, typer.Option(metavar="SHARE%", help="Least profit as a share of revenue.")
    ] = None,
    leaving: Annotated[
        str | None, typer.Option(metavar="SHARE%", help="Most who leave, of all who were members.")
    ] = None,
    objective: Annotated[
        str,
        typer.Option(
            metavar="MEASURE[,MEASURE]",
            help="The measure that decides, as for compare; two, such as profit,left, for the front of both.",
        ),
    ] = "profit",
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Write the plan as YAML that runs.")
    ] = None,
    write_space: Annotated[
        Path | None,
        typer.Option("--write-space", metavar="FILE", help="Only write what may be chosen, for changes."),
    ] = None,
    runs: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Runs in all at most.")] = PLAN_RUNS,
    seconds: Seconds = None,
    doubts: Annotated[
        int,
        typer.Option(metavar="NUMBER", min=0, help="Points at which all that nobody knows is otherwise."),
    ] = PLAN_DOUBTS,
    days: Days = None,
    seed: Seed = 0,
    workers: Workers = None,
    scheduler: Scheduler = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Folder for the runs, or with those so far."),
    ] = None,
    as_json: AsJson = False,
    csv: CsvFile = None,
    html: HtmlPage = None,
    lang: Lang = "en",
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Find the best plan within limits: which strategies, on which days, how large.

    Plans are changed choice by choice in common worlds; the best of them are tried in fresh worlds, beside
    the plan that it began with. Ctrl-C ends the search, and what it found is tried. Exits with 6 if
    nothing was found that is surely better, or that keeps the limits.
    """
    check_csv(csv, as_json=as_json, force=force)
    for file, option in ((html, "--html"), (write, "--write"), (write_space, "--write-space")):
        check_file(file, option, force=force)
    refuse_both(scheduler, workers)
    from commsim.scenario.length import with_days
    from commsim.scenario.load import load

    scenario = load(base)
    scenario = scenario if days is None else with_days(scenario, days)
    wanted = {
        "budget": budget,
        "hours": hours,
        "posts_per_day": posts_per_day,
        "posts_per_week": posts_per_week,
        "margin": margin,
        "leaving": leaving,
    }
    limits = {name: value for name, value in wanted.items() if value is not None}
    if write_space is not None:
        _write_space(scenario, limits, write_space)
        return
    load_engine(quiet=quiet)
    from commsim.analysis.planning.plan import plan as find_plan

    with progress_bar("runs", runs, quiet=quiet) as tell:
        found = find_plan(
            scenario,
            space,
            limits=limits or None,
            objective=_objective(objective),
            runs=runs,
            seconds=seconds,
            doubts=doubts,
            seed=seed,
            out=out,
            workers=workers,
            scheduler=scheduler,
            progress=tell,
        )
    _print(found, as_json, csv, lang)
    _keep(found, out, write, html, lang)
    if code := _exit(found):
        raise typer.Exit(int(code))


_SHORT = {"leave": "left", "leaving": "left", "leavers": "left"}
"""What people say for a measure."""


def _objective(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.replace("，", ",").split(","))
    return tuple(_SHORT.get(name, name) for name in names)


def _write_space(scenario: "Scenario", limits: dict[str, Any], file: Path) -> None:
    from commsim.experiments.space.default import default_data
    from commsim.records.folder import new_file
    from commsim.scenario.load import as_yaml

    data = default_data(scenario)
    data["limits"] |= limits
    with new_file(file) as side:
        side.write_text(as_yaml(data), encoding="utf-8")
    print_text(f"What may be chosen is in {file}: change it there, and give it with --space.", err=True)


def _print(found: "Planned", as_json: bool, csv: Path | None, lang: str) -> None:
    from commsim.report.language import language
    from commsim.report.planned import planned_csv, planned_data, planned_grids, planned_verdict

    say = language(lang)
    show_result(
        as_json=as_json,
        data=lambda: planned_data(found),
        grids=lambda: planned_grids(found, say),
        verdict=lambda: planned_verdict(found, say),
        csv=csv,
        rows=lambda: planned_csv(found),
    )


def _keep(found: "Planned", out: Path | None, write: Path | None, html: Path | None, lang: str) -> None:
    """The statement and the plan beside the runs, the plan where it is wanted, and the page."""
    from commsim.experiments.store import put_text
    from commsim.records.folder import writing
    from commsim.report.planned import planned_data, planned_statement
    from commsim.scenario.load import dump_short

    if out is not None:
        text = json.dumps(planned_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        with writing(out):
            put_text(text + "\n", out / STATEMENT)
            if found.scenario is not None:
                put_text(found.yaml(), out / FOUND)
            for number, one in enumerate(found.front, 1):
                put_text(dump_short(one.scenario), out / f"front-{number}.yaml")
        print_text(f"The runs are in {out}.", err=True)
    if write is not None and found.scenario is not None:
        with writing(write.parent):
            put_text(found.yaml(), write)
        print_text(f"The plan is in {write}.", err=True)
    if html is not None:
        from commsim.report.language import language

        put_statement(planned_statement(found, language(lang)), html, lang)


def _exit(found: "Planned") -> Exit:
    if found.stopped == "interrupted":
        return Exit.INTERRUPTED
    return Exit.OK if found.is_better or found.front else Exit.IMPRECISE
