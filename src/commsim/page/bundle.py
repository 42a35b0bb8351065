"""The page as one text: scripts, styles and words put in, so that it opens from a file."""

import base64
import json
import re
from hashlib import sha256
from importlib.resources import files
from typing import Any

from commsim.page.wording import wording

_IMPORT = re.compile(r'^import \{(.*?)\} from "\./(\w+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|class|const|let) (.*)$", re.MULTILINE)
_STATIC = files("commsim.page") / "static"


def one_page(table: dict[str, Any]) -> str:
    """The page with everything in it; its line to the server is answered from a table of recorded runs."""
    script, style = (
        _script(),
        "\n".join(_read(name) for name in ("uplot/uPlot.min.css", "style.css", "lesson.css")),
    )
    library = _read("uplot/uPlot.iife.min.js")
    policy = (
        f"default-src 'none'; script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    page = re.sub(r'<(?:link|script)[^>]*(?:href|src)="[^"]*"[^>]*>(?:</script>)?\n', "", _read("index.html"))
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<link rel="icon" href="data:,">\n<style>{style}</style>\n'
    )
    kept = {"recorded": table} | {f"words-{code}": _words(code) for code in ("en", "zh")}
    data = '<script type="application/json" id="{}">{}</script>'
    blocks = [data.format(name, _json(what)) for name, what in kept.items()]
    end = "\n".join([*blocks, f"<script>{library}</script>", f"<script>{script}</script>"])
    page = page.replace('<meta charset="utf-8">\n', f'<meta charset="utf-8">\n{head}', 1)
    return page.replace("</body>", f"{end}\n</body>", 1)


def _script() -> str:
    """All scripts that the page's own begins with, each in a function of its own, in the order of need."""
    parts: dict[str, str] = {}
    _gather("main.js", parts)
    return "'use strict';\nconst modules = {};\n" + "\n".join(parts.values())


def _gather(name: str, parts: dict[str, str]) -> None:
    """Add a script behind those that it needs."""
    text = _read("recorded.js" if name == "link.js" else name)
    parts[name] = ""  # it is being seen to; those of others come before it all the same
    for _, other in _IMPORT.findall(text):
        if other not in parts:
            _gather(other, parts)
    del parts[name]
    named = _EXPORT.findall(text)
    given = [one for what, rest in named for one in _names(what, rest)]
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(r'const {\1} = modules["\2"];', text))
    parts[name] = f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {", ".join(given)} }};\n}})();'


def _names(what: str, rest: str) -> list[str]:
    """What a line of export gives: several names where several are set in it."""
    if what == "const" and re.match(r"[\w$]+ = \d+, ", rest):
        return re.findall(r"([\w$]+) = \d+", rest)
    return re.findall(r"^[\w$]+", rest)


def _words(code: str) -> dict[str, Any]:
    return dict(json.loads(_read(f"{code}.json"))) | wording(code)


def _json(what: Any) -> str:
    """JSON that can stand in a page: no sign of it begins a tag."""
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")
