"""A mapping: which files hold what, where exports call their columns as nobody else does."""

import datetime as dt
from pathlib import Path

from pydantic import ValidationError

from commsim.core.errors import InputError
from commsim.core.part import Part
from commsim.scenario.errors import ScenarioError
from commsim.scenario.explain import problems
from commsim.scenario.yaml_nodes import Tree, parse


class Named(Part):
    """Files of a kind, and the names of their columns; what is not named is found by itself.

    file: its name in the folder, ``*`` for any letters.  sheet: of a workbook.  member: who it is about.
    """

    file: str
    sheet: str = ""
    member: str = ""


class NamedMembers(Named):
    """Of a list of members, of those who joined, or of those who left."""

    group: str = ""
    joined: str = ""
    left: str = ""
    role: str = ""


class NamedOrders(Named):
    """Of orders."""

    time: str = ""
    amount: str = ""
    number: str = ""
    status: str = ""
    refund: str = ""


class NamedMessages(Named):
    """Of messages, one a row, or counted by member and day."""

    group: str = ""
    time: str = ""
    count: str = ""


class NamedDays(Named):
    """Of check-ins."""

    group: str = ""
    time: str = ""


class NamedAmounts(Named):
    """Of shares of envelopes."""

    group: str = ""
    time: str = ""
    amount: str = ""


class Mapping(Part):
    """What each file is.  start, until: the first and last day to look at.  leave_out: files not to read."""

    start: dt.date | None = None
    until: dt.date | None = None
    members: tuple[NamedMembers, ...] = ()
    orders: tuple[NamedOrders, ...] = ()
    messages: tuple[NamedMessages, ...] = ()
    check_ins: tuple[NamedDays, ...] = ()
    envelopes: tuple[NamedAmounts, ...] = ()
    leave_out: tuple[str, ...] = ()


def read_mapping(file: Path | None) -> Mapping:
    """The mapping of a YAML file; an empty one without a file.  Raises InputError with every line."""
    if file is None:
        return Mapping()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        remedy = "give --mapping a YAML file in UTF-8"
        what = f"can't be read: {error.strerror}" if isinstance(error, OSError) else "the text is not UTF-8"
        raise InputError(what, where=str(file), remedy=remedy) from error
    tree = parse(text, file, "name a table and its columns, such as `orders: [{file: orders.csv}]`")
    _spell_out_lists(tree)
    try:
        mapping = Mapping.model_validate(tree.plain())
    except ValidationError as error:
        raise ScenarioError(problems(Mapping, tree, error)) from error
    if mapping.start and mapping.until and mapping.start > mapping.until:
        raise InputError("start is after until", where=str(file), remedy="put the earlier day first")
    return mapping


def _spell_out_lists(tree: Tree) -> None:
    """One of something stands without a dash before it."""
    assert isinstance(tree.value, dict)
    for name, one in tree.value.items():
        if name not in ("start", "until") and not isinstance(one.value, list):
            tree.value[name] = Tree([one], one.place, one.key)
