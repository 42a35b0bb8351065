"""Content that wears with every showing of its theme, and recovers while the theme rests."""

from pathlib import Path

import numpy as np
import pytest
from test_aim import PlainAim
from test_equal_bits import both, differing, of_few
from worlds import plan, world

from commsim.core.effects import Content as Posted
from commsim.core.mechanisms.wear import WEAR
from commsim.simulation import columns as c
from commsim.strategies.content import Content
from commsim.strategies.split import Split

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "wear.md"

BASE = {"members": 100, "group_size": 50, "days": 60}
TIPS = {"kind": "content", "name": "tips", "quality": 0.3, "fresh": 0.0}
NO_REST = {"wear": {"per_post": 1 - 0.5 ** (1 / 28), "rest": 100_000}}


def test_the_engine_and_the_plain_rules_leave_the_same_bits():
    """Themes in turns, for all, some groups and some members; newcomers; groups that are formed anew."""
    strategies = (
        Content(posts=3, themes=("tips", "shows"), fresh=0.1),
        Content(name="for some", themes="tips", who={"bought": True}, starts=4),
        Content(name="elsewhere", themes="shows", groups={"share": 0.5}, fresh=0.0, weekdays=("tue", "sun")),
        Content(name="mixed", posts=2, fresh=1.0),
        Split(by="spent", max=40, starts=9, ends=9),
    )
    made = of_few("unmanaged-group", *strategies, members=150, days=16)
    quick = made.behaviour.model_copy(update={"wear": WEAR.behaviour(per_post=0.16, rest=6)})
    community = made.community.model_copy(update={"arrivals_per_day": 6.0})
    made = made.model_copy(update={"behaviour": quick, "community": community})
    engine, plain = both(made, PlainAim)
    assert differing(engine, plain) == []
    assert engine.records().daily["worn"].max() > 0.4
    assert engine.records().daily["joined"].sum() > 40
    assert engine.records().daily["moved"].any()


def test_its_page_names_all_of_it():
    text = DOCS.read_text(encoding="utf-8")
    named = [*(f"wear.{name}" for name in WEAR.behaviour.model_fields), *(one.name for one in WEAR.daily)]
    assert [name for name in named if f"`{name}`" not in text] == []


def given(*strategies, behaviour=NO_REST, group=0, **more):
    """What the posts of each day are worth to who sees them, in a group."""
    made, found = world(plan(*strategies, behaviour=behaviour, **(BASE | more))), []
    for _ in range(made.scenario.days):
        made.advance()
        found.append(made._today.notices[c.CONTENT, group])
    return np.array(found)


def half_a_hundredth(worth):
    """What is left is told to the hundredth."""
    return {"rtol": 0.0, "atol": 0.0051 * worth}


def test_each_post_of_a_theme_wears_it_whatever_strategy_it_is_from():
    one = 0.3 * 0.5 ** (np.arange(60) / 28)
    np.testing.assert_allclose(given(TIPS), one, **half_a_hundredth(0.3))
    then = TIPS | {"name": "by another name", "starts": 35}
    np.testing.assert_allclose(given(TIPS | {"ends": 34}, then), one, **half_a_hundredth(0.3))
    another = given(TIPS | {"ends": 34}, then | {"themes": "shows"})
    np.testing.assert_allclose(another, np.concatenate([one[:35], one[:25]]), **half_a_hundredth(0.3))


def test_themes_take_turns_and_each_wears_half_as_fast():
    worth = given(TIPS | {"themes": ["tips", "shows"]})
    np.testing.assert_allclose(worth, 0.3 * 0.5 ** (np.arange(60) // 2 / 28), **half_a_hundredth(0.3))


def test_posts_of_a_day_take_turns_too_and_add_up_as_squares():
    """Three a day of two themes: two of one and one of the other, then the other way round."""
    worth = given(TIPS | {"posts": 3, "themes": ["tips", "shows"]}, days=2)
    assert worth[0] == pytest.approx(0.3 * np.sqrt(3), abs=1e-6)
    tips, shows = (round(0.5 ** (n / 28), 2) for n in (2, 1))
    assert worth[1] == pytest.approx(0.3 * np.sqrt(tips**2 + 2 * shows**2), abs=1e-6)


def test_a_theme_that_rests_recovers_by_half_in_its_time():
    rest = {"wear": {"per_post": 1 - 0.5 ** (1 / 10), "rest": 20}}
    again = TIPS | {"name": "again", "starts": 40}
    worth = given(TIPS | {"ends": 19}, again, behaviour=rest)
    shown = sum(0.5 ** (k / 20) for k in range(1, 21))  # on the morning after twenty posts
    assert worth[40] == pytest.approx(0.3 * 0.5 ** (0.5 * shown / 10), abs=0.002)
    slow, quick = (given(TIPS | {"weekdays": days}, behaviour=rest) for days in (["mon"], ["mon", "thu"]))
    assert slow[slow > 0][-1] > quick[quick > 0][-1] > worth[19]


def test_content_that_is_always_new_does_not_wear():
    assert set(given(TIPS | {"fresh": 1.0}).round(6).tolist()) == {0.3}


def test_newcomers_have_seen_nothing_and_what_goes_to_some_wears_less():
    """A group that doubles has seen half as much on average; half of a group half as much too."""
    base = plan(TIPS, behaviour=NO_REST, **BASE)
    made = world(base)
    for _ in range(20):
        made.advance()
    wear = next(one for one in made.mechanisms.all if one.declared.name == "wear")
    assert wear._shown[""][:2].tolist() == pytest.approx([20.0, 20.0], rel=1e-3)
    made.groups.size[0] *= 2
    wear.morning(20)
    assert wear._shown[""][:2].tolist() == pytest.approx([10.0, 20.0], rel=1e-2)
    some = world(plan(TIPS | {"who": {"lot": 0.5}}, behaviour=NO_REST, **BASE))
    for _ in range(20):
        some.advance()
    wear = next(one for one in some.mechanisms.all if one.declared.name == "wear")
    assert 6.0 < wear._shown[""][0] < 14.0


def test_what_is_worn_off_is_told_day_by_day():
    made = world(plan(TIPS | {"fresh": 0.4}, behaviour=NO_REST, **BASE))
    for _ in range(60):
        made.advance()
    worn = made.records().daily["worn"]
    np.testing.assert_allclose(worn, 0.6 * (1 - 0.5 ** (np.arange(60) / 28)), atol=0.0051)


def test_the_turn_goes_on_after_the_most_posts_that_some_group_got():
    """A strategy of a user's own may give one group three posts and another one."""
    made = world(plan(TIPS, **BASE))
    wear = next(one for one in made.mechanisms.all if one.declared.name == "wear")
    wear.morning(0)
    for posts, group in ((3, 0), (1, 1)):
        where = np.arange(len(made.groups.size)) == group
        post = Posted(12, 0.3, 0.0, 0.0, posts, ("a", "b", "c", "d"), 0.0, where)
        shown = [one.themes for one in wear.admit(0, post, 0)]
        assert shown == [(theme,) for theme in "abc"[:posts]]
    wear.close(0)
    wear.morning(1)
    (one,) = wear.admit(1, Posted(12, 0.3, 0.0, 0.0, 1, ("a", "b", "c", "d")), 0)
    assert one.themes == ("d",)
