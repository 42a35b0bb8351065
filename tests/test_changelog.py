"""The changelog is assembled from fragments, and a fragment that would be left out is an error."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path):
    """A copy of what towncrier reads, with no fragments yet."""
    for name in ("pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "changelog.d").mkdir()
    shutil.copy(ROOT / "changelog.d" / "template.jinja", tmp_path / "changelog.d")
    return tmp_path


def towncrier(folder, *words):
    command = [sys.executable, "-m", "towncrier", "build", "--dir", folder, "--version", "9.9.9", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_fragments_of_today_make_a_changelog():
    draft = towncrier(ROOT, "--draft")
    assert draft.returncode == 0, draft.stderr
    fragments = [path for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md"]
    assert draft.stdout.count("\n- ") >= len(fragments)
    links = re.findall(r"\]\(([^)#:]+)[)#]", draft.stdout)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_a_release_puts_them_under_their_headings_above_the_last(project):
    (project / "changelog.d" / "envelopes.numbers.md").write_text("Two\nlines.\n", encoding="utf-8")
    (project / "changelog.d" / "sweeps.added.md").write_text("One.\n", encoding="utf-8")
    done = towncrier(project, "--keep", "--date", "2030-01-02")
    assert done.returncode == 0, done.stderr
    text = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    entry = "## [9.9.9] - 2030-01-02\n\n### Added\n\n- One.\n\n### Numbers\n\n- Two\n  lines.\n\n## ["
    assert entry in text
    before = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("## [")[0]
    assert text.startswith(before)


@pytest.mark.parametrize("name", ["sweeps.feature.md", "sweeps.md", "added.md", "sweeps.add.md"])
def test_a_wrong_name_is_an_error(project, name):
    (project / "changelog.d" / name).write_text("Lost.\n", encoding="utf-8")
    done = towncrier(project, "--draft")
    assert done.returncode != 0
    assert name in done.stderr
