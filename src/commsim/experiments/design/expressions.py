"""Formulas in a design: a small part of Python's expressions, computed without running any code.

Numbers, texts, names of parameters (``total`` or ``strategies.advert.posts``), ``+ - * / // % **``,
comparisons, ``in``, ``and or not``, ``a if b else c``, and a few functions.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

MAX_LENGTH = 500
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "round": round,
    "floor": math.floor,
    "ceil": math.ceil,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
}


def _power(base: float, exponent: float) -> float:
    return math.pow(base, exponent)  # whole numbers in Python's own way could fill the memory


_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda value, many: value in many,
    ast.NotIn: lambda value, many: value not in many,
}


@dataclass(frozen=True)
class Expression:
    """A formula over parameters; ValueError if its text is none, or holds what is not allowed."""

    text: str

    def __post_init__(self) -> None:
        _check(self._tree)

    @cached_property
    def _tree(self) -> ast.expr:
        if len(self.text) > MAX_LENGTH:
            raise ValueError(f"a formula has at most {MAX_LENGTH} characters")
        try:
            return ast.parse(self.text.strip(), mode="eval").body
        except (SyntaxError, RecursionError, MemoryError):
            raise ValueError(f"{self.text!r} is not a formula such as total * 2") from None

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of the parameters that it needs."""
        return frozenset(_names(self._tree))

    def value(self, values: Mapping[str, Any]) -> Any:
        """Its value, given those of the parameters; ValueError where there is none, such as 1 / 0."""
        try:
            return _value(self._tree, values)
        except (ArithmeticError, TypeError, ValueError) as error:
            raise ValueError(f"{self.text!r} can't be computed: {error}") from None


def _dotted(node: ast.expr) -> str | None:
    """``a.b.c`` as one name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := _dotted(node.value)):
        return f"{owner}.{node.attr}"
    return None


def _parts(node: ast.expr) -> list[ast.expr]:
    """The expressions inside an expression; ValueError for a kind that is not allowed."""
    match node:
        case ast.Constant(value=bool() | int() | float() | str()) | ast.Name() | ast.Attribute():
            return []
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            return [node.left, node.right]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Not()):
            return [node.operand]
        case ast.BoolOp():
            return node.values
        case ast.Compare() if all(type(op) in _COMPARISONS for op in node.ops):
            return [node.left, *node.comparators]
        case ast.IfExp():
            return [node.test, node.body, node.orelse]
        case ast.Tuple() | ast.List():
            return node.elts
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in FUNCTIONS:
            return node.args
    raise ValueError(f"{ast.unparse(node)!r} is not allowed in a formula; functions: {', '.join(FUNCTIONS)}")


def _check(node: ast.expr) -> None:
    for part in _parts(node):
        _check(part)


def _names(node: ast.expr) -> set[str]:
    if (name := _dotted(node)) is not None:
        return {name}
    return set().union(*map(_names, _parts(node)))


def _value(node: ast.expr, values: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant():
            return node.value
        case ast.BinOp():
            left, right = _number(node.left, values), _number(node.right, values)
            return _ARITHMETIC[type(node.op)](left, right)
        case ast.UnaryOp(op=ast.Not()):
            return not _value(node.operand, values)
        case ast.UnaryOp():
            number = _number(node.operand, values)
            return -number if isinstance(node.op, ast.USub) else number
        case ast.BoolOp():
            truths = (bool(_value(part, values)) for part in node.values)
            return all(truths) if isinstance(node.op, ast.And) else any(truths)
        case ast.Compare():
            return _compare(node, values)
        case ast.IfExp():
            return _value(node.body if _value(node.test, values) else node.orelse, values)
        case ast.Tuple() | ast.List():
            return [_value(part, values) for part in node.elts]
        case ast.Call(func=ast.Name(id=name)):
            return FUNCTIONS[name](*(_number(part, values) for part in node.args))
    return values[str(_dotted(node))]


def _number(node: ast.expr, values: Mapping[str, Any]) -> float:
    value = _value(node, values)
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    return value


def _compare(node: ast.Compare, values: Mapping[str, Any]) -> bool:
    here = _value(node.left, values)
    for op, part in zip(node.ops, node.comparators, strict=True):
        there = _value(part, values)
        if not _COMPARISONS[type(op)](here, there):
            return False
        here = there
    return True
