"""Formulas compute what Python would, and nothing else."""

import math

import pytest

from commsim.core.errors import InputError
from commsim.experiments.design.expressions import Expression

VALUES = {"a": 3, "strategies.advert.posts": 2.5, "plan": "active", "on": True}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a * 2 + 1", 7),
        ("strategies.advert.posts * 2", 5.0),
        ("-a + +4", 1),
        ("a // 2 + a % 2 + a / 2", 3.5),
        ("a ** 2", 9.0),
        ("min(a, 7, 2) + max(1, a) + abs(0 - a)", 8),
        ("round(2.567, 1) + floor(1.9) + ceil(1.1)", 5.6),
        ("sqrt(16) + exp(0) + log(1)", 5.0),
        ("plan == 'active' and a < 4", True),
        ("plan != 'active' or not on", False),
        ("1 < a <= 3", True),
        ("plan in ['dead', 'active']", True),
        ("plan not in ('dead', 'active')", False),
        ("10 if on else 20", 10),
    ],
)
def test_values(text: str, value: object) -> None:
    assert Expression(text).value(VALUES) == value


def test_names() -> None:
    assert Expression("min(a, b.c.d) if x == 'y' else a").names == {"a", "b.c.d", "x"}


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "open('x')",
        "a.b()",
        "(lambda: 1)()",
        "[x for x in (1, 2)]",
        "{'a': 1}",
        "f'{a}'",
        "a[0]",
        "(a := 3)",
        "a @ a",
        "a << 40",
        "~a",
        "a is a",
        "min(key=a)",
        "max(*a)",
        "1j",
        "b'x'",
        "...",
        "None",
        "a = 3",
        "",
        "a b",
        "(" * 300 + "a",
        "a + " * 200 + "a",
    ],
)
def test_what_is_not_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="formula"):
        Expression(text)


@pytest.mark.parametrize(
    "text", ["1 / (a - 3)", "9.0 ** 9 ** 9", "'x' * 9", "plan + 1", "sqrt(0 - 1)", "'x' < 1"]
)
def test_what_can_not_be_computed(text: str) -> None:
    with pytest.raises(InputError, match="can't be computed"):
        Expression(text).value(VALUES)


def test_powers_of_whole_numbers_do_not_grow_without_end() -> None:
    assert Expression("2 ** 1000").value({}) == math.pow(2, 1000)
    with pytest.raises(InputError):
        Expression("10 ** 10 ** 10").value({})
