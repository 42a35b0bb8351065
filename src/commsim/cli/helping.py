"""Help in the language that is spoken: what commands and options are for, and what typer writes around it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from commsim.cli.spoken import spoken


def explain(command: Any, context: Any) -> None:
    """Put the help of a command, and what typer writes around it, into the language that is spoken."""
    from rich import columns
    from rich.table import Table
    from typer import rich_utils

    named: dict[str, str] = {}

    class Folding(Table):
        """Chinese has no blanks to break lines at, and what is left over is cut by default."""

        def add_row(self, *cells: Any, **look: Any) -> None:
            super().add_row(*(_without_type(named.get(str(cell), cell)) for cell in cells), **look)
            for column in self.columns:
                column.overflow = "fold"

    for user in (columns, rich_utils):
        setattr(user, "Table", Folding)  # noqa: B010
    usage = command.get_usage
    command.get_usage = lambda context: _plainly(usage(context))
    if spoken() == "en":
        command.help = "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
        return
    for name, text in _AROUND.items():
        setattr(rich_utils, name, text)
    words = words_of_help()
    command.help = words.get(command.help, command.help)
    command.epilog = words.get(command.epilog, command.epilog)
    command.options_metavar, command.subcommand_metavar = "[选项]", "命令 [参数]..."
    for param in (*command.params, command.get_help_option(context)):
        param.help = words.get(param.help, param.help)
        param.metavar = param.metavar and placed(param.metavar)
        if param.param_type_name == "argument":  # older typers call it by its name
            named[param.name] = (param.metavar or "名称").strip("[].")


def _plainly(usage: str) -> str:
    """A line of usage with `PLAN...` and `[PLAN]`: the newest typers write `{PLAN...}...` and `[[PLAN]]`."""
    bare = re.sub(r"\{([^{}]+?)(\.\.\.)?\}(?:\.\.\.)?", r"\1\2", usage)
    bare = re.sub(r"\[(\[[^][]+\](?:\.\.\.)?)\](?:\.\.\.)?", r"\1", bare)
    return bare if spoken() == "en" else bare.replace("Usage:", "用法：", 1)


def placed(metavar: str) -> str:
    """What stands for a value, in Chinese."""
    return _PLACE.sub(lambda word: _PLACES[word[0]], metavar)


def _without_type(cell: Any) -> Any:
    """A cell of help, without the name of a type of Python: what is wanted stands in the help itself."""
    return "" if _TYPE.fullmatch(str(cell)) else cell


_TYPE = re.compile(r"<[a-z]+(\[[a-z]+\])?>|BOOLEAN|TEXT|INTEGER|FLOAT|PATH")
_AROUND = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
}
"""Fixed texts of typer's help, by the names that it keeps them under."""

_PLACES = {
    "ADDRESS": "地址",
    "BASE": "方案",
    "CLAIM": "说法",
    "CODE": "课堂码",
    "DATE": "日期",
    "DAYS": "天数",
    "DESIGN": "设计",
    "FIGURE": "图",
    "FILE": "文件",
    "FOLDER": "文件夹",
    "GROUPS": "群文件",
    "HALFWIDTH": "半宽",
    "HOURS": "小时",
    "ID": "编号",
    "LABEL": "标签",
    "LIST": "名单",
    "MEASURE": "指标",
    "NAME": "名称",
    "NUMBER": "数字",
    "OUTCOMES": "结果文件",
    "PLAN": "方案",
    "RESULTS": "结果",
    "RHO": "相关系数",
    "SCENARIO": "方案",
    "SECONDS": "秒数",
    "SHARE": "比例",
    "TOOL": "工具",
    "VALUE": "值",
    "YUAN": "元",
}
"""What stands for the value of an option or an argument."""
_PLACE = re.compile(rf"\b(?:{'|'.join(_PLACES)})\b")


@cache
def words_of_help() -> dict[str, str]:
    """The Chinese help of every command and option, by the English one."""
    import yaml

    read: dict[str, str] = yaml.safe_load(
        (Path(__file__).parent / "help_zh.yaml").read_text(encoding="utf-8")
    )
    return read
