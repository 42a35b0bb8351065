"""Groups with kinds, tastes, prices and people of their own."""

import numpy as np
import pytest

from commsim.population.build import build
from commsim.population.tastes import appeal
from commsim.records.tables import event_kinds
from commsim.report.language import language
from commsim.report.plan_header import plan_header
from commsim.scenario.errors import ScenarioError
from commsim.scenario.load import dump, loads
from commsim.simulation.run import simulate

PLAN = """\
name: x
days: 10
products: [{name: coffee, price: 30, unit_cost: 15}, {name: tea, price: 20, unit_cost: 9, appeal: 0.5}]
strategies: [{kind: flash_sale, product: tea, discount: 20%%}, {kind: content}]
community:
  segments: [{name: usual, orders_per_week: 0.5}, {name: keen, share: 0.5, orders_per_week: 2}]
%s
"""
TWO = "  groups: [{name: 一群, members: 150%s}, {name: 二群, members: 250%s}]"


def plan(one: str = "", two: str = "", more: str = ""):
    return loads(PLAN % (more + "\n" + TWO % (one, two)))


def people(of):
    return build(of.community, of.behaviour, 7, today=of.start)


def same(one, other) -> bool:
    """Whether two plans come to the same, to the byte."""
    ours, theirs = (simulate(each, 3).daily for each in (one, other))
    return all(np.array_equal(ours[name], theirs[name]) for name in ours)


def refusal(*settings: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        plan(*settings)
    return str(caught.value)


def test_what_all_groups_share_might_as_well_stand_above_them():
    assert same(
        plan(", taste: {tea: 3}", ", taste: {tea: 3}"),
        loads((PLAN % (TWO % ("", ""))).replace("appeal: 0.5", "appeal: 1.5")),
    )
    assert same(plan(", kind: interest", ", kind: interest"), plan(more="  kind: interest"))
    mix = ", segments: {usual: 1, keen: 1}"
    assert same(plan(mix, mix), loads((PLAN % (TWO % ("", ""))).replace("share: 0.5, ", "")))


def test_a_plan_sets_for_groups_of_all_kinds_what_it_sets_itself():
    one = loads(
        (PLAN % (TWO % (", kind: interest", ""))) + "behaviour: {talk: {level: 0.6}, activity: {deal: 0.3}}"
    )
    other = loads((PLAN % (TWO % ("", ""))) + "behaviour: {talk: {level: 0.6}, activity: {deal: 0.3}}")
    assert same(one, other)
    assert not same(plan(", kind: interest"), plan())


def test_a_mix_of_its_own_leaves_other_groups_as_they_were():
    usual, mixed = people(plan()), people(plan(", segments: {keen: 100%}"))
    first = slice(0, 150)
    assert (mixed.segment[first] == 1).all()
    assert np.array_equal(mixed.segment[150:400], usual.segment[150:400])
    assert 0.2 < usual.segment[first].mean() < 0.5
    near = np.flatnonzero(mixed.segment[400:] != usual.segment[400:])
    assert near.max() < 150 * 200 // 400  # the friends outside of the first group are like it


def test_elasticity_of_a_group_is_a_factor_on_that_of_its_people():
    usual, dear = people(plan()), people(plan(", elasticity: 2"))
    ratio = dear.traits["elasticity"] / usual.traits["elasticity"]
    assert ratio[:150].tolist() == [2.0] * 150
    assert ratio[150:400].tolist() == [1.0] * 250
    assert ratio[400:475].tolist() == [2.0] * 75
    assert ratio[475:].tolist() == [1.0] * 125


def test_taste_is_a_factor_by_product_and_segment():
    of = plan(", taste: {coffee: 0, tea: 4}")
    assert appeal(of.community, of.products).tolist() == [[1.0, 1.0, 0.0, 0.0], [0.5, 0.5, 2.0, 2.0]]


def test_who_has_no_taste_for_a_product_never_buys_it():
    records = simulate(plan(", taste: {coffee: 0, tea: 0}"), 3, detail="full")
    orders = records.events["person"][records.events["kind"] == event_kinds().index("order")]
    assert len(orders) > 0
    assert not np.isin(orders, np.arange(150)).any()


def test_it_is_kept_and_told_with_the_names_of_the_groups():
    of = plan(", kind: service, taste: {tea: 1.5}, segments: {keen: 1}", ", elasticity: 1.2")
    assert loads(dump(of)) == of
    told = plan_header(of)["Community"]
    assert "一群 (service; tea x 1.5; keen 100%)" in told
    assert "二群 (elasticity x 1.2)" in told
    assert "一群（服务群；tea x 1.5；keen 100%）" in plan_header(of, language("zh"))["Community"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            ", taste: {cofee: 2}",
            "scenario:8:52: community.groups[0].taste.cofee: there is no product 'cofee'; there are: coffee",
        ),
        (", taste: {tea: 11}", "community.groups[0].taste.tea: must be 0 to 10 factor, is 11"),
        (", segments: {old: 1}", "community.groups[0].segments.old: there is no segment 'old'"),
        (", segments: {keen: 0}", "community.groups[0].segments: no segment has a share above 0"),
        (", kind: shop", "community.groups[0].kind: must be one of coupon, interest, service, is 'shop'"),
    ],
)
def test_what_is_not_there_is_told_at_its_place(settings: str, said: str):
    assert said in refusal(settings)


def test_there_can_not_be_more_tastes_than_a_byte_tells_apart():
    groups = ", ".join(f"{{members: 20, taste: {{tea: {k / 100}}}}}" for k in range(70))
    with pytest.raises(ScenarioError, match="there would be 142 kinds of customers; at most 127"):
        loads(PLAN % f"  groups: [{groups}]")
