"""Mechanisms that were part of the core keep the promises of all; their twin is the plain model itself."""

import ast
from pathlib import Path

import pytest
from test_equal_bits import both, differing

from commsim.core.mechanism import mechanisms
from commsim.core.mechanisms.check_in import CHECK_IN
from commsim.core.mechanisms.envelopes import ENVELOPES
from commsim.core.mechanisms.wear import WEAR
from commsim.strategies.check_in import CheckIn
from commsim.strategies.red_envelope import RedEnvelope
from commsim.strategies.registry import kinds
from commsim.testing import check_mechanism

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "envelopes.md").read_text(encoding="utf-8")
MOVED = {
    CHECK_IN: (CheckIn, {"base": 0.6, "prizes": [{"streak": 2, "points": 10, "gift": 1}], "redeem_at": 10}),
    ENVELOPES: (RedEnvelope, {"preset": "social", "hours": [12, 21]}),
}
IN_EVERY_PLAN = {WEAR}
"""Of a strategy of the core, whose words are the core's: held by a twin alone."""


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
    """By `check_mechanism` in a file here, or in this one; by a twin alone where no strategy names it."""
    named = {one for kind in kinds().values() for one in kind.mechanisms} - IN_EVERY_PLAN
    held, twins = set(), set()
    for file in Path(__file__).parent.glob("test_*.py"):
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        held |= names if "check_mechanism" in names else set()
        twins |= {file.name} if "both" in names else set()
    ours = {one for one in mechanisms() if one.engine.startswith("commsim.")} - set(MOVED)
    by_strategies = {one.name for one in ours & named if one.name.upper() not in held}
    by_others = {one.name for one in ours - named if f"test_{one.name}.py" not in twins}
    assert by_strategies | by_others == set()
