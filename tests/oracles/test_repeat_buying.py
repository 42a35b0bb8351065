"""Without a group's influence, orders are those of BG/NBD: two fits find the parameters that made them."""

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize
from scipy.special import betaln, gammaln
from still import still, world

from commsim.population.repeat_buying import Fit, Purchases, fit

TRUE = Fit(r=0.35, alpha=0.35 / 0.12, a=0.6, b=3.0)
"""The engine's own parameters for a grocer: .12 orders a week on average."""
WEEKS, PEOPLE = 60, 4000


def customers(seed=1, **buying):
    """What each of them did in so many weeks after a first order on the eve of the first day."""
    buying = {"shape": TRUE.r, "lapse_a": TRUE.a, "lapse_b": TRUE.b, "past_weeks": 0.0} | buying
    kind = {"orders_per_week": TRUE.r / TRUE.alpha, "buyers": 1.0, "lapsed": 0.0}
    shop = still(members=PEOPLE, days=7 * WEEKS, behaviour={"buying": buying}, segments=[kind], activity=0.0)
    made = world(shop, seed)
    x, last = np.zeros(PEOPLE, np.int64), np.zeros(PEOPLE)
    for day in range(7 * WEEKS):
        bought = made.advance().order_persons
        x[bought] += 1
        last[bought] = day + 0.5
    return Purchases(x, last / 7, np.full(PEOPLE, float(WEEKS)), np.zeros(PEOPLE))


def log_likelihood(at, seen):
    """Equation 6 of Fader, Hardie and Lee (2005), summed over customers; written without the package's."""
    r, alpha, a, b = at
    x, rate = seen.x, gammaln(r + seen.x) - gammaln(r) + r * np.log(alpha) - betaln(a, b)
    stayed = betaln(a, b + x) - (r + x) * np.log(alpha + seen.T)
    again = np.maximum(x, 1)
    left = betaln(a + 1, b + again - 1) - (r + x) * np.log(alpha + seen.t)
    return float((rate + np.where(x > 0, np.logaddexp(stayed, left), stayed)).sum())


def fitted_without_slopes(seen):
    """Maximum likelihood by a simplex, from a point far from both truth and the package's start."""
    found = minimize(
        lambda logs: -log_likelihood(np.exp(logs), seen) / PEOPLE,
        np.log([1.0, 1.0, 1.0, 1.0]), method="Nelder-Mead",
        options={"xatol": 1e-6, "fatol": 1e-10, "maxiter": 4000},
    )  # fmt: skip
    assert found.success
    return np.exp(found.x)


def distance(found, seen):
    """Twice the gap of log-likelihoods between a fit and the truth: chi-square, four degrees of freedom."""
    return 2 * (log_likelihood(found, seen) - log_likelihood(numbers(TRUE), seen))


def numbers(at):
    return np.array([at.r, at.alpha, at.a, at.b])


def test_two_fits_find_the_parameters_of_the_engine():
    """The truth lies in the joint 99.9 % confidence region of the fit to one world's orders."""
    seen = customers()
    own, other = numbers(fit(seen)), fitted_without_slopes(seen)
    np.testing.assert_allclose(own, other, rtol=2e-3)
    assert 0 <= distance(own, seen) < stats.chi2.ppf(0.999, 4)


@pytest.mark.slow
def test_the_gap_to_the_truth_is_what_luck_makes_it():
    """Over ten worlds the gaps add up to a chi-square variable of forty degrees of freedom."""
    total = sum(distance(numbers(fit(seen)), seen) for seen in map(customers, range(2, 12)))
    assert stats.chi2.ppf(0.0005, 40) < total < stats.chi2.ppf(0.9995, 40)


@pytest.mark.parametrize("broken", [{"past_weeks": 12.0}, {"lapse_a": 0.45}, {"shape": 0.4}])
def test_another_shop_is_told_apart(broken):
    """Customers who have stayed a while, fewer lapses, other people: the truth falls out of the region."""
    seen = customers(**broken)
    assert distance(numbers(fit(seen)), seen) > stats.chi2.ppf(0.999, 4)
