"""Histories with known rates are foretold; who and what counts; what is refused."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from histories import CUT, orders, scenario, write

from commsim.analysis.backtest import backtest
from commsim.analysis.hindsight import error, path_error
from commsim.core.errors import InputError
from commsim.report.backtest.data import backtest_csv, backtest_data
from commsim.report.backtest.tables import backtest_grids, backtest_verdict
from commsim.scenario.seasons import Season

DATA = Path(__file__).parents[2] / "../shared/data"


@pytest.fixture(scope="module")
def rows():
    return orders()


@pytest.fixture(scope="module")
def file(rows, tmp_path_factory):
    return write(tmp_path_factory.mktemp("history") / "orders.csv", rows)


@pytest.fixture(scope="module")
def found(file):
    return backtest(scenario(file), worlds=4, seed=3)


def small(folder, rows, **settings):
    """A history of a few weeks: quick, for what does not hang on rates."""
    return scenario(write(folder / "few.csv", rows), until=dt.date(2025, 5, 20), **settings)


FEW = orders(people=60, weeks=24, shape=2.0)


def test_orders_of_known_rates_are_foretold(found):
    assert (found.weeks, found.cut) == (20, CUT)
    happened = found.happened.sum()
    assert found.expected.sum() == pytest.approx(happened, rel=0.06)
    assert found.total.low < happened < found.total.high
    assert path_error(found.simulated.mean(axis=0), found.happened) < 0.15


def test_a_notebook_shows_orders_so_far_as_they_were_and_as_foretold(found):
    html, frame = found._repr_html_(), found.frame()
    last = frame.iloc[-1]
    assert html.count("<tr>") == 1 + 7  # of 20 weeks every third, the last among them
    told = (
        f"<td>{last['simulated_so_far']:,.0f} ({last['low_so_far']:,.0f} to {last['high_so_far']:,.0f})</td>"
    )
    assert f"<tr><th>20 weeks</th><td>{found.happened.sum():,}</td>{told}" in html
    assert f"{found.customers:,} customers seen until {CUT}" in html
    assert repr(found).startswith(
        f"<Backtest of 'shop', 20 weeks after {CUT}: {found.happened.sum():,} orders, "
    )


def test_runs_without_a_plan_keep_the_rates_of_the_fit(found):
    """Awareness, trust and need are where the orders were made, so nothing drifts but by lapsing."""
    simulated = found.simulated.mean(axis=0)
    assert simulated.sum() == pytest.approx(found.expected.sum(), rel=0.03)
    assert simulated[-8:].sum() == pytest.approx(found.expected[-8:].sum(), rel=0.06)


def test_a_season_is_where_it_was_in_runs_and_closed_form(file, found):
    """By its dates, whatever the start; customers lapse with their orders, so later weeks have fewer."""
    first = CUT + dt.timedelta(days=1 + 7 * 4)
    season = Season(starts=f"{first}", ends=f"{first + dt.timedelta(days=27)}", buying=1.6)
    peak = backtest(scenario(file).model_copy(update={"seasons": (season,)}), worlds=4, seed=3)
    times = peak.expected / found.expected
    assert times[:4] == pytest.approx(1.0)
    assert ((times[4:8] > 1.5) & (times[4:8] < 1.6)).all()
    assert (times[8:] < 1.0).all()
    of_runs = peak.simulated.mean(axis=0)
    assert of_runs[:4].sum() == pytest.approx(found.simulated.mean(axis=0)[:4].sum())
    assert of_runs[4:8].sum() == pytest.approx(peak.expected[4:8].sum(), rel=0.05)


def test_what_happened_is_what_the_file_says(rows, found):
    days = {(customer, day) for customer, day in rows}
    before = {customer for customer, day in days if day <= CUT}
    last = CUT + dt.timedelta(weeks=found.weeks)
    after = [(customer, day) for customer, day in days if CUT < day <= last and customer in before]
    assert found.happened.sum() == len(after)
    week = CUT + dt.timedelta(days=7), CUT + dt.timedelta(days=14)
    assert found.happened[1] == sum(week[0] < day <= week[1] for _, day in after)
    assert found.customers == len(before)
    assert found.repeats == sum(day <= CUT for _, day in days) - len(before)


def test_the_frame_adds_up(found):
    frame = found.frame()
    last = frame.iloc[-1]
    assert frame["from"][0] == CUT + dt.timedelta(days=1)
    assert last["happened_so_far"] == frame["happened"].sum() == found.happened.sum()
    assert last["simulated_so_far"] == pytest.approx(found.total.mean)
    assert (last["low_so_far"], last["high_so_far"]) == pytest.approx((found.total.low, found.total.high))
    assert last["formula_so_far"] == pytest.approx(frame["formula"].sum())
    assert last["error_so_far"] == pytest.approx(found.total.mean / found.happened.sum() - 1)


def test_new_customers_and_second_orders_of_a_day_do_not_count(tmp_path):
    plain = backtest(small(tmp_path, FEW), worlds=2)
    late = [("new", dt.date(2025, 6, 1)), ("new", dt.date(2025, 6, 8))]
    more = backtest(small(tmp_path, [*FEW, *FEW[::2], *late]), worlds=2)
    assert (more.happened == plain.happened).all()
    assert (more.simulated == plain.simulated).all()


def test_a_roster_says_who_counts(tmp_path):
    """Outsiders and members without orders do not; dates of joining after the cut do no harm."""
    customers = sorted({customer for customer, day in FEW if day <= dt.date(2025, 5, 20)})
    lines = [f"{customer},g,2025-06-01" for customer in customers[:20]]
    lines += [f"{customer},,2025-06-01" for customer in customers[20:30]]
    lines += [f"n{k},g,2025-01-01" for k in range(200)]
    (tmp_path / "roster.csv").write_text("id,group,joined\n" + "\n".join(lines))
    shop = small(tmp_path, FEW, roster={"file": str(tmp_path / "roster.csv")})
    found = backtest(shop, worlds=2)
    mine = [1 for customer, day in set(FEW) if customer in customers[:20] and day > dt.date(2025, 5, 20)]
    assert found.customers == 20
    assert len(mine) - 3 <= found.happened.sum() <= len(mine)  # the last days make no full week
    assert found.total.mean < 3 * found.happened.sum()


def test_strategies_run_only_if_asked(tmp_path):
    plan = {"kind": "flash_sale", "price": 15, "hour": 20, "ends": 55}
    shop = small(tmp_path, FEW, strategies=[plan], activity=0.8)
    off = backtest(shop, weeks=4, worlds=3)
    on = backtest(shop, weeks=4, worlds=3, with_strategies=True)
    assert (off.simulated == backtest(small(tmp_path, FEW), weeks=4, worlds=3).simulated).all()
    assert on.simulated.sum() > 1.1 * off.simulated.sum()


def test_the_cut_may_be_given(tmp_path):
    shop = small(tmp_path, FEW, history={"until": None})
    earlier = backtest(shop, until=dt.date(2025, 4, 29), weeks=3, worlds=2)
    assert (earlier.cut, earlier.weeks) == (dt.date(2025, 4, 29), 3)


ODD = [
    ({"until": dt.date(2024, 12, 31)}, "can't be cut at 2024-12-31: the orders go from 2025-01-10 to"),
    ({"until": dt.date(2026, 1, 1)}, "can't be cut at 2026-01-01"),
    ({"until": dt.date(2025, 6, 14)}, "less than a week follows"),
    ({"weeks": 40}, "40 weeks don't follow 2025-05-20"),
    ({"worlds": 1}, "two worlds or more"),
]


@pytest.mark.parametrize(("settings", "message"), ODD)
def test_what_the_file_does_not_allow_is_refused(tmp_path, settings, message):
    shop = small(tmp_path, [row for row in FEW if row[1] <= dt.date(2025, 6, 16)])
    with pytest.raises(InputError) as refused:
        backtest(shop, **settings)
    assert message in str(refused.value)
    assert refused.value.remedy


def test_a_scenario_without_a_history_or_a_cut_is_refused(tmp_path):
    shop = small(tmp_path, FEW)
    bare = shop.model_copy(update={"community": shop.community.model_copy(update={"history": None})})
    with pytest.raises(InputError, match="shop: has no order history"):
        backtest(bare)
    with pytest.raises(InputError, match=r"nothing says where to cut .* such as 2025-03-"):
        backtest(small(tmp_path, FEW, history={"until": None}))


def test_nothing_to_hold_the_runs_against_is_refused(tmp_path):
    early = [row for row in FEW if row[1] <= dt.date(2025, 5, 20)]
    with pytest.raises(
        InputError, match=r"none of the .* customers seen by 2025-05-20 ordered in the 2 weeks"
    ):
        backtest(small(tmp_path, [*early, ("new", dt.date(2025, 6, 4))]))


def test_error_of_nothing_is_no_number():
    assert np.isnan(error(np.array([2.0, 3.0]), np.array([0, 2]))).tolist() == [True, False]
    assert path_error(np.array([1.0, 5.0]), np.array([2, 2])) == 1.0


def test_the_verdict_says_how_far_and_why(found):
    assert "1,393 that were made" in backtest_verdict(found)
    assert f"at {len(found.errors)} earlier cuts" in backtest_verdict(found)
    assert "And so they do." in backtest_verdict(found)
    assert "BG/" not in backtest_verdict(found)
    assert "random is 1" not in backtest_verdict(found)
    half = type(found)(**{**vars(found), "simulated": found.simulated // 2})
    told = backtest_verdict(half)
    assert "They do not." in told
    assert "fewer orders than the buying model alone (BG/NBD)" in told


def test_tables_show_the_numbers_of_the_data(found):
    data = backtest_data(found)
    totals, path = backtest_grids(found)
    assert totals.rows[0][1] == f"{data['after_cut']['happened']:,}"
    assert totals.rows[1][1] == f"{found.repeats + found.happened.sum():,}"
    assert [row[0] for row in path.rows] == [str(week) for week in range(2, 21, 2)]
    assert path.rows[-1][5] == totals.rows[0][1]
    assert backtest_csv(found).count("\n") == found.weeks + 1
    assert backtest_csv(found).splitlines()[1].startswith('1,"2025-10-08",')


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason=f"the data of other people is not at {DATA}")
def test_cdnow_weeks_40_to_78():
    """A CD shop, 1997 (Fader and Hardie).  Sales rose before Christmas and in spring: no model here knows."""
    columns = {"customer": "id", "amount": "amt"}
    shop = scenario(DATA / "cdnow_master.csv", until=dt.date(1997, 9, 30), history=columns, group_size=300)
    found = backtest(shop, worlds=10)
    assert (found.customers, found.weeks, found.happened.sum()) == (23_570, 39, 19_684)
    assert found.total.mean == pytest.approx(found.expected.sum(), rel=0.02)
    assert -0.17 < found.total.mean / 19_684 - 1 < -0.13
    data = backtest_data(found)
    assert -0.08 < data["since_first_week"]["simulated"]["error"] < -0.06
    assert data["weekly_path_error"]["simulated"] < 0.20
