"""``commsim compare``: which of several plans does best, and how sure that is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commsim.cli.compared import put_page, show, why_best, write
from commsim.cli.deciding import CalibratedPlans, Running, TellingAtLength
from commsim.cli.html_output import Explain
from commsim.cli.numbers import Effort, read_days
from commsim.cli.options import Metric
from commsim.cli.progress import load_engine
from commsim.cli.spread import spread
from commsim.core.errors import Exit

if TYPE_CHECKING:
    from commsim.analysis.comparison import Comparison
    from commsim.scenario.schema import Scenario


@spread
def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Files, or names of shipped ones; one alone is held against doing nothing.",
        ),
    ],
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
    explain: Explain = False,
    *,
    effort: Effort,
    running: Running,
    telling: TellingAtLength,
    reading: CalibratedPlans,
) -> None:
    """Compare plans on the same worlds: which one earns more, how surely, and what happens on the way.

    Each is also run without its strategies, and the best one without one of them at a time: what adds nothing
    is said first.  Worlds are added until the 95 % interval of the difference from the best is narrow enough.
    Exits with 6 if that precision was not reached.
    """
    if len(scenarios) == 1 and no_baseline:
        what = "one plan is held against doing nothing: name a second one, or leave this out"
        raise typer.BadParameter(what, param_hint="--no-baseline")
    asked = read_days(days)
    from commsim.analysis.compare import with_a_rival

    named = [reading.load(source, asked[0] if asked else None) for source in scenarios]
    plans = with_a_rival(named, baseline=not no_baseline)
    load_engine(quiet=running.quiet)
    options = {
        **effort.given,
        "metric": metric,
        "days": asked or None,
        "baseline": not no_baseline,
        "points": points,
        "beliefs": reading.beliefs,
    }
    if telling.force and running.out is not None:
        _make_room(plans, running.out)
    found = _compared(plans, options, running)
    why = why_best(found, plans, running) if explain else None
    show(found, why, plans, telling)  # before any file: a full disk must not cost the result
    if running.out is not None:
        write(found, running.out, plans)
    if telling.html is not None:
        put_page(found, why, plans, running, telling)
    if not found.precise:
        raise typer.Exit(int(Exit.IMPRECISE))


def _compared(plans: "list[Scenario]", options: dict[str, Any], running: Running) -> "Comparison":
    from commsim.analysis.compare import compare as compare_plans

    with running.bar("worlds", options["worlds"] or options["max_worlds"]) as tell:
        hear = _Told(tell)
        return compare_plans(plans, progress=hear.worlds, note=hear.note, **options, **running.manner)


def _make_room(plans: "list[Scenario]", out: Path) -> None:
    """Take away other results, unless the comparison goes on from what is there."""
    from commsim.analysis.world_runs import RUNS, goes_on
    from commsim.records.folder import clear

    if not goes_on(plans, out):
        clear(out, RUNS)


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
