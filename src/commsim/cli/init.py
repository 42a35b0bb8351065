"""``commsim init``: a scenario file to start from."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.output import print_text
from commsim.cli.spoken import spoken
from commsim.core.errors import InputError

STARTER = "my-plan"


def init(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="A shipped scenario to copy; a commented starter if left out."),
    ] = STARTER,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a commented scenario file into the current folder."""
    target = Path(f"{name}.yaml")
    text = _text(name)
    try:
        with target.open("w" if force else "x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise InputError(
            "this file exists already", where=str(target), remedy="move it, or use --force to overwrite it"
        ) from error
    except OSError as error:
        raise InputError(f"can't be written: {error.strerror}", where=str(target)) from error
    print_text(f"Wrote {target}. Next: commsim check {target}; commsim run {target}")


def _text(name: str) -> str:
    if name == STARTER:
        starter = "starter_zh.yaml" if spoken() == "zh" else "starter.yaml"
        return (Path(__file__).parent / starter).read_text(encoding="utf-8")
    from commsim.scenario.shipped import shipped_file

    file = shipped_file(name)
    if spoken() == "en":
        return file.read_text(encoding="utf-8")
    from commsim.scenario.in_chinese import copied

    return f"# 自带方案 {name} 的副本。写到的数据文件要放在它旁边。\n\n{copied(file)}"
