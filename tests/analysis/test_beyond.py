"""Doing nothing is a plan, a strategy may cost more than it brings, and an answer may turn later."""

import sys
from types import ModuleType

import numpy as np
import pytest
from fake_engine import fake_records

from commsim.analysis.compare import compare
from commsim.analysis.left_out import MEASURED, MOST, TRIED, LeftOut, to_measure
from commsim.analysis.looks import later_days, lengths
from commsim.analysis.measures import outcomes
from commsim.cli.origin import origin_of
from commsim.core.errors import InputError
from commsim.core.measures import NAMES
from commsim.report.beyond import beyond_grids
from commsim.report.data import comparison_csv, comparison_data
from commsim.report.folder import read_comparison, write_comparison
from commsim.report.language import language
from commsim.report.verdict import verdict
from commsim.scenario.length import with_days
from commsim.scenario.schema import Product, Scenario

PROFIT = NAMES.index("profit")


def plan(name: str, *strategies: str, days: int = 14) -> Scenario:
    shop = (Product(name="tea", price=30, unit_cost=15),)
    listed = [{"kind": "content", "name": each} for each in strategies]
    return Scenario.model_validate({"name": name, "days": days, "products": shop, "strategies": listed})


def install(monkeypatch, worth, noise=2000.0):
    """An engine in which strategies of these names are worth so many fen, or by the days of the run."""
    runs = []

    def simulate(scenario, seed, **_):
        names = sorted(one.name for one in scenario.strategies)
        runs.append((scenario.days, *names))
        each = [worth[name](scenario.days) if callable(worth[name]) else worth[name] for name in names]
        both = worth.get(tuple(names), 0)
        own = np.random.default_rng([seed, len(names), *map(ord, "".join(names))]).normal(0.0, noise)
        world = np.random.default_rng(seed).normal(1_000_000.0, 50_000.0)
        return fake_records(scenario.name, seed, scenario.days, round(world + sum(each) + both + own))

    for name, made in (("simulation.run", simulate), ("population.build", lambda *_, **__: None)):
        module = ModuleType(f"commsim.{name}")
        setattr(module, name.split(".")[1].replace("run", "simulate"), made)
        monkeypatch.setitem(sys.modules, f"commsim.{name}", module)
    return runs


def test_a_strategy_that_costs_is_named_first(monkeypatch):
    runs = install(monkeypatch, {"good": 50_000, "bad": -30_000, "idle": 0})
    found = compare([plan("a", "good", "bad", "idle"), plan("b", "idle")], worlds=24, points=0, workers=1)
    first = verdict(found).split("drop that.")[0]
    assert first.startswith("a earns 30")
    assert "more without bad (" in first
    gain = found.gains[0]
    assert (gain.strategy, gain.worlds, gain.is_sure) == ("bad", MEASURED - TRIED, True)
    assert gain.interval.low < 300 < gain.interval.high
    assert found.gains[-1].strategy == "good"
    assert found.gains[-1].interval is None
    assert found.gain_together is None
    assert found.beyond["profit"][0].low < 200 < found.beyond["profit"][0].high
    assert runs.count((14,)) == 24  # both plans left alone are one run
    assert runs.count((14, "bad", "good")) <= MEASURED
    assert "; a does better without bad: " in found._repr_html_()


def test_doing_nothing_may_be_best(monkeypatch):
    install(monkeypatch, {"bad": -30_000, "worse": -60_000})
    found = compare([plan("a", "bad", "worse"), plan("b", "worse")], worlds=20, workers=1)
    text = verdict(found)
    assert text.startswith("Doing nothing earns ")
    assert "more than b, the best plan that does something" in text.split(").")[0] + ")"
    assert found.gains == ()  # b has a single strategy, and without it does nothing
    both = compare([plan("a", "bad", "worse"), plan("b", "worse", "bad")], worlds=20, workers=1)
    assert "; without worse " in verdict(both)
    assert "Without worse and bad together it earns" in verdict(both)
    assert verdict(both, language("zh")).startswith("什么都不做，比有动作的方案中最好的")


def test_strategies_that_cost_only_together_with_others_are_run_out_together(monkeypatch):
    install(monkeypatch, {"a": -30_000, "b": -30_000, "good": 90_000, ("a", "b", "good"): -20_000})
    found = compare([plan("one", "a", "b", "good"), plan("two", "good", "a")], worlds=20, workers=1)
    best = compare([plan("one", "a", "b", "good"), plan("no", "a")], worlds=20, workers=1)
    assert found.best == 1
    assert found.gain_together is None
    assert best.gain_together.low < 800 < best.gain_together.high


def test_what_cant_be_told_from_nothing_is_said_to(monkeypatch):
    install(monkeypatch, {"x": 0, "y": -90_000}, noise=20_000.0)
    found = compare([plan("a", "x"), plan("b", "y")], worlds=10, workers=1, seed=1)
    assert verdict(found).startswith("a can't be told apart from doing nothing (")


def test_a_good_plan_is_not_warned_of(monkeypatch):
    install(monkeypatch, {"x": 50_000, "y": 30_000})
    found = compare([plan("a", "x", "y"), plan("b", "x")], worlds=10, workers=1)
    text = verdict(found)
    assert text.startswith("a earns 3")
    assert "That is 7" in text
    assert "more than doing nothing would earn" in text
    beside = compare([plan("a", "x", "y"), plan("idle")], worlds=10, workers=1)
    assert "doing nothing would" not in verdict(beside)
    assert beside.acting == (0,)


def test_without_a_baseline_nothing_more_is_run(monkeypatch):
    runs = install(monkeypatch, {"good": 50_000, "bad": -30_000})
    found = compare([plan("a", "good", "bad"), plan("b", "bad")], worlds=10, workers=1, baseline=False)
    assert len(runs) == 20
    assert (found.beyond, found.gains, beyond_grids(found)) == ({}, (), [])
    assert comparison_data(found)["baseline"] is False
    assert verdict(found).startswith("a earns")


@pytest.mark.parametrize("per_day", [1000, -1000])
def test_a_longer_look_settles_what_is_open_at_first(monkeypatch, per_day):
    install(monkeypatch, {"x": 90_000, "y": lambda days: 90_000 + per_day * (days - 40)})
    found = compare([plan("a", "x", days=40), plan("b", "y")], worlds=10, days=(40, 100), workers=1)
    text = verdict(found)
    assert "can't be told apart from" in text
    first, second = ("b", "a") if per_day > 0 else ("a", "b")
    assert f"After 100 days {first} is ahead of {second} by " in text
    assert "After 100 days that holds" not in text


def test_a_longer_look_says_when_it_turns(monkeypatch):
    runs = install(monkeypatch, {"x": lambda days: 50_000 - 1000 * days, "y": 1000})
    found = compare([plan("a", "x", days=40), plan("b", "y")], worlds=10, days=(40, 100, 50), workers=1)
    text = verdict(found)
    assert found.days == (40, 40)
    assert [look.days for look in found.looks] == [50, 100]
    assert "After 50 days a can't be told apart from " in text
    assert "After 100 days that turns: b is ahead of a by 5" in text
    assert "After 100 days that turns: doing nothing is ahead of a by 5" in text
    assert runs.count((100, "x")) == 10
    assert "到第 100 天，结论反转" in verdict(found, language("zh"))


def test_unasked_it_looks_at_half_a_year_and_a_year_in_a_few_worlds(monkeypatch):
    runs = install(monkeypatch, {"x": 50_000, "y": 1000})
    found = compare([plan("a", "x", days=60), plan("b", "y", days=60)], worlds=10, workers=1)
    assert [(look.days, look.worlds) for look in found.looks] == [(180, 8), (365, 8)]
    assert runs.count((365, "x")) == 8
    runs.clear()
    few = compare([plan("a", "x", days=60), plan("b", "y", days=60)], worlds=7, workers=1)
    assert few.looks == ()
    assert compare([plan("a", "x"), plan("b", "y")], worlds=10, days=60, workers=1).looks == ()
    assert not any(run[0] > 60 for run in runs)
    assert later_days([plan("a", days=30)]) == (180,)
    assert later_days([plan("a", days=200)]) == (365,)
    assert later_days([plan("a", days=365)]) == later_days([plan("a", days=14)]) == ()
    assert later_days([plan("a", days=60), plan("b", days=90)]) == ()


@pytest.mark.parametrize("days", [0, [], [60, -1], [60, 4000]])
def test_bad_days_are_refused(days):
    with pytest.raises(InputError, match="a run takes 1 to 3650 days"):
        lengths(days)


def test_data_tables_csv_and_folder_say_the_same(monkeypatch, tmp_path):
    install(monkeypatch, {"good": 90_000, "bad": -30_000, "ill": -20_000})
    plans = [plan("a", "good", "bad", "ill"), plan("b", "bad")]
    found = compare(plans, worlds=12, days=[14, 20], workers=1)
    data = comparison_data(found)
    beyond, gains, later = beyond_grids(found)
    assert beyond.header == ("Beyond doing nothing (95 %)", "a", "b")
    assert {row[0] for row in beyond.rows} == {
        "Revenue, as paid (yuan)",
        "Profit before staff (yuan)",
        "Profit (yuan)",
    }
    assert [row[0] for row in gains.rows] == ["bad", "ill", "good"]
    assert [row[:2] for row in later.rows] == [("a", "b"), ("a", "doing nothing"), ("b", "doing nothing")]
    assert data["without"]["plan"] == "a"
    assert [one["sure"] for one in data["without"]["strategies"]] == [True, True, False]
    assert data["looks"][0]["leads"][1]["against"] is None
    assert data["verdict"].startswith("a earns 296 yuan more without bad (")
    rows = comparison_csv(found).splitlines()
    assert rows[0].endswith('"beyond","beyond_low","beyond_high","days"')
    assert sum(row.startswith('"a","profit",') for row in rows) == 2
    write_comparison(found, tmp_path, [origin_of(with_days(one, 14)) for one in plans])
    again = read_comparison(tmp_path)
    assert comparison_data(again) == data
    assert verdict(again) == verdict(found)


def test_a_strategy_worth_nothing_is_seldom_said_to_cost():
    """Of plans whose strategies do nothing but add noise, at most one in twenty is told to drop one."""
    luck, alarms = np.random.default_rng(1), 0
    for _ in range(600):
        own = np.zeros((MEASURED, len(NAMES)))
        own[:, PROFIT] = luck.normal(0, 100, MEASURED)
        values = [np.zeros((MEASURED, len(NAMES))) for _ in range(6)]
        for one in values:
            one[:, PROFIT] = luck.normal(0, 100, MEASURED)
        measured = to_measure([one[:TRIED] for one in values], own[:, PROFIT], PROFIT)
        assert len(measured) <= MOST
        kept = tuple(one if k in measured else one[:TRIED] for k, one in enumerate(values))
        left = LeftOut(0, tuple("abcdef"), ("content",) * 6, 0, kept, np.zeros((0, len(NAMES))))
        alarms += any(gain.is_sure for gain in left.gains(own[:, PROFIT], PROFIT, 1))
    assert alarms <= 0.05 * 600


def test_what_is_run_besides_are_runs_of_the_same_worlds():
    from commsim.simulation.run import simulate

    plans = [
        Scenario.model_validate(
            {
                "name": name,
                "days": 10,
                "community": {"members": 60},
                "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
                "strategies": [{"kind": "advert"}, {"kind": "content"}],
            }
        )
        for name in ("one", "two")
    ]
    found = compare(plans, worlds=8, days=(10, 16, 21), workers=1)
    seed, one = found.seeds[3], plans[0]
    longest = simulate(with_days(one, 21), seed)
    for look, records in zip(found.looks, (longest.first(16), longest), strict=True):
        assert look.values[0, 3, PROFIT] == outcomes(records)["profit"]
    assert found.alone[0, 3, PROFIT] == outcomes(simulate(one.left_alone(), seed))["profit"]
    left = found.left_out
    assert left.strategies == ("advert", "content")
    assert left.values[0][3, PROFIT] == outcomes(simulate(one.only(["content"]), seed))["profit"]
    np.testing.assert_array_equal(found.alone[0], found.alone[1])
