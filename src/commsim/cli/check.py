"""``commsim check``: everything that is wrong with scenario files, at once."""

from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commsim.cli.options import AsJson, StrategyFiles
from commsim.cli.output import print_json, print_text
from commsim.cli.spoken import said, said_problem, spoken
from commsim.core.errors import Exit, InputError

if TYPE_CHECKING:
    from commsim.scenario.errors import Problem
    from commsim.scenario.load import Plan
    from commsim.scenario.schema import Scenario


def check(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO...", help="Scenario files, or names of shipped ones.")
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 on warnings too.")] = False,
    as_json: AsJson = False,
    strategies: StrategyFiles = None,
) -> None:
    """Check scenarios and the files they read: all errors with file, line and column, and warnings.

    Exits with 3 if there is an error, with 0 if there are warnings only.
    """
    told_of: dict[str, Scenario] = {}
    found = {source: _check(source, told_of) for source in scenarios}
    if as_json:
        print_json([_as_data(source, *problems, told_of.get(source)) for source, problems in found.items()])
    else:
        told: set[Any] = set()
        for source, (errors, warnings) in found.items():
            _print(source, errors, warnings, told)
            if source in told_of:
                _print_wanted(source, told_of[source])
            told.update(errors, warnings)
    failed = any(errors or (strict and warnings) for errors, warnings in found.values())
    raise typer.Exit(int(Exit.INPUT if failed else Exit.OK))


def _print_wanted(source: str, plan: "Scenario") -> None:
    """What the plan is to reach, and what it may take, beside what it comes to on paper."""
    from commsim.report.language import language
    from commsim.report.limits import told_limits
    from commsim.report.targets.words import told_target

    say = language(spoken())
    told = {"Target": told_target(plan.target, say), "Limits": told_limits(plan, say)}
    for label, text in told.items():
        if text:
            print_text(say.titled(source, say.titled(say(label), text)))


def _check(source: str, told_of: "dict[str, Scenario]") -> "tuple[list[Problem], list[Problem]]":
    """Errors and warnings; a plan that can be read is put under its name."""
    from commsim.scenario.errors import Place, Problem, ScenarioError
    from commsim.scenario.lint import lint
    from commsim.scenario.load import load_plan

    try:
        plan = load_plan(source)
        warnings = lint(plan)
        told_of[source] = plan.scenario
        beyond = _beyond(plan)
        refused = beyond if plan.scenario.limits and plan.scenario.limits.beyond == "refuse" else []
        return [*_in_files(plan), *refused], [*warnings, *(one for one in beyond if one not in refused)]
    except ScenarioError as error:
        return list(error.problems), []
    except InputError as error:
        where = "" if error.where == source else error.where
        return [Problem(Place(Path(source)), where, error.what, error.remedy)], []


def _beyond(plan: "Plan") -> "list[Problem]":
    """Limits of its own that the plan breaks on paper."""
    from commsim.scenario.errors import Problem
    from commsim.simulation.limits import beyond_on_paper

    return [
        Problem(plan.tree.at(path).place, plan.tree.told(path), what, remedy)
        for path, what, remedy in beyond_on_paper(plan.scenario)
    ]


def _in_files(plan: "Plan") -> "list[Problem]":
    """Tags and groups that are in no file of members.

    Raises InputError if a file of members, orders or friends is no use; a missing one is a warning only.
    """
    from commsim.scenario.audiences import unlisted
    from commsim.scenario.data_files import missing
    from commsim.scenario.errors import Problem

    if missing(plan.scenario):
        return []
    from commsim.population.listed import read_listed

    listed = read_listed(plan.scenario.community, None, plan.scenario.start)
    if listed is None:
        return []
    names = listed.roll.names or [""] * (len(listed.roll.members) - 1)
    return [
        Problem(plan.tree.at(path).place, plan.tree.told(path), what, remedy)
        for path, what, remedy in unlisted(plan.scenario, listed.roll.tags, names)
    ]


def _print(
    source: str, errors: "list[Problem]", warnings: "list[Problem]", told: "Container[Problem]"
) -> None:
    """Print what is wrong with one file; what it shares with one before it was told there."""
    from commsim.report.language import language
    from commsim.scenario.errors import MOST_SHOWN

    for label, problems in (("error", errors), ("warning", warnings)):
        new = [problem for problem in problems if problem not in told]
        for problem in new[:MOST_SHOWN]:
            print_text(said_problem(problem, label))
        if len(new) > MOST_SHOWN:
            print_text(f"and {len(new) - MOST_SHOWN} more")
    again = sum(problem in told for problem in (*errors, *warnings))
    counts = [said(_count(errors, "error")), said(_count(warnings, "warning"))]
    above = said(f" ({again} of them told above)") if again else ""
    say = language(spoken())
    print_text(say.titled(source, f"{say.listed(counts)}{above}"))


def _count(problems: "list[Problem]", noun: str) -> str:
    return f"{len(problems) or 'no'} {noun}{'' if len(problems) == 1 else 's'}"


def _as_data(
    source: str, errors: "list[Problem]", warnings: "list[Problem]", plan: "Scenario | None"
) -> dict[str, Any]:
    from commsim.report.limits import limits_plain
    from commsim.report.targets.words import told_target

    return {
        "scenario": source,
        "target": (told_target(plan.target) or None) if plan else None,
        "limits": limits_plain(plan) if plan else None,
        "errors": [_problem(problem) for problem in errors],
        "warnings": [_problem(problem) for problem in warnings],
    }


def _problem(problem: "Problem") -> dict[str, Any]:
    place = problem.place
    return {
        "file": str(place.file) if place.file else None,
        "line": place.line,
        "column": place.column,
        "cell": place.cell or None,
        "path": problem.path,
        "what": problem.what,
        "remedy": problem.remedy,
    }
