"""CITATION.cff is what a citation manager can read, and cites the version that this is."""

import datetime as dt
from pathlib import Path

import yaml
from packaging.version import Version

import commsim

ROOT = Path(__file__).parents[1]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_it_has_what_the_format_asks_for():
    assert CITATION["cff-version"] == "1.2.0"
    for field in ("message", "title"):
        assert isinstance(CITATION[field], str)
    assert [set(author) for author in CITATION["authors"]] == [{"name"}]
    assert CITATION["type"] == "software"
    assert isinstance(CITATION["date-released"], dt.date)


def test_it_cites_the_last_release_of_this_package():
    """Which this is, or is on the way from to the next."""
    cited, here = Version(CITATION["version"]), Version(commsim.__version__)
    assert here == cited or (here.is_devrelease and here > cited)
    released = f"## [{CITATION['version']}] - {CITATION['date-released']}"
    assert released in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_that_of_the_package():
    assert f'license = "{CITATION["license"]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
