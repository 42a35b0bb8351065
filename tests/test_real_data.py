"""The worked examples on real data: their plans load, and the page shows what the commands print."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from commsim.scenario.load import load

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "docs/examples").glob("*.yaml"))
DATA = ROOT / "../shared/data"
FILES = ("cdnow_master.csv", "enron_igraphdata_edges.csv.gz")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_each_plan_reads_a_file_beside_it_unless_it_is_generated(file):
    people = load(file).community
    named = [people.history and people.history.file, people.graph.file]
    assert [path.parent for path in named if path] == [EXAMPLES[0].parent] * (file.stem != "enron-generated")


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason=f"the data of other people is not at {DATA}")
def test_the_page_shows_what_the_commands_print(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "docs/examples", tmp_path / "docs/examples")
    for name in FILES:
        (tmp_path / "docs/examples" / name).unlink(missing_ok=True)
        (tmp_path / "docs/examples" / name).symlink_to((DATA / name).resolve())
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs/refresh.py")
    refresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(refresh)
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    page = (ROOT / "docs/real-data.md").read_text(encoding="utf-8")
    assert refresh.refreshed(page) == page, "put the data in place and refresh the page"
