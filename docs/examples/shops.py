"""Draws how unlike a thousand small shops fare with one plan, from the folder of the design thousand-shops.

commsim sweep experiments/thousand-shops.yaml --out shops
python docs/examples/shops.py shops docs/shops.png
"""

import sys
from pathlib import Path

import numpy as np

from commsim import load_results
from commsim.report.plots.look import settings

SHARES = 5, 25, 50, 75, 95


def gains(folder):
    """What the plan brought each shop over doing nothing, yuan in 60 days; shops with both runs."""
    runs = load_results(folder).runs
    shop = [column for column in runs.columns if column in load_results(folder).points.columns]
    shop = [column for column in shop if column not in ("point", "scenario")]
    table = runs.pivot_table(index=shop, columns="scenario", values="profit")
    with_plan, nothing = (name for name in sorted(table.columns))
    return (table[with_plan] - table[nothing]).dropna().to_numpy()


def told(found):
    """The distribution in a few lines."""
    for share, value in zip(SHARES, np.percentile(found, SHARES), strict=True):
        print(f"{share:>3} % of {len(found):,} shops gain less than {value:>8,.0f} yuan")
    print(f"{(found > 0).mean():.0%} gain anything; the mean is {found.mean():,.0f} yuan")
    top = np.sort(found)[-len(found) // 10 :]
    print(f"the best tenth gains {top.mean():,.0f} yuan each: they are the ones who tell")


def draw(found, file):
    """A histogram of shops by what the plan brought them."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    with mpl.rc_context(settings([])):
        figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
        low, high = np.percentile(found, (0.5, 99.5))
        _, edges, bars = axes.hist(found, bins=np.linspace(low, high, 49))
        for bar, left in zip(bars, edges, strict=False):
            bar.set_alpha(1.0 if left >= 0.0 else 0.45)
        axes.axvline(0.0, color="black", linewidth=1)
        axes.set(xlabel="yuan over doing nothing, in 60 days", ylabel="shops")
        axes.set_title("A thousand small shops with the same plan", loc="left", fontsize=11)
        figure.savefig(file, dpi=150, metadata={"Software": None})
        plt.close(figure)


if __name__ == "__main__":
    lived = gains(Path(sys.argv[1]))
    told(lived)
    if len(sys.argv) > 2:
        draw(lived, sys.argv[2])
