"""From many simulations to what data say of their unknowns: ridge regression and split conformal intervals.

The regression is of each unknown on the summaries and their squares (Carrella, Bailey and Madsen 2020),
penalised by generalised cross-validation (Golub, Heath and Wahba 1979).  Its intervals come from
simulations that it has not seen (Vovk, Gammerman and Shafer 2005; Lei et al. 2018): on average
over the ranges they hold as often as stated, however bad the regression is.
"""

from dataclasses import dataclass

import numpy as np

from commsim.core.arrays import Bools, Floats

CLIP = 6.0
"""Standard deviations at which a summary is cut off, so that no single one decides."""
HELD_OUT = 0.12
"""Share of the simulations from which the intervals come."""
_PENALTIES = np.logspace(-1, 7, 49)


@dataclass(frozen=True)
class Fit:
    """A regression of positions (0 to 1 of each range) on summaries.

    used: which summaries differ between simulations.  centre, scale: of these; centre2, scale2: of them
    and their squares.  weights: features x unknowns.  usual: mean position of each unknown.
    width: by which an estimate is right in nine of ten simulations that were held out, by unknown.
    explained: share of the variance that is explained in these.
    """

    used: Bools
    centre: Floats
    scale: Floats
    centre2: Floats
    scale2: Floats
    weights: Floats
    usual: Floats
    width: Floats
    explained: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Estimated positions for rows of summaries."""
        features = (_squared(self.standard(rows)) - self.centre2) / self.scale2
        return np.clip(features @ self.weights + self.usual, 0.0, 1.0)

    def standard(self, rows: Floats) -> Floats:
        """Summaries in standard deviations of the simulations, cut off."""
        return np.clip((rows[:, self.used] - self.centre) / self.scale, -CLIP, CLIP)


def held_out(count: int) -> Bools:
    """Which simulations are kept from the regression: the last ones."""
    out = np.zeros(count, np.bool_)
    out[count - max(1, round(HELD_OUT * count)) :] = True
    return out


def fitted(rows: Floats, positions: Floats, confidence: float = 0.9) -> Fit:
    """Fit on simulations x summaries and their positions; the last tenth or so makes the intervals."""
    out = held_out(len(rows))
    train = rows[~out]
    used = train.std(axis=0) > 1e-9
    centre, scale = train[:, used].mean(axis=0), train[:, used].std(axis=0)
    features = _squared(np.clip((train[:, used] - centre) / scale, -CLIP, CLIP))
    centre2, scale2 = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
    usual = positions[~out].mean(axis=0)
    weights = ridge((features - centre2) / scale2, positions[~out] - usual)
    blank = np.zeros(positions.shape[1])
    fit = Fit(used, centre, scale, centre2, scale2, weights, usual, blank, blank)
    estimates, true = fit(rows[out]), positions[out]
    errors = np.abs(estimates - true)
    width = conformal(errors, confidence)
    explained = 1.0 - (errors**2).mean(axis=0) / np.maximum(true.var(axis=0), 1e-12)
    return Fit(used, centre, scale, centre2, scale2, weights, usual, width, explained)


def conformal(errors: Floats, confidence: float) -> Floats:
    """The size that a further error stays within with this chance: the k-th smallest by column."""
    count = len(errors)
    rank = min(count, int(np.ceil((count + 1) * confidence)))
    return np.asarray(np.sort(errors, axis=0)[rank - 1])


def ridge(features: Floats, targets: Floats) -> Floats:
    """Weights of centred targets on centred features, with a penalty for each by cross-validation."""
    count = len(features)
    values, vectors = np.linalg.eigh(features.T @ features)
    values, kept = np.maximum(values, 0.0), values > values[-1] * 1e-10
    values, vectors = values[kept], vectors[:, kept]
    along = vectors.T @ (features.T @ targets)  # of each component, times its singular value
    total = (targets**2).sum(axis=0)
    best, chosen = np.full(targets.shape[1], np.inf), np.zeros(along.shape)
    for penalty in _PENALTIES:
        shrunk = 1.0 / (values + penalty)
        inner = shrunk[:, None] * along
        rest = total - 2.0 * (along * inner).sum(axis=0) + (values[:, None] * inner**2).sum(axis=0)
        score = rest / (count - 1.0 - (values * shrunk).sum()) ** 2
        better = score < best
        best[better], chosen[:, better] = score[better], inner[:, better]
    return np.asarray(vectors @ chosen)


def _squared(standard: Floats) -> Floats:
    return np.hstack([standard, standard**2])
