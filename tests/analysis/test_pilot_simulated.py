"""What is said of a trial, held against trials with simulated groups."""

import numpy as np
import pytest

from commsim import Scenario, pilot
from commsim.analysis.pilot.arms import arms
from commsim.analysis.pilot.outcomes import NAMES
from commsim.analysis.pilot.power import groups_for
from commsim.analysis.pilot.work import run_arms

BASE = {
    "days": 28,
    "community": {"members": 320, "group_size": 40},
    "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
}
NOW = Scenario.model_validate({**BASE, "name": "now"})
NEW = Scenario.model_validate({
    **BASE,
    "name": "new",
    "strategies": [{"kind": "content"}, {"kind": "flash_sale", "product": "tea", "discount": 0.2}],
})  # fmt: skip
TRIALS, WORLDS = 4_000, 150


@pytest.fixture(scope="module")
def lived():
    """What every group of either arm did, each arm in worlds of its own: arms x outcomes x days x groups."""
    both = arms(NEW, NOW, 28, 28)
    plans = both.first, both.second
    return [
        np.concatenate([run_arms(plans, 5_000 + 2 * k + arm)[arm] for k in range(WORLDS)], 2)
        for arm in range(2)
    ]


@pytest.fixture(scope="module")
def found():
    return pilot(NEW, NOW, days=(28,), before=28, worlds=200, points=0, groups=8, workers=1)


def pools(lived, outcome):
    """Baselines and outcomes of the groups: arms x groups."""
    made = [arm[outcome] for arm in lived]
    return tuple(np.array([one[when].sum(0) for one in made]) for when in (slice(0, 28), slice(28, None)))


def drawn(pool, groups, luck):
    """Trials x arms x groups, drawn with replacement: the pool stands for all groups that there could be."""
    places = luck.integers(pool[0].shape[1], size=(TRIALS, 2, groups))
    return tuple(np.stack([one[arm][places[:, arm]] for arm in range(2)], axis=1) for one in pool)


def adjusted_t(before, after):
    """The difference adjusted for the baseline, and its t."""
    groups = after.shape[2]
    gap = after[:, 0].mean(1) - after[:, 1].mean(1)
    apart = before[:, 0].mean(1) - before[:, 1].mean(1)
    x, y = (one - one.mean(2, keepdims=True) for one in (before, after))
    xx, xy, yy = (x**2).sum((1, 2)), (x * y).sum((1, 2)), (y**2).sum((1, 2))
    gap = gap - xy / xx * apart
    return gap, gap / np.sqrt((yy - xy**2 / xx) / (2 * groups - 3) * (2 / groups + apart**2 / xx))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["orders", "profit"])
def test_power_at_the_groups_computed_and_wrong_picks_are_those_of_simulated_trials(name, found, lived):
    from scipy.special import stdtrit

    one = found.of(name, 28)
    luck = np.random.default_rng(3)
    before, after = pools(lived, NAMES.index(name))
    assert after.std(axis=1, ddof=1) == pytest.approx(one.sd, rel=0.25)
    # the difference is what paired worlds say; what is held to trials here is the luck of the lots
    before -= before.mean(axis=1, keepdims=True)
    after[0] += one.gap.mean - (after[0].mean() - after[1].mean())
    needed = int(min(found.needed(one), 150))
    wanted = found.power(one) if needed == 150 else 0.8
    groups = found.groups if needed == 150 else needed
    _, t = adjusted_t(*drawn((before, after), groups, luck))
    share = float(np.mean(np.abs(t) > stdtrit(2 * groups - 3, 0.975)))
    assert share == pytest.approx(wanted, abs=0.05)
    few, _ = adjusted_t(*drawn((before, after), found.groups, luck))
    wrong = float(np.mean(few * one.gap.mean < 0))
    assert wrong == pytest.approx(found.wrong(one), abs=0.03)
    assert groups_for(one.gap.mean, one.sd) >= found.needed(one) - 2
