import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import check_grad
from scipy.special import beta, betaln, gammaln
from scipy.stats import gamma

from commsim.population.build import build
from commsim.population.listed import read_listed
from commsim.population.repeat_buying import Fit, Purchases, _Known, _loss, fit
from commsim.population.repeat_draws import draw_customers
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community, Graph, History

TRUE = Fit(r=0.4, alpha=5.0, a=0.7, b=2.5)
DATA = Path(__file__).parents[2] / "../shared/data"
TODAY = dt.date(1997, 10, 1)


EVEN = Fit(r=0.9, alpha=4.0, a=0.6, b=4.0, shares=(0.4, 0.0, 0.0, 0.6))


def simulate(people, weeks, seed=1, true=TRUE):
    """Customers who behave exactly as the model says; longer watched, the same customers."""
    luck = np.random.default_rng(seed)
    rate, lapse = luck.gamma(true.r, 1 / true.alpha, people), luck.beta(true.a, true.b, people)
    k = 1 + luck.choice(len(true.shares), people, p=true.shares)
    seen = np.zeros((4, people))
    for i in range(people):
        luck = np.random.default_rng((seed, i))
        x, last, logs = 0, 0.0, 0.0
        gap = luck.gamma(k[i], 1 / (k[i] * rate[i])) if rate[i] > 0 else np.inf
        while last + gap < weeks:
            x, last, logs = x + 1, last + gap, logs + np.log(gap)
            if luck.random() < lapse[i]:
                break
            gap = luck.gamma(k[i], 1 / (k[i] * rate[i]))
        seen[:, i] = x, last, weeks, logs
    return Purchases(seen[0].astype(np.int64), *seen[1:])


def draws(fitted, seen, seed):
    return draw_customers(fitted, seen, fitted.chances(seen), seed)


@pytest.fixture(scope="module")
def simulated():
    return simulate(6000, 52.0)


def test_likelihood_is_that_of_the_paper(simulated):
    """Equation 6 of Fader, Hardie and Lee (2005), written out for single customers."""
    r, alpha, a, b = TRUE.r, TRUE.alpha, TRUE.a, TRUE.b
    for i in range(40):
        x, t, T = simulated.x[i], simulated.t[i], simulated.T[i]
        head = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - betaln(a, b)
        total = np.exp(head + betaln(a, b + x)) / (alpha + T) ** (r + x)
        if x > 0:
            total += np.exp(head + betaln(a + 1, b + x - 1)) / (alpha + t) ** (r + x)
        one = simulated.take(np.array([i]))
        assert TRUE.log_likelihood(one) == pytest.approx(np.log(total), rel=1e-9)


def test_likelihood_of_even_orders_is_that_of_their_intervals():
    """Erlang intervals and a silence, integrated over rate and lapse of a customer by brute force."""
    k, gaps = 4, np.array([2.0, 3.0, 4.0])
    seen = Purchases(*(np.array([value]) for value in (3, 9.0, 14.0, np.log(gaps).sum())))
    only = Fit(EVEN.r, EVEN.alpha, EVEN.a, EVEN.b, (1e-300, 1e-300, 1e-300, 1.0))

    def density(rate):
        made = np.prod([gamma.pdf(gap, k, scale=1 / (k * rate)) for gap in gaps])
        silent = gamma.sf(5.0, k, scale=1 / (k * rate))
        stays = beta(EVEN.a, EVEN.b + 3) / beta(EVEN.a, EVEN.b)
        leaves = beta(EVEN.a + 1, EVEN.b + 2) / beta(EVEN.a, EVEN.b)
        return made * (stays * silent + leaves) * gamma.pdf(rate, EVEN.r, scale=1 / EVEN.alpha)

    assert only.log_likelihood(seen) == pytest.approx(np.log(quad(density, 0, 20)[0]), rel=1e-6)


@pytest.mark.parametrize(
    "at", [(0.4, 5.0, 0.7, 2.5), (2.0, 1.0, 3.0, 0.2), (0.9, 4.0, 0.6, 4.0, 0.3, 1.0, 2.0)]
)
def test_gradient_is_that_of_the_likelihood(simulated, at):
    known = _Known(simulated, len(at) - 3)
    off = check_grad(
        lambda p: _loss(p, simulated, known)[0], lambda p: _loss(p, simulated, known)[1], np.log(at)
    )
    assert off < 1e-5


def test_fit_finds_the_parameters_that_made_the_data(simulated):
    found = fit(simulated)
    assert found.r == pytest.approx(TRUE.r, rel=0.12)
    assert found.alpha == pytest.approx(TRUE.alpha, rel=0.15)
    assert found.a / (found.a + found.b) == pytest.approx(TRUE.a / (TRUE.a + TRUE.b), rel=0.12)


def test_fit_finds_who_orders_evenly():
    made = simulate(3000, 52.0, true=EVEN)
    found = fit(made, shapes=4)
    assert found.shares[0] == pytest.approx(0.4, abs=0.08)
    assert found.shares[2] + found.shares[3] == pytest.approx(0.6, abs=0.1)
    assert found.r / found.alpha == pytest.approx(EVEN.r / EVEN.alpha, rel=0.08)
    assert found.a / (found.a + found.b) == pytest.approx(0.6 / 4.6, rel=0.15)
    assert found.log_likelihood(made) > fit(made).log_likelihood(made) + 500


def test_silence_says_more_of_who_orders_evenly():
    """After five orders in ten weeks, each two weeks from the one before, and two months of nothing."""
    seen = Purchases(np.array([5]), np.array([10.0]), np.array([18.0]), np.array([5 * np.log(2.0)]))
    random = Fit(EVEN.r, EVEN.alpha, EVEN.a, EVEN.b)
    assert EVEN.alive(seen)[0] < 0.5 * random.alive(seen)[0]


def test_chance_to_be_alive_falls_with_silence():
    seen = Purchases(np.array([0, 5, 5, 5]), np.array([0.0, 39.0, 20.0, 5.0]), np.full(4, 40.0), np.zeros(4))
    alive = TRUE.alive(seen)
    assert alive[0] == 1.0
    assert alive[1] > alive[2] > alive[3]


def test_draws_have_the_moments_of_the_posterior():
    """Given what was seen: E[rate] = (r + x) / (alpha + T) if alive, (r + x) / (alpha + t) if lapsed."""
    n = 40_000
    seen = Purchases(np.full(n, 3), np.full(n, 10.0), np.full(n, 30.0), np.zeros(n))
    chance = TRUE.alive(seen)
    rate, lapse, alive, *_ = draws(TRUE, seen, seed=5)
    assert alive.mean() == pytest.approx(chance[0], abs=0.01)
    assert rate[alive].mean() * 7 == pytest.approx((0.4 + 3) / 35, rel=0.02)
    assert rate[~alive].mean() * 7 == pytest.approx((0.4 + 3) / 15, rel=0.02)
    assert lapse[alive].mean() == pytest.approx(0.7 / (0.7 + 2.5 + 3), rel=0.03)
    assert lapse[~alive].mean() == pytest.approx(1.7 / (1.7 + 2.5 + 2), rel=0.03)


def test_who_never_ordered_is_drawn_from_the_population():
    seen = Purchases(np.array([9]), np.array([3.0]), np.array([4.0]), np.zeros(1)).take(np.full(40_000, -1))
    rate, lapse, alive, *_ = draws(TRUE, seen, seed=5)
    assert alive.all()
    assert rate.mean() * 7 == pytest.approx(TRUE.r / TRUE.alpha, rel=0.03)
    assert lapse.mean() == pytest.approx(TRUE.a / (TRUE.a + TRUE.b), rel=0.03)


def test_orders_to_come_are_those_of_the_same_customers_later():
    """Rates and lapses drawn after 52 weeks foretell the next 26 of the customers who made them."""
    early, late = simulate(6000, 52.0), simulate(6000, 78.0)
    assert (late.x >= early.x).all()
    happened = late.x.sum() - early.x.sum()
    assert expected_orders(early, fit(early), weeks=26) == pytest.approx(happened, rel=0.08)


def expected_orders(seen, fitted, weeks):
    rate, lapse, alive, *_ = draws(fitted, seen, seed=1)
    rate, lapse = rate.astype(float), np.maximum(lapse.astype(float), 1e-9)
    return ((1 - np.exp(-rate * lapse * weeks * 7)) / lapse)[alive].sum()


def test_expected_orders_are_the_mean_over_draws():
    seen = Purchases(
        np.array([0, 1, 6, 6]),
        np.array([0.0, 9.0, 38.0, 20.0]),
        np.array([5.0, 30.0, 39.0, 39.0]),
        np.zeros(4),
    )
    for row in range(4):
        many = seen.take(np.full(100_000, row))
        one = seen.take(np.array([row]))
        assert TRUE.orders_to_come(one, 26) == pytest.approx(expected_orders(many, TRUE, 26) / 1e5, rel=0.02)


def test_expected_orders_of_who_orders_evenly_are_those_of_the_same_customers_later():
    early, late = (simulate(4000, weeks, true=EVEN) for weeks in (40.0, 70.0))
    happened = late.x.sum() - early.x.sum()
    assert EVEN.orders_to_come(early, 30.0) == pytest.approx(happened, rel=0.04)
    random = fit(early)  # which takes silent ones for customers too long
    assert random.orders_to_come(early, 30.0) > 1.03 * EVEN.orders_to_come(early, 30.0)


def test_draws_of_who_orders_evenly_go_on_as_their_formula_says():
    """Stages, rates and lapses together: each customer is run on, event by event."""
    seen = simulate(4000, 40.0, true=EVEN)
    of, luck = draws(EVEN, seen, seed=3), np.random.default_rng(1)
    orders = 0
    for rate, lapse, lives, k, j in zip(*of, strict=True):
        left = 30.0 * 7 * lives
        while left > 0 and (left := left - luck.gamma(k - j, 1 / (k * max(rate, 1e-12)))) > 0:
            orders, j = orders + 1, 0
            left *= luck.random() >= lapse
    assert orders == pytest.approx(EVEN.orders_to_come(seen, 30.0), rel=0.04)
    assert of.k[of.lives].mean() > 1.5


def test_expected_orders_have_no_gap_at_one_and_begin_at_none():
    seen = Purchases(np.array([0, 4]), np.array([0.0, 30.0]), np.array([10.0, 39.0]), np.zeros(2))
    around = [Fit(0.4, 5.0, a, 2.5).orders_to_come(seen, 39) for a in (0.9999, 1.0, 1.0001)]
    assert around[1] == pytest.approx((around[0] + around[2]) / 2, rel=1e-6)
    assert TRUE.orders_to_come(seen, 0) == pytest.approx(0, abs=1e-12)


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the data of other people is not at {DATA}")
def test_cdnow_first_39_weeks():
    """Order history of a CD shop (Fader and Hardie): the published fit of its sample, and what came after."""
    history = History(file="cdnow_master.csv", customer="id", amount="amt", until=dt.date(1997, 9, 30))
    community = Community(history=history, outside_per_member=0.0, graph=Graph(kind="none"))
    people = build(community, Behaviour(), 1, base=DATA, today=TODAY)
    buying = read_listed(community, DATA, TODAY).buying
    assert 0.23 < buying.fitted.r < 0.30
    assert 4 < buying.fitted.alpha < 7
    assert 0.6 < buying.fitted.a < 0.85
    assert 2.0 < buying.fitted.b < 2.6
    assert people.n_persons == people.n_members == 23_570
    assert people.buyer.all()
    assert people.observed
    # 19,684 orders followed.  The model foretells too few, as in the paper, where the fitted curve
    # ends below the real one: Christmas came after the period of the fit.
    assert 0.82 < expected_orders(buying.seen, buying.fitted, weeks=39) / 19_684 < 1.0
