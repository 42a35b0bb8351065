"""What ``commsim compare`` has found: printed, kept in its folder, explained, and as a page."""

from pathlib import Path
from typing import TYPE_CHECKING

from commsim.cli.deciding import Running, TellingAtLength
from commsim.cli.html_output import explained, put_close_look
from commsim.cli.origin import origin_of
from commsim.cli.output import print_text
from commsim.cli.results import print_warnings, show_result
from commsim.experiments.effort import CLOSE_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.comparison import Comparison
    from commsim.analysis.explain import Explanation
    from commsim.scenario.schema import Scenario


def write(found: "Comparison", out: Path, plans: "list[Scenario]") -> None:
    """Write the results beside their runs."""
    from commsim.analysis.world_runs import RUNS
    from commsim.records.folder import beside_runs
    from commsim.report.folder import write_comparison

    with beside_runs(out, RUNS) as folder:
        write_comparison(found, folder, [origin_of(plan) for plan in plans])
    print_text(f"Results are in {out}.", err=True)


def why_best(found: "Comparison", plans: "list[Scenario]", running: Running) -> "Explanation | None":
    """Why the best plan with strategies earns what it earns; None where none has any."""
    from commsim.analysis.explained import parts
    from commsim.analysis.world_runs import EXPLAINED, RUNS

    means = found.of(found.metric).mean(axis=1)
    acting = [plan for plan, scenario in enumerate(plans) if parts(scenario)]
    best = max(acting, key=lambda plan: means[plan], default=None)
    if best is None:
        return None
    out = running.out and running.out / RUNS / EXPLAINED
    manner = running.manner | {"seed": found.seed, "out": out}
    return explained(plans[best], found.metric, quiet=running.quiet, **manner)


def put_page(
    found: "Comparison",
    why: "Explanation | None",
    plans: "list[Scenario]",
    running: Running,
    telling: TellingAtLength,
) -> None:
    """Write the report, after a close look at the best plans."""
    from commsim.report.case import comparison_case

    assert telling.html is not None
    worlds = min(CLOSE_WORLDS, found.worlds)
    put_close_look(
        lambda origin, tell: comparison_case(
            found, plans, origin, worlds=worlds, workers=running.workers, progress=tell, explained=why
        ),
        worlds,
        telling.html,
        telling.lang,
        quiet=running.quiet,
    )


def show(
    found: "Comparison",
    why: "Explanation | None",
    plans: "list[Scenario]",
    telling: TellingAtLength,
) -> None:
    """Print it in the way that was asked for, and write its CSV."""
    from commsim.report.beyond import beyond_grids
    from commsim.report.cash import comparison_cash_grids
    from commsim.report.counted import compared_counted_grids
    from commsim.report.data import comparison_csv, comparison_data
    from commsim.report.explain import explain_data, explain_grids, explain_verdict
    from commsim.report.limits import limit_grids
    from commsim.report.rival import with_names
    from commsim.report.stages import compared_grids
    from commsim.report.tables import comparison_grids
    from commsim.report.targets.tables import target_grids
    from commsim.report.verdict import verdict

    say = telling.say
    told = with_names(found, say)
    named = say if why is None else say.of(next(plan for plan in plans if plan.name == why.plan))
    print_warnings(found.warnings, say)
    show_result(
        as_json=telling.as_json,
        data=lambda: comparison_data(found) | ({} if why is None else {"explanation": explain_data(why)}),
        grids=lambda: [
            *comparison_grids(told, say),
            *beyond_grids(told, say),
            *comparison_cash_grids(told, say),
            *compared_grids(told, say),
            *compared_counted_grids(told, say),
            *target_grids(told, say),
            *limit_grids(told, say),
            *([] if why is None else explain_grids(why, named)),
        ],
        verdict=lambda: say.sentences(
            (verdict(told, say), *([] if why is None else [explain_verdict(why, named)]))
        ),
        csv=telling.csv,
        rows=lambda: comparison_csv(found),
    )
