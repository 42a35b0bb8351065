"""Patches: what is put back is what was taken out, by a plain reader."""

import pytest

from commsim.page.patches import patch


def put_back(old, change):
    if not isinstance(change, dict | list):
        return change
    if isinstance(change, list):
        first, *differences = change
        kept = old[:first]
        more = zip(old[first:], differences, strict=True)
        return kept + [round(100 * value + difference) / 100 for value, difference in more]
    if "=" in change:
        return change["="]
    if "~" in change:
        lines, made, at = old.split("\n"), [], 0
        for begin, end, *text in change["~"]:
            made += [*lines[at:begin], *text]
            at = end
        return "\n".join([*made, *lines[at:]])
    made = dict(enumerate(old)) if isinstance(old, list) else dict(old)
    for key, inner in change.items():
        key = int(key) if isinstance(old, list) else key
        made[key] = put_back(made[key], inner)
    return list(made.values()) if isinstance(old, list) else made


PAIRS = [
    ({"a": 1, "b": [1, 2, 3]}, {"a": 1, "b": [1, 2, 4]}),
    ({"a": 1}, {"a": True}),
    ({"a": None, "b": "x"}, {"a": "x", "b": None}),
    ({"a": 1}, {"b": 1}),
    ([1, 2], [1, 2, 3]),
    ([0.1, 12.35, -3], [0.1, 12.3, 7.07]),
    ([0.123456, 1], [0.2, 1]),
    ([[1, "a"], {"b": [2.5]}], [[1, "b"], {"b": [2.25]}]),
    ("one\ntwo\nthree\n", "one\n2\n2\nthree"),
    ("a\nb", "c\na\nb\nd"),
    ("a", "a\nb"),
    ([], [1]),
    ({"a": [1]}, {"a": {"0": 1}}),
]


@pytest.mark.parametrize(("old", "new"), [*PAIRS, *((new, old) for old, new in PAIRS)])
def test_what_is_put_back_is_what_was_taken_out(old, new):
    found = put_back(old, patch(new, old))
    assert found == new
    assert ("True" in repr(found)) == ("True" in repr(new))


def test_only_what_differs_is_said():
    assert patch({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]}) == {"b": [1, -100]}
    assert patch({"a": 1}, {"a": 1}) == {}
