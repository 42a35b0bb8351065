"""The command line as a process: exit codes, messages, speed of its help."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from commsim import __version__
from commsim.cli import app
from commsim.cli.failures import FriendlyGroup, report_bugs
from commsim.core.errors import InputError
from waiting import PATIENCE, wait_until


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "commsim", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=PATIENCE, check=False)


def test_help_lists_commands_and_exit_codes() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "commsim [OPTIONS] COMMAND" in done.stdout
    for word in ("check", "show", "init", "strategies", "schema", "Exit codes", "130"):
        assert word in done.stdout


@pytest.mark.parametrize("name", ["", *typer.main.get_command(app).commands])  # type: ignore[attr-defined]
def test_help_names_no_type_of_python(name: str) -> None:
    told = CliRunner().invoke(app, [*filter(None, [name]), "--help"]).output
    assert re.findall(r"<\w+>|\b(?:BOOLEAN|TEXT|INTEGER|FLOAT|PATH)\b", told) == []


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from commsim.cli import app;"
        "heavy = {'pydantic', 'numpy', 'scipy', 'pandas', 'numba', 'mesa', 'networkx', 'pyarrow', 'yaml'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_version_and_usage() -> None:
    assert run("--version").stdout == f"commsim {__version__}\n"
    assert run("chek").returncode == 2
    assert run("check").returncode == 2


def test_bad_input_is_a_message_and_a_code(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("name: [x\n")
    done = run("show", "bad.yaml", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("commsim: bad.yaml:2:1: not YAML")
    assert "Traceback" not in done.stderr
    assert "Traceback" in run("--debug", "show", "bad.yaml", cwd=tmp_path).stderr


def failing(error: BaseException) -> typer.Typer:
    app = typer.Typer(cls=FriendlyGroup, pretty_exceptions_enable=False)

    @app.callback()
    def options() -> None: ...

    @app.command()
    def fail() -> None:
        raise error

    return app


def test_errors_say_what_where_and_what_to_do() -> None:
    done = CliRunner().invoke(failing(InputError("is wrong", where="here", remedy="do that")), ["fail"])
    assert (done.exit_code, done.stderr) == (3, "commsim: here: is wrong; do that\n")


def test_control_c_ends_with_130() -> None:
    done = CliRunner().invoke(failing(KeyboardInterrupt()), ["fail"])
    assert (done.exit_code, done.stderr) == (130, "commsim: interrupted\n")


def test_too_little_memory_is_no_bug() -> None:
    done = CliRunner().invoke(failing(MemoryError("72 TiB")), ["fail"])
    assert (done.exit_code, done.stderr[:26]) == (3, "commsim: not enough memory")


def test_bugs_are_short_and_say_how_to_see_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit) as caught, report_bugs():
        raise ZeroDivisionError("oops")
    assert caught.value.code == 1
    assert capsys.readouterr().err.startswith(
        "commsim: this is a bug: ZeroDivisionError: oops\nSet COMMSIM_DEBUG=1"
    )
    monkeypatch.setenv("COMMSIM_DEBUG", "1")
    with pytest.raises(ZeroDivisionError), report_bugs():
        raise ZeroDivisionError("oops")


@pytest.mark.parametrize("error", [GeneratorExit("early"), BaseException("base")])
def test_errors_that_are_no_exceptions_show_no_traceback_either(error, capsys, monkeypatch):
    monkeypatch.delenv("COMMSIM_DEBUG", raising=False)
    with pytest.raises(SystemExit) as caught, report_bugs():
        raise error
    assert caught.value.code == 1
    assert f"this is a bug: {type(error).__name__}: {error}" in capsys.readouterr().err
    for passing in (KeyboardInterrupt, SystemExit):
        with pytest.raises(passing), report_bugs():
            raise passing


def test_a_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m commsim schema | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_a_reader_who_leaves_is_no_error() -> None:
    command = f"set -o pipefail; {sys.executable} -m commsim strategies flash_sale | head -n 1"
    assert subprocess.run(["bash", "-c", command], stdout=subprocess.DEVNULL, check=False).returncode == 0


@pytest.mark.parametrize(
    "command",
    ["run dead-group --days 2", pytest.param("compare dead-group levels --worlds 2", marks=pytest.mark.slow)],
)
def test_results_are_kept_though_the_reader_has_left(command: str, tmp_path: Path) -> None:
    """``| head``: what is printed goes nowhere, and the folder is written all the same."""
    line = f"{sys.executable} -m commsim {command} --out kept --quiet | true"
    subprocess.run(["bash", "-c", line], cwd=tmp_path, stderr=subprocess.DEVNULL, check=True)
    assert (tmp_path / "kept" / "manifest.json").is_file()


@pytest.mark.parametrize(
    "arguments",
    ["--version", *(pytest.param(one, marks=pytest.mark.slow) for one in ("schema", "show levels"))],
)
def test_a_full_disk_is_no_bug(arguments: str) -> None:
    command = f"{sys.executable} -m commsim {arguments} > /dev/full"
    done = subprocess.run(command, shell=True, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr == "commsim: can't write the output: no space left; free some space\n"


@pytest.mark.slow
def test_runs_without_standard_output() -> None:
    command = f"{sys.executable} -m commsim show red-envelope >&-"
    done = subprocess.run(command, shell=True, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_old_encodings_get_escapes(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("extends: red-envelope\nname: 群聊\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "commsim", "show", "plan.yaml", "--json"],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=True,
    )
    assert b'"name": "\\u7fa4\\u804a"' in done.stdout


def test_a_request_to_end_leaves_nothing_half_written(tmp_path: Path) -> None:
    plans = ("dead-group", "active-group", "--worlds", "5000")  # more than it can finish
    command = [sys.executable, "-m", "commsim", "compare", *plans, "--out", "results"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        wait_until(
            lambda: any(tmp_path.rglob("asked.json")) or process.poll() is not None,
            "a folder that is being filled",
        )
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=PATIENCE)[1]
    assert "What is done is kept in results; the same command goes on.\ncommsim: interrupted" in said
    assert process.returncode == 130
    assert [entry.name for folder in (tmp_path, tmp_path / "results") for entry in folder.iterdir()] == [
        "results",
        "worlds",
    ]


@pytest.mark.slow
def test_a_name_too_long_for_a_file_is_a_message() -> None:
    done = run("show", "x" * 5000)
    assert done.returncode == 3
    assert done.stderr.endswith("can't be read: File name too long; give the path of a scenario\n")
