"""``commsim sweep``: every point of a design in every one of its worlds, kept in a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.grids import said_grid
from commsim.cli.html_output import put_sweep_report
from commsim.cli.options import (
    AsJson,
    Quiet,
    RunMemory,
    RunSeconds,
    Scheduler,
    StrategyFiles,
    Workers,
    refuse_both,
)
from commsim.cli.origin import command
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import lasting, load_engine, patience, progress_bar
from commsim.cli.results import show_result
from commsim.cli.spoken import Lang
from commsim.core.errors import Exit
from commsim.experiments.effort import RUN_SECONDS

if TYPE_CHECKING:
    from commsim.analysis.estimate import Estimate
    from commsim.experiments.design import Design
    from commsim.experiments.progress import Progress
    from commsim.experiments.sweep import Manner
    from commsim.report.tables import Grid


def sweep(
    design: Annotated[
        Path, typer.Argument(metavar="DESIGN", help="The file of a design, or the name of a shipped one.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Folder for the results, or with those so far."),
    ] = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many runs it is, how long it takes, how much disk.")
    ] = False,
    run_seconds: RunSeconds = RUN_SECONDS,
    run_memory: RunMemory = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first run that fails.")] = False,
    max_failures: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Stop when so many runs have failed.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Make runs again that failed before.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a report of it, in place of an older one."),
    ] = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Run a design of levers and uncertainties, or go on where it was stopped.

    Whatever stops it, the same command goes on, and the results are those of a sweep that was never
    stopped.  A run that fails is kept as a row of its own, and the exit code is then 4.
    """
    if fail_fast and max_failures is not None:
        raise typer.BadParameter("give --fail-fast or --max-failures, not both", param_hint="--fail-fast")
    if not dry_run and out is None:
        raise typer.BadParameter("say where the results shall go", param_hint="--out")
    refuse_both(scheduler, workers)
    if html is not None:
        check_file(html, "--html", force=True)
    from commsim.analysis.sweep import read_design
    from commsim.experiments.limits import Limits
    from commsim.experiments.sweep import Manner

    found = read_design(design, out)
    if out is None or dry_run:
        _estimate(found, workers, as_json=as_json, quiet=quiet)
        return
    most = 1 if fail_fast else max_failures
    limits = Limits(run_seconds, run_memory)
    manner = Manner(workers, scheduler, limits, most, retry_failed, command())
    progress = _carry_out(found, out, manner, quiet=quiet)
    if html is not None:
        put_sweep_report(out, html, lang, (found.outcomes or ("profit",))[0])
    _report(progress, out, as_json=as_json)


def _estimate(design: "Design", workers: int | None, *, as_json: bool, quiet: bool) -> None:
    load_engine(quiet=quiet)
    from dataclasses import asdict

    from commsim.analysis.estimate import estimate

    found = estimate(design, workers)
    show_result(
        as_json=as_json,
        data=lambda: asdict(found),
        grids=lambda: [said_grid(_estimate_grid(design.name, found))],
    )


def _estimate_grid(name: str, found: "Estimate") -> "Grid":
    from commsim.report.tables import Grid

    rows = (
        ("Points", f"{found.points:,}"),
        ("Repetitions", f"{found.repetitions:,}"),
        ("Runs", f"{found.runs:,}"),
        ("A run takes", f"{1000 * found.seconds_per_run:,.0f} ms"),
        (f"All take, with --workers {found.workers}", lasting(found.seconds)),
        ("Disk", f"{found.size / 1e6:,.1f} MB"),
    )
    return Grid(name, ("Sweep", ""), rows)


def _carry_out(design: "Design", out: Path, manner: "Manner", *, quiet: bool) -> "Progress":
    from commsim.analysis.sweep import job
    from commsim.experiments.schedule import Schedule
    from commsim.experiments.sweep import carry_out

    bar, waiting = progress_bar("runs", len(Schedule(design)), quiet=quiet), patience(quiet=quiet)
    with bar as tell, waiting as heard:

        def hear(progress: "Progress") -> None:
            tell(progress.done, _note(progress))
            if progress.rate:
                heard()

        try:
            return carry_out(design, job(design), out, manner, hear)
        except KeyboardInterrupt:
            print_text(f"What is done is kept in {out}; the same command goes on.", err=True)
            raise


def _note(progress: "Progress") -> str:
    """Beside the bar: rate, time left, failures."""
    if progress.seconds_left is None:
        return "" if progress.done == progress.runs else "loading the simulator"
    failed = f", {progress.failed:,} failed" if progress.failed else ""
    return f"{progress.rate:,.3g} a second, {lasting(progress.seconds_left)} left{failed}"


def _report(progress: "Progress", out: Path, *, as_json: bool) -> None:
    counts = {"runs": progress.runs, "done": progress.done, "failed": progress.failed}
    show_result(
        as_json=as_json,
        data=lambda: {"folder": str(out), **counts},
        verdict=lambda: f"{progress.done - progress.failed:,} runs are in {out}.",
    )
    if progress.failed:
        print_text(f"commsim: {progress.failed:,} runs failed; {out}/failures says which and why", err=True)
        raise typer.Exit(int(Exit.RUNS_FAILED))
