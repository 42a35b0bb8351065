"""How what operators do is said in a plan: a line of YAML for each thing that the model expresses."""

from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("lines.yaml")
_BASE = "unmanaged-group"


@cache
def lines() -> dict[str, str]:
    """The lines, by the id of the claim."""
    read: dict[int | str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {str(number): line for number, line in read.items()}


def plan(claim: str) -> str:
    """A whole plan in which the line stands, as YAML."""
    line = lines()[claim]
    settings = dict(yaml.safe_load(line))
    own = {"name": f"as in {claim}", "extends": settings.pop("extends", _BASE)}
    text: str = yaml.safe_dump(own | settings, allow_unicode=True, sort_keys=False)
    return text
