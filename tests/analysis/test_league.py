"""A league of teams: places, budget, the fatal day, the best idea."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from commsim import League, Scenario, league
from commsim.analysis.compare import compare
from commsim.analysis.intervals import t_interval
from commsim.analysis.league import Turn, place_text
from commsim.analysis.league import played as in_rounds
from commsim.analysis.measures import PATH
from commsim.core.errors import InputError
from commsim.core.measures import NAMES
from commsim.page.standing import results, standing
from commsim.report.language import language
from commsim.report.league import certificates, league_data, league_grids, league_verdict
from commsim.report.numbers import number

BASE = {"days": 10, "community": {"members": 60}, "products": [{"name": "tea", "price": 30, "unit_cost": 15}]}


def team(name: str, *strategies: dict) -> Scenario:
    return Scenario.model_validate({**BASE, "name": name, "strategies": strategies})


IDLE = team("idle")
SALE = {"kind": "flash_sale", "discount": 0.01, "starts": 2, "warm_up": 1}
SMALL, LARGE = ({"kind": "red_envelope", "total": total} for total in (1, 200))


@pytest.fixture(scope="module")
def played() -> League:
    teams = [team("modest", SMALL), team("lavish", SMALL | {"name": "a"}, LARGE), IDLE]
    return league(teams, budget=500, worlds=6, workers=1)


def test_values_are_those_of_compare_and_the_budget_is_held(played: League):
    alone = compare([team("modest", SMALL), IDLE], worlds=6, workers=1, baseline=False, points=0)
    assert played.values[0].tolist() == alone.of("profit")[0].tolist()
    assert played.comparison.of("profit")[-1].tolist() == alone.of("profit")[1].tolist()
    assert played.spent[0] == pytest.approx(10.0, abs=0.5)  # a yuan a day, but for what nobody catches
    assert played.spent[1] > 500
    assert played.over == {1}
    assert played.places[1] is None
    assert [played.teams[k] for k in played.ranked][-1] == "lavish"
    assert "not ranked: lavish" in league_verdict(played)
    assert played.gains[2].is_nothing  # doing nothing against doing nothing


def test_a_league_is_told_ever_closer_to_its_end():
    teams = [team("modest", SMALL), team("sale", SALE), IDLE]
    heard = []
    rounds = list(
        in_rounds(
            teams,
            budget=None,
            sizes=(2, 4, 6),
            seed=0,
            metric="profit",
            ideas_in=2,
            workers=1,
            progress=lambda what, done, of: heard.append((what, done, of)),
        )
    )
    assert [(one.comparison.worlds, len(one.explained)) for one in rounds] == [
        (2, 0), (4, 0), (6, 0), (6, 1), (6, 2),
    ]  # fmt: skip
    assert rounds[0].values.tolist() == rounds[-1].values[:, :2].tolist()
    assert set(rounds[-1].explained) == {0, 1}  # nothing to explain of who does nothing
    assert next(iter(rounds[-1].explained)) == next(k for k in rounds[-1].ranked if k != 2)
    assert heard[-1] == ("teams explained", 2, 2)
    assert ("worlds", 6, 6) in heard


def test_ideas_are_those_of_explain(played: League):
    assert set(played.explained) == {0, 1}  # nothing to explain of who does nothing
    drop = played.to_drop(1)
    assert (drop.strategy, drop.worth.low > 0) == ("red_envelope", True)
    assert played.idea(1) is None  # neither surely brings anything
    data = {one["team"]: one for one in league_data(played)["teams"]}
    assert data["lavish"]["better_without"]["strategy"] == "red_envelope"
    assert data["lavish"]["better_without"]["worth"] > 100  # most of 200 yuan a day for ten days
    assert data["idle"]["best_idea"] is None
    json.dumps(data, allow_nan=False)


def test_a_certificate_for_each_in_both_languages(played: League):
    english, chinese = (certificates(played, language(code)) for code in ("en", "zh"))
    assert [one.team for one in english] == [played.teams[k] for k in played.ranked]
    assert english[-1].place == "Out of competition: over the budget"
    assert chinese[-1].place == "不计名次：超出预算"
    assert any(line.startswith("Without red envelope") for line in english[-1].lines)
    assert any(line.startswith("不做红包") for line in chinese[-1].lines)


def test_what_to_leave_out_is_a_gain_wherever_it_is_told(played: League):
    """The wall, the terminal and the certificate tell one number with one sign, and one minus sign."""
    gain = number(played.to_drop(1).worth.mean, "yuan")
    assert not gain.startswith("-")
    for code in ("en", "zh"):
        say = language(code)
        (row,) = (row for row in standing(played, 6, ideas=True)["rows"] if row["team"] == "lavish")
        assert row["said"][code]["drop"].endswith(f" +{gain}")
        assert "\u2212" not in str(row)
        assert row["said"][code]["mean"].startswith("-")
        assert "-" in row["said"][code]["limits"]
        (told,) = (cells[2] for cells in league_grids(played, say)[1].rows if cells[0] == "lavish")
        assert re.search(rf" \+{gain}\b", told)
        assert any(f"{gain} " in line for line in certificates(played, say)[-1].lines)


def test_a_place_is_one_of_those_who_play(played: League):
    said = [one.place for one in certificates(played, language("en"))]
    assert said[-1].startswith("Out of competition")
    assert all(place.endswith(" of 2") for place in said[:-1])
    assert results(played)[0]["zh"]["place"].endswith("共 2 队")


def test_bars_hold_for_all_teams_together():
    """The more teams, the wider is the bar of one and the same team."""
    one, *others = np.random.default_rng(3).normal(5.0, 1.0, (11, 40))
    nothing = np.zeros(40)
    widths = [_stand_in([one, *others[:more], nothing]).gains[0].half_width for more in (0, 1, 10)]
    assert widths[0] == pytest.approx(t_interval(one).half_width)
    assert widths[1] == pytest.approx(t_interval(one, 0.975).half_width)
    assert widths[2] == pytest.approx(t_interval(one, 1 - 0.05 / 11).half_width)
    assert widths[0] < widths[1] < widths[2]


def _stand_in(values: list[list[float]], over: tuple[int, ...] = ()) -> League:
    """A league of these values of teams x worlds, the last row doing nothing."""
    rows = np.array(values)

    def spent(yuan: float) -> SimpleNamespace:
        return SimpleNamespace(limit=SimpleNamespace(name="budget"), values=np.array([yuan]))

    found = SimpleNamespace(
        plans=tuple(f"team {k}" for k in range(len(rows))),
        metric="profit",
        of=lambda name: rows,
        limits=tuple(
            (
                SimpleNamespace(
                    limit=SimpleNamespace(name="budget"), values=np.array([9.0 if k in over else 1.0])
                ),
            )
            for k in range(len(rows))
        ),
    )
    return League(found, 5.0, {}, ())  # type: ignore[arg-type]


def test_who_cannot_be_told_apart_shares_places():
    luck = np.random.default_rng(1).normal(0.0, 1.0, 50)
    other = np.random.default_rng(2).normal(0.0, 1.0, 50)
    first, second = 10 + luck, 10 + luck + 0.01 * other  # nearly the same in every world
    found = _stand_in([first, second, 5 + luck, 99 + luck, 0 * luck], over=(3,))
    assert found.places == ((1, 2), (1, 2), (3, 3), None)
    assert [place_text(place) for place in found.places] == ["1-2", "1-2", "3", "-"]
    assert found.ranked[2:] == (2, 3)  # who is over the budget comes last, whatever the plan earns


def test_who_spends_the_budget_to_the_yuan_plays():
    assert replace(_stand_in([[1.0, 2.0], [0.0, 0.0]]), budget=1.0).over == frozenset()
    assert replace(_stand_in([[1.0, 2.0], [0.0, 0.0]]), budget=0.99).over == {0}


def test_ties_are_told_apart_wrongly_in_few_of_many_leagues():
    """Four teams of equal means: in at most 5 % of leagues anybody is ranked above another."""
    rng = np.random.default_rng(7)
    wrong = 0
    for _ in range(400):
        values = rng.normal(0.0, 1.0, (5, 30)) + rng.normal(0.0, 3.0, 30)
        wrong += any(place != (1, 4) for place in _stand_in(values.tolist()).places)
    assert wrong <= 30  # 20 expected at most; 2.3 standard errors more


@pytest.mark.parametrize(
    ("leads", "turn"),
    [
        ([10, 10, 10], None),
        ([10, 10, -5], None),  # more than half of the lead is kept
        ([10, 10, -10], None),  # just half
        ([10, 10, -15], Turn(3, 20.0, 5.0)),
        ([-1, -1, 1], Turn(1, 0.0, -1.0)),
        ([0, 0, 0], None),
    ],
)
def test_the_fatal_day_is_the_one_after_the_largest_lead(leads: list[float], turn: Turn | None):
    paths = np.zeros((2, 3, len(PATH)))
    paths[0, :, PATH.index("profit")] = leads
    found = League(SimpleNamespace(paths=paths), None, {}, ())  # type: ignore[arg-type]
    assert found.turn(0) == turn


def test_it_does_not_depend_on_the_number_of_processes():
    teams = [team("one", SMALL), team("two", SALE)]
    one, two = (league(teams, worlds=4, workers=workers, explained=False) for workers in (1, 2))
    assert league_data(one) == league_data(two)
    assert one.frame().shape == (8, 4)
    assert set(NAMES) >= {one.measure.name}


def test_what_can_be_no_league_is_refused():
    with pytest.raises(InputError, match="two teams"):
        league([IDLE])
    with pytest.raises(InputError, match="60 teams"):
        league([IDLE] * 61)
    dear = IDLE.model_copy(update={"products": team("dear").products[:0], "name": "dear"})
    with pytest.raises(InputError, match="dear plays in another shop than idle: products differs"):
        league([IDLE, dear])
    long = team("long").model_copy(update={"days": 20})
    with pytest.raises(InputError, match="days differs"):
        league([IDLE, long])
    with pytest.raises(InputError, match="budget"):
        league([IDLE, IDLE], budget=float("nan"))
