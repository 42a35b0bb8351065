"""Every error stands at its place, says what is allowed and what was probably meant."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from commsim.core.units import to_fen
from commsim.scenario.errors import ScenarioError
from commsim.scenario.load import load, loads
from commsim.scenario.schema import Product, Scenario
from commsim.strategies.red_envelope import RedEnvelope

PLAN = "name: Coffee\ndays: 30\nproducts:\n  - {name: coffee, price: 30, unit_cost: 15.25}\n"


def lines(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "dayz: 3",
            "scenario:5:1: dayz: unknown key; did you mean days? allowed here: name, about, caution, days",
        ),
        (
            "community: {group_sise: 3}",
            "scenario:5:13: community.group_sise: unknown key; did you mean group_size? allowed here: ",
        ),
        (
            "community: {group_size: 501}",
            "scenario:5:25: community.group_size: must be 2 to 500 persons, is 501",
        ),
        (
            "community: {members: 1000000000000}",
            "scenario:5:22: community.members: must be 1 to 5,000,000 persons, is 1000000000000",
        ),
        (
            "community: {members: 2.5}",
            "community.members: must be a whole number, is 2.5; allowed: 1 to 5,000,000",
        ),
        (
            "community: {muted: .nan}",
            "community.muted: must be a finite number, is nan; allowed: 0 to 1 share",
        ),
        (
            "community: {members: true}",
            "scenario:5:22: community.members: must be a whole number, is 'true'; allowed: 1 to 5,000,000",
        ),
        ("operator: {wage_per_hour: true}", "operator.wage_per_hour: 'true' is not an amount in yuan"),
        (
            f"community: {{members: {10**40}}}",
            "members: must be 1 to 5,000,000 persons, is 100000000000000000000...",
        ),
        (
            "start: 9999-12-31",
            "scenario:5:8: start: 9999-12-31 is no day of our time; write the year in four",
        ),
        ("community: {segments: [{name: ''}]}", "community.segments[0].name: a name is one line of 1 to 80"),
        (
            'strategies:\n  - {kind: content, name: "a\\e[31m"}',
            "scenario:6:27: strategies[0].name: a name is one line of 1 to 80 characters, none of them invis",
        ),
        ('strategies:\n  - {kind: content, name: "a\\u202eb"}', "strategies[0].name: a name is one line"),
        (f"strategies:\n  - {{kind: content, name: {'x' * 81}}}", "strategies[0].name: a name is one line"),
        ("community: {arrivals_per_day: .inf}", "community.arrivals_per_day: must be"),
        ("community: 7", "scenario:5:12: community: must be a mapping of keys to values, is 7"),
        ("start: soon", "scenario:5:8: start: must be a date such as 2026-03-02, is 'soon'"),
        ("operator: {wage_per_hour: -1}", "operator.wage_per_hour: must be at least 0 yuan, is -1"),
        ("operator: {wage_per_hour: .nan}", "operator.wage_per_hour: nan yuan is not an amount"),
        ("operator: {wage_per_hour: 1.005}", "operator.wage_per_hour: 1.005 yuan has a part of a fen"),
        ("operator: {wage_per_hour: many}", "operator.wage_per_hour: 'many' is not an amount in yuan"),
        ("behaviour: {look: {mutet: 1}}", "behaviour.look.mutet: unknown key; did you mean muted?"),
        ("strategies: {}", "strategies: must be a list, is a mapping"),
        (
            "strategies:\n  - kind: red_envelop",
            "scenario:6:11: strategies[0].kind: unknown kind 'red_envelop'; did you mean red_envelope?",
        ),
        (
            "strategies:\n  - total: 3",
            "scenario:6:5: strategies[0]: says no kind of strategy; add kind: one of",
        ),
        (
            "strategies:\n  - kind: red_envelope\n    total: 500",
            "scenario:7:12: strategies[0].total: must be 0.01 to 200 yuan, is 500",
        ),
        (
            "strategies:\n  - kind: red_envelope\n    budget: -1",
            "scenario:7:13: strategies[0].budget: must be at least 0 yuan, is -1",
        ),
        (
            "strategies:\n  - {kind: red_envelope, weekdays: [tue, Mondag]}",
            "scenario:6:42: strategies[0].weekdays[1]: must be one of mon, tue, wed, thu, fri, sat, sun, "
            "is 'Mondag'; did you mean mon?",
        ),
        (
            "strategies:\n  - {kind: red_envelope, hour: 24}",
            "scenario:6:32: strategies[0].hour: must be 0 to 23 hour, is 24",
        ),
        (
            "strategies:\n  - {kind: group_buying, ladder: [{size: 2}]}",
            "scenario:6:35: strategies[0].ladder[0].price: missing (price for each, in yuan); add price",
        ),
        ("strategies:\n  - {kind: group_buying}", "strategies[0].ladder: missing"),
        (
            "strategies:\n  - {kind: flash_sale}",
            "scenario:6:5: strategies[0]: give either a price in yuan or",
        ),
    ],
)
def test_wrong_settings(more: str, said: str) -> None:
    (line,) = lines(PLAN + more)
    assert line.startswith(said) or said in line


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("community: {group_size: 300, cap: 200}", "5:25: community.group_size: is over the cap of 200"),
        (
            "community: {members: 5000000, outside_per_member: 10}",
            "5:22: community.members: with friends outside there would be 55,000,000 persons",
        ),
        (
            "community: {members: 4000000, graph: {degree: 200}}",
            "5:38: community.graph: there would be 4",
        ),
        (
            "community: {segments: [{name: a}, {name: a}]}",
            "5:35: community.segments[1]: the name 'a' is taken by number 1",
        ),
        ("community: {segments: [{share: 0}]}", "community.segments: no segment has a share above 0"),
        ("community: {graph: {kind: file}}", "community.graph: kind file and the file belong together"),
        ("strategies: [{kind: content}, {kind: content}]", "the name 'content' is taken by number 1"),
        (
            "strategies: [{kind: content, name: shelf}]",
            "strategies[0].name: 'shelf' has a meaning of its own",
        ),
        (
            "strategies: [{kind: flash_sale, price: 25, product: tea}]",
            "5:53: strategies[0].product: there is no product 'tea'; there are: coffee",
        ),
        (
            "strategies: [{kind: content, starts: 30}]",
            "starts: day 30 is after the run of 30 days; at most 29",
        ),
        ("strategies: [{kind: content, ends: 30}]", "ends: day 30 is after the run of 30 days"),
        ("strategies: [{kind: content, starts: 9, ends: 5}]", "ends: day 5 is before it starts (day 9)"),
        (
            "strategies: [{kind: content, starts: 29, closing: 2}]",
            "closing: is longer than the formal period",
        ),
        ("strategies: [{kind: content, weekdays: []}]", "weekdays: is empty: it would never run"),
        ("strategies: [{kind: content, weekdays: [mon, mon]}]", "weekdays: mon twice"),
        (
            "strategies: [{kind: live, coupon: 30}]",
            "5:35: strategies[0].coupon: takes 30 yuan off a price of 30 yuan in the stream; write less",
        ),
        ("strategies: [{kind: live, price: 9, coupon: 3000}]", "takes 3000 yuan off a price of 9 yuan"),
        (
            "allow_unlawful: [shill]",
            "5:18: allow_unlawful[0]: 'shill' is no word for anything unlawful; did you mean shills? "
            "there are: many_levels, shills",
        ),
        (
            "strategies: [{kind: content, who: {felt: 1}}]",
            "5:42: strategies[0].who.felt: chooses nobody: no product has an effect that could be felt",
        ),
        (
            "strategies: [{kind: content, who: {felt: 2}}]",
            "who.felt: 2 chooses nobody: it is 0 or 1",
        ),
        ("strategies: [{kind: content, who: {tie: '>1'}}]", "who.tie: '>1' chooses nobody: it is 0 to 1"),
        ("sources: [{per_day: 3}]", "5:11: sources[0].kind: missing"),
        (
            "strategies: [{kind: distributor_rebate, levels: [.1, .05, .02]}]",
            "5:14: strategies[0]: commission on 3 levels counts as pyramid selling from 30 people on",
        ),
    ],
)
def test_settings_that_do_not_fit_together(more: str, said: str) -> None:
    (line,) = lines(PLAN + more)
    assert said in line


@pytest.mark.parametrize("reading", ["evidence", "guides"])
def test_sections_and_lists_left_empty_are_as_if_left_out(reading: str) -> None:
    sections = (
        "community operator strategies target limits rivals seasons sources wants several_groups goods "
        "cash parties accounts behaviour"
    )
    empty = "".join(f"{name}:\n" for name in (*sections.split(), "allow_unlawful", "weeks"))
    plain = loads(f"{PLAN}reading: {reading}\n")
    assert loads(f"{PLAN}reading: {reading}\n{empty}") == plain
    inner = "behaviour: {talk: }\ncommunity: {segments: , graph: , roster: }\n"
    assert loads(f"{PLAN}reading: {reading}\n{inner}") == plain
    (line,) = lines("name: x\nproducts:\n")
    assert "products: " in line


@pytest.mark.parametrize(
    "more",
    [
        "strategies: [{kind: live, coupon: 29.99}]",
        "strategies: [{kind: content, who: {felt: 0}}]",
        "strategies: [{kind: content, who: {felt: top 5%}}]",
        "strategies: [{kind: distributor_rebate, levels: [.1, .05, .02]}]\nallow_unlawful: [many_levels]",
        "community: {members: 29}\nstrategies: [{kind: distributor_rebate, levels: [.1, .05, .02]}]",
        "strategies: [{kind: content}, {kind: content, name: evening}]",
    ],
)
def test_what_is_allowed(more: str) -> None:
    assert loads(PLAN + more).strategies


def test_all_errors_at_once_in_the_order_of_the_file() -> None:
    found = lines(
        "days: 0\nproducts: [{name: a, price: 0}]\n"
        "strategies:\n  - {kind: x}\n  - {kind: content, hour: -1}\n"
    )
    assert [line.split(" ")[1] for line in found] == [
        "name:",
        "days:",
        "products[0].unit_cost:",
        "products[0].price:",
        "strategies[0].kind:",
        "strategies[1].hour:",
    ]


def test_an_endless_list_of_errors_is_cut() -> None:
    text = PLAN + "strategies:\n" + "  - {kind: x}\n" * 200
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    assert len(caught.value.problems) == 200
    assert str(caught.value).endswith("and 150 more")


def test_errors_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN + "dayz: 3")
    with pytest.raises(ScenarioError, match=r"plan\.yaml:5:1: dayz"):
        load(file)


def test_python_users_get_the_same_checks() -> None:
    product = Product(name="coffee", price=30, unit_cost=15)
    with pytest.raises(ValidationError, match="after the run of 60 days"):
        Scenario(name="x", products=(product,), strategies=(RedEnvelope(starts=60),))
    plan = Scenario(name="x", products=(product,), strategies=(RedEnvelope(total=12),))
    assert plan.strategies[0].model_dump()["total"] == 12
    assert plan.products[0].price == to_fen(30)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("days: 60天", "must be a whole number, is '60天'"),
        ("community: {members: 2,000}", "unknown key; write numbers without commas; allowed here: "),
        ("behaviour: {talk: {level: 15%}}", "must be a number, is '15%'; write 0.15; allowed: "),
        ("strategies: [{kind: content, posts: '20:00'}]", "is '20:00'; write 20; allowed: "),
        ("operator: {wage_per_hour: ￥1,200}", "unknown key; write numbers without commas; allowed here: "),
        ("community:\n\tmembers: 20", "scenario:6:1: a tab indents this line; indent with spaces"),
        ("seats：3\ncommunity: {}", "scenario:5:1: the colon in this line is a full-width one; write :"),
    ],
)
def test_slips_of_the_pen_are_understood(more, said):
    plan = PLAN.replace("days: 30\n", "") if more.startswith("days") else PLAN
    assert any(said in line for line in lines(plan + more)), lines(plan + more)


CHECK_INS = (
    PLAN + "strategies:\n  - {kind: check_in, name: a%s}\n  - {kind: check_in, name: b, starts: 26%s}\n"
)


def test_two_check_ins_on_one_day_are_refused_before_the_run() -> None:
    (told,) = lines(CHECK_INS % ("", ""))
    assert told.startswith(
        "scenario:7:5: strategies[1]: 'b' opens a check-in on day 26, when 'a' has one open; a community"
    )
    (told,) = lines(CHECK_INS % (", weekdays: [mon, thu]", ", weekdays: [mon, tue]"))
    assert "'b' opens a check-in on day 28, when" in told  # the first Monday from day 26 on
    (told,) = lines(CHECK_INS % (", budget: 100", ""))  # it may have stopped by then, or not
    assert "'b' opens a check-in on day 26, when" in told


@pytest.mark.parametrize(
    ("one", "other"),
    [(", ends: 25", ""), (", weekdays: [mon]", ", weekdays: [tue]")],
)
def test_check_ins_that_may_take_turns_are_accepted(one: str, other: str) -> None:
    assert len(loads(CHECK_INS % (one, other)).strategies) == 2


def test_groups_of_sizes_of_their_own_may_be_small_whatever_the_usual_size() -> None:
    plan = "name: p\nproducts: [{name: tea, price: 30, unit_cost: 15}]\n"
    community = loads(plan + "community: {groups: [{members: 20}, {members: 30}], cap: 50}\n").community
    assert community.members == 50
