"""A plan that says only how it differs from another one (``extends``)."""

from pathlib import Path

from commsim.core.errors import InputError
from commsim.scenario.errors import Place, Problem, ScenarioError
from commsim.scenario.shipped import find_file
from commsim.scenario.yaml_nodes import Tree, read

MAX_CHAIN = 8
_OWN = ("name", "about")


def assemble(file: Path, depth: int = 0) -> Tree:
    """The tree of a scenario file with all that it extends; see `extended`."""
    return extended(read(file), file.parent, depth)


def extended(tree: Tree, folder: Path, depth: int = 0) -> Tree:
    """A tree with all that it extends; paths are relative to the folder.

    Mappings are merged key by key; a list replaces the list.  Where the other plan has a list of
    named things (strategies, products, segments), a mapping from names changes those alone:
    ``red_envelope: {total: 12}`` changes, ``advert: null`` removes, a new name adds.
    The name and the account of what a plan is for are never inherited.
    """
    assert isinstance(tree.value, dict)
    link = tree.value.pop("extends", None)
    if link is None:
        return tree
    base = _base(link, folder, depth)
    assert isinstance(base.value, dict)
    for key in _OWN:
        base.value.pop(key, None)
    return merge(base, tree)


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


def merge(base: Tree, change: Tree) -> Tree:
    """The base with the changes; see `assemble`."""
    if isinstance(base.value, dict) and isinstance(change.value, dict):
        merged = dict(base.value)
        if "file" in change.value:
            merged.pop("sha256", None)  # it was that of the other file
        for key, child in change.value.items():
            merged[key] = merge(merged[key], child) if key in merged else child
        return Tree(merged, change.place, change.key)
    if isinstance(base.value, list) and isinstance(change.value, dict):
        return Tree(_by_name(base.value, change.value), change.place, change.key)
    return change


def _by_name(items: list[Tree], changes: dict[str, Tree]) -> list[Tree]:
    merged: list[Tree] = []
    for item in items:
        change = changes.get(_name(item))
        if change is None:
            merged.append(item)
        elif change.value is not None:
            merged.append(merge(item, change))
    known = {_name(item) for item in items}
    return merged + [_named(name, change) for name, change in changes.items() if name not in known]


def _name(item: Tree) -> str:
    label = item.child("name") or item.child("kind")
    return str(label.value) if label else ""


def _named(name: str, added: Tree) -> Tree:
    if added.value is None:
        raise ScenarioError(
            [Problem(added.key or added.place, name, "there is none of this name to remove", "mend the name")]
        )
    if isinstance(added.value, dict) and "name" not in added.value:
        return Tree({"name": Tree(name, added.key or added.place), **added.value}, added.place, added.key)
    return added
