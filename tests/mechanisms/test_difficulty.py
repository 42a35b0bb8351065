"""How hard it is to take part: the plain twin, and the laws."""

import numpy as np
import pytest
from plain_difficulty import PlainDifficulty
from test_equal_bits import both, differing, of_few
from worlds import differing as differing_runs
from worlds import fen, plan, run, world

from commsim.core.view import MEMBER
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.group_buying import GroupBuying
from commsim.strategies.red_envelope import RedEnvelope

SALE = {"kind": "flash_sale", "discount": 0.3, "weekdays": ["tue", "thu", "sat"]}


def test_the_engine_and_the_plain_rules_leave_the_same_bits():
    """With settings that change on a day, an audience, a limited reach, groups and calls."""
    hard = (
        FlashSale(discount=0.3, difficulty=3, reach=0.8, ends=9, groups=[1, 2]),
        FlashSale(discount=0.3, difficulty=1, starts=10, reach=0.8),
        GroupBuying(
            ladder=({"size": 2, "price": 25},),
            accept=0.6,
            accept_late=0.6,
            difficulty=2,
            who={"orders": "<3"},
        ),
        DistributorRebate(base=1.0, reward=5, difficulty=2, weekdays=("mon", "thu"), asks_again=4),
        RedEnvelope(total=10, difficulty=4, hours=(19,)),
    )
    engine, plain = both(of_few("unmanaged-group", *hard, members=150, days=20), PlainDifficulty)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert {name for name in ("orders", "teams", "invited", "caught") if not daily[name].any()} == set()


def test_nothing_to_grasp_changes_no_byte():
    assert differing_runs(run(plan(SALE)), run(plan(SALE | {"difficulty": 0}))) == []
    free = {"difficulty": {"per_step": 0.0}}
    hard = SALE | {"difficulty": 5}
    assert differing_runs(run(plan(SALE, behaviour=free)), run(plan(hard, behaviour=free))) == []


def test_the_share_who_take_part_falls_by_the_step_and_twice_as_fast_with_half_the_ease():
    segments = [{"name": "young", "share": 0.5}, {"name": "elderly", "share": 0.5, "grasp": 0.5}]
    made = world(plan(SALE | {"difficulty": 2}, members=4000, days=1, segments=segments))
    made.advance()
    people, able = made.people, made.audience(0)
    here = people.status == MEMBER
    share = [able[here & (people.segment == k)].mean() for k in (0, 1)]
    assert share == pytest.approx([np.exp(-0.5), np.exp(-1.0)], abs=0.03)


def test_who_does_not_grasp_it_gets_the_posts_and_buys_nothing():
    hard = SALE | {"difficulty": 1}
    impossible = {"difficulty": {"per_step": 5.0}}
    easy, left_behind = run(plan(SALE)), run(plan(hard, behaviour=impossible))
    assert easy.daily["operator_posts"].tolist() == left_behind.daily["operator_posts"].tolist()
    assert fen(easy, "discount", cause="flash_sale") < 10 * fen(left_behind, "discount", cause="flash_sale")
    assert fen(easy, "staff") == fen(left_behind, "staff")


def test_who_takes_part_is_the_same_at_every_difficulty_below():
    """One draw: whoever follows five steps follows three."""
    able = []
    for steps in (1, 3, 5):
        made = world(plan(SALE | {"difficulty": steps}, days=1))
        made.advance()
        able.append(made.audience(0))
    assert (able[2] <= able[1]).all()
    assert (able[1] <= able[0]).all()
    assert able[0].sum() > able[2].sum()


@pytest.mark.parametrize("kind", ["content", "advert", "group_rules", "moments"])
def test_what_asks_nothing_of_members_is_not_hard(kind):
    with pytest.raises(ValueError, match="nothing to grasp or do in it"):
        plan({"kind": kind, "difficulty": 1})
