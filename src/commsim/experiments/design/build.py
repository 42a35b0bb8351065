"""The axes of a design, from its file and its scenarios."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from commsim.core.errors import InputError
from commsim.core.units import to_yuan
from commsim.experiments.design.axes import UNCHANGED, Axis, Choice, Role, Value
from commsim.experiments.design.design import Design
from commsim.experiments.design.expressions import Expression
from commsim.experiments.design.paths import Kind, Target, locate
from commsim.experiments.design.schema import SCENARIO, Derived, DesignFile, Parameter
from commsim.scenario.errors import Place, SettingPath
from commsim.scenario.explain import did_you_mean
from commsim.scenario.schema import Scenario

Bases = Mapping[str, Scenario]
Attempt = Callable[[SettingPath, Callable[[], Axis]], Axis | None]
"""Makes an axis that stands at a path of the file; None where that fails and was noted."""


def entries(file: DesignFile) -> Iterator[tuple[SettingPath, str]]:
    """Every parameter and derived setting: its path in the file, and its name."""
    for section in ("levers", "uncertainties", "derived"):
        for name in getattr(file, section):
            yield (section, name), name


def over_scenarios(name: str, bases: Bases) -> Design:
    """A design of which nothing varies but the scenario."""
    return assemble(DesignFile(name=name, scenarios=tuple(bases)), bases, lambda path, work: work())


def assemble(
    file: DesignFile, bases: Bases, attempt: Attempt, places: Mapping[str, Place] | None = None
) -> Design:
    """The design of a file over its scenarios.  Each axis is made by ``attempt``."""
    axes = [_scenarios(bases)] if len(bases) > 1 else []
    outputs: list[Axis] = []
    for path, name in entries(file):
        known = [axis.name for axis in (*axes, *outputs)]
        made = attempt(path, lambda p=path, n=name, k=known: _axis(file, p, n, k, bases))  # type: ignore[misc]
        if made is not None:
            (outputs if made.role == "derived" else axes).append(made)
    return Design(file, bases, tuple(axes), tuple(outputs), places or {})


def _axis(file: DesignFile, path: SettingPath, name: str, known: list[str], bases: Bases) -> Axis:
    if path[0] == "derived":
        return _derived(name, file.derived[name], known, bases)
    if path[0] == "levers":
        return _parameter(name, "lever", file.levers[name], known, bases)
    return _parameter(name, "uncertainty", file.uncertainties[name], known, bases)


def _scenarios(bases: Bases) -> Axis:
    """The choice among several scenarios."""
    choices = tuple((label, label) for label in bases)
    return Axis(SCENARIO, "lever", "text", paths={}, nominals={"": choices[0][0]}, choices=choices)


def _derived(name: str, given: Derived, known: list[str], bases: Bases) -> Axis:
    formula = Expression(given.value)
    _refuse_unknown(formula, known)
    targets = _targets(given.path or name, bases, some=SCENARIO in known)
    kind = next(iter(targets.values())).kind
    return Axis(name, "derived", kind, paths=_paths(targets), nominals={}, formula=formula)


def _parameter(name: str, role: Role, given: Parameter, known: list[str], bases: Bases) -> Axis:
    condition = Expression(given.when) if given.when else None
    if condition:
        _refuse_unknown(condition, known)
    by_label = isinstance(given.values, dict)
    targets = _targets(given.path or name, bases, some=condition is not None, sections=by_label)
    target = next(iter(targets.values()))
    axis = Axis(
        name, role, target.kind, paths=_paths(targets), nominals={}, when=condition, steps=given.steps
    )
    axis = _with_choices(axis, given) if given.values is not None else _with_range(axis, given, target)
    nominals = {label: _nominal(axis, found) for label, found in targets.items()}
    return replace(axis, nominals={label: value for label, value in nominals.items() if value is not None})


def _refuse_unknown(formula: Expression, known: list[str]) -> None:
    for name in sorted(formula.names - set(known)):
        hint = did_you_mean(name, known)
        remedy = f"{hint} before it there are: {', '.join(known) or 'none'}".strip()
        raise InputError(
            f"{formula.text!r} asks for {name!r}, which is not declared before it", remedy=remedy
        )


def _targets(path: str, bases: Bases, *, some: bool, sections: bool = False) -> dict[str, Target]:
    """The setting in every scenario; ``some``: in those that have it.  InputError if it is missing."""
    found: dict[str, Target] = {}
    errors: list[InputError] = []
    for label, base in bases.items():
        try:
            found[label] = locate(base, path, sections=sections)
        except InputError as error:
            where = f"in {label}" if label else ""
            errors.append(InputError(error.what, where=where, remedy=error.remedy))
    if errors and (not found or not some):
        raise errors[0]
    return found


def _paths(targets: Mapping[str, Target]) -> dict[str, SettingPath]:
    return {label: target.path for label, target in targets.items()}


def _nominal(axis: Axis, target: Target) -> Value | None:
    """What a parameter is in a scenario, as tables show it; None for no number where numbers belong."""
    value = to_yuan(target.value) if target.kind == "yuan" and target.value is not None else target.value
    shown = next((shown for shown, setting in axis.choices if _same(setting, value)), None)
    if shown is not None:
        return shown
    if axis.kind == "text":
        return UNCHANGED
    return axis.of_kind(value) if isinstance(value, int | float) else None


def _same(setting: Any, value: Any) -> bool:
    return bool((tuple(setting) if isinstance(setting, list) else setting) == value)


def _with_choices(axis: Axis, given: Parameter) -> Axis:
    if isinstance(given.values, dict):
        if UNCHANGED in given.values:
            raise InputError(f"the label {UNCHANGED!r} has a meaning of its own", remedy="rename it")
        return replace(axis, kind="text", choices=tuple(given.values.items()))
    values = given.values or ()
    _refuse_other_kinds(values, axis.kind)
    axis = replace(axis, kind="text") if None in values else axis
    choices: tuple[Choice, ...] = tuple((_shown(value, axis), value) for value in values)
    if len(dict(choices)) < len(choices):
        raise InputError("has a value twice", remedy="keep one of them")
    return replace(axis, choices=choices)


def _refuse_other_kinds(values: tuple[Any, ...], kind: Kind) -> None:
    """Refuse true where a number belongs, and the other way round; the scenario's schema does the rest."""
    for value in values:
        if value is not None and kind != "text" and isinstance(value, bool) != (kind == "bool"):
            wanted = "true or false" if kind == "bool" else "a number"
            raise InputError(f"values must be {wanted}, one is {str(value).lower()}")


def _shown(value: Any, axis: Axis) -> Value:
    if axis.kind == "text" or isinstance(value, str):
        return "none" if value is None else str(value)
    return axis.of_kind(value)


def _with_range(axis: Axis, given: Parameter, target: Target) -> Axis:
    low, high = _ends(given, target)
    kind: Kind = "int" if given.distribution == "integer" else axis.kind
    if kind in ("text", "bool"):
        raise InputError("this setting has no range", remedy="give its values as a list")
    if kind == "int" and not (float(low).is_integer() and float(high).is_integer()):
        raise InputError("low and high must be whole numbers here")
    logarithmic = given.distribution == "log_uniform"
    if logarithmic and low <= 0:
        raise InputError("log_uniform needs a low above 0")
    return replace(axis, kind=kind, low=low, high=high, logarithmic=logarithmic)


def _ends(given: Parameter, target: Target) -> tuple[float, float]:
    """Low and high: as given, or else from the range that the setting's card calls plausible."""
    if target.plausible is None and (given.low is None or given.high is None):
        raise InputError(
            "nobody says which range of this setting is plausible", remedy="give low and high, or values"
        )
    known = target.plausible or (0.0, 0.0)
    low, high = given.low, given.high
    ends = known[0] if low is None else low, known[1] if high is None else high
    if not ends[0] < ends[1]:
        raise InputError(f"low ({ends[0]:g}) must be below high ({ends[1]:g})")
    return ends
