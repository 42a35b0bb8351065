"""Worlds in the middle of many, with which the demonstration and its lesson begin; a script finds them."""

from importlib.resources import files
from typing import Any

import yaml

KEPT = files("commsim.page") / "typical.yaml"
RECORDED = files("commsim.page") / "recorded.yaml"
"""The same for the smaller community that goes into a file."""


def demo_seed() -> int:
    """Of the demonstration."""
    return int(_kept()["demo"]["seed"])


def lesson_seeds() -> list[int]:
    """Of each step of the lesson."""
    return [int(step["seed"]) for step in _kept()["lesson"]]


def lesson_worlds() -> tuple[list[dict[str, Any]], int]:
    """Of each step where what it asks lies in many worlds, by the names in the file; and in how many."""
    kept = _kept()
    return list(kept["lesson"]), int(kept["worlds"])


def recorded_seeds() -> list[int]:
    """Of the smaller community that goes into a file: the demonstration, and each step of the lesson."""
    kept = yaml.safe_load(RECORDED.read_text(encoding="utf-8"))
    return [int(one["seed"]) for one in (kept["demo"], *kept["lesson"])]


def _kept() -> dict[str, Any]:
    return dict(yaml.safe_load(KEPT.read_text(encoding="utf-8")))
