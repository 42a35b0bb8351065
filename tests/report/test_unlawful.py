"""Whatever tells a result of a plan says what is unlawful in it; and what streams and shills came to."""

import json

import pytest
from typer.testing import CliRunner

from commsim.analysis.compare import compare
from commsim.analysis.counts import counts
from commsim.cli import app
from commsim.records.manifest import provenance
from commsim.report.case import comparison_case, run_case
from commsim.report.counted import counted_grids
from commsim.report.data import comparison_data
from commsim.report.html.page import report_html
from commsim.report.language import language
from commsim.scenario.load import loads
from commsim.simulation.run import simulate

PLAN = """
name: pretence
days: 7
community: {members: 60, group_size: 30}
products: [{name: tea, price: 9, unit_cost: 3}]
"""
UNLAWFUL = PLAN + "allow_unlawful: [shills]\nstrategies: [{kind: shills}, {kind: live, weekdays: [sat]}]\n"
LAWFUL = PLAN.replace("pretence", "honest")
TOLD, TOLD_ZH = "pretence breaks the law: shills pose as members", "pretence 违法：托假扮群友"


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(UNLAWFUL, encoding="utf-8")
    return file


def test_the_command_line_says_so_beside_every_result(plan, tmp_path):
    honest = tmp_path / "honest.yaml"
    honest.write_text(LAWFUL, encoding="utf-8")
    runs = (["check", str(plan)], ["show", str(plan)], ["run", str(plan)])
    runs += (["compare", str(plan), str(honest), "--worlds", "2", "--workers", "1"],)
    for words in runs:
        told = CliRunner().invoke(app, words)
        assert told.exit_code == 0, told.output
        assert "E-Commerce Law, article 17" in " ".join(told.output.split()), words
        if words[0] in ("run", "compare"):
            found = CliRunner().invoke(app, [*words, "--json"])
            assert TOLD in json.loads(found.stdout)["warnings"][-1]
    assert TOLD_ZH in CliRunner().invoke(app, ["run", str(plan), "--lang", "zh"]).output


def test_reports_of_a_run_and_of_a_comparison_say_so_in_both_languages():
    unlawful, lawful = loads(UNLAWFUL), loads(LAWFUL)
    origin = provenance(["commsim"])
    found = compare([unlawful, lawful], worlds=2, workers=1)
    assert TOLD in comparison_data(found)["warnings"][-1]
    cases = (
        run_case(unlawful, 1, origin, worlds=2, workers=1),
        comparison_case(found, [unlawful, lawful], origin, worlds=2, workers=1),
    )
    for case in cases:
        assert TOLD in report_html(case)
        assert TOLD_ZH in report_html(case, language("zh"))


def test_three_levels_of_commission_are_told_alike():
    rebate = "strategies: [{kind: distributor_rebate, levels: [.1, .05, .02]}]\n"
    told = loads(PLAN + "allow_unlawful: [many_levels]\n" + rebate)
    case = run_case(told, 1, provenance(["commsim"]), worlds=2, workers=1)
    assert "commission on 3 levels counts as pyramid selling" in report_html(case)


def test_what_streams_and_shills_came_to_is_a_table():
    plan = loads(UNLAWFUL)
    records = simulate(plan, 1)
    tables = {grid.title: dict(row[:2] for row in grid.rows) for grid in counted_grids(counts(records), plan)}
    streams, shills = tables["Live selling, days with a stream: 1"], tables["Shills"]
    assert int(streams["Watched, in all"]) == records.daily["watched"].sum() > 0
    assert int(shills["Days of shills in groups"]) == records.daily["shills"].sum() > 0
