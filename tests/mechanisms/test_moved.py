"""Mechanisms that were part of the core keep the promises of all; their twin is the plain model itself."""

import ast
from pathlib import Path

import pytest
from test_equal_bits import both, differing

from commsim.core.mechanism import mechanisms
from commsim.core.mechanisms.check_in import CHECK_IN
from commsim.core.mechanisms.envelopes import ENVELOPES
from commsim.strategies.check_in import CheckIn
from commsim.strategies.red_envelope import RedEnvelope
from commsim.testing import check_mechanism

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "envelopes.md").read_text(encoding="utf-8")
MOVED = {
    CHECK_IN: (CheckIn, {"base": 0.6, "prizes": [{"streak": 2, "points": 10, "gift": 1}], "redeem_at": 10}),
    ENVELOPES: (RedEnvelope, {"preset": "social", "hours": [12, 21]}),
}


@pytest.mark.parametrize("declared", MOVED, ids=lambda declared: declared.name)
def test_they_keep_the_promises(declared):
    strategy, settings = MOVED[declared]
    twin = lambda plan: differing(*both(plan))  # noqa: E731
    check_mechanism(declared, strategy, twin=twin, docs=DOCS, **settings)


def test_a_twin_that_looks_at_nothing_is_found_out():
    strategy, settings = MOVED[ENVELOPES]
    with pytest.raises(AssertionError, match="does not notice when the engine ignores its effects"):
        check_mechanism(ENVELOPES, strategy, twin=lambda plan: [], docs=DOCS, **settings)


def test_every_mechanism_is_held_to_its_promises():
    """A file ``test_NAME.py`` here calls `check_mechanism` with its declaration, or this one does."""
    for declared in mechanisms():
        file = Path(__file__).parent / f"test_{declared.name}.py"
        if declared in MOVED or not declared.engine.startswith("commsim."):
            continue
        calls = [
            node
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check_mechanism"
        ]
        assert [call.args[0].id for call in calls] == [declared.name.upper()]
