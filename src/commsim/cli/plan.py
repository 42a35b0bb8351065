"""``commsim plan``: the best plan within limits that a search finds, and how sure that is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commsim.cli.deciding import CalibratedPlans, Forms, Running, Telling
from commsim.cli.limits import Limits
from commsim.cli.options import Days, Seconds
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine
from commsim.cli.spoken import spoken
from commsim.cli.spread import spread
from commsim.core.errors import Exit
from commsim.experiments.effort import PLAN_DOUBTS, PLAN_RUNS

if TYPE_CHECKING:
    from commsim.analysis.planning.planned import Planned
    from commsim.report.language import Language
    from commsim.scenario.schema import Scenario

STATEMENT, FOUND = "plan.json", "plan.yaml"
"""Files in the folder of the runs: what they say, and the plan that was found."""


@spread
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
    *,
    limits: Limits,
    running: Running,
    telling: Telling,
    reading: CalibratedPlans,
) -> None:
    """Find the best plan within limits: which strategies, on which days, how large.

    Plans are changed choice by choice in common worlds; the best of them are tried in fresh worlds, beside
    the plan that it began with. Ctrl-C ends the search, and what it found is tried. Exits with 6 if
    nothing was found that is surely better, or that keeps the limits.
    """
    for file, option in ((write, "--write"), (write_space, "--write-space")):
        check_file(file, option, force=telling.force)
    scenario = reading.load(base, days)
    if write_space is not None:
        _write_space(scenario, limits.given, write_space)
        return
    load_engine(quiet=running.quiet)
    from commsim.analysis.planning.plan import plan as find_plan

    with running.bar("runs", runs) as tell:
        found = find_plan(
            scenario,
            space,
            limits=limits.given or None,
            objective=_objective(objective),
            runs=runs,
            seconds=seconds,
            doubts=doubts,
            beliefs=reading.beliefs,
            progress=tell,
            **running.manner,
        )
    _tell(found, running, telling)
    if write is not None and found.scenario is not None:
        _write(found, write, telling.say)
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
    from commsim.report.language import language
    from commsim.report.planned.spaces import space_in
    from commsim.scenario.load import as_yaml

    data = space_in(default_data(scenario), scenario, language(spoken()))
    data["limits"] |= limits
    with new_file(file) as side:
        side.write_text(as_yaml(data), encoding="utf-8")
    print_text(f"What may be chosen is in {file}: change it there, and give it with --space.", err=True)


def _tell(found: "Planned", running: Running, telling: Telling) -> None:
    from commsim.report.planned.data import planned_csv, planned_data
    from commsim.report.planned.statement import planned_statement
    from commsim.report.planned.tables import planned_grids
    from commsim.report.planned.verdict import planned_verdict

    forms = Forms(planned_data, planned_grids, planned_verdict, planned_csv, planned_statement)
    telling.tell(found, forms, telling.say)
    running.keep({STATEMENT: planned_data(found), **_plans_of(found)})


def _write(found: "Planned", file: Path, say: "Language") -> None:
    from commsim.experiments.store import put_text
    from commsim.records.folder import writing
    from commsim.scenario.in_chinese import dump_chinese

    with writing(file.parent):
        put_text(found.yaml() if spoken() == "en" else dump_chinese(_told(found, say)), file)
    print_text(f"The plan is in {file}.", err=True)


def _told(found: "Planned", say: "Language") -> "Scenario":
    """The plan that was found, which says in a language what it does otherwise."""
    from commsim.report.planned.words import told_change
    from commsim.scenario.shipped_words import made

    assert found.scenario is not None
    changes = say.listed(told_change(one, say) for one in found.changes)
    about = made("{name} with other choices: {changes}", name=found.base, changes=changes)
    return found.scenario.model_copy(update={"about": about})


def _plans_of(found: "Planned") -> dict[str, str]:
    """Files of the plan that was found, and of those of the front."""
    from commsim.scenario.load import dump_short

    front = {f"front-{number}.yaml": dump_short(one.scenario) for number, one in enumerate(found.front, 1)}
    return front if found.scenario is None else {FOUND: found.yaml(), **front}


def _exit(found: "Planned") -> Exit:
    if found.stopped in ("interrupted", "cut short"):
        return Exit.INTERRUPTED
    return Exit.OK if found.is_better or found.front else Exit.IMPRECISE
