"""The worked example of docs/mechanisms.md, installed as somebody else's package, runs as it stands."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
GUIDE = (TESTS.parent / "docs" / "mechanisms.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A folder with the package as it lies where packages are installed, its test, its text and a plan."""
    folder = tmp_path_factory.mktemp("welcome")
    module, engine, test = blocks("python")
    (folder / "welcome_engine.py").write_text(engine, encoding="utf-8")
    (folder / "welcome.py").write_text(module, encoding="utf-8")
    (folder / "test_welcome.py").write_text(test, encoding="utf-8")
    (folder / "welcome.md").write_text("`welcome` `welcome.leaving` `warm` `welcomed`", encoding="utf-8")
    (folder / "my-plan.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    installed = folder / "welcome-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: welcome\nVersion: 1.0\n")
    points = blocks("toml")[0].partition('[project.entry-points."commsim.mechanisms"]')
    text = (points[1] + points[2]).replace('[project.entry-points."', "[").replace('"]', "]").replace('"', "")
    (installed / "entry_points.txt").write_text(text)
    return folder


def run(package, *command):
    """A command in an interpreter of its own that finds the package."""
    code = f"import sys; sys.path.insert(0, {str(package)!r})\n{command[0]}"
    return subprocess.run(
        [sys.executable, "-c", code, *command[1:]],
        cwd=package, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


COMMSIM = "from commsim.cli import main; main()"


def test_the_example_is_short():
    lines = [line for code in blocks("python")[:2] for line in code.splitlines() if line.strip()]
    assert 40 < len([line for line in lines if not line.startswith(("from ", "import "))]) <= 65


@pytest.mark.slow
def test_it_is_part_of_every_command(package):
    checked = run(package, COMMSIM, "check", "my-plan.yaml")
    assert (checked.returncode, "no errors" in checked.stdout) == (0, True), checked.stdout + checked.stderr
    assert "Cost of each" in run(package, COMMSIM, "strategies", "welcome").stdout
    ran = run(package, COMMSIM, "run", "my-plan.yaml", "--days", "12", "--out", "run", "--json", "--quiet")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)
    read = "from commsim import read_run; r = read_run('run'); "
    told = run(package, read + "print(r.daily['welcomed'].sum(), r.members['warm'].max())")
    welcomed, warm = map(int, told.stdout.split())
    assert welcomed > 20
    assert 0 < warm <= 15


@pytest.mark.slow
def test_its_own_test_passes(package):
    paths = [str(TESTS / "twin")]
    code = f"sys.path += {paths!r}; import test_welcome; test_welcome.test_it_keeps_its_promises()"
    found = run(package, code)
    assert found.returncode == 0, found.stderr


@pytest.mark.slow
def test_a_run_can_be_read_without_the_package(package):
    """Where it is not installed, what it added is left out."""
    run(package, COMMSIM, "run", "my-plan.yaml", "--days", "3", "--out", "alone", "--quiet")
    code = f"from commsim import read_run; print('welcomed' in read_run('{package.name}/alone').daily)"
    found = subprocess.run([sys.executable, "-c", code], cwd=package.parent, capture_output=True, text=True)
    assert found.stdout.strip() == "False", found.stderr


@pytest.mark.slow
def test_a_leave_follows_from_the_dial(package):
    """Newcomers who are greeted leave less often, in the same worlds."""
    code = """if True:
        from commsim import Scenario, simulate
        plan = Scenario.load("my-plan.yaml")
        people = plan.community.model_copy(update={"arrivals_per_day": 20.0, "outside_per_member": 1.0})
        plan = plan.model_copy(update={"community": people})
        others = tuple(one for one in plan.strategies if one.kind != "welcome")
        for one in (plan, plan.model_copy(update={"strategies": others})):
            print(sum(int(simulate(one, seed).daily["left"].sum()) for seed in range(3)))
    """
    found = run(package, code)
    with_welcome, without = map(int, found.stdout.split())
    assert with_welcome < without


KEPT = "from commsim.scenario.load import dump, load, scenario_hash as h; p = load('active-group'); "


@pytest.mark.slow
def test_a_plan_that_does_not_use_it_is_kept_as_without_it(package):
    """Nor does it hold levels, which it does not use either."""
    code = KEPT + "print(h(p)); print(dump(p))"
    with_it = run(package, code).stdout
    without = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert with_it == without.stdout
    assert "name: active group" in with_it
    assert "levels:" not in with_it


@pytest.mark.slow
def test_a_plan_that_uses_it_keeps_its_section(package):
    told = run(package, KEPT + "print(dump(load('my-plan.yaml')))").stdout
    assert "  welcome:\n    leaving: 0.8" in told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('Column("welcomed"', 'Column("orders"', "daily number 'orders', and so has the core"),
        ('Column("warm"', 'Column("trust"', "column 'trust', and so has the core"),
        ('Column("warm"', 'Column("level"', "column 'level', and so has the mechanism 'levels'"),
        ('Column("warm"', 'Column("warm", np.int8, "again"), Column("warm"', "column 'warm', and so has the"),
        ('"daily.welcomed"', '"daily.caught"', "text 'daily.caught', and so has the mechanism 'envelopes'"),
        ('    "welcome",\n', '    "look",\n', "section of behaviour 'look', and so has the core"),
        ("WELCOME =", "import commsim.simulation.mechanics\nWELCOME =", "engine into a file of its own"),
    ],
)
def test_what_can_not_be_told_apart_is_refused(package, tmp_path, old, new, said):
    shutil.copytree(package, tmp_path / "other")
    file = tmp_path / "other" / "welcome.py"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    checked = run(tmp_path / "other", COMMSIM, "check", "my-plan.yaml")
    assert checked.returncode == 3, checked.stdout + checked.stderr
    assert said in " ".join(checked.stderr.split())
