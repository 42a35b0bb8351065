"""``commsim compare``: which of several plans does best, and how sure that is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import CalibratedPlans, TellingAtLength
from commsim.cli.html_output import Explain, explained, put_close_look
from commsim.cli.options import Metric, OutFolder, Quiet, Seed, Workers
from commsim.cli.origin import origin_of
from commsim.cli.output_file import results_folder
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import print_warnings, show_result
from commsim.cli.spread import spread
from commsim.core.errors import Exit, InputError
from commsim.experiments.effort import CLOSE_WORLDS, MAX_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.compare import Precision
    from commsim.analysis.comparison import Comparison
    from commsim.analysis.explain import Explanation
    from commsim.scenario.schema import Scenario


@spread
def compare(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO...", help="Two or more files, or names of shipped ones.")
    ],
    worlds: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", min=2, max=100_000, help="Exactly so many worlds; else as many as needed."
        ),
    ] = None,
    precision: Annotated[
        str | None,
        typer.Option(
            metavar="YUAN|SHARE%", help="Add worlds until the interval is within plus or minus this. [1%]"
        ),
    ] = None,
    max_worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, max=100_000, help="Most worlds to add.")
    ] = MAX_WORLDS,
    metric: Metric = "profit",
    days: Annotated[
        str | None,
        typer.Option(
            metavar="DAYS[,DAYS...]",
            help="Days, instead of the scenarios': 60,180,365 compares at 60 and tells whether that holds. "
            "Left out, some worlds are looked at after 180 and 365 days.",
        ),
    ] = None,
    no_baseline: Annotated[
        bool,
        typer.Option(
            "--no-baseline", help="Don't run the plans left alone, nor the best one without each strategy."
        ),
    ] = False,
    points: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=0,
            help="Points over the ranges of all that nobody knows; 0 for none. [40, none with few worlds]",
        ),
    ] = None,
    seed: Seed = 0,
    workers: Workers = None,
    explain: Explain = False,
    out: OutFolder = None,
    quiet: Quiet = False,
    *,
    telling: TellingAtLength,
    reading: CalibratedPlans,
) -> None:
    """Compare plans on the same worlds: which one earns more, how surely, and what happens on the way.

    Each is also run without its strategies, and the best one without one of them at a time: what adds nothing
    is said first.  Worlds are added until the 95 % interval of the difference from the best is narrow enough.
    Exits with 6 if that precision was not reached.
    """
    if len(scenarios) < 2:
        what = "name two scenarios or more; commsim explain PLAN holds one against doing nothing"
        raise typer.BadParameter(what, param_hint="SCENARIO...")
    if worlds is not None and precision is not None:
        raise typer.BadParameter("give --worlds or --precision, not both", param_hint="--worlds")
    wanted = None if precision is None else read_precision(precision)
    asked = read_days(days)
    plans = [reading.load(source, asked[0] if asked else None) for source in scenarios]
    with results_folder(out, force=telling.force) as folder:
        load_engine(quiet=quiet)
        from commsim.analysis.compare import compare as compare_plans

        with progress_bar("worlds", worlds or max_worlds, quiet=quiet) as tell:
            hear = _Told(tell)
            found = compare_plans(
                plans,
                worlds=worlds,
                precision=wanted,
                max_worlds=max_worlds,
                seed=seed,
                workers=workers,
                metric=metric,
                days=asked or None,
                baseline=not no_baseline,
                points=points,
                beliefs=reading.beliefs,
                progress=hear.worlds,
                note=hear.note,
            )
        why = _why(found, plans, workers, quiet=quiet) if explain else None
        _print(found, why, plans, telling)  # before any file: a full disk must not cost the result
        if folder:
            _write(found, folder, plans)
    if telling.html:
        _report(found, why, plans, workers, telling.html, telling.lang, quiet=quiet)
    if not found.precise:
        raise typer.Exit(int(Exit.IMPRECISE))


def read_precision(text: str, option: str = "--precision") -> "Precision":
    """``200`` is a half-width in the metric's unit, ``1%`` a share; typer.BadParameter otherwise."""
    from commsim.analysis.compare import Precision

    share = text.strip().endswith(("%", "％"))
    try:
        number = float(text.strip().rstrip("%％"))
    except ValueError:
        number = float("nan")
    if not 0 < number < float("inf"):
        raise typer.BadParameter(
            f"{text!r} is neither an amount such as 200 nor a share such as 1%", param_hint=option
        )
    return Precision(share=number / 100) if share else Precision(half_width=number)


def read_days(text: str | None) -> tuple[int, ...]:
    """``60,180,365`` as numbers, none for nothing; typer.BadParameter for what is no list of days."""
    from commsim.analysis.looks import lengths

    try:
        return lengths([int(part) for part in text.replace("，", ",").split(",")]) if text else ()
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no number of days, nor several such as 60,180,365", param_hint="--days"
        ) from None
    except InputError as error:
        raise typer.BadParameter(error.what, param_hint="--days") from None


class _Told:
    """Hands on to the bar how many worlds are done, with the half-width last reached, and what follows."""

    def __init__(self, tell: Callable[[int, str], None]) -> None:
        self._tell, self._done, self._last = tell, 0, ""

    def worlds(self, done: int, half_width: float | None) -> None:
        """Worlds done; a half-width where it was looked at."""
        self._done = done
        self._last = self._last if half_width is None else f"interval ±{half_width:,.4g}"
        self._tell(done, self._last)

    def note(self, text: str) -> None:
        """What is run after the worlds."""
        self._tell(self._done, f"{self._last}; {text}")


def _write(found: "Comparison", folder: Path, plans: "list[Scenario]") -> None:
    from commsim.report.folder import write_comparison

    write_comparison(found, folder, [origin_of(plan) for plan in plans])


def _why(
    found: "Comparison", plans: "list[Scenario]", workers: int | None, *, quiet: bool
) -> "Explanation | None":
    """Why the best plan with strategies earns what it earns; None where none has any."""
    from commsim.analysis.explained import parts

    means = found.of(found.metric).mean(axis=1)
    acting = [plan for plan, scenario in enumerate(plans) if parts(scenario)]
    best = max(acting, key=lambda plan: means[plan], default=None)
    return None if best is None else explained(plans[best], found.metric, found.seed, workers, quiet=quiet)


def _report(
    found: "Comparison",
    why: "Explanation | None",
    plans: "list[Scenario]",
    workers: int | None,
    html: Path,
    lang: str,
    *,
    quiet: bool,
) -> None:
    from commsim.report.case import comparison_case

    worlds = min(CLOSE_WORLDS, found.worlds)
    put_close_look(
        lambda origin, tell: comparison_case(
            found, plans, origin, worlds=worlds, workers=workers, progress=tell, explained=why
        ),
        worlds,
        html,
        lang,
        quiet=quiet,
    )


def _print(
    found: "Comparison",
    why: "Explanation | None",
    plans: "list[Scenario]",
    telling: TellingAtLength,
) -> None:
    from commsim.report.beyond import beyond_grids
    from commsim.report.cash import comparison_cash_grids
    from commsim.report.counted import compared_counted_grids
    from commsim.report.data import comparison_csv, comparison_data
    from commsim.report.explain import explain_data, explain_grids, explain_verdict
    from commsim.report.limits import limit_grids
    from commsim.report.stages import compared_grids
    from commsim.report.tables import comparison_grids
    from commsim.report.targets.tables import target_grids
    from commsim.report.verdict import verdict

    say = telling.say
    named = say if why is None else say.of(next(plan for plan in plans if plan.name == why.plan))
    print_warnings(found.warnings, say)
    show_result(
        as_json=telling.as_json,
        data=lambda: comparison_data(found) | ({} if why is None else {"explanation": explain_data(why)}),
        grids=lambda: [
            *comparison_grids(found, say),
            *beyond_grids(found, say),
            *comparison_cash_grids(found, say),
            *compared_grids(found, say),
            *compared_counted_grids(found, say),
            *target_grids(found, say),
            *limit_grids(found, say),
            *([] if why is None else explain_grids(why, named)),
        ],
        verdict=lambda: " ".join(
            (verdict(found, say), *([] if why is None else [explain_verdict(why, named)]))
        ),
        csv=telling.csv,
        rows=lambda: comparison_csv(found),
    )
