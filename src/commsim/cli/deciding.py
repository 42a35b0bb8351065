"""What commands that decide between plans share: options, a bundle a class, and what is done with each.

A command takes a bundle as one argument (`commsim.cli.spread`); an option that is put into one is an option
of all commands that take it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from commsim.cli.html_output import HtmlFile, put_statement
from commsim.cli.options import (
    AsJson,
    BehaviourFile,
    BehaviourValues,
    CsvFile,
    Force,
    HtmlPage,
    Quiet,
    RunsFolder,
    Scheduler,
    Seed,
    StrategyFiles,
    Workers,
    refuse_both,
)
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import progress_bar
from commsim.cli.results import check_csv, show_result
from commsim.cli.spoken import Lang

if TYPE_CHECKING:
    from commsim.analysis.beliefs import Beliefs
    from commsim.report.html.statement import Statement
    from commsim.report.language import Language
    from commsim.report.tables import Grid
    from commsim.scenario.schema import Scenario

Found = TypeVar("Found")


@dataclass(frozen=True)
class Plans:
    """How plans are read: what is true of every one that is named."""

    strategies: StrategyFiles = None

    def load(self, source: str, days: int | None = None) -> "Scenario":
        """The plan of a file or a shipped name, of another length if ``days`` is given."""
        from commsim.scenario.length import with_days
        from commsim.scenario.load import load

        plan = load(source)
        return plan if days is None else with_days(plan, days)


@dataclass(frozen=True)
class CalibratedPlans(Plans):
    """The same of commands that go on from a calibration."""

    behaviour: BehaviourFile = None

    @cached_property
    def beliefs(self) -> "Beliefs | None":
        """What was calibrated, if that is given."""
        if self.behaviour is None:
            return None
        from commsim.analysis.beliefs import Beliefs

        found = Beliefs.read(self.behaviour)
        print_text(f"Members are {found.evidence}.", err=True)
        return found

    def load(self, source: str, days: int | None = None) -> "Scenario":
        """As of all plans, with the values of the calibration."""
        plan = super().load(source, days)
        return self.beliefs.put_into(plan) if self.beliefs else plan


@dataclass(frozen=True)
class ValuedPlans(CalibratedPlans):
    """The same of a command that makes nothing of the draws of a calibration."""

    behaviour: BehaviourValues = None


@dataclass(frozen=True)
class Running:
    """How runs are made, and where they are kept."""

    seed: Seed = 0
    workers: Workers = None
    scheduler: Scheduler = None
    out: RunsFolder = None
    quiet: Quiet = False

    def __post_init__(self) -> None:
        refuse_both(self.scheduler, self.workers)

    @property
    def manner(self) -> dict[str, Any]:
        """The arguments by which functions of Python know all that."""
        return {name: getattr(self, name) for name in ("seed", "workers", "scheduler", "out")}

    @contextmanager
    def bar(self, what: str, total: int | None) -> Iterator[Callable[[int, str], None]]:
        """A bar of progress, as `progress_bar`; who interrupts it hears that runs are kept."""
        try:
            with progress_bar(what, total, quiet=self.quiet) as tell:
                yield tell
        except KeyboardInterrupt:
            if self.out is not None:
                print_text(f"What is done is kept in {self.out}; the same command goes on.", err=True)
            raise

    def keep(self, files: Mapping[str, Any]) -> None:
        """Put files beside the runs, if these are kept: texts as they are, other data as JSON."""
        if self.out is None:
            return
        from commsim.experiments.store import put_text
        from commsim.records.folder import writing

        with writing(self.out):
            for name, content in files.items():
                put_text(content if isinstance(content, str) else _json(content), self.out / name)
        print_text(f"The runs are in {self.out}.", err=True)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


@dataclass(frozen=True)
class Forms(Generic[Found]):
    """What makes each form that a result is told in; called when it is wanted."""

    data: Callable[[Found], Any]
    grids: "Callable[[Found, Language], list[Grid]]"
    verdict: "Callable[[Found, Language], str]"
    csv: Callable[[Found], str]
    statement: "Callable[[Found, Language], Statement]"


@dataclass(frozen=True)
class Telling:
    """How a result is told, and into which files."""

    as_json: AsJson = False
    csv: CsvFile = None
    html: HtmlPage = None
    lang: Lang = "en"
    force: Force = False

    def __post_init__(self) -> None:
        check_csv(self.csv, as_json=self.as_json, force=self.force)
        check_file(self.html, "--html", force=self.force)

    @property
    def say(self) -> "Language":
        """The language that is wanted."""
        from commsim.report.language import language

        return language(self.lang)

    def tell(self, found: Found, forms: Forms[Found], say: "Language") -> None:
        """Print it as JSON, or as tables and a sentence; write its CSV, and its page."""
        show_result(
            as_json=self.as_json,
            data=lambda: forms.data(found),
            grids=lambda: forms.grids(found, say),
            verdict=lambda: forms.verdict(found, say),
            csv=self.csv,
            rows=lambda: forms.csv(found),
        )
        if self.html is not None:
            put_statement(forms.statement(found, say), self.html, self.lang)


@dataclass(frozen=True)
class TellingAtLength(Telling):
    """The same of a command whose page is a report with runs of its own."""

    html: HtmlFile = None
