"""What a notebook shows of results: their numbers, and nobody's orders."""

import re
from html.parser import HTMLParser

import pytest

from commsim import Scenario, compare, outcomes, simulate

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
