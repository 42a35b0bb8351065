"""``commsim strategies``: what an operator can do, and every setting of it."""

import inspect
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.grids import print_grids, said_grid
from commsim.cli.options import AsJson, StrategyFiles
from commsim.cli.output import print_json, print_text
from commsim.cli.results import show_result
from commsim.cli.spoken import said, spoken

if TYPE_CHECKING:
    from pydantic import BaseModel

    from commsim.report.language import Language
    from commsim.report.tables import Grid
    from commsim.scenario.fields import Setting
    from commsim.strategies.audience import Of
    from commsim.strategies.base import Strategy


def strategies(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One kind, with all its settings.")
    ] = None,
    as_json: AsJson = False,
    files: StrategyFiles = None,
) -> None:
    """List all strategies, or one with its fields, units, defaults, ranges and sources."""
    from commsim.strategies.registry import kinds

    if name is None:
        _list(kinds(), as_json)
    else:
        _one(_find(name), as_json)


def _find(name: str) -> "type[Strategy]":
    from commsim.core.errors import InputError
    from commsim.scenario.any_strategy import in_its_language
    from commsim.scenario.words import kind_words
    from commsim.strategies.registry import UnknownKind, find

    try:
        return find(kind_words().get(name, name.replace("-", "_")))
    except UnknownKind as error:
        raise InputError(str(in_its_language(error))) from error


def _list(known: "dict[str, type[Strategy]]", as_json: bool) -> None:
    from commsim.report.language import language
    from commsim.report.tables import Grid

    say = language(spoken())
    rows = [(kind, cls.purpose, _about(cls).split("\n")[0]) for kind, cls in known.items()]
    told = tuple((_kind_told(kind), say(purpose), about) for kind, purpose, about in rows)
    show_result(
        as_json=as_json,
        data=lambda: [dict(zip(("kind", "purpose", "about"), row, strict=True)) for row in rows],
        grids=lambda: [said_grid(Grid("", ("Kind", "Purpose", "What it does"), told, fixed=3))],
        verdict=lambda: "commsim strategies KIND shows the settings of one.",
    )


def _kind_told(kind: str) -> str:
    """As a plan in the language that is spoken has it."""
    from commsim.scenario.in_chinese import kind_called

    return kind if spoken() == "en" else kind_called(kind)


def _path_told(model: "type[BaseModel]", kind: str, path: str) -> str:
    """A setting as a plan in the language that is spoken has it."""
    from commsim.scenario.in_chinese import path_called

    return path if spoken() == "en" else path_called(model, kind, path)


def _both(told: str, name: str, between: str = "\n") -> str:
    """What a thing is called in the language that is spoken, and in English."""
    return between.join(dict.fromkeys((told, name)))


def _one(cls: "type[Strategy]", as_json: bool) -> None:
    from commsim.report.language import language
    from commsim.scenario.fields import settings
    from commsim.strategies.base import Strategy
    from commsim.strategies.own import kind_of

    common = set(Strategy.model_fields)
    without = {"kind", "who"} if cls.whole_groups else {"kind"}
    listed = [setting for setting in settings(cls) if setting.path.split(".")[0] not in without]
    if as_json:
        fields = [setting._asdict() for setting in listed]
        it = {"kind": kind_of(cls), "purpose": cls.purpose, "about": _about(cls), "fields": fields}
        print_json({**it, "who": [one._asdict() for one in _chosen_by(cls)]})
        return
    kind = kind_of(cls)
    called, purpose = _both(_kind_told(kind), kind, " "), language(spoken())(cls.purpose)
    print_text(f"{called} ({purpose})\n\n{_told_about(cls)}\n")
    own = [one for one in listed if one.path.split(".")[0] not in common]
    conditions = _conditions(cls)  # these say what may stand below each `who`
    shared = [one for one in listed if one not in own]
    shared = [one for one in shared if not conditions or "who" not in one.path.split(".")[:-1]]
    grids = (
        _grid(cls, "Its own settings", own),
        _grid(cls, "Settings of every strategy", shared),
        *conditions,
    )
    print_grids([said_grid(grid) for grid in grids])
    print_text(
        "Grades: A randomised or natural experiment; B large observational data; "
        "C small or other context; D assumption."
    )


def _chosen_by(cls: "type[Strategy]") -> "list[Of]":
    """What it can choose members by; nothing if it is for whole groups."""
    from commsim.strategies.audience import chosen_by

    return [] if cls.whole_groups else chosen_by()


def _conditions(cls: "type[Strategy]") -> "list[Grid]":
    from commsim.report.language import language
    from commsim.report.tables import Grid
    from commsim.strategies.audience import Who
    from commsim.strategies.own import kind_of

    say = language(spoken())
    who = _path_told(cls, kind_of(cls), "who")

    def row(one: "Of") -> tuple[str, ...]:
        word = _path_told(Who, "", one.name)
        example = one.example.replace(f"who: {{{one.name}:", f"{who}: {{{word}:")
        return _both(word, one.name), say.unit(one.unit), one.about, example

    rows = tuple(map(row, _chosen_by(cls)))
    return (
        [Grid("What `who` may say", ("Of members", "Unit", "Meaning", "Example"), rows, fixed=4)]
        if rows
        else []
    )


def _about(cls: "type[Strategy]") -> str:
    return inspect.cleandoc(cls.__doc__ or "")


def _told_about(cls: "type[Strategy]") -> str:
    """The same in the language that is spoken, paragraph by paragraph; English in the lines of its text."""
    paragraphs = _about(cls).split("\n\n")
    return "\n\n".join(part if spoken() == "en" else said(" ".join(part.split())) for part in paragraphs)


def _grid(cls: "type[Strategy]", title: str, listed: "list[Setting]") -> "Grid":
    from commsim.report.language import language
    from commsim.report.tables import Grid
    from commsim.strategies.own import kind_of

    say = language(spoken())
    kind = kind_of(cls)
    names = [_both(_path_told(cls, kind, one.path), one.path) for one in listed]
    rows = tuple(
        (name, say.values(one.default), _meaning(one, say), one.grade)
        for name, one in zip(names, listed, strict=True)
    )
    return Grid(title, ("Setting", "Default", "Meaning", "Grade"), rows, fixed=4)


def _meaning(one: "Setting", say: "Language") -> str:
    """What a setting is; on a second line its unit and range, on a third where the numbers come from."""
    parts = [say.unit(one.unit), say.values(one.allowed)]
    parts += [said(f"plausible {one.plausible}")] if one.plausible else []
    source = [f"Source: {one.source}"] if one.source not in ("", "-") else []
    return "\n".join([one.about, say.listed(said(part) for part in parts if part not in ("", "-")), *source])
