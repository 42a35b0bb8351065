"""The worked examples on real data: plans load, numbers hold, and the page shows what is printed."""

import datetime as dt
import importlib.util
import shutil
from pathlib import Path

import numpy as np
import pytest

from commsim import Scenario, backtest
from commsim.population.files import locate
from commsim.population.history import day_of, read_history
from commsim.population.orders import observe
from commsim.population.repeat_buying import fit
from commsim.population.repeat_choice import choose
from commsim.scenario.load import load
from commsim.scenario.schema import History

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(file for file in (ROOT / "docs/examples").glob("*.yaml") if file.stem != "uncertain")
DATA = ROOT / "../shared/data"
FILES = (
    "cdnow_master.csv",
    "groceryElog.csv",
    "apparelTrans.csv",
    "enron_igraphdata_edges.csv.gz",
    "irc_user_message_counts.csv",
    "cheese_bayesm.csv",
    "tuna_bayesm.csv",
)
on_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the data of other people is not at {DATA}")


def module(path):
    """A script of the docs, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def example(monkeypatch):
    """A script of the examples that finds its data where they are."""

    def find(name):
        monkeypatch.syspath_prepend(ROOT / "docs/examples")
        made = module(ROOT / f"docs/examples/{name}.py")
        monkeypatch.setattr(made, "HERE", DATA)
        return made

    return find


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_each_plan_reads_a_file_beside_it_unless_it_is_generated(file):
    people = load(file).community
    named = [people.history and people.history.file, people.graph.file]
    generated = file.stem in ("enron-generated", "toy-shop")
    assert [path.parent for path in named if path] == [EXAMPLES[0].parent] * (not generated)


LIFETIMES = [
    ("cdnow_master.csv", "id", "date", "1997-09-30", (0.25162, 4.78895, 0.72343, 2.16109)),
    ("groceryElog.csv", "cust", "date", "2006-12-31", (0.34865, 2.58167, 0.50385, 3.64439)),
    ("groceryElog.csv", "cust", "date", "2007-12-30", (0.30204, 2.36484, 0.53053, 3.51743)),
    ("apparelTrans.csv", "Id", "Date", "2007-12-31", (0.54448, 18.53807, 1.10355, 7.00632)),
    ("apparelTrans.csv", "Id", "Date", "2010-12-20", (0.44472, 14.22365, 0.66528, 3.28498)),
]
"""File, columns, last day, and r, alpha (weeks), a, b as BetaGeoFitter of lifetimes 0.11.3 finds them."""


@on_data
@pytest.mark.parametrize(("file", "customer", "date", "until", "theirs"), LIFETIMES)
def test_the_fit_is_that_of_another_program(file, customer, date, until, theirs):
    until = dt.date.fromisoformat(until)
    history = History(file=DATA / file, customer=customer, date=date, amount=None, until=until)
    found = fit(observe(*read_history(locate(history.file, None), history, until)).seen)
    assert [found.r, found.alpha, found.a, found.b] == pytest.approx(theirs, rel=2e-3)


HALVES = [("grocery", 52, 3_389, (-0.04, 0.06)), ("apparel", 155, 928, (-0.08, 0.10))]
"""Example, weeks after half of the history, orders made in them, and bounds of the simulator's error."""


@on_data
@pytest.mark.slow
@pytest.mark.parametrize(("name", "weeks", "made", "bounds"), HALVES)
def test_the_second_half_is_foretold_as_well_as_the_formula_does(name, weeks, made, bounds):
    """The simulator keeps within 4 % of the formula; the error of both is that of the model for this shop."""
    plan = Scenario.load(ROOT / f"docs/examples/{name}.yaml")
    history = plan.community.history
    moved = history.model_copy(update={"file": DATA / history.file.name})
    community = plan.community.model_copy(update={"history": moved})
    found = backtest(plan.model_copy(update={"community": community}), worlds=6)
    assert (found.weeks, found.happened.sum()) == (weeks, made)
    assert found.total.mean == pytest.approx(found.expected.sum(), rel=0.04)
    assert bounds[0] < found.total.mean / made - 1 < bounds[1]


@on_data
@pytest.mark.slow
def test_the_formula_errs_by_a_twelfth_over_ten_cuts(example):
    page = example("backtests")
    errors = []
    for name, cuts in page.CUTS.items():
        orders = page.orders_of(name)
        for cut in map(day_of, map(dt.date.fromisoformat, cuts)):
            weeks = (int(orders.day.max()) - cut) // 7
            choice = choose(orders, cut)
            foretold = choice.fitted.orders_to_come(choice.observed.seen, weeks)
            errors.append(foretold / page.made(orders, cut, weeks) - 1)
    assert np.sqrt(np.mean(np.square(errors))) < 0.09
    assert np.abs(errors).max() < 0.17


@on_data
@pytest.mark.slow
def test_nine_forecasts_of_ten_lie_where_they_should(example):
    held = [one for name in example("backtests").CUTS for one in example("backtests").rolling(name)]
    assert len(held) > 100
    assert 0.80 <= np.mean(held) <= 0.97


@on_data
def test_posters_in_real_chats(example):
    chats = example("participation").chats()
    assert len(chats) == 178
    middle = {
        name: np.median([getattr(chat, name) for chat in chats]) for name in ("gini", "top_tenth", "once")
    }
    assert middle == pytest.approx({"gini": 0.63, "top_tenth": 0.48, "once": 0.23}, abs=0.01)


@on_data
def test_posters_in_simulated_groups_are_more_unequal_but_not_by_much(example):
    """The chats are hours long and have no silent members, which makes them a lower bound."""
    page = example("participation")
    medians = []
    for found in (page.chats(), page.groups(1.5), page.groups(1.8)):
        medians.append(
            [np.median([getattr(one, name) for one in found]) for name in ("gini", "top_tenth", "once")]
        )
    chats, narrow, shipped = np.array(medians)
    assert (chats[:2] < narrow[:2]).all()
    assert (narrow[:2] < shipped[:2]).all()
    assert (shipped[:2] - chats[:2] < (0.13, 0.18)).all()
    assert abs(shipped[2] - chats[2]) < 0.08


@on_data
def test_price_response_of_scanner_data(example):
    """Cheese: -2.4, and full display sells 2.5 times as much.  Tuna: all brands elastic, all with a dip."""
    page = example("price_response")
    within, shops = page.cheese()
    assert within == pytest.approx([-2.39, 0.914], abs=0.005)
    assert np.median(shops) == pytest.approx(-2.05, abs=0.01)
    brands, dips = page.tuna()
    assert ((brands > -5) & (brands < -1.8)).all()
    assert ((dips > 0.05) & (dips < 0.35)).all()


@pytest.mark.slow
def test_price_response_of_simulated_sales(example):
    """Who comes to a sale responds like cheese and tuna; all customers less, for few come; a small dip."""
    page = example("price_response")
    came, everybody, dips = page.simulated(alone=True)
    assert -3.7 < np.median(came) < -2.0
    assert -1.0 < np.median(everybody) < -0.3
    assert 0.0 < np.median(dips) < 0.25


@on_data
@pytest.mark.slow
def test_the_page_shows_what_the_commands_print(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "docs/examples", tmp_path / "docs/examples")
    for name in FILES:
        (tmp_path / "docs/examples" / name).unlink(missing_ok=True)
        (tmp_path / "docs/examples" / name).symlink_to((DATA / name).resolve())
    refresh = module(ROOT / "docs/refresh.py")
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    page = (ROOT / "docs/real-data.md").read_text(encoding="utf-8")
    assert refresh.refreshed(page) == page, "put the data in place and refresh the page"
