"""The language that the command line speaks: that of ``--lang``, else of COMMSIM_LANG, else English."""

import inspect
import os
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from commsim.core.errors import CommsimError
    from commsim.scenario.errors import Problem

LANGUAGES = ("en", "zh")
VARIABLE = "COMMSIM_LANG"
OPTION = "--lang"
_now: ContextVar[str] = ContextVar("language", default="en")


def listen(args: Sequence[str]) -> None:
    """Take the language from the arguments of a command or the environment, before anything is said.

    One that there is not is left to the command, which refuses it.
    """
    given = os.environ.get(VARIABLE) or "en"
    for i, arg in enumerate(args):
        if arg.startswith(f"{OPTION}="):
            given = arg.removeprefix(f"{OPTION}=")
        elif arg == OPTION and i + 1 < len(args):
            given = args[i + 1]
    _now.set(given if given in LANGUAGES else "en")


def spoken() -> str:
    """``en`` or ``zh``."""
    return _now.get()


def said(text: str) -> str:
    """A remark, warning or error text in the language that is spoken."""
    if spoken() == "en":
        return text
    from commsim.report.messages import in_chinese

    return in_chinese(text)


def said_problem(problem: "Problem", label: str) -> str:
    """One line about a problem of a plan, in the language that is spoken."""
    if spoken() == "en":
        return problem.line(label)
    from commsim.report.messages import problem_in_chinese

    return problem_in_chinese(problem, label)


def said_error(error: "CommsimError") -> str:
    """An error in the language that is spoken."""
    if spoken() == "en":
        return str(error)
    from commsim.report.messages import error_in_chinese

    return error_in_chinese(error)


def checked(code: str) -> str:
    """The code of a language; typer.BadParameter for another."""
    if code not in LANGUAGES:
        raise typer.BadParameter(f"{code!r} is none of {', '.join(LANGUAGES)}")
    return code


Lang = Annotated[
    str,
    typer.Option(
        OPTION,
        metavar="en|zh",
        callback=checked,
        envvar=VARIABLE,
        show_envvar=False,
        help="Language: English or Chinese.",
    ),
]


def speaking(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes ``--lang``, which it need not look at: what it prints is said in that language."""
    signature = inspect.signature(command)
    if "lang" in signature.parameters:
        return command

    @wraps(command)
    def call(lang: str, **given: Any) -> None:
        command(**given)

    call.__annotations__ = {**get_type_hints(command, include_extras=True), "lang": Lang}
    lang = inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default="en", annotation=Lang)
    call.__signature__ = signature.replace(parameters=[*signature.parameters.values(), lang])  # type: ignore[attr-defined]
    return call


def explain(command: Any, context: Any) -> None:
    """Put the help of a command, and what typer writes around it, into the language that is spoken."""
    if spoken() == "en":
        return
    from rich import columns
    from rich.table import Table
    from typer import rich_utils

    class Folding(Table):
        """Chinese has no blanks to break lines at, and what is left over is cut by default."""

        def add_row(self, *cells: Any, **look: Any) -> None:
            super().add_row(*cells, **look)
            for column in self.columns:
                column.overflow = "fold"

    for user in (columns, rich_utils):
        setattr(user, "Table", Folding)  # noqa: B010
    for name, text in _AROUND.items():
        setattr(rich_utils, name, text)
    words = _help()
    command.help = words.get(command.help, command.help)
    command.epilog = words.get(command.epilog, command.epilog)
    command.options_metavar, command.subcommand_metavar = "[选项]", "命令 [参数]..."
    for param in (*command.params, command.get_help_option(context)):
        param.help = words.get(param.help, param.help)
    usage = command.get_usage
    command.get_usage = lambda context: usage(context).replace("Usage:", "用法：", 1)


_AROUND = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
}
"""Fixed texts of typer's help, by the names that it keeps them under."""


@cache
def _help() -> dict[str, str]:
    import yaml

    read: dict[str, str] = yaml.safe_load(
        (Path(__file__).parent / "help_zh.yaml").read_text(encoding="utf-8")
    )
    return read
