"""Claims can come out either way, cover what the model expresses, and are the same however they are run."""

import csv
import io
import json
import re
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from commsim.analysis.intervals import Interval
from commsim.cli import app
from commsim.core.errors import Exit, InputError
from commsim.report.claims.tables import expected_text, found_text
from commsim.validation.claims.catalogue import CLAIMS, find
from commsim.validation.claims.claim import Claim, Expectation, Verdict, overall
from commsim.validation.claims.contrasts import Gain, Level, more
from commsim.validation.claims.measures import Days, Outcome, Unbooked, Warnings
from commsim.validation.claims.missing import MISSING
from commsim.validation.claims.trial import try_claims

SMALL = "days: 21\ncommunity: {members: 400, group_size: 100}\n"
ADVERTS = SMALL + "strategies: [{kind: advert, posts: 3}]\n"
LEFT = Days("left")
TIRED = Claim(
    "49",
    "Adverts chase members away.",
    "unmanaged-group",
    {"adverts": ADVERTS, "silence": SMALL},
    (more("Left", LEFT, "adverts", "silence"),),
)


def tried(claim, worlds=6, **settings):
    (trial,) = try_claims([claim], worlds=worlds, workers=1, **settings)
    return trial


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.0, inf, Verdict.HOLDS),
        (-inf, 3.0, Verdict.UNDECIDED),
        (-inf, 1.0, Verdict.DOES_NOT),
        (4.0, inf, Verdict.DOES_NOT),
        (0.5, 4.5, Verdict.HOLDS),
        (2.0, 3.0, Verdict.UNDECIDED),
        (5.0, 6.0, Verdict.DOES_NOT),
        (1.0, inf, Verdict.UNDECIDED),
    ],
)
def test_a_verdict_asks_for_the_whole_interval(low, high, verdict):
    assert Expectation("x", Level(LEFT, "a"), low, high).verdict(Interval(2.5, 1.0, 4.0)) is verdict


def test_no_effect_at_all_is_no_effect():
    nothing = Interval(0.0, 0.0, 0.0)
    assert Expectation("x", Level(LEFT, "a"), low=0.0).verdict(nothing) is Verdict.DOES_NOT
    assert Expectation("x", Level(LEFT, "a"), -0.1, 0.1).verdict(nothing) is Verdict.HOLDS


def test_one_expectation_that_fails_fails_the_claim():
    holds, fails, open_ = Verdict.HOLDS, Verdict.DOES_NOT, Verdict.UNDECIDED
    assert overall([holds, holds]) is holds
    assert overall([holds, open_]) is open_
    assert overall([open_, fails, holds]) is fails


def test_a_true_claim_holds_and_its_opposite_does_not():
    assert tried(TIRED).verdict is Verdict.HOLDS
    opposite = replace(TIRED, expects=(more("Left", LEFT, "silence", "adverts"),))
    assert tried(opposite).verdict is Verdict.DOES_NOT


def test_a_claim_about_nothing_is_not_held():
    """Two plans that are one: the contrast is exactly nothing."""
    same = replace(TIRED, plans={"adverts": SMALL, "silence": SMALL})
    trial = tried(same)
    assert (trial.values == 0.0).all()
    assert trial.verdict is Verdict.DOES_NOT


def test_people_without_patience_limits_decide_the_verdict():
    """A model in which messages never make anybody leave fails the claim that it should fail."""
    patient = "behaviour: {stay: {leave_message: 0, mute_message: 0}}\n"
    deaf = replace(TIRED, plans={"adverts": ADVERTS + patient, "silence": SMALL + patient})
    assert tried(deaf).verdict is not Verdict.HOLDS


def test_the_exact_oracle_notices_a_wrong_price():
    (claim,) = find(["57"])
    assert tried(claim, worlds=2).verdict is Verdict.HOLDS
    wrong = {**claim.plans, "three": claim.plans["three"].replace("price: 85", "price: 86")}
    verdicts = tried(replace(claim, plans=wrong), worlds=2).verdicts
    assert verdicts == [Verdict.DOES_NOT, Verdict.HOLDS, Verdict.DOES_NOT]


def test_books_add_up_and_warnings_are_counted():
    plan = SMALL + "strategies: [{kind: flash_sale, discount: 0.6}]\n"
    claim = Claim(
        "84",
        "",
        "unmanaged-group",
        {"sale": plan},
        (
            Expectation("books", Level(Unbooked(), "sale"), -0.001, 0.001, "yuan"),
            Expectation("under cost", Level(Warnings("under its cost"), "sale"), 0.5, 1.5, "warnings"),
        ),
    )
    assert tried(claim, worlds=2).verdict is Verdict.HOLDS


def test_more_processes_and_other_claims_change_nothing():
    both = Claim("1", "", "unmanaged-group", {"a": SMALL, "b": ADVERTS}, (more("x", LEFT, "b", "a"),))
    alone = tried(TIRED, worlds=4, seed=3)
    first, second = try_claims([both, TIRED], worlds=4, workers=2, seed=3)
    assert first.seeds == second.seeds == alone.seeds
    np.testing.assert_array_equal(second.values, alone.values)
    np.testing.assert_array_equal(first.values, alone.values)


def test_progress_is_told_and_one_world_is_too_few():
    heard = []
    tried(TIRED, worlds=2, progress=heard.append)
    assert heard[-1] == 2
    with pytest.raises(InputError, match="two worlds or more"):
        tried(TIRED, worlds=1)


def test_every_mechanism_is_either_tested_or_said_to_be_missing():
    tested = {claim.id for claim in CLAIMS if claim.id.isdigit()}
    assert len(tested) >= 25
    assert not tested & set(MISSING)
    assert tested | set(MISSING) == {str(number) for number in range(1, 95)}
    assert len({claim.id for claim in CLAIMS}) == len(CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_plans_of_each_claim_load_and_are_all_used(claim):
    plans = claim.scenarios()
    used = repr(claim.expects)
    assert all(f"{name!r}" in used for name in plans), used
    assert len(set(map(repr, plans.values()))) == len(plans)


@pytest.mark.parametrize("wanted", [["49", "57"], ["#57", "49"], ["57", "49", "49"]])
def test_claims_are_found_by_their_numbers(wanted):
    assert [claim.id for claim in find(wanted)] == ["49", "57"]


def test_no_number_finds_all():
    assert find([]) == CLAIMS
    assert find(["r1"])[0].id == "R1"


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("95", "no such claim"), ("ads", "no such claim"), ("88", "it is about searching plans")],
)
def test_what_can_not_be_tested_is_told(wanted, told):
    with pytest.raises(InputError, match=told):
        find(["49", wanted])


def test_numbers_are_shown_with_the_digits_that_they_have():
    share = Expectation("x", Gain(Outcome("profit"), "a", "b"), low=-0.02, high=0.02)
    yuan = Expectation("x", Gain(Outcome("profit"), "a", "b"), low=0.0, unit="yuan")
    assert (expected_text(share), expected_text(yuan)) == ("-2 to 2 %", "above 0 yuan")
    assert expected_text(replace(share, low=-inf, high=-0.5)) == "below -50 %"
    assert found_text(share, Interval(0.0891, 0.0815, 0.0967)) == "8.91 % (8.15 to 9.67)"
    assert found_text(yuan, Interval(-1234.4, -1300.2, -1168.6)) == "-1,234 yuan (-1,300 to -1,169)"
    assert found_text(yuan, Interval(75.0, 75.0, 75.0)) == "75.00 yuan"


def call(*args: str):
    return CliRunner(env={"COLUMNS": "110"}).invoke(app, ["claims", "--quiet", *args])


def test_the_command_prints_verdicts_and_keeps_files(tmp_path):
    out = tmp_path / "claims"
    done = call("57", "66", "--worlds", "2", "--workers", "1", "--out", str(out))
    assert done.exit_code == Exit.OK, done.output
    assert "2 claims of operators, each plan in the same 2 worlds" in done.stdout
    assert "75.00 yuan" in done.stdout
    assert sorted(file.name for file in out.iterdir()) == [
        "claims.csv", "claims.json", "manifest.json", "worlds.csv",
    ]  # fmt: skip
    found = json.loads((out / "claims.json").read_text(encoding="utf-8"))
    assert [claim["claim"] for claim in found["claims"]] == ["57", "66"]
    assert found["claims"][0]["verdict"] == "holds"
    rows = list(csv.DictReader((out / "worlds.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 2 * 5
    assert call("57", "--worlds", "2", "--out", str(out)).exit_code == Exit.INPUT


def test_json_and_csv_say_the_same():
    args = ("57", "--worlds", "2", "--workers", "1")
    data = json.loads(call(*args, "--json").stdout)
    table = list(csv.DictReader(io.StringIO(call(*args, "--csv", "-").stdout)))
    (claim,) = data["claims"]
    assert [float(row["mean"]) for row in table] == [part["mean"] for part in claim["expectations"]]
    assert [row["so"] for row in table] == ["holds"] * 3
    assert table[0]["verdict"] == claim["verdict"] == "holds"


def test_a_list_needs_no_run():
    shown = call("--list").stdout
    assert "that the model does not express" in shown
    assert "it is about searching plans" in shown
    one = call("49", "--list").stdout
    assert "1 claim to test" in one
    assert "does not express" not in one
    data = json.loads(call("--list", "--json").stdout)
    assert len(data["claims"]) == len(CLAIMS)
    assert len(data["not_expressed"]) == len(MISSING)


def test_wrong_usage_is_told():
    assert call("--worlds", "1").exit_code == Exit.USAGE
    assert call("--list", "--csv", "-").exit_code == Exit.USAGE
    unknown = call("88")
    assert unknown.exit_code == Exit.INPUT
    assert "it is about searching plans" in unknown.stderr


def test_the_page_shows_every_claim():
    page = (Path(__file__).parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")
    tested, missing = page.split("<!-- output of: commsim claims --list -->")
    for claim in CLAIMS:
        assert re.search(rf"^ {claim.id} +\S", tested, re.MULTILINE), claim.id
    for number, left in MISSING.items():
        assert re.search(rf"^ {number} +{re.escape(left.says[:20])}", missing, re.MULTILINE), number
