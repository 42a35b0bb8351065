"""Three real order histories, each cut at several dates: the error of the simulator beside that of BG/NBD.

    python docs/examples/backtests.py

Reads the files that cdnow.yaml, grocery.yaml and apparel.yaml name: see docs/real-data.md.
"""

import datetime as dt
from pathlib import Path

from commsim import Scenario, backtest

HERE = Path(__file__).parent
WORLDS = 4
CUTS = {
    "cdnow": ("1997-06-30", "1997-09-30", "1997-12-31", "1998-03-31"),
    "grocery": ("2006-06-30", "2006-12-31", "2007-06-30"),
    "apparel": ("2006-12-31", "2007-12-31", "2008-12-31"),
}
"""The second one of each is the half of the file."""


def main():
    """Print the table, a line per cut."""
    print(
        f"{'':10}{'shown until':14}{'weeks':>6}{'orders':>10}{'simulated':>12}{'error':>9}"
        f"{'BG/NBD':>9}{'error':>9}{'regularity':>12}"
    )
    for name, cuts in CUTS.items():
        plan = Scenario.load(HERE / f"{name}.yaml")
        for cut in cuts:
            found = backtest(plan, until=dt.date.fromisoformat(cut), worlds=WORLDS)
            made, ran, formula = found.happened.sum(), found.total.mean, found.expected.sum()
            print(
                f"{name:10}{cut:14}{found.weeks:6}{made:10,}{ran:12,.0f}{ran / made - 1:+9.1%}"
                f"{formula:9,.0f}{formula / made - 1:+9.1%}{found.regularity:12.1f}"
            )


if __name__ == "__main__":
    main()
