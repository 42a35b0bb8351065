"""What is recorded for the page's file: which ways there are, and that they are those of the sliders."""

import re
from importlib.resources import files

import yaml
from plans import ADVERTS, SALE, small

from commsim.page.grid import FRESH, Step, days_of, gone, names_of, posts_of, ways

PLAN = small(days=60, strategies=[ADVERTS, SALE])


def test_every_value_of_both_sliders_from_a_dozen_days_on_and_second_thoughts():
    found = list(ways(PLAN))
    assert len(set(found)) == len(found)
    assert days_of(PLAN) == tuple(range(0, 60, 5))
    single = [way for way in found if len(way) == 1]
    assert len(single) == 12 * (7 * 5 - 1)
    assert (Step(55, 6, 4),) in single
    assert (Step(0, 3, 0),) not in single  # what the plan does
    assert (Step(10, 6, 0), Step(30, 0, 0)) in found
    assert all(first.day < second.day for first, second in (way for way in found if len(way) == 2))
    assert [way[0].day for way in found[:34]] == [0] * 34


def test_a_way_is_what_the_sliders_do():
    plan = gone(PLAN, (Step(10, 6, 0), Step(30, 0, 2)))
    told = [
        (one.name, one.starts, one.ends, one.posts) for one in plan.strategies if one.kind != "flash_sale"
    ]
    assert told == [("advert", 0, 9, 3), ("advert", 10, 29, 6), ("content", 30, None, 2)]
    assert posts_of(plan, 5) == {"advert": 3, "content": 0}
    assert posts_of(plan, 40) == {"advert": 0, "content": 2}


def test_what_announces_a_sale_is_not_what_a_slider_stands_for():
    plan = small(strategies=[SALE, {"kind": "advert", "posts": 1, "announces": "flash_sale"}])
    assert names_of(plan) == {"advert": "advert 2", "content": "content"}
    assert len(gone(plan, (Step(0, 2, 0),)).strategies) == 3


def test_a_day_on_which_a_plan_cannot_be_changed_has_no_way():
    later = {"kind": "advert", "posts": 2, "starts": 8, "warm_up": 4}
    assert gone(small(strategies=[later]), (Step(6, 5, 0),)) is None


def test_short_and_long_plans_have_their_days():
    assert days_of(small(days=3)) == (0, 1, 2)
    assert days_of(small(days=120)) == tuple(range(0, 120, 10))


def test_a_slider_begins_what_the_page_begins():
    script = (files("commsim.page") / "static" / "quick.js").read_text(encoding="utf-8")
    begun = [yaml.safe_load(found) for found in re.findall(r"fresh: \(posts\) => \(({ .* })\) }", script)]
    assert begun == [{"kind": kind, "posts": None, **settings} for kind, settings in FRESH.items()]
