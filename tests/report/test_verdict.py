"""Sentences that claim what the worlds show, and no more."""

import re

import numpy as np
import pytest

from commsim.analysis.comparison import Comparison
from commsim.analysis.measures import PATH
from commsim.core.measures import NAMES
from commsim.report.tables import comparison_grids
from commsim.report.verdict import undecided, verdict

LUCK = np.random.default_rng(4).normal(40_000.0, 5000.0, 60)
NOISE = np.random.default_rng(5).normal(0.0, 100.0, (4, 60))
NOISE -= NOISE.mean(axis=1, keepdims=True)


def comparison(*profits, metric="profit", target=None, days=(60, 60, 60, 60)) -> Comparison:
    values = np.zeros((len(profits), len(profits[0]), len(NAMES)))
    values[:, :, NAMES.index(metric)] = profits
    plans = ("dead-group", "active-group", "flash-sale", "envelope")[: len(profits)]
    seeds = tuple(range(len(profits[0])))
    paths = tuple(np.ones((length, len(PATH))) for length in days[: len(profits)])
    return Comparison(plans, days[: len(profits)], 0, seeds, metric, values, paths, target)


def test_clear_win():
    text = verdict(comparison(LUCK, LUCK + 12_340 + NOISE[0]))
    pattern = (
        r"active-group earns 12,340 yuan more than dead-group over 60 days "
        r"\(95 % interval 12,3\d\d to 12,3\d\d\) and is best in 100 % of 60 worlds\."
    )
    assert re.fullmatch(pattern, text), text


def test_clear_win_among_several_is_over_the_next_best():
    text = verdict(comparison(LUCK, LUCK + 9000 + NOISE[0], LUCK + 3000 + NOISE[1]))
    assert text.startswith("active-group earns 6,000")
    assert "than the next best, flash-sale, over 60 days" in text
    assert "all pairs together" in text


def test_plans_that_cant_be_told_apart():
    found = comparison(30_000 + NOISE[0], 30_001 + NOISE[1])
    text = verdict(found)
    assert undecided(found) == [1 - found.best]
    assert re.match(r"\S+ can't be told apart from \S+: it is ahead by ", text), text
    assert "(95 % interval -29.46 to 31.46), which after 60 worlds may still be luck." in text
    assert re.search(r"at most about \d\d\.\d\d yuan \(0\.1 %\)\.", text), text
    assert "earns" not in text


def test_some_of_several_cant_be_told_apart():
    text = verdict(
        comparison(*(level + noise for level, noise in zip((0, 9000, 9001, 9002), NOISE, strict=True)))
    )
    named, rest = text.split(": it is ahead of ")
    assert " can't be told apart from " in named
    assert "dead-group" not in named
    assert all(name in named for name in ("active-group", "flash-sale", "envelope"))
    assert rest.startswith(named.split(" apart from ")[1].split(" and ")[0])


def test_equal_plans_are_called_equal():
    text = verdict(comparison(LUCK, LUCK))
    assert text == (
        "dead-group and active-group give exactly the same in all 60 worlds: "
        "they are one plan, or what differs between them reached nobody."
    )


def test_a_lead_without_spread_has_no_interval():
    text = verdict(comparison(LUCK, LUCK + 500))
    assert "500 yuan more than dead-group over 60 days (the same in every world) and is best" in text


def test_unmet_precision_is_said():
    text = verdict(comparison(LUCK, LUCK + NOISE[0] + 500, target=1.0))
    assert "The wanted precision was not reached" in text
    assert "1.00 yuan was asked for, and 60 worlds were the most allowed." in text
    assert "precision" not in verdict(comparison(LUCK, LUCK + NOISE[0] + 500, target=1000.0))


def test_the_best_of_losers_is_not_praised():
    assert verdict(comparison(NOISE[0] - 900, NOISE[1] - 9000)).endswith("Every plan loses money.")


def test_other_measures_are_named():
    text = verdict(comparison(LUCK + 1000, LUCK + 1500 + NOISE[0], metric="members"))
    assert re.match(r'active-group is \d+ members above dead-group in "Members at the end" over', text), text
    text = verdict(comparison(0.3 + NOISE[0] / 1e5, 0.4 + NOISE[1] / 1e5, metric="active"))
    assert re.match(r"active-group is 10\.0 points above", text), text


def test_a_win_in_nearly_all_worlds_is_not_rounded_to_all():
    profits = LUCK + 500.0
    profits[0] = LUCK[0] - 1
    values = np.tile(np.array([LUCK, profits]), 10)
    assert "best in over 99 % of" not in verdict(comparison(*values))
    values = np.hstack([values, np.tile(np.array([LUCK, LUCK + 500]), 40)])
    assert "best in over 99 % of 3000 worlds" in verdict(comparison(*values))


def test_different_lengths_are_not_called_one():
    text = verdict(comparison(LUCK, LUCK + 9000 + NOISE[0], days=(60, 30)))
    assert "days" not in text


def test_tables_hold_what_was_measured():
    measures, way, ranking = comparison_grids(comparison(LUCK, LUCK + 12_340 + NOISE[0]))
    (profit,) = [row for row in measures.rows if row[0] == "Profit (yuan)"]
    assert profit[3].startswith("+12,3")
    assert not any(row[0].startswith("Cost") for row in measures.rows)
    assert way.header == ("On the way", "Plan", "Week 1", "Week 3", "Week 6", "Week 8")
    assert way.rows[0] == ("Look in on a day", "dead-group", *["100.0 %"] * 4)
    assert way.rows[2][2:] == ("7.00",) * 4
    assert [row[0] for row in ranking.rows] == ["active-group", "dead-group"]
    assert ranking.rows[0][2] == "best"
    assert ranking.rows[1][2].startswith("-12,3")


def test_short_runs_have_no_weeks_to_show():
    assert len(comparison_grids(comparison(LUCK, LUCK + 1, days=(13, 13)))) == 2


@pytest.mark.parametrize("plans", [2, 4])
def test_every_row_fits_its_header(plans):
    for grid in comparison_grids(comparison(*(LUCK + NOISE[p] for p in range(plans)))):
        assert {len(row) for row in grid.rows} == {len(grid.header)}
