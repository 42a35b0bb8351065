"""Tables of cells to the tree of a scenario, in which every setting knows its cell."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic.fields import FieldInfo

from commsim.scenario import discounts
from commsim.scenario.errors import Place, Problem, ScenarioError, SettingPath
from commsim.scenario.fields import owner_and_field
from commsim.scenario.schema import Scenario
from commsim.scenario.sheets.cells import tree_of
from commsim.scenario.sheets.derived import edited
from commsim.scenario.sheets.grid import NOTE, Cell, Table
from commsim.scenario.sheets.layout import (
    DERIVED,
    LISTS,
    SETTING_HEADS,
    SETTINGS,
    STRATEGIES,
    TITLES,
    WEEKS,
    sheet_of,
)
from commsim.scenario.sheets.names import MODELS, Names
from commsim.scenario.weeks import SHORT
from commsim.scenario.yaml_nodes import Tree


def scenario_tree(tables: Sequence[Table], file: Path) -> Tree:
    """The tree of what all tables say.  Raises ScenarioError with all that can't be understood."""
    builder = _Builder(file)
    for one in tables:
        builder.take(one)
    if builder.problems:
        raise ScenarioError(builder.problems)
    return builder.root


@dataclass
class _Builder:
    file: Path
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, Place] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    def __post_init__(self) -> None:
        self.root = Tree({}, Place(self.file))

    def take(self, one: Table) -> None:
        """Take a sheet in."""
        sheet = sheet_of(one.name)
        if sheet is None:
            if not one.name.startswith(NOTE) and one.rows:
                self._refuse_sheet(one)
        elif sheet in self.seen:
            self._refuse(one.place, f"there is a second sheet for {sheet}", "keep one")
        elif sheet in DERIVED:
            self.problems.extend(edited(one))
        elif sheet == SETTINGS:
            self._settings(one)
        else:
            self._list(sheet, one)
        self.seen[sheet or one.name] = one.place

    def _refuse(self, place: Place, what: str, remedy: str = "", path: str = "") -> None:
        self.problems.append(Problem(place, path, what, remedy))

    def _refuse_sheet(self, one: Table) -> None:
        close = difflib.get_close_matches(one.name.title(), TITLES, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        remedy = f"{hint}Known: {', '.join(TITLES)}; begin its name with {NOTE} if it is for notes"
        self._refuse(one.place, "is no sheet of a plan", remedy)

    def _settings(self, one: Table) -> None:
        """One setting a row: its path, its value; what stands beside them is for people."""
        for row in one.rows:
            name = row[0]
            if name.text.casefold() in SETTING_HEADS:
                continue
            value = row[1] if len(row) > 1 else Cell(None, name.place)
            path = self.names.path(name.text)
            if value.text and not path:
                self._refuse(value.place, "has no setting before it", "write which setting it is for")
            elif value.text:
                _, known = owner_and_field(Scenario, self.root, path)
                self._put(path, self._tree(value, known, path[-1]), name)

    def _put(self, path: SettingPath, tree: Tree, name: Cell) -> None:
        here = self.root
        for part in path[:-1]:
            assert isinstance(here.value, dict)
            here = here.value.setdefault(str(part), Tree({}, name.place, name.place))
            if not isinstance(here.value, dict):
                self._refuse(name.place, f"{part} has a value already", "keep one of them", name.text)
                return
        assert isinstance(here.value, dict)
        tree.key = name.place
        there = here.value.setdefault(str(path[-1]), tree)
        if there is not tree and not (tree.value == {} and isinstance(there.value, dict)):
            first = there.place
            self._refuse(name.place, f"written twice; first in {first.cell or first}", "keep one", name.text)

    def _tree(self, cell: Cell, known: FieldInfo | None, name: str | int) -> Tree:
        try:
            return tree_of(cell, known, str(name))
        except ScenarioError as error:
            self.problems.extend(error.problems)
            return Tree(None, cell.place)

    def _list(self, sheet: str, one: Table) -> None:
        if not one.rows:
            if sheet == STRATEGIES:
                self._put(LISTS[sheet], Tree([], one.place), Cell(sheet, one.place))
            return
        head, *rows = one.rows
        columns = list(self._columns(sheet, head))
        items = [self._item(sheet, columns, row) for row in rows]
        if items or sheet == STRATEGIES:
            self._put(LISTS[sheet], Tree(items, one.place), Cell(sheet, one.place))

    def _columns(self, sheet: str, head: Sequence[Cell]) -> Iterator[str]:
        """The setting of each column; empty for one of notes."""
        used: dict[str, Place] = {}
        known = self.names.heads(sheet)
        for cell in head:
            name = cell.text
            if name and not name.startswith(NOTE) and name not in known:
                close = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean {close[0]}? " if close else ""
                remedy = f"{hint}or begin it with {NOTE} if it is for notes" if hint else ""
                remedy = remedy or f"mend it, or begin it with {NOTE} if it is for notes"
                self._refuse(cell.place, f"there is no setting {name!r} for a column", remedy)
            elif name in used:
                self._refuse(cell.place, f"is the head of two columns, {name}", "keep one")
            used[name] = cell.place
            yield name

    def _item(self, sheet: str, columns: Sequence[str], row: Sequence[Cell]) -> Tree:
        first = next(cell for cell in row if cell.text)
        kind = self._kind(sheet, columns, row) if sheet in (STRATEGIES, WEEKS) else ""
        owner = MODELS.get(sheet) or self.names.kinds.get(kind)
        found: dict[str, Tree] = {}
        for at, cell in enumerate(row):
            head = columns[at] if at < len(columns) else ""
            if not cell.text or head.startswith(NOTE):
                continue
            if not head:
                self._refuse(cell.place, "stands in a column without a head", "write which setting it is for")
                continue
            name = self.names.setting(head, sheet, kind)
            if what := discounts.unclear(head, cell.value):
                self._refuse(cell.place, what, discounts.REMEDY, head)
            known = owner.model_fields.get(SHORT.get(name, name)) if owner else None
            is_kind = SHORT.get(name, name) == "kind" and kind
            tree = Tree(kind, cell.place) if is_kind else self._tree(cell, known, name)
            tree.key = cell.place
            found[name] = tree
        return Tree(found, first.place)

    def _kind(self, sheet: str, columns: Sequence[str], row: Sequence[Cell]) -> str:
        """The kind of strategy of a row; empty if none is said."""
        for head, cell in zip(columns, row, strict=False):
            name = self.names.setting(head, sheet)
            if SHORT.get(name, name) == "kind":
                return self.names.kind(cell.text)
        return ""
