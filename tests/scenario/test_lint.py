"""Warnings about plans that run but go wrong."""

from pathlib import Path

import pytest

from commsim.scenario.lint import AWAKE, findings, lint
from commsim.scenario.load import load_plan, loads
from commsim.simulation.clock import HOUR_WEIGHT

GOOD = """\
name: Coffee
products: [{name: coffee, price: 30, unit_cost: 15}]
"""
RULES = "  - {kind: group_rules}\n"


def said(more: str) -> list[str]:
    return [f"{'.'.join(map(str, path))}: {what}" for path, what, _ in findings(loads(GOOD + more))]


def test_points_that_change_their_worth_are_told() -> None:
    first = "  - {kind: check_in, name: spring, ends: 19, points: 5, point_value: 1}\n"
    for worth, told in ((100, 1), (1, 0)):
        later = f"  - {{kind: check_in, name: summer, starts: 20, points: 0, point_value: {worth}}}\n"
        found = [what for what in said("strategies:\n" + RULES + first + later) if "points that" in what]
        assert (
            found
            == ["strategies.2.point_value: points that spring gives at 1 fen are handed in here at 100 fen"]
            * told
        )


def test_a_good_plan_has_no_warnings() -> None:
    sale = "  - {kind: flash_sale, discount: .15, warm_up: 2, starts: 2}\n"
    assert said("strategies:\n" + RULES + sale) == []


@pytest.mark.parametrize(
    ("strategy", "warning"),
    [
        (
            "{kind: flash_sale, price: 14, warm_up: 1, starts: 1}",
            "strategies.1.price: sells coffee under its cost of 15",
        ),
        (
            "{kind: live, coupon: 16}",
            "strategies.1.coupon: sells coffee under its cost of 15 yuan: 1 yuan lost on each",
        ),
        (
            "{kind: flash_sale, discount: .6, warm_up: 1, starts: 1}",
            "strategies.1.price: sells coffee under its cost",
        ),
        (
            "{kind: group_buying, ladder: [{size: 2, price: 20}, {size: 5, price: 12}], starts: 1}",
            "strategies.1.ladder.1.price: sells coffee under its cost of 15 yuan: 3 yuan lost on each",
        ),
        (
            "{kind: levels, at: [{spent: 100, discount: .1}, {spent: 200, discount: .6}]}",
            "strategies.1.at.1.discount: sells coffee under its cost of 15 yuan: 3 yuan lost on each",
        ),
        ("{kind: flash_sale, price: 25}", "strategies.1.warm_up: no warm-up"),
        (
            "{kind: flash_sale, price: 25, warm_up: 3, starts: 1}",
            "strategies.1.warm_up: 2 of 3 days lie before the run",
        ),
        (
            "{kind: flash_sale, price: 25, warm_up: 1, starts: 1, stock: 0}",
            "strategies.1.stock: there is nothing",
        ),
        (
            "{kind: flash_sale, price: 25, warm_up: 1, starts: 1, hour: 23}",
            "strategies.1.hour: nobody looks in while it is open, so that it sells nothing",
        ),
        (
            "{kind: flash_sale, price: 25, warm_up: 1, starts: 1, hour: 6, open_hours: 2}",
            "strategies.1.hour: nobody looks in",
        ),
        ("{kind: advert, posts: 4}", "strategies.1.posts: 4 adverts a day and group"),
        ("{kind: content, reach: .2}", "strategies.1.reach: reaches 20% of members only"),
        (
            "{kind: content, starts: 1, ends: 1, weekdays: [mon]}",
            "strategies.1.weekdays: no mon lies between",
        ),
        (
            "{kind: distributor_rebate, warm_up: 1, starts: 1}",
            "strategies.1.budget: what it pays out has no limit",
        ),
        ("{kind: red_envelope, total: 90}", "strategies.1.total: 90 is unusual; usual: 5 to 50 yuan"),
    ],
)
def test_strategies_that_go_wrong(strategy: str, warning: str) -> None:
    assert any(line.startswith(warning) for line in said(f"strategies:\n{RULES}  - {strategy}\n"))


def test_people_are_awake_in_the_hours_that_have_attention() -> None:
    assert [hour for hour, weight in enumerate(HOUR_WEIGHT) if weight > 0] == list(AWAKE)


def test_a_sale_that_opens_early_and_stays_open_sells() -> None:
    sale = "{kind: flash_sale, price: 25, warm_up: 1, starts: 1, hour: 6, open_hours: 3}"
    assert not any("nobody looks in" in line for line in said(f"strategies:\n{RULES}  - {sale}\n"))


def test_adverts_of_several_strategies_add_up_by_weekday() -> None:
    two = "  - {kind: advert, name: a, weekdays: [mon], posts: 2}\n"
    two += "  - {kind: advert, name: b, weekdays: [%s], posts: 2}\n"
    assert any("4 adverts a day" in line for line in said("strategies:\n" + two % "mon"))
    assert not any("adverts a day" in line for line in said("strategies:\n" + two % "tue"))


def test_adverts_that_follow_each_other_do_not_add_up() -> None:
    one = "  - {kind: advert, posts: 3, ends: 9}\n  - {kind: advert, posts: %s, starts: 10}\n"
    assert not any("adverts a day" in line for line in said("strategies:\n" + one % 1))
    assert any("4 adverts a day" in line for line in said("strategies:\n" + one % 4))


def test_communities_that_go_wrong() -> None:
    assert "community.members: a pool below 400: chance may decide more than the plan" in said(
        "community: {members: 399}\n"
    )
    assert not any(line.startswith("community") for line in said("community: {members: 400}\n"))


def test_rules_that_nobody_enforces_are_no_rules() -> None:
    missing = "strategies: no group rules are enforced: members' adverts spread"
    assert missing in said("")
    assert missing in said("strategies: [{kind: group_rules, enforced: false}]\n")
    assert missing not in said("strategies:\n" + RULES)
    assert missing not in said("strategies: []\n")  # left alone on purpose


def test_a_post_announces_what_sells() -> None:
    advert = "  - {kind: advert, announces: flash_sale, hour: 9}\n"
    sale = "  - {kind: flash_sale, price: 25, warm_up: 1, starts: 1, weekdays: [%s], ends: 7}\n"
    told = "strategies.%d.announces: 'flash_sale' never sells"
    assert any(told % 2 in line for line in said("strategies:\n" + RULES + sale % "mon" + advert)) is False
    lines = said("strategies:\n" + RULES + sale.replace("ends: 7", "ends: 5") % "mon" + advert)
    assert any(line.startswith(told % 2) for line in lines)


def test_a_last_call_needs_a_day_of_its_strategy() -> None:
    sale = "  - {kind: flash_sale, price: 25, warm_up: 1, starts: 1, ends: %d, weekdays: [tue], closing: 2}\n"
    told = "strategies.1.closing: it does not run on its last 2 days: nobody hears a last call"
    assert told in said("strategies:\n" + RULES + sale % 11)
    assert told not in said("strategies:\n" + RULES + sale % 9)


def test_missing_files_and_loss_leaders_are_told_with_their_place(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(
        "name: x\nproducts:\n  - {name: a, price: 1, unit_cost: 2}\ncommunity:\n  roster: {file: none.csv}\n"
        "strategies: [{kind: group_rules}]\n"
    )
    found = [(p.place.line, p.place.column, p.path) for p in lint(load_plan(file))]
    assert found == [(3, 22, "products[0].price"), (5, 18, "community.roster.file")]


@pytest.mark.parametrize(
    ("kind", "behaviour", "warned"),
    [
        ("interest", "", ""),
        ("interest", "talk: {level: 3}", "3 is unusual; usual: 0.5 to 2"),
        ("interest", "activity: {deal: 0.9}", "0.9 is unusual; usual: 0 to 0.4"),
        ("service", "", ""),
        ("coupon", "talk: {level: 1}", "1 is unusual; usual: 0.03 to 0.3"),
    ],
)
def test_what_is_usual_goes_by_the_kind_of_groups(kind: str, behaviour: str, warned: str) -> None:
    plan = f"extends: active-group\nname: x\ncommunity: {{kind: {kind}}}\nbehaviour: {{{behaviour}}}\n"
    found = [finding.what for finding in findings(loads(plan))]
    assert len(found) == bool(warned)
    assert all(what.startswith(warned) for what in found)
