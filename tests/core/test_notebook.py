"""What a notebook shows of results: their numbers, and nobody's orders."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from commsim import Scenario, compare, observe, outcomes, simulate
from commsim.analysis.intervals import Interval
from commsim.analysis.sensitivity import Analysis, Influence, Policies, Sensitivity
from commsim.core.measures import find

HARM = "<script>alert(1)</script>"


def plan(name, *strategies):
    return Scenario.model_validate(
        {
            "name": name,
            "days": 10,
            "community": {"members": 240, "group_size": 30},
            "products": [{"name": "coffee", "price": 30, "unit_cost": 15}],
            "strategies": strategies,
        }
    )


BUSY = plan(HARM, {"kind": "content", "goal": "\u202e" + HARM, "quality": 0.5, "starts": 2})
PLAIN = plan("plain")


class Cells(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.texts, self.tags = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.texts.append(data)


def shown(result):
    """The texts of what a notebook shows; nothing else than a table."""
    page = Cells(result._repr_html_())
    assert page.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert "\u202e" not in repr(result) + "".join(page.texts)
    return page.texts


def test_a_comparison_shows_its_numbers():
    found = compare([BUSY, PLAIN], worlds=3, workers=1)
    texts = shown(found)
    for k in range(2):
        assert f"{found.of('profit')[k].mean():,.0f}" in texts
    assert "best" in texts
    assert any(re.fullmatch(r"-[\d,.]+ \(-?[\d,.]+ to -?[\d,.]+\)", text) for text in texts)
    assert re.match(r"<Comparison in 3 worlds, mean profit: .+ [\d,]+, .+ [\d,]+>$", repr(found))


def test_a_scenario_shows_its_plan():
    texts = shown(BUSY)
    assert f"{HARM}, 10 days from {BUSY.start}, 240 members" in texts
    assert {"content", "2", "9"} <= set(texts)
    assert any("quality: 0.5" in text for text in texts)
    assert repr(PLAIN) == "<Scenario 'plain', 10 days: no strategies>"
    assert repr(BUSY) == f"<Scenario {HARM!r}, 10 days: content>"


@pytest.mark.parametrize("detail", ["daily", "full"])
def test_records_show_what_they_hold(detail):
    records = simulate(BUSY, 7, detail=detail)
    found, texts = outcomes(records), shown(records)
    assert f"{HARM}, 10 days, seed 7" in texts
    assert f"{found['profit']:,.0f}" in texts or f"{found['profit']:,.2f}" in texts
    assert ("rows of .events" in texts) is (detail == "full")
    assert repr(records).startswith(f"<Records of {HARM!r}, 10 days, seed 7: members at the end ")
    assert len(repr(records)) < 300


def test_what_is_observed_shows_each_group_and_all():
    seen, texts = observe(BUSY, seed=3), shown(observe(BUSY, seed=3))
    last = seen.there(seen.days - 1)
    rows = [texts[at : at + 4] for at in range(len(texts))]
    for group, name in enumerate(seen.groups):
        of = seen.group == group
        own = of.sum(), last[of].sum(), of[seen.messages.member].sum()
        assert [name, *(f"{number:,}" for number in own)] in rows
    every = seen.members, last.sum(), len(seen.messages)
    assert ["all", *(f"{number:,}" for number in every)] in rows
    assert "days of orders" in texts


def test_a_sensitivity_shows_policies_and_what_moves_the_outcome():
    policies = Policies((HARM, "b"), np.array([[5.0, 7.0], [4.0, 3.0]]))
    moved = Influence("\u202eprice", "lever", {"rank_correlation": Interval(0.5, 0.25, 0.75)})
    plain = Influence("hour", "lever", {"rank_correlation": Interval(0.25, float("-inf"), float("inf"))})
    found = Sensitivity(
        HARM, find("profit"), policies, (Analysis("profit", "morris", 64, (moved, plain)),), 1, ()
    )
    texts = shown(found)
    assert {HARM, "6", "best", "3.50", "100%", "0.50 (0.25 to 0.75)", "0.25"} <= set(texts)
    assert "What moves profit (morris, 64 points)" in texts
    sampled = Sensitivity("x", find("profit"), None, (), 1, ())
    assert sampled._repr_html_() == ""
    assert repr(found).startswith("<Sensitivity of profit in ")
    assert repr(sampled) == "<Sensitivity of profit in 'x': levers were sampled>"
