"""Seasons: a plain twin, the law of rare buyers, the dates, and what a plan may say of them."""

import datetime as dt
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from test_equal_bits import ALL, both, differing, of_few
from test_rivals import CORNER, PlainRivals, bytes_of
from worlds import plan, run, world

from commsim.core import festivals
from commsim.core.dials import Dial
from commsim.core.maths import log
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.seasons import SEASONS
from commsim.report.language import language
from commsim.report.plan_header import plan_header
from commsim.scenario.lint import findings
from commsim.scenario.load import dump, loads, scenario_hash
from commsim.scenario.schema import Scenario
from commsim.scenario.seasons import Season, factors
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "seasons.md").read_text(encoding="utf-8")
START = dt.date(2026, 3, 2)


class PlainSeasons:
    """The rules once more: all dates of each season, from its marks outwards."""

    def __init__(self, model):
        self.model, self.dates = model, [self._of(season) for season in model.plan.seasons]

    def _of(self, season):
        year = [START + dt.timedelta(days=day) for day in range(-120, 500)]
        marks = [date for date in year if self._is_marked(season, date)]
        around = range(-season.before, season.after + 1)
        wide = {mark + dt.timedelta(days=away) for mark in marks for away in around}
        days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        return {
            date for date in wide if days[date.weekday()] in season.weekdays and self._within(season, date)
        }

    def _is_marked(self, season, date):
        if season.festival:
            return festivals.falls(season.festival, date)
        last = (date + dt.timedelta(days=1)).month != date.month
        return not season.month_days or date.day in season.month_days or (last and -1 in season.month_days)

    def _within(self, season, date):
        first, last = season.starts or "0000-00-00", season.ends or "9999-99-99"
        if len(first) == 5:
            today, span = date.strftime("%m-%d"), sorted((first, last))
            between = span[0] <= today <= span[1]
            return between if first <= last else not between or today in span
        return first <= date.isoformat() <= last

    def times(self, which):
        today = self.model.plan.start + dt.timedelta(days=self.model.day)
        times = 1.0
        for season, dates in zip(self.model.plan.seasons, self.dates, strict=True):
            times *= getattr(season, which) if today in dates else 1.0
        return times

    def morning(self):
        pass

    def dial(self):
        for dial, which in ((Dial.BUY, "buying"), (Dial.LOOK, "looking")):
            if self.times(which) != 1.0:
                turned = self.model.nudges.setdefault(dial, [0.0] * len(self.model.people))
                for row in range(len(turned)):
                    turned[row] += log(self.times(which))

    def told(self):
        return {}

    def close(self):
        pass

    def numbers(self):
        return {"season": self.times("buying")}


class PlainRivalsInSeason(PlainRivals):
    """Members need more in a season, wherever they buy."""

    def dial(self):
        super().dial()
        for person in self.model.people:
            person.wanted = np.float32(person.wanted) * np.float32(PlainSeasons(self.model).times("buying"))


CALENDAR = (
    Season(name="weekends", weekdays="weekends", buying=1.3, looking=1.2),
    Season(name="women's day", festival="womens_day", before=2, buying=1.6),
    Season(name="pay days", month_days=(10, -1), after=1, buying=0.7),
    Season(name="winter", starts="11-20", ends="03-05", buying=1.1),
    Season(name="mid March", starts="2026-03-12", ends="2026-03-14", looking=0.5),
)


@pytest.mark.parametrize(
    ("strategies", "few", "rivals"),
    [
        ((), {"days": 20}, ()),
        pytest.param(ALL, {"days": 10, "members": 150}, (CORNER,), marks=pytest.mark.slow),
    ],
    ids=["alone", "with everything else"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(strategies, few, rivals):
    plan_ = of_few("unmanaged-group", *strategies, seasons=CALENDAR, rivals=rivals, **few)
    engine, plain = both(plan_, PlainSeasons, *((PlainRivalsInSeason,) if rivals else ()))
    assert differing(engine, plain) == []
    assert len(set(engine.records().daily["season"])) >= 4


def in_season(*seasons, **settings):
    """A small plan with a calendar."""
    settings = {"members": 300, "days": 30, **settings}
    return Scenario.model_validate({**plan(**settings).model_dump(mode="json"), "seasons": seasons})


DAY = {"starts": "2026-03-02", "ends": "2026-03-02"}


def test_a_factor_of_one_leaves_every_byte():
    idle = run(in_season({"month_days": [1, 8], "buying": 1, "looking": 1.0}))
    without = run(plan(members=300, days=30))
    assert bytes_of(idle, without={"season"}) == bytes_of(without)
    assert set(idle.daily["season"]) == {1.0}
    assert "season" not in without.daily


def test_a_plan_without_seasons_is_kept_as_before():
    alone = plan()
    assert SEASONS not in alone.mechanisms
    assert "\nseasons:" not in dump(alone)
    with_them = alone.model_copy(update={"seasons": CALENDAR})
    assert SEASONS in with_them.mechanisms
    assert scenario_hash(with_them) != scenario_hash(alone)
    assert loads(dump(with_them)) == with_them


@pytest.mark.parametrize("factor", [0.5, 1.4, 3.0])
def test_orders_of_a_day_are_those_of_the_closed_form(factor):
    """Buyers of hazard h buy with the chance 1 - exp(-h f): f times as often where h is small."""
    usual, other = (world(in_season({**DAY, "buying": f}, members=20_000)) for f in (1.0, factor))
    for one in (usual, other):
        one.advance()
    orders = [int(one.records().daily["orders"][0]) for one in (usual, other)]
    chance = orders[0] / 20_000  # everybody's own is small, so the mean of 1 - (1 - p)^f is near f p
    assert orders[1] == pytest.approx(20_000 * chance * factor, abs=4 * np.sqrt(orders[0] * factor))
    bought = [one.people.orders > 0 for one in (usual, other)]
    fewer, more = bought if factor > 1 else bought[::-1]
    assert not (fewer & ~more).any()  # the same luck: whoever buys at the lower factor does at the higher


def test_more_look_in_by_the_odds():
    usual, other = (world(in_season({**DAY, "looking": f}, members=20_000)) for f in (1.0, 2.0))
    for one in (usual, other):
        one.advance()
    looks = [one.people.looks & 1 for one in (usual, other)]
    assert not (looks[0] & ~looks[1] & 1).any()
    mean = [look[:20_000].mean() for look in looks]
    odds = [p / (1 - p) for p in mean]
    assert 1.5 < odds[1] / odds[0] <= 2.05  # people's chances differ, so the odds of the mean move by less


CHINESE = """
基于: unmanaged-group
名称: 大促
旺淡季:
  - {名称: 大促, 节日: 双11, 提前几天: 10, 购买倍数: 1.5}
  - {名称: 周末, 星期: 周末, 看群倍数: 1.1}
  - {名称: 年中, 开始: 6月1日, 结束: 6月18日, 购买倍数: 1.4}
"""


def test_a_calendar_may_be_in_chinese():
    day, weekends, half = loads(CHINESE).seasons
    assert (day.festival, day.before, day.buying, day.looking) == ("11.11", 10, 1.5, 1.0)
    assert (weekends.weekdays, weekends.looking) == (("sat", "sun"), 1.1)
    assert (half.name, half.starts, half.ends) == ("年中", "06-01", "06-18")


def test_another_start_leaves_the_dates():
    season = Season(starts="2026-06-01", ends="2026-06-18", buying=1.4)
    for start in (dt.date(2026, 5, 20), dt.date(2026, 6, 10)):
        made = in_season(season.model_dump()).model_copy(update={"start": start, "days": 30})
        on = [day for day in range(30) if factors(made.seasons, start + dt.timedelta(days=day))[0] == 1.4]
        assert start + dt.timedelta(days=on[-1]) == dt.date(2026, 6, 18)


def days_of(year, **of):
    season = Season(buying=2, **of)
    dates = [dt.date(year, 1, 1) + dt.timedelta(days=day) for day in range(366)]
    return [f"{date:%m%d}" for date in dates if date.year == year and season.holds(date)]


def test_festivals_are_on_their_days():
    assert [days_of(year, festival="春节") for year in (2015, 2024, 2026, 2040)] == [
        ["0219"],
        ["0210"],
        ["0217"],
        ["0212"],
    ]
    assert days_of(2026, festival="dragon boat") == ["0619"]
    assert days_of(2025, festival="中秋节", before=1) == ["1005", "1006"]
    assert days_of(2026, festival=618) == days_of(2026, festival="618") == ["0618"]
    assert days_of(2026, festival=11.11, before=10)[::10] == ["1101", "1111"]
    assert days_of(2026, festival="national_day", after=6)[-1] == "1007"
    assert days_of(2026, festival="发薪日")[:4] == ["0110", "0115", "0210", "0215"]
    assert days_of(2026, month_days="last", after=1)[:3] == ["0101", "0131", "0201"]
    assert days_of(2026, starts="12-30", ends="01-02") == ["0101", "0102", "1230", "1231"]


def test_solar_terms_are_where_the_sun_is():
    """Dates of the national calendar; a year has each of the 24 once."""
    named = {"qingming": "0405", "xiazhi": "0621", "dongzhi": "1222", "lichun": "0204", "冬至": "1222"}
    assert {name: days_of(2026, festival=name)[0] for name in named} == named
    assert [days_of(year, festival="qingming")[0] for year in (2015, 2024, 2025, 2028)] == [
        "0405",
        "0404",
        "0404",
        "0404",
    ]
    year = [festivals.solar_term(dt.date(2026, 1, 1) + dt.timedelta(days=day)) for day in range(365)]
    assert sorted(filter(None, year)) == sorted(festivals.TERMS)


def test_all_festivals_have_a_date_and_a_place_in_the_docs():
    known = {*festivals.FIXED, *festivals.MOVING, *festivals.TERMS, festivals.PAYDAY}
    assert set(get_args(festivals.Festival)) == known == set(festivals._CHINESE.values()) | {"520"}
    assert [name for name in known if name not in DOCS] == []
    assert {len(days) for days in festivals.MOVING.values()} == {26}


@pytest.mark.parametrize(
    ("season", "text"),
    [
        ({"festival": "618"}, "nobody knows but you; give buying"),
        ({"buying": 1.4}, "would be every day"),
        ({"buying": 1.4, "weekdays": []}, "name at least one"),
        ({"buying": 0, "weekdays": "sat"}, "greater than or equal to 0.01"),
        ({"buying": 1.4, "starts": 12}, "12 is no date; write 2026-06-01, or 06-01"),
        ({"buying": 1.4, "starts": "06-31", "ends": "07-01"}, "06-31 is no date"),
        ({"buying": 1.4, "starts": "06-01"}, "give both starts and ends so"),
        ({"buying": 1.4, "starts": "06-01", "ends": "2026-06-02"}, "not of one sort"),
        ({"buying": 1.4, "starts": "2026-06-03", "ends": "2026-06-02"}, "swap them"),
        ({"buying": 1.4, "starts": "2026-06-03", "after": 2}, "before or after nothing"),
        ({"buying": 1.4, "festival": "618", "month_days": [1]}, "make two seasons of it"),
        ({"buying": 1.4, "festival": "easter"}, "spring_festival"),
    ],
)
def test_seasons_that_are_none(season, text):
    with pytest.raises(ValueError, match=text):
        in_season(season)


def test_the_lunar_calendar_is_known_for_some_years_only():
    data = in_season({"festival": "qixi", "buying": 2}).model_dump(mode="json")
    with pytest.raises(ValueError, match="qixi is known from 2015 to 2040"):
        Scenario.model_validate({**data, "start": "2041-01-01"})
    assert Scenario.model_validate({**data, "start": "2040-01-01"}).seasons


def test_one_is_warned_of_a_season_that_the_run_never_sees():
    plan_ = in_season({"festival": "11.11", "buying": 2}, {"month_days": [8], "buying": 2})
    told = [one for one in findings(plan_) if one.path[0] == "seasons"]
    assert [one.path for one in told] == [("seasons", 0)]
    assert "no day of the run is in it, from 2026-03-02 to 2026-03-31" in told[0].what


def test_the_plan_is_told_with_its_seasons():
    plan_ = in_season({"name": "pay", "month_days": [10, 15], "buying": 1.4, "looking": 1.1})
    assert plan_header(plan_)["Seasons"] == "pay: 2 days, buying x 1.4, looking in x 1.1"
    assert "Seasons" not in plan_header(plan())
    assert plan_header(plan_, language("zh"))["Seasons"] == "pay：2 天、购买 ×1.4、看群 ×1.1"


def test_it_says_what_it_is():
    """The promises of mechanisms that are no strategy's; bytes and bits stand above."""
    assert SEASONS in mechanisms()
    assert load(SEASONS.engine).declared is SEASONS
    check_fields(Season, Season)
    named = [*(f"seasons.{name}" for name in Season.model_fields), "season"]
    assert [name for name in named if f"`{name}`" not in DOCS] == []
    assert set(SEASONS.words) == {"daily.season"}
