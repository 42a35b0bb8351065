"""The language that the command line speaks: that of ``--lang``, else of COMMSIM_LANG, else English."""

import inspect
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from commsim.core.errors import CommsimError
    from commsim.scenario.errors import Problem

LANGUAGES = ("en", "zh")
VARIABLE = "COMMSIM_LANG"
OPTION = "--lang"
_now = "en"


def listen(args: Sequence[str]) -> None:
    """Take the language from the arguments of a command or the environment, before anything is said.

    One that there is not is left to the command, which refuses it: ``zh_CN`` in Chinese.
    """
    given = os.environ.get(VARIABLE) or "en"
    for i, arg in enumerate(args):
        if arg.startswith(f"{OPTION}="):
            given = _language(arg.removeprefix(f"{OPTION}="), given)
        elif arg == OPTION and i + 1 < len(args):
            given = _language(args[i + 1], given)
    global _now  # and not one of each thread: those that tell why nothing has come yet speak it, too
    _now = _language(given, "en")


def heed_variable(args: Sequence[str]) -> None:
    """Raise typer.BadParameter where the environment asks for a language that there is not.

    Not where ``args`` ask for one themselves, but whatever the command, even one that there is not.
    """
    given = os.environ.get(VARIABLE)
    if given and not any(arg.partition("=")[0] == OPTION for arg in args):
        try:
            checked(given)
        except typer.BadParameter as error:
            error.param_hint = VARIABLE
            raise


def _language(code: str, before: str) -> str:
    return next((known for known in LANGUAGES if code.lower().startswith(known)), before)


def spoken() -> str:
    """``en`` or ``zh``."""
    return _now


@contextmanager
def plans_spoken() -> Iterator[None]:
    """Within it shipped plans tell of themselves in the language that is spoken."""
    if spoken() == "en":
        yield
        return
    from commsim.scenario.shipped_words import telling_in

    with telling_in(spoken()):
        yield


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
        show_default=False,
        help="Language: en or zh (Chinese); COMMSIM_LANG=zh sets it for every command.",
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
