"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer


def _take(files: list[Path] | None) -> list[Path] | None:
    for file in files or ():
        from commsim.scenario.own_strategies import take

        take(file)
    return files


StrategyFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--strategies",
        metavar="FILE.py",
        help="Python file with strategies of your own, or a plan or folder of results whose own strategies "
        "you trust (may be given more than once).",
        callback=_take,
    ),
]
"""Loads the files before the command runs; the command need not look at it."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
ScenarioName = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one.")
]
Seed = Annotated[
    int, typer.Option(metavar="NUMBER", min=0, max=2**63 - 1, help="Another number is another luck.")
]
Days = Annotated[
    int | None, typer.Option(metavar="DAYS", min=1, max=3650, help="Days, instead of the scenario's.")
]
OutFolder = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Folder for the results.")]
CsvFile = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write CSV; - prints it.")]
Workers = Annotated[
    int | None,
    typer.Option(metavar="NUMBER", min=1, max=1024, help="Processes; one per processor if left out."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace existing results.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]
RunSeconds = Annotated[
    float, typer.Option(metavar="SECONDS", min=0, help="End a run that takes longer; 0 for no limit.")
]
RunMemory = Annotated[
    float | None,
    typer.Option(
        metavar="GB",
        min=0,
        help="End a run that takes more memory; half of the machine's if left out, 0 for no limit.",
        show_default=False,
    ),
]
RunsFolder = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FOLDER", help="Folder for the runs, or with those so far, from which it goes on."
    ),
]
Metric = Annotated[
    str,
    typer.Option(
        metavar="MEASURE",
        help="The measure that decides: profit, profit_before_staff, profit_per_member, revenue, orders, "
        "members, joined, active or messages.",
    ),
]
Confidence = Annotated[
    float, typer.Option(metavar="SHARE", min=0.5, max=0.9999, help="Of all that is said together.")
]
HtmlPage = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page of it.")]
BehaviourFile = Annotated[
    Path | None,
    typer.Option(
        "--behaviour",
        metavar="FOLDER",
        help="What commsim calibrate --out has found: its values are put into the plans, and its draws are "
        "the points over what nobody knows.",
        show_default=False,
    ),
]
BehaviourValues = Annotated[
    Path | None,
    typer.Option(
        "--behaviour",
        metavar="FOLDER",
        help="What commsim calibrate --out has found: its values are put into the plan; what its draws come "
        "to, compare, best and flip tell.",
        show_default=False,
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Run on a Dask cluster, such as tcp://10.0.0.1:8786."),
]
Seconds = Annotated[
    float | None, typer.Option(metavar="SECONDS", min=0, help="End then, with what is known.")
]


def refuse_both(scheduler: str | None, workers: int | None) -> None:
    """Refuse local processes beside a cluster, which has its own."""
    if scheduler is not None and workers is not None:
        raise typer.BadParameter("the cluster has its own workers", param_hint="--workers")
