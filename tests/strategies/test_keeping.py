"""Red envelopes, content and group rules: the effects, to the fen."""

import math

import pytest
from pydantic import ValidationError

from commsim.core.effects import Account, Announce, Content, Enforce, Spend, Work
from commsim.core.mechanisms.envelopes import Envelope
from commsim.strategies import content
from commsim.strategies.group_rules import GroupRules
from commsim.strategies.red_envelope import RESEND, RedEnvelope
from commsim.testing import FakeView


def act(strategy, view):
    return list(strategy.act(view, strategy.start(view)))


def test_one_envelope_a_day_with_the_reciprocity_of_a_commercial_group():
    assert act(RedEnvelope(total=12.5, shares=10, staff_minutes=1), FakeView()) == [
        Envelope(20, 1250, 10, 0.01, 0.0025),
        Work(1.0),
    ]


def test_several_hours_are_several_envelopes_and_as_much_work():
    effects = act(RedEnvelope(hours=[12, 20], preset="social"), FakeView())
    assert [e.hour for e in effects if isinstance(e, Envelope)] == [12, 20]
    assert {(e.resend, e.resend_slope) for e in effects if isinstance(e, Envelope)} == {RESEND["social"]}
    assert sum(e.minutes for e in effects if isinstance(e, Work)) == 6.0


def test_envelopes_are_previewed_in_the_warm_up():
    assert act(RedEnvelope(starts=2, warm_up=1, reach=0.5), FakeView(day=1)) == [
        Announce(20, preview=True, reach=0.5)
    ]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"total": 200.01}, "less than or equal to 20000"),
        ({"shares": 101}, "less than or equal to 100"),
        ({"total": 0.19, "shares": 20}, "20 shares are too many"),
    ],
)
def test_the_platform_limits_envelopes(settings, message):
    with pytest.raises(ValidationError, match=message):
        RedEnvelope(**settings)


def test_content_costs_money_once_and_staff_time_in_every_group():
    posts = content.Content(posts=4, quality=0.3, topics=0.12, trust=0.004, cost=15, staff_minutes=2)
    assert act(posts, FakeView()) == [
        Content(20, 0.3, 0.12, 0.004, 4, ("",), 0.4),
        Spend(Account.CONTENT, 6000),
        Work(2.0),
    ]


def test_free_content_is_no_entry_in_the_books():
    effects = act(content.Content(), FakeView())
    assert [type(e) for e in effects] == [Content, Work]
    assert effects[0].value == pytest.approx(0.3)


def test_enforced_rules_hold_and_cost_staff_time():
    assert act(GroupRules(enforcement=0.7, staff_minutes=1), FakeView(day=50)) == [Enforce(0.7), Work(1.0)]


def test_rules_that_nobody_enforces_wear_off_from_their_first_day():
    rules = GroupRules(enforcement=0.8, enforced=False, half_life=10, starts=5)
    levels = [act(rules, FakeView(day=day)) for day in (5, 15, 25)]
    assert [len(effects) for effects in levels] == [1, 1, 1]
    assert [effects[0].level for effects in levels] == pytest.approx([0.8, 0.4, 0.2])
    assert rules.level(6) == pytest.approx(0.8 * math.sqrt(0.5) ** 0.2)


def test_rules_and_content_have_no_warm_up():
    for strategy in (GroupRules(starts=3, warm_up=2), content.Content(starts=3, warm_up=2)):
        assert act(strategy, FakeView(day=2)) == []


def test_content_says_what_it_is_about_and_what_of_it_is_new():
    posts = content.Content(quality=0.3, posts=3, themes=("tips", "stories"), fresh=0.2)
    first, *_ = act(posts, FakeView(day=40))
    assert (first.value, first.posts, first.themes, first.fresh) == (0.3, 3, ("tips", "stories"), 0.2)
    plain, *_ = act(content.Content(), FakeView())
    assert plain.themes == ("",)  # one theme, the same for all that name none
