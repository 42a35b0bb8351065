"""Who writes a strategy of their own has its types checked against ours, as strictly as they like."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "strategies.md").read_text(encoding="utf-8")
(EXAMPLE,) = (
    block for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "class Birthday(" in block
)


WRONG = (
    ("Announce(self.hour, worth=1.0)", 'Announce("noon", worth=1.0)', "[arg-type]"),
    ("view.day_of_month", "view.day_of_moon", "[attr-defined]"),
    ("-> Iterator[Effect]", "-> Iterator[int]", "[override]"),
)


@pytest.mark.slow
def test_strict_types_of_the_strategy_in_the_docs_hold_and_wrong_ones_do_not(tmp_path):
    (tmp_path / "right.py").write_text(EXAMPLE, encoding="utf-8")
    for number, (right, wrong, _) in enumerate(WRONG):
        assert right in EXAMPLE
        (tmp_path / f"wrong{number}.py").write_text(EXAMPLE.replace(right, wrong), encoding="utf-8")
    files = sorted(path.name for path in tmp_path.iterdir())
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", *files]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    told = {
        (line.split(":")[0], line.rpartition(" ")[2]) for line in done.stdout.splitlines() if "error:" in line
    }
    assert {error for file, error in told if file == "right.py"} == set(), done.stdout + done.stderr
    assert {(f"wrong{number}.py", error) for number, (*_, error) in enumerate(WRONG)} <= told, done.stdout
