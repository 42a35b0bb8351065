"""What the schema says of a setting: which model it belongs to, its limits, its default, in its own unit."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Literal, NamedTuple, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from commsim.core.units import to_yuan
from commsim.scenario.yaml_nodes import Tree
from commsim.strategies.base import Strategy
from commsim.strategies.registry import UnknownKind, find


def owner_and_field(
    model: type[BaseModel], tree: Tree, path: Sequence[str | int]
) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """The model that the last key of a path belongs to, and its field; None where there is none."""
    owner: type[BaseModel] | None = model
    field: FieldInfo | None = None
    entry = False
    for depth, part in enumerate(path):
        if isinstance(part, int) or entry:  # an item of a list, or the key of an entry
            entry = False
            continue
        if owner is Strategy:
            owner = _strategy_class(tree.at(path[:depth]))
        known, above = list((owner.model_fields if owner else {}).values()), field
        field = owner.model_fields.get(part) if owner else None
        if field is None and above is not None and card(above).get("unit") == "pairs":
            field = known[-1]  # ``{2: 90}``: the key is the one setting, the value the other
        entry = field is not None and get_origin(field.annotation) is dict
        if depth < len(path) - 1:
            owner = model_in(field.annotation) if field else None
    return owner, field


def model_at(model: type[BaseModel], tree: Tree, path: Sequence[str | int]) -> type[BaseModel] | None:
    """The model of the mapping at a path."""
    if not path:
        return model
    _, field = owner_and_field(model, tree, path)
    inner = model_in(field.annotation) if field else None
    return _strategy_class(tree.at(path)) if inner is Strategy else inner


def _strategy_class(tree: Tree) -> type[Strategy] | None:
    kind = tree.child("kind")
    try:
        return find(kind.value) if kind and isinstance(kind.value, str) else None
    except UnknownKind:
        return None


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The first pydantic model in a type such as ``tuple[Segment, ...]`` or ``Roster | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(model_in, get_args(annotation))), None)


def holds(annotation: Any, wanted: type) -> bool:
    """Whether a type is, or has among its parts, the wanted one."""
    return annotation is wanted or any(holds(part, wanted) for part in get_args(annotation))


def holds_many(annotation: Any) -> bool:
    """Whether a type is a list of parts, or may be one."""
    return get_origin(annotation) is tuple or any(map(holds_many, get_args(annotation)))


def card(field: FieldInfo) -> dict[str, Any]:
    """Unit, source, grade and plausible range of a field (see `commsim.core.units.param`)."""
    extra = field.json_schema_extra
    return dict(extra) if isinstance(extra, dict) else {}


def limits(field: FieldInfo) -> tuple[float | None, float | None]:
    """Lowest and highest value that input may have, in the field's own unit (yuan for money)."""
    low = high = None
    for rule in _rules(field):
        if isinstance(rule, annotated_types.Ge):
            low = _own_unit(field, rule.ge)
        elif isinstance(rule, annotated_types.Le):
            high = _own_unit(field, rule.le)
    return low, high


def _rules(field: FieldInfo) -> Iterator[Any]:
    yield from _inner_rules(field.annotation)
    yield from field.metadata


def _inner_rules(annotation: Any) -> Iterator[Any]:
    for part in get_args(annotation):
        yield from part.metadata if isinstance(part, FieldInfo) else (part,)
        yield from _inner_rules(part)


def _own_unit(field: FieldInfo, limit: Any) -> Any:
    return to_yuan(limit) if card(field).get("unit") == "yuan" and isinstance(limit, int) else limit


def range_text(low: float | None, high: float | None, unit: str) -> str:
    """A range for people: ``1 to 500 persons``, ``at least 0 yuan``; empty without limits."""
    unit = "" if unit in ("-", "text", "choice") else f" {unit}"
    if low is not None and high is not None:
        return f"{number(low)} to {number(high)}{unit}"
    if low is not None:
        return f"at least {number(low)}{unit}"
    return "" if high is None else f"at most {number(high)}{unit}"


def number(value: float) -> str:
    """A number for people: thousands separated, no needless digits."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def default_text(field: FieldInfo) -> str:
    """A default for people; ``required`` if there is none."""
    if field.is_required():
        return "required"
    return value_text(field.get_default(call_default_factory=True))


def choices_of(annotation: Any) -> tuple[str, ...]:
    """The words that a setting chooses from; none for one that does not."""
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next(filter(None, map(choices_of, get_args(annotation))), ())


def value_text(value: Any) -> str:
    """A value as one would write it in a scenario."""
    match value:
        case None | "" | ():
            return "-"
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case int() | float():
            return number(value).replace(",", "")
        case BaseModel():
            return "section"
        case tuple() | list():
            return ", ".join(value_text(item) for item in value)
        case dict():
            return f"{{{', '.join(f'{key}: {value_text(item)}' for key, item in value.items())}}}"
    return str(value)


class Setting(NamedTuple):
    """One setting as people read it."""

    path: str
    about: str
    unit: str
    default: str
    allowed: str
    plausible: str
    source: str
    grade: str


def settings(model: type[BaseModel], prefix: str = "") -> Iterator[Setting]:
    """Every setting of a model; those of the items of a list follow as ``list[].setting``."""
    for name, field in model.model_fields.items():
        about = card(field)
        low, high = about.get("plausible", (None, None))
        yield Setting(
            prefix + name,
            field.description or "",
            about.get("unit", ""),
            default_text(field),
            allowed_text(field),
            range_text(low, high, "-"),
            about.get("source", ""),
            about.get("grade", ""),
        )
        inner = model_in(field.annotation)
        if inner is not None:
            many = get_origin(field.annotation) is tuple
            yield from settings(inner, f"{prefix}{name}{'[]' if many else ''}.")


def allowed_text(field: FieldInfo) -> str:
    """What may stand there: choices, a range, or the sort of value."""
    if choices := _choices(field.annotation):
        return ", ".join(str(choice) for choice in choices)
    if holds(field.annotation, bool):
        return "true, false"
    low, high = limits(field)
    return range_text(low, high, "-")


def _choices(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next(filter(None, map(_choices, get_args(annotation))), ())
