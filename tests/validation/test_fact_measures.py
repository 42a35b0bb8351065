"""Facts measured on records made up by hand, for which the answer is known."""

from types import SimpleNamespace

import numpy as np
import pytest

from commsim.population.repeat_buying import Fit
from commsim.records.tables import ORDER
from commsim.scenario.load import load
from commsim.validation.facts import adverts, customers, envelopes, habits, lifetimes, prices, teams


def run(*, days=0, groups=None, daily=None, world=None, events=None, causes=()):
    records = SimpleNamespace(days=days, groups=groups, daily=daily, events=events, causes=causes)
    return SimpleNamespace(days=days, records=records, world=world)


def talking(*columns):
    """A run whose groups write so many messages day by day."""
    table = np.array(columns, np.int64).T
    return run(days=len(table), groups={"messages": table.ravel()})


def test_a_group_dies_with_the_first_week_below_a_twentieth_of_its_peak():
    sudden = [10] * 20 + [0] * 20
    slow = [10] * 20 + [1] * 20  # a tenth
    assert lifetimes.lifetimes(talking(sudden, slow)).tolist() == [20, 40]


def test_a_week_before_the_peak_is_no_death():
    late = [0] * 10 + [10] * 20
    assert lifetimes.lifetimes(talking(late)).tolist() == [30]


def test_half_a_peak_week_is_counted_from_week_to_week():
    fading = np.rint(1e6 * 0.5 ** (np.arange(60) / 10.0))
    assert lifetimes.fallen_below(talking(fading).records, 0.5).tolist() in ([10], [11])


def test_quiet_groups_are_dead_only_below_a_message_a_day():
    still_two_a_day = [100] * 20 + [2] * 20
    assert lifetimes.lifetimes(talking(still_two_a_day), quiet=1.0).tolist() == [40]
    assert lifetimes.lifetimes(talking(still_two_a_day)).tolist() == [20]


@pytest.mark.parametrize(
    ("score", "survived", "auc"),
    [
        ([1, 2, 3, 4], [False, False, True, True], 1.0),
        ([1, 2, 3, 4], [True, True, False, False], 0.0),
        ([5, 5, 5, 5], [True, False, True, False], 0.5),
        ([1, 3, 2, 4], [False, False, True, True], 0.75),
    ],
)
def test_ranking_by_the_first_day(score, survived, auc):
    assert lifetimes.ranked_above(np.array(score), np.array(survived)) == auc


def test_ranking_says_nothing_where_all_survive():
    assert np.isnan(lifetimes.ranked_above(np.array([1, 2]), np.array([True, True])))


def test_the_slope_within_envelopes_ignores_what_differs_between_them():
    stingy, generous = [(0, 20, 0, 0), (1, 60, 0, 1)], [(2, 20, 1, 1), (3, 60, 1, 1)]
    days = [np.array(stingy + generous), np.array([(4, 500, 0, 1)])]  # one share tells nothing
    slope = envelopes._slope(run(world=SimpleNamespace(catches=days)))
    assert slope == pytest.approx(0.5 * envelopes.RESENT_FEN / (60 - 20))


def test_the_luckiest_is_held_against_the_others_of_that_envelope():
    rows = [(0, 10, 0, 0), (1, 90, 0, 1), (2, 50, 1, 1), (3, 20, 1, 0), (4, 5, 1, 1)]
    one = run(world=SimpleNamespace(catches=[np.array(rows)]))
    assert envelopes._luckiest({"social": one}) == (pytest.approx(1.0 / (1 / 3)),)


def invitations(inviter, asked):
    n = len(inviter)
    people = SimpleNamespace(
        status=np.ones(n, int),
        joined=np.where(np.array(inviter) >= 0, 5, -1),
        inviter=np.array(inviter),
    )
    return run(days=90, world=SimpleNamespace(people=people, asked=np.array(asked, bool)))


def test_trees_are_told_by_their_roots():
    # 0 brings 4, who brings 5, who brings 6; 1 brings 7; 2 brings nobody; 3 was never asked
    runs = {"reward": invitations([-1, -1, -1, -1, 0, 4, 5, 1], [1, 1, 1, 0, 1, 1, 1, 1])}
    lone, shallow, near = teams._trees(runs)
    assert (lone, shallow, near) == (pytest.approx(1 / 3), pytest.approx(2 / 3), 2 / 4)


def test_k_is_who_came_by_who_was_asked():
    assert teams._k(invitations([-1, -1, 0, 0], [1, 1, 0, 0])) == 1.0


def test_no_team_tells_nothing():
    assert np.isnan(teams.filled(run(daily={"teams": np.zeros(3), "teams_failed": np.zeros(3)})))


def test_a_gap_that_closes_is_told_by_its_rest():
    kept = np.full(180, 100)
    cut = kept.copy()
    cut[30:100] -= 10
    cut[166:] -= 2
    runs = {name: run(daily={"orders": orders}) for name, orders in (("kept", kept), ("cut", cut))}
    assert adverts._gap(runs) == (pytest.approx(0.1), pytest.approx(0.2))


def test_the_dip_is_what_is_missing_after_the_bump():
    usual = np.full(77, 50)
    cut = usual.copy()
    cut[prices.BEFORE : prices.BEFORE + 7] += 20
    cut[prices.BEFORE + 7 : prices.BEFORE + 17] -= 3
    world = SimpleNamespace(scenario=load("unmanaged-group"))  # two orders of a buyer take 56 days
    runs = {name: run(daily={"orders": o}, world=world) for name, o in (("0%", usual), ("20%", cut))}
    assert prices._dip(runs) == (pytest.approx(30 / 140),)


def test_attendance_is_followed_for_who_would_have_come():
    nobody = [np.zeros(0, int)] * habits.MISSED
    kept = [*nobody, np.array([1, 2, 3, 4]), np.array([1, 2, 9])]
    missed = [*nobody, np.zeros(0, int), np.array([1, 8, 9])]
    runs = {"kept": kept, "missed": missed}
    runs = {name: run(world=SimpleNamespace(checked=days)) for name, days in runs.items()}
    assert habits._after_a_miss(runs) == (0.5,)


def orders(person, day):
    kind = np.full(len(person), ORDER)
    return {"kind": kind, "person": np.array(person), "day": np.array(day), "fen": np.full(len(person), 3000)}


def test_a_cohort_is_watched_for_a_year_each():
    late, after = customers.COHORT, customers.YEAR
    found = customers.cohort(run(events=orders([7, 7, 7, 3, 3], [0, 10, after, late, late + 1])))
    assert found.customers == 1
    assert found.day.tolist() == [0, 10]


def test_the_refit_finds_the_parameters_that_made_the_orders():
    truth = Fit(r=0.35, alpha=10.0, a=0.6, b=3.0)
    rng = np.random.default_rng(1)
    rate = rng.gamma(truth.r, 1.0 / truth.alpha, 6_000)
    lapse = rng.beta(truth.a, truth.b, 6_000)
    person, day = [], []
    for i in range(6_000):
        time = 0.0
        while time < customers.YEAR:
            person.append(i)
            day.append(int(time))
            if time > 0.0 and rng.random() < lapse[i]:  # nobody lapses after their first order
                break
            time += 7.0 * rng.exponential(1.0 / rate[i])
    r, lapsing = customers._refit({"new": run(events=orders(person, day))})
    assert r == pytest.approx(truth.r, abs=0.06)
    assert lapsing == pytest.approx(truth.a / (truth.a + truth.b), abs=0.03)


def test_revenue_is_shared_as_customers_are_ranked():
    spent = [50, 20, *[3] * 10]  # twelve customers, so a fifth is two of them
    person = np.repeat(np.arange(12), spent)
    top, _, half = customers._concentration({"new": run(events=orders(person, np.arange(len(person)) % 90))})
    assert (top, half) == (pytest.approx(0.7), pytest.approx(0.18))
