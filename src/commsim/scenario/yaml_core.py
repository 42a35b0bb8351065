"""What plain words in a scenario file mean: the core schema of YAML 1.2, for reading and writing.

PyYAML follows YAML 1.1, in which ``on`` is true, ``20:00`` is 1200 and ``1e3`` is text; editors
that use our JSON Schema follow 1.2.
"""

import re

import yaml
from yaml.resolver import BaseResolver

_PREFIX = "tag:yaml.org,2002:"
_WORDS = {
    _PREFIX + "null": (r"~|null|Null|NULL|", "~nN"),
    _PREFIX + "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    _PREFIX + "int": (r"[-+]?[0-9]+", "-+0123456789"),
    _PREFIX + "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
}
Scalar = str | int | float | bool | None


class Core(BaseResolver):
    """Finds the tag of a plain scalar."""


class PlanDumper(yaml.SafeDumper):
    """Writes YAML that reads back as the same values."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the items of lists, as people do."""
        super().increase_indent(flow, False)


def _text(dumper: PlanDumper, text: str) -> yaml.ScalarNode:
    """Lines as a block; the rarer line breaks of Unicode escaped, or PyYAML would fold them away."""
    style = '"' if re.search("[\x85\u2028\u2029\ufeff]", text) else "|" if "\n" in text else None
    return dumper.represent_scalar(_PREFIX + "str", text, style=style)


PlanDumper.add_representer(str, _text)
for _tag, (_pattern, _first) in _WORDS.items():
    for _cls in (Core, PlanDumper):
        _cls.add_implicit_resolver(
            _tag, re.compile(rf"^(?:{_pattern})\Z"), [*_first, *([""] * ("null" in _tag))]
        )

_core = Core()


def scalar(event: yaml.ScalarEvent) -> Scalar:
    """The value of a scalar.  Raises ValueError for a tag that is not of the core schema."""
    tag = event.tag
    if tag is None or tag == "!":
        tag = _core.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
    return _value(tag, event.value)


def _value(tag: str, text: str) -> Scalar:
    match tag.removeprefix(_PREFIX):
        case "str":
            return text
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int":
            return int(text)
        case "float":
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    raise ValueError(f"the tag {tag} is not allowed")


def plain_scalar(text: str) -> Scalar:
    """The value of a text that stands without quotes."""
    return _value(_core.resolve(yaml.ScalarNode, text, (True, False)), text)  # type: ignore[no-untyped-call]
