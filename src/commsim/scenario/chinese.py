"""What settings and kinds of strategies are called in Chinese."""

from functools import cache
from pathlib import Path

from commsim.core.mechanism import words as of_mechanisms


@cache
def names() -> dict[str, str]:
    """``kind.KIND``, ``field.OWNER.SETTING`` and ``path.SETTING`` to what people call it.

    Owners are kinds of strategies, ``strategy`` for what all of them have, and parts of a plan.
    """
    import yaml

    text = (Path(__file__).parent / "zh.yaml").read_text(encoding="utf-8")
    own: dict[str, str] = yaml.safe_load(text)
    brought = {key: said for key, said in of_mechanisms("zh").items() if key.startswith(("kind.", "field."))}
    return brought | own
