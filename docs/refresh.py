"""Run the commands whose output a page shows, and write what they print into it.

    python docs/refresh.py                          the README
    python docs/refresh.py benchmarks/README.md     another page

A block is a line ``<!-- output of: COMMAND -->`` and a fenced block of text below it.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(<!-- output of: (?P<command>[^\n]+) -->\n```text\n)(?P<output>.*?)(?=```)", re.DOTALL)
OURS = {"commsim": ("-m", "commsim"), "python": ()}
DONE = (0, 4)
"""Exit codes of commands that have printed their results; 4: a validation in which a gate fails."""


def output(command: str) -> str:
    """What a command prints, 110 columns wide; raises CalledProcessError if it fails."""
    program, *arguments = shlex.split(command)
    line = [sys.executable, *OURS[program], *arguments]
    settings = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1"}
    done = subprocess.run(line, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True)
    if done.returncode not in DONE:
        done.check_returncode()
    lines = [line.rstrip() for line in done.stdout.strip("\n").splitlines()]
    return "\n".join(lines) + "\n"


def refreshed(page: str) -> str:
    """The page with the output of every command as it is now."""
    return BLOCK.sub(lambda block: block[1] + output(block["command"]), page)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["README.md"]:
        file = ROOT / name
        file.write_text(refreshed(file.read_text(encoding="utf-8")), encoding="utf-8")
