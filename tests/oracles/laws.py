"""How tests hold samples against laws, and against samples of other programs."""

import numpy as np
from scipy import stats


def agree(numbers, cdf, edges):
    """Whole numbers follow a law: chi-square of those up to each edge, and above the last, at .9999."""
    below = np.array([cdf(edge) for edge in edges])
    chances = np.diff(below, prepend=0.0, append=1.0)
    seen = np.bincount(np.searchsorted(edges, numbers), minlength=len(edges) + 1)
    expected = chances * len(numbers)
    assert (expected > 5).all(), expected
    assert ((seen - expected) ** 2 / expected).sum() < stats.chi2.ppf(0.9999, len(edges)), (seen, expected)


def same_law(ours, theirs):
    """Two samples of whole numbers have one law: Kolmogorov-Smirnov at .9999, and means within 4.5 sd."""
    assert stats.ks_2samp(ours, theirs).pvalue > 1e-4
    error = np.hypot(np.std(ours) / len(ours) ** 0.5, np.std(theirs) / len(theirs) ** 0.5)
    assert abs(np.mean(ours) - np.mean(theirs)) < 4.5 * error
