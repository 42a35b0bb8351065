"""When tending a group pays for its labour: by members per group, orders, margin and wage.

    python docs/examples/tending.py [docs/tending.png]

A tended plan and doing nothing run for a year in the same worlds.  Goods and wages stand in the books, so
that other margins and wages follow without another run.  Two minutes on two processors.
"""

import sys

import numpy as np

from commsim import Scenario
from commsim.analysis.intervals import t_interval
from commsim.analysis.measures import account_sums
from commsim.analysis.study import run_all
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.report.plots.look import INK, SOFT, settings
from commsim.validation.facts.plans import changed

PLAN = "active-group"
SIZES = (50, 100, 200, 300, 500)
ORDERS = (0.1, 0.25, 0.5, 1.0, 2.0)
"""Members per group, and orders a week of a buyer."""
MARGINS = (0.3, 0.5, 0.7)
OTHER_WAGES = {23: ("dashed", 1.7), 92: ("dotted", 1.9)}
"""Yuan an hour, and how their lines are drawn."""
MEMBERS, DAYS, MONTHS, WORLDS = 3000, 365, 12, 8
PARTS = ("goods", "staff", "other")
"""Cost of goods, labour, and all else of profit."""


def pair(size, orders):
    """The tended plan and doing nothing, for groups of a size and buyers of a rate."""
    plan = Scenario.load(PLAN)
    people = [{**one.model_dump(mode="json"), "orders_per_week": orders} for one in plan.community.segments]
    community = {"members": MEMBERS, "group_size": size, "groups": None, "segments": people}
    tended = changed(plan, {"days": DAYS, "community": community})
    return [tended, tended.model_copy(update={"strategies": ()})]


def books(_, task):
    """By how much tending differs in one world, in yuan per group and month, part by part."""
    (size, orders), seed = task
    tended, silence = map(account_sums, run_all(pair(size, orders), seed))
    more = {account: (tended[account] - silence[account]) / 100 for account in tended}
    goods, staff = more.pop("goods"), more.pop("staff")
    return np.array([goods, staff, sum(more.values())]) / (MONTHS * MEMBERS / size)


class Map:
    """What tending brings at one margin and any wage.  parts: sizes x orders x worlds x `PARTS`."""

    def __init__(self, parts, margin, plan):
        product = plan.products[0]
        goods, self.staff, other = np.moveaxis(parts, -1, 0)
        self.usual = plan.operator.wage_per_hour / 100
        self.before = other + goods * (1.0 - margin) * product.price / product.unit_cost
        self.title = f"Margin {margin:.0%}"

    def lead(self, wage):
        """Mean of yuan per group and month after labour at a wage, sizes x orders."""
        return (self.before + self.staff * wage / self.usual).mean(axis=2)

    def most(self):
        """The wage up to which it pays, sizes x orders."""
        return np.maximum(0.0, self.before.mean(axis=2) / -self.staff.mean(axis=2) * self.usual)

    def is_open(self):
        """Where the worlds don't tell the sign at the usual wage."""
        after = (self.before + self.staff).reshape(-1, WORLDS)
        return np.array([not t_interval(one).excludes_zero for one in after]).reshape(self.before.shape[:2])


def told(found):
    """One margin as a table."""
    print(f"{found.title:<22}" + "".join(f"{orders:>16g}" for orders in ORDERS) + "  orders a week")
    lead, most, is_open = found.lead(found.usual), found.most(), found.is_open()
    for row, size in enumerate(SIZES):
        cells = [
            f"{lead[row, k]:,.0f}{'?' if is_open[row, k] else ''} ({most[row, k]:,.0f})"
            for k in range(len(ORDERS))
        ]
        print(f"{size:>4} members a group   " + "".join(f"{cell:>16}" for cell in cells))
    print()


def draw(maps, file):
    """A picture of all margins: colour and number for the usual wage, and where it pays at three wages."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    wages = {maps[0].usual: ("solid", 2.6), **OTHER_WAGES}
    norm = mpl.colors.SymLogNorm(50, vmin=-3000, vmax=3000, base=10)
    with mpl.rc_context({**settings([]), "hatch.linewidth": 0.6}):
        figure, panels = plt.subplots(1, len(maps), figsize=(11, 4.8), sharey=True, layout="constrained")
        for axes, found in zip(panels, maps, strict=True):
            shades = panel(axes, found, norm, wages)
        panels[0].set_ylabel("members per group")
        bar = figure.colorbar(shades, ax=panels, pad=0.01, ticks=[-1000, -100, 0, 100, 1000])
        bar.ax.set_yticklabels(["-1,000", "-100", "0", "+100", "+1,000"])
        usual = f"at {maps[0].usual:.0f} yuan an hour"
        bar.set_label(f"yuan per group and month after labour {usual}")
        lines = [
            Line2D([], [], color=INK, linestyle=style, linewidth=wide,
                   label=f"pays above and to the right of this line at {wage:.0f} yuan an hour")
            for wage, (style, wide) in wages.items()
        ]  # fmt: skip
        lines.append(Patch(fill=False, hatch="////", edgecolor=SOFT, lw=0, label=f"open {usual}"))
        figure.legend(handles=lines, loc="outside lower center", ncols=2, fontsize=8)
        title = f"What a year of the {PLAN.replace('-', ' ')} plan brings over doing nothing"
        figure.suptitle(title, x=0.01, ha="left", fontsize=11)
        figure.savefig(file, dpi=150, metadata={"Software": None})
        plt.close(figure)


def panel(axes, found, norm, wages):
    """One margin; returns its shades."""
    from matplotlib.patches import Rectangle
    from matplotlib.patheffects import withStroke

    lead, halo = found.lead(found.usual), {True: INK, False: "white"}
    shades = axes.imshow(lead, cmap="BrBG", norm=norm, origin="lower", aspect="auto", alpha=0.85)
    for row, column in np.argwhere(found.is_open()):
        corner = column - 0.5, row - 0.5
        axes.add_patch(Rectangle(corner, 1, 1, fill=False, hatch="////", edgecolor=SOFT, lw=0))
    for wage, (style, wide) in wages.items():
        after = np.pad(found.lead(wage), 1, "reflect", reflect_type="odd")  # straight on to the edges
        at = [np.arange(-1, count + 1) for count in lead.shape]
        if after.min() < 0.0 < after.max():
            axes.contour(at[1], at[0], after, [0.0], colors=[INK], linestyles=[style], linewidths=wide)
    for (row, column), value in np.ndenumerate(lead):
        light = abs(norm(value) - 0.5) > 0.36
        effects = [withStroke(linewidth=2.2, foreground=halo[light])]
        colour = "white" if light else INK
        axes.text(column, row, f"{value:+,.0f}", ha="center", va="center", color=colour, path_effects=effects)
    axes.set(title=found.title, xlabel="orders a week of a buyer")
    axes.set(xlim=(-0.5, len(ORDERS) - 0.5), ylim=(-0.5, len(SIZES) - 0.5))
    axes.set_xticks(range(len(ORDERS)), [f"{orders:g}" for orders in ORDERS])
    axes.set_yticks(range(len(SIZES)), SIZES)
    axes.tick_params(length=0)
    return shades


def main(picture=None):
    """Print a table for each margin; draw all if a file is given."""
    plan = Scenario.load(PLAN)
    cells = [(size, orders) for size in SIZES for orders in ORDERS]
    tasks = [(one, world_seed(0, world)) for one in cells for world in range(WORLDS)]
    with Pool(books, None) as pool:
        parts = np.array(pool.map(tasks)).reshape(len(SIZES), len(ORDERS), WORLDS, len(PARTS))
    maps = [Map(parts, margin, plan) for margin in MARGINS]
    hours = -maps[0].staff.mean() / maps[0].usual
    print(f"{PLAN} less doing nothing over {DAYS} days: yuan per group and month after labour at")
    print(f"{maps[0].usual:.0f} yuan an hour ({hours:.0f} hours per group and month).  In brackets the")
    print(f"wage up to which it pays; ? where the 95 % interval of {WORLDS} worlds holds 0.\n")
    for one in maps:
        told(one)
    if picture:
        draw(maps, picture)


if __name__ == "__main__":
    main(*sys.argv[1:2])
