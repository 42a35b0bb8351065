"""Which kind of table a sheet is, on which line its header stands, and which column holds what."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from commsim.core.errors import InputError
from commsim.exchange.cells import dates_in
from commsim.exchange.kinds import KINDS, Field, Kind, id_rank, plain_name
from commsim.exchange.sheets import Sheet
from commsim.scenario.explain import did_you_mean

_MOST_TOLD = 20
_GROUP = re.compile(r"群(?:聊)?(?:名称|名)?\s*[:：]\s*(\S.*)")
_NO_NAME = re.compile(
    r"(?:客户)?群(?:聊)?成员(?:列表|明细)?|导出|members|\d{6,}|[_\-—\s()（）]+$|^[_\-—\s()（）]+", re.I
)


@dataclass(frozen=True)
class Layout:
    """What was recognised: columns by field, those that tell people apart by name with their rank, the
    first line of data, and what stands above the header: a span of days, the name of a group.
    """

    kind: Kind
    line: int
    names: tuple[str, ...]
    columns: Mapping[str, int]
    people: Mapping[int, int]
    span: tuple[dt.date, dt.date] | None = None
    group: str = ""
    told: Mapping[str, str] = field(default_factory=dict)


def recognise(sheet: Sheet, kind: str = "", told: Mapping[str, str] | None = None) -> Layout | None:
    """The layout of a sheet; None if it is none of ours.

    kind, told: what a mapping says of it: the kind, and columns by field (``member`` too).  Raises
    InputError for a column that is not there, and if two kinds fit equally well.
    """
    told = {name: column for name, column in (told or {}).items() if column}
    head = sheet.head()
    found: list[tuple[int, Layout]] = []
    for at, two, (line, names) in _headers(head):
        for one in [KINDS[kind]] if kind else KINDS.values():
            layout = _layout(sheet, one, line, names, told, mapped=bool(kind))
            if layout is not None:
                score = 2 * (len(layout.columns) + len(layout.people)) - two
                found.append((score, _with_titles(layout, sheet, head[:at])))
    if not found:
        _refuse_what_is_named(sheet, kind, told, head)
        return None
    best = max(score for score, _ in found)
    first = next(layout for score, layout in found if score == best)
    rivals = {layout.kind.name for score, layout in found if score == best and layout.line == first.line}
    if len(rivals) > 1:
        named = [name for name in rivals if re.search(KINDS[name].hint, _name(sheet), re.I)]
        if len(named) != 1:
            what = f"could be {' or '.join(sorted(rivals))}"
            raise InputError(what, where=sheet.place(first.line), remedy="say in a mapping which it is")
        first = next(one for score, one in found if score == best and one.kind.name == named[0])
    return first


def _headers(head: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, bool, tuple[int, list[str]]]]:
    """Candidates: each of the first rows, and each two that follow one another, where the lower one names
    parts of what the upper one names.  The place of the first row, whether there are two, the line above the
    data, and the names.
    """
    for at, (line, row) in enumerate(head):
        yield at, False, (line, row)
        if at + 1 < len(head):
            below, lower = head[at + 1]
            wide = max(len(row), len(lower))
            upper, lower = [*row, *[""] * (wide - len(row))], [*lower, *[""] * (wide - len(lower))]
            yield at, True, (below, [low or high for high, low in zip(upper, lower, strict=True)])


def _layout(
    sheet: Sheet, kind: Kind, line: int, names: list[str], told: Mapping[str, str], *, mapped: bool
) -> Layout | None:
    plain = [plain_name(name) for name in names]
    hinted = mapped or re.search(kind.hint, _name(sheet), re.I) is not None
    columns, tells = {}, hinted
    for name, one in kind.fields.items():
        at = _named(told[name], plain) if name in told else _find(one, plain, hinted=hinted)
        if at is None and (name in told or (one.needed and not _later(kind, name, plain))):
            return None
        if at is not None:
            columns[name] = at
            tells |= one.tells and plain[at] not in one.generic
    if kind.one_of and not any(name in columns for name in kind.one_of):
        return None
    if "time" not in columns and "time" in kind.fields:
        columns["time"] = next(at for at, name in enumerate(plain) if name in kind.fields["time"].generic)
    if "member" in told:
        at = _named(told["member"], plain)
        people = {} if at is None else {at: 0}
    else:
        people = {at: rank for at, name in enumerate(plain) if (rank := id_rank(name)) is not None}
        people = {at: rank for at, rank in people.items() if at not in columns.values()}
    if not tells or not people:
        return None
    return Layout(kind, line, tuple(names), columns, people, told=told)


def _later(kind: Kind, name: str, plain: list[str]) -> bool:
    """Whether a column of a general name can serve, because another one tells what the table is."""
    others = (one for other, one in kind.fields.items() if other != name and one.tells)
    told = any(_find(one, plain, hinted=False) is not None for one in others)
    return name == "time" and told and any(generic in plain for generic in kind.fields[name].generic)


def _find(one: Field, plain: list[str], *, hinted: bool) -> int | None:
    for name in (*one.names, *(one.generic if hinted else ())):
        if name in plain:
            return plain.index(name)
    return None


def _named(name: str, plain: list[str]) -> int | None:
    wanted = plain_name(name)
    return plain.index(wanted) if wanted in plain else None


def _name(sheet: Sheet) -> str:
    return f"{sheet.file.stem} {sheet.name}"


def _with_titles(layout: Layout, sheet: Sheet, above: Sequence[tuple[int, list[str]]]) -> Layout:
    """The layout with what rows above the header tell, and without those a group by its file's name."""
    span, group = None, ""
    for _, row in above:
        text = " ".join(filter(None, row))
        dates = dates_in(text)
        if len(dates) == 2 and dates[0] <= dates[1]:
            span = dates[0], dates[1]
        if match := _GROUP.search(next(filter(_GROUP.search, row), "")):
            group = match[1].strip()
    if not group:
        stem = sheet.name if sheet.name and not re.fullmatch(r"Sheet\s*\d*|工作表\s*\d*", sheet.name) else ""
        group = _NO_NAME.sub("", _NO_NAME.sub("", stem or sheet.file.stem))
    return Layout(
        layout.kind, layout.line, layout.names, layout.columns, layout.people, span, group, layout.told
    )


def _refuse_what_is_named(
    sheet: Sheet, kind: str, told: Mapping[str, str], head: Sequence[tuple[int, list[str]]]
) -> None:
    """Raise InputError for a column that a mapping names and no row has, or for one that is missing."""
    if not kind or not head:
        return
    line, names = max(head, key=lambda row: sum(map(bool, row[1])))
    known = {plain_name(name) for _, row in head for name in row}
    shown = ", ".join(filter(None, names[:_MOST_TOLD]))
    for name, column in told.items():
        if plain_name(column) not in known:
            hint = did_you_mean(column, names)
            remedy = f"{hint} the columns are {shown}; set {kind}.{name} in the mapping".strip()
            raise InputError(f"there is no column {column!r}", where=sheet.place(line), remedy=remedy)
    needed = [name for name, one in KINDS[kind].fields.items() if one.needed] or [*KINDS[kind].one_of]
    remedy = f"name them in the mapping: the columns are {shown}"
    what = f"the columns of {kind} are not found: member, {', '.join(needed)}"
    raise InputError(what, where=sheet.place(line), remedy=remedy)
