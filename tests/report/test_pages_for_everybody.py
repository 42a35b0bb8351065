"""Every page that a command writes can be read by everybody; that of calibrate stands with its command."""

import pytest

from commsim import Scenario, explain, flip, league, pilot, plan
from commsim.records.manifest import provenance
from commsim.report.explain import explain_statement
from commsim.report.flip.data import flip_statement
from commsim.report.html.statement import Statement, write_statement
from commsim.report.language import Language, language
from commsim.report.league import write_league
from commsim.report.pilot.data import pilot_statement
from commsim.report.planned.statement import planned_statement
from reading import faults

SHOP = {
    "days": 14,
    "community": {"members": 60, "group_size": 15},
    "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
}
RULES, GIFT = {"kind": "group_rules"}, {"kind": "red_envelope", "total": 60, "weekdays": ["tue"]}


def shop(name: str, *strategies: dict) -> Scenario:
    return Scenario.model_validate({**SHOP, "name": name, "strategies": strategies})


DEAR, CHEAP = shop("dear", GIFT, RULES), shop("cheap", GIFT | {"total": 5}, RULES)


def explained(say: Language) -> Statement:
    return explain_statement(explain(DEAR, worlds=4, workers=1), say)


def flipped(say: Language) -> Statement:
    return flip_statement(flip(DEAR, CHEAP, only=["stay.leave"], worlds=4, points=20, workers=1), say)


def tried(say: Language) -> Statement:
    return pilot_statement(pilot(DEAR, CHEAP, days=(7,), before=7, worlds=4, points=20, workers=1), say)


def planned(say: Language) -> Statement:
    return planned_statement(plan(DEAR, runs=250, doubts=4, workers=1), say)


@pytest.mark.slow
@pytest.mark.parametrize("make", [explained, flipped, tried, planned])
def test_a_page_of_one_answer(make, tmp_path):
    files = []
    for code in ("en", "zh"):
        say = language(code)
        files.append(tmp_path / f"{code}.html")
        write_statement(make(say), provenance(["commsim"]), files[-1], say)
    assert faults(*files) == []


@pytest.mark.slow
def test_a_league(tmp_path):
    found, files = league([DEAR, CHEAP], budget=1000, worlds=4, workers=1), []
    for code in ("en", "zh"):
        files.append(tmp_path / f"{code}.html")
        write_league(found, provenance(["commsim"]), files[-1], language(code))
    assert faults(*files) == []


@pytest.mark.slow
def test_what_nobody_could_read_is_found(tmp_path):
    page = tmp_path / "bad.html"
    page.write_text(
        '<!doctype html><html><title>x</title><p style="color:#ddd;width:500px">Nobody reads this',
        encoding="utf-8",
    )
    assert {rule for _, rule, _ in faults(page)} >= {"color-contrast", "html-has-lang", "wider than a phone"}
