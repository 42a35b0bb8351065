"""The Pareto/NBD model of repeat buying, to compare with: customers lapse at any time, not after an order.

Schmittlein, Morrison and Colombo (1987), "Counting your customers: who are they and what will they do next?",
Management Science 33(1); likelihood and expectation as in Fader and Hardie (2005), "A note on deriving the
Pareto/NBD model and related expressions" (brucehardie.com/notes/009).
"""

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1


def _log_integral(r, alpha, s, beta, x, t, T):
    """Log of A0: what customers who lapsed between their last order and the end add to the likelihood."""
    most, least, power = max(alpha, beta), abs(alpha - beta), s + 1 if alpha >= beta else r + x
    whole = r + s + x
    from_t = hyp2f1(whole, power, whole + 1, least / (most + t)) / (most + t) ** whole
    from_T = hyp2f1(whole, power, whole + 1, least / (most + T)) / (most + T) ** whole
    return np.log(np.maximum(from_t - from_T, 1e-300))


def _parts(logs, seen):
    """Log-likelihood of each customer: alive at the end, and lapsed before."""
    r, alpha, s, beta = np.exp(logs)
    x, t, T = seen.x, seen.t, seen.T
    head = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    alive = head - (r + x) * np.log(alpha + T) - s * np.log(beta + T)
    lapsed = head + np.log(s / (r + s + x)) + _log_integral(r, alpha, s, beta, x, t, T)
    return alive, lapsed


def fit(seen):
    """Logarithms of r, alpha, s, beta (weeks) by maximum likelihood."""
    rows, count = np.unique(np.column_stack([seen.x, seen.t, seen.T]), axis=0, return_counts=True)
    few = type(seen)(rows[:, 0], rows[:, 1], rows[:, 2], np.zeros(len(rows)))

    def loss(logs):
        return -(count * np.logaddexp(*_parts(logs, few))).sum() / count.sum()

    start = np.log([0.5, max(1.0, seen.T.mean() / 4), 0.5, max(1.0, seen.T.mean() / 3)])
    found = minimize(loss, start, method="Nelder-Mead", bounds=[(-6, 8)] * 4, options={"maxiter": 1200})
    return found.x


def orders_to_come(logs, seen, weeks):
    """Expected orders of all customers in the next weeks, given what was seen."""
    r, alpha, s, beta = np.exp(logs)
    alive, lapsed = _parts(logs, seen)
    chance = 1.0 / (1.0 + np.exp(lapsed - alive))
    stays = (beta + seen.T) * (1.0 - ((beta + seen.T) / (beta + seen.T + weeks)) ** (s - 1.0)) / (s - 1.0)
    return float((chance * (r + seen.x) / (alpha + seen.T) * stays).sum())
