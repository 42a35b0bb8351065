"""A plan that says only how it differs from another one (``extends``)."""

from dataclasses import replace
from pathlib import Path

from commsim.core.errors import InputError
from commsim.scenario import weeks
from commsim.scenario.errors import Place, Problem, ScenarioError
from commsim.scenario.in_english import in_english, top_in_english
from commsim.scenario.sheets.files import read_plan
from commsim.scenario.shipped import find_file
from commsim.scenario.shipped_words import in_own_words
from commsim.scenario.yaml_nodes import Tree
from commsim.strategies.registry import kinds

MAX_CHAIN = 8
_OWN = ("name", "about")
_STRATEGIES = "strategies"


def assemble(file: Path, depth: int = 0) -> Tree:
    """The tree of a scenario file with all that it extends; see `extended`."""
    return extended(in_own_words(read_plan(file), file), file.parent, depth)


def extended(tree: Tree, folder: Path, depth: int = 0) -> Tree:
    """A tree with all that it extends; paths are relative to the folder.

    Mappings are merged key by key; a list replaces the list.  Where the other plan has a list of
    named things (strategies, products, segments, groups), a mapping from names changes those alone:
    ``red_envelope: {total: 12}`` changes, ``advert: null`` removes, a new name adds.  A strategy that
    is added under the name of a kind is of that kind.
    A table of ``weeks`` replaces the table; its strategies can be changed by their names.
    The name and the account of what a plan is for are never inherited.
    """
    tree = top_in_english(tree)
    assert isinstance(tree.value, dict)
    link = tree.value.pop("extends", None)
    base = None if link is None else _base(link, folder, depth)
    tree = in_english(tree, _kinds_by_name(base))
    assert isinstance(tree.value, dict)
    rows = tree.value.pop(weeks.KEY, None)
    rows = None if rows is None or rows.value is None else rows
    if base is None:
        return tree if rows is None else _with_rows(tree, rows)
    if rows is not None:
        base = _without_rows(base)
    assert isinstance(base.value, dict)
    for key in _OWN:
        base.value.pop(key, None)
    if _STRATEGIES in tree.value:
        base.value.setdefault(_STRATEGIES, Tree([], base.place))
    merged = merge(base, tree)
    return merged if rows is None else _with_rows(merged, rows)


def _kinds_by_name(plan: Tree | None) -> dict[str, str]:
    """The kinds of a plan's strategies, by their names."""
    there = None if plan is None else plan.child(_STRATEGIES)
    items = there.value if there is not None and isinstance(there.value, list) else []
    found = ((_name(item), item.child("kind")) for item in items)
    return {name: str(kind.value) for name, kind in found if kind is not None}


def _with_rows(plan: Tree, rows: Tree) -> Tree:
    """A plan with the strategies of a table of weeks after its own."""
    assert isinstance(plan.value, dict)
    there = plan.value.setdefault(_STRATEGIES, Tree([], rows.place, rows.key))
    if isinstance(there.value, list):
        plan.value[_STRATEGIES] = replace(there, value=[*there.value, *weeks.strategies(rows)])
    return plan


def _without_rows(plan: Tree) -> Tree:
    """A plan without the strategies of its table of weeks."""
    assert isinstance(plan.value, dict)
    there = plan.value.get(_STRATEGIES)
    if there is not None and isinstance(there.value, list):
        own = [item for item in there.value if item.row is None]
        plan.value[_STRATEGIES] = replace(there, value=own)
    return plan


def _base(link: Tree, folder: Path, depth: int) -> Tree:
    if not isinstance(link.value, str):
        raise _wrong(link.place, "must be a path or the name of a shipped scenario")
    if depth >= MAX_CHAIN:
        raise _wrong(link.place, f"more than {MAX_CHAIN} plans extend each other", "look for a circle")
    try:
        found = find_file(link.value, folder)
    except InputError as error:
        raise _wrong(link.place, error.what, error.remedy) from error
    return assemble(found, depth + 1)


def _wrong(place: Place, what: str, remedy: str = "") -> ScenarioError:
    return ScenarioError([Problem(place, "extends", what, remedy)])


def merge(base: Tree, change: Tree, key: str = "") -> Tree:
    """The base, which stands under ``key``, with the changes; see `assemble`."""
    if isinstance(base.value, dict) and isinstance(change.value, dict):
        merged = dict(base.value)
        if "file" in change.value:
            merged.pop("sha256", None)  # it was that of the other file
        for name, child in change.value.items():
            merged[name] = merge(merged[name], child, name) if name in merged else child
        return Tree(merged, change.place, change.key)
    if isinstance(base.value, list) and isinstance(change.value, dict) and not _are_pairs(change, key):
        changes = {name: _spelled(item, key) for name, item in change.value.items()}
        gone = base.gone | {name: item for name, item in changes.items() if item.value is None}
        return Tree(_by_name(base.value, changes, key), change.place, change.key, gone=gone)
    return change


def _are_pairs(change: Tree, key: str) -> bool:
    """Whether a mapping is a list of two settings each, such as a ladder: it replaces the list."""
    values = [item.value for item in change.value.values()] if isinstance(change.value, dict) else []
    return key != "groups" and any(isinstance(value, int | float | str) for value in values)


def _spelled(change: Tree, key: str) -> Tree:
    """A change of an item; of groups, a number alone stands for the members."""
    if key == "groups" and isinstance(change.value, int):
        return replace(change, value={"members": replace(change, key=None)})
    return change


def _by_name(items: list[Tree], changes: dict[str, Tree], key: str) -> list[Tree]:
    merged: list[Tree] = []
    for position, item in enumerate(items):
        name = _name(item)
        change = changes.get(name)
        if change is None:
            known_as = item.label if item.label is not None or item.row is not None else position
            merged.append(replace(item, label=known_as))
        elif change.value is not None:
            merged.append(replace(merge(item, change), label=name, row=item.row))
    known = {_name(item) for item in items}
    return merged + [_added(name, change, key) for name, change in changes.items() if name not in known]


def _name(item: Tree) -> str:
    label = item.child("name") or item.child("kind")
    return str(label.value) if label else ""


def _added(name: str, item: Tree, key: str) -> Tree:
    """A new item under its name; the name of a kind of strategy says the kind, too."""
    if item.value is None:
        raise ScenarioError(
            [Problem(item.key or item.place, name, "there is none of this name to remove", "mend the name")]
        )
    if not isinstance(item.value, dict):
        return replace(item, label=name)
    said = Tree(name, item.key or item.place)
    more = {"name": said} | ({"kind": said} if key == _STRATEGIES and name in kinds() else {})
    return replace(item, value=more | item.value, label=name)
