"""Check-in: streaks, prizes, the pull of both, and points that are owed."""

import numpy as np
import pytest
from pydantic import ValidationError

from commsim.core.effects import Account, Award, Pay, Redeem, Work
from commsim.core.mechanisms.check_in import CHECKED_IN, CheckIn
from commsim.core.view import LEFT
from commsim.strategies import check_in
from commsim.testing import FakeView, nothing_happened, occurred

PRIZES = [{"streak": 3, "points": 20}, {"streak": 5, "points": 50, "gift": 2}]


def play(strategy, days, weekdays_off=()):
    """Act and react day by day; ``days`` says who checks in.  Returns (pull, effects) per day, memory."""
    view, played = FakeView(), []
    memory = strategy.start(view)
    for view.day, persons in enumerate(days):
        acts = [] if view.day in weekdays_off else list(strategy.act(view, memory))
        pull = acts[0].pull if acts else None
        happened = nothing_happened(view.day, {CHECKED_IN: occurred(persons)})
        played.append((pull, list(strategy.react(happened, view, memory))))
    return played, memory


def awards(played):
    """Points awarded per day, in total."""
    return [sum(int(e.points.sum()) for e in effects if isinstance(e, Award)) for _, effects in played]


def test_a_check_in_opens_with_its_base_chance():
    opened, work = check_in.CheckIn(base=0.3, staff_minutes=0.5).act(FakeView(), _memory())
    assert isinstance(opened, CheckIn)
    assert (opened.base, opened.pull.tolist(), work) == (0.3, [0.0] * 12, Work(0.5))


def _memory():
    return check_in.CheckIn().start(FakeView())


def test_points_each_time_and_prizes_at_streaks_and_again_in_the_next_round():
    played, memory = play(check_in.CheckIn(points=5, prizes=PRIZES), [[0]] * 8)
    assert awards(played) == [5, 5, 25, 5, 55, 5, 5, 25]
    gifts = [(d, e) for d, (_, effects) in enumerate(played) for e in effects if isinstance(e, Pay)]
    assert [(d, e.account, e.persons.tolist(), e.fen.tolist()) for d, e in gifts] == [
        (4, Account.GIFTS, [0], [200])
    ]
    assert memory.length[0] == 8


def test_a_point_is_owed_at_its_value():
    (award,) = play(check_in.CheckIn(points=5, point_value=0.8), [[1, 3]])[0][0][1]
    assert (award.persons.tolist(), award.points.tolist(), award.worth) == ([1, 3], [5, 5], 0.8)


def test_points_given_at_once_have_an_upper_worth():
    with pytest.raises(ValidationError, match=r"1000000 points of 1\.5 fen are worth more than 10,000 yuan"):
        check_in.CheckIn(prizes=[{"streak": 2, "points": 1_000_000}], point_value=1.5)
    assert check_in.CheckIn(points=1_000_000, point_value=1).points == 1_000_000


def test_who_checks_in_elsewhere_gets_nothing_here():
    """Two check-ins take turns: the day's events are told to both."""
    played, memory = play(check_in.CheckIn(points=5), [[0], [0], [0]], weekdays_off=(1,))
    assert awards(played) == [5, 0, 5]
    assert memory.length[0] == 2


def test_a_missed_day_breaks_the_streak():
    played, memory = play(check_in.CheckIn(points=0, prizes=PRIZES), [[0], [0], [], [0], [0], [0]])
    assert awards(played) == [0, 0, 0, 0, 0, 20]
    assert memory.length[0] == 3


def test_a_day_on_which_it_is_not_open_breaks_none():
    played, memory = play(check_in.CheckIn(prizes=PRIZES), [[0], [0], [], [0]], weekdays_off=(2,))
    assert memory.length[0] == 3
    assert awards(played)[3] == 25


def test_the_pull_of_a_prize_grows_with_the_square_of_progress():
    played, _ = play(check_in.CheckIn(prizes=PRIZES), [[0]] * 6)
    pulls = [float(pull[0]) for pull, _ in played]
    # one and two thirds of the way to the first prize, then half of the way to the second, then anew
    expected = [0, np.log(1 + 0.4 / 9), np.log(1 + 1.6 / 9), 0, np.log(1.1), 0]
    assert pulls == pytest.approx(expected, abs=1e-6)
    assert not played[4][0][1:].any()


def test_a_broken_streak_puts_off_on_the_next_occasion_only():
    played, _ = play(check_in.CheckIn(), [[0]] * 7 + [[]] * 3)
    pulls = [float(pull[0]) for pull, _ in played]
    assert pulls[:8] == [0.0] * 8
    assert pulls[8] == pytest.approx(np.log(1 - 0.3 * 7 / 14), abs=1e-6)
    assert pulls[9] == 0.0


def test_a_broken_streak_hurts_no_more_than_one_of_two_weeks():
    strategy = check_in.CheckIn()
    played, _ = play(strategy, [[0]] * 20 + [[]] * 2)
    assert played[21][0][0] == pytest.approx(np.log(0.7), abs=1e-6)
    assert strategy.pull_of_broken().size == 15


def test_members_hand_in_whole_lots_of_points():
    view = FakeView(day=4)
    view.points[[0, 1, 2, 3, 9]] = [99, 100, 250, 100, 500]
    view.status[3] = LEFT
    strategy = check_in.CheckIn(redeem_at=100, redeem_chance=1.0, point_value=2)
    (redeem,) = strategy.react(nothing_happened(4), view, strategy.start(view))
    assert isinstance(redeem, Redeem)
    assert (redeem.persons.tolist(), redeem.points.tolist(), redeem.worth) == ([1, 2], [100, 200], 2.0)


def test_who_hands_in_is_a_matter_of_luck():
    view = FakeView(members=2000, strangers=0, day=1)
    view.points[:] = 100
    strategy = check_in.CheckIn(redeem_chance=0.1)
    (redeem,) = strategy.react(nothing_happened(1), view, strategy.start(view))
    assert 150 < redeem.persons.size < 250


def test_the_warm_up_opens_nothing():
    strategy = check_in.CheckIn(starts=3, warm_up=2)
    assert list(strategy.act(FakeView(day=2), _memory())) == []


def test_prizes_need_rising_streaks():
    with pytest.raises(ValidationError, match="longer streak"):
        check_in.CheckIn(prizes=PRIZES[::-1])
