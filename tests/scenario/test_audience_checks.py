"""What `commsim check` says of whom and which groups strategies are for."""

import json

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core import conditions
from commsim.report.language import ENGLISH
from commsim.report.sheets.sheets import sheets_of
from commsim.scenario.lint import findings
from commsim.scenario.load import loads
from commsim.strategies.audience import Who

SHOP = "name: p\nproducts: [{name: tea, price: 30, unit_cost: 15}]\n"
MEMBERS = "id,group,tags\n" + "".join(
    f"{k},{'east' if k % 2 else 'west'},{'vip' if k < 9 else ''}\n" for k in range(40)
)


def warned(text, about):
    return [(path, what) for path, what, _ in findings(loads(SHOP + text)) if about in what]


def test_shares_may_be_written_in_per_cent_and_counts_may_not():
    assert conditions.tests_of(">15%") == (conditions.Test(">", 0.15),)
    assert conditions.tests_of(">15% <=50%") == (conditions.Test(">", 0.15), conditions.Test("<=", 0.5))
    assert conditions.tests_of("30%") == (conditions.Test("=", 0.3),)
    assert conditions.tests_of("top 8%") == (conditions.Test("top", 0.08),)
    for shares in ({"activity": ">15%"}, {"trust": "<=40％"}, {"lot": "<50%"}, {"orders": "top 15%"}):
        assert Who(**shares)
    with pytest.raises(ValueError, match=r"orders is no share, so '>15%'.*top 15%"):
        Who(orders=">15%")
    with pytest.raises(ValueError, match="level is no share"):
        Who(level=">1%")


def checked(folder, strategy):
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    people = "community: {roster: {file: members.csv, id: id, group: group, tags: tags}}\n"
    (folder / "plan.yaml").write_text(f"{SHOP}{people}strategies:\n  - {strategy}\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(folder / "plan.yaml"), "--json"])
    return done.exit_code, [
        (one["line"], one["path"], one["what"], one["remedy"]) for one in json.loads(done.stdout)[0]["errors"]
    ]


def test_a_tag_or_a_group_that_is_in_no_file_is_an_error(tmp_path):
    tag = checked(tmp_path, "{kind: content, who: {tag: vipp}}")
    said = (5, "strategies[0].who.tag", "there is no tag 'vipp'", "did you mean vip? there are: vip")
    assert tag == (3, [said])
    code, (group,) = checked(tmp_path, "{kind: content, groups: [weest]}")
    assert code == 3
    assert group[2:] == ("there is no group 'weest'", "did you mean west? there are: west, east, 1, 2")
    code, (split,) = checked(tmp_path, "{kind: split, by: tag, tags: [vip, gold]}")
    assert (code, split[1], split[2]) == (3, "strategies[0].tags", "there is no tag 'gold'")
    assert checked(tmp_path, "{kind: content, who: {tag: vip}, groups: [east, 2]}") == (0, [])


def test_posts_beyond_a_limit_are_counted_in_groups_that_get_them():
    limits = "community: {members: 400, group_size: 100}\noperator: {touches: {per_day: 1}}\nstrategies:\n"
    one, two = (f"  - {{kind: content, name: {name}, groups: {groups}}}\n" for name, groups in (
        ("a", "[1, 2]"), ("b", "{other_than: a}"),
    ))  # fmt: skip
    assert warned(limits + one + two, "beyond") == []
    both = warned(limits + one + "  - {kind: content, name: b, groups: [2, 3]}\n", "beyond")
    assert both == [(("strategies", 1), "60 of its 60 posts in a group are beyond 1 a day: they are refused")]


def test_more_groups_than_robots_can_manage():
    many = "community: {members: 5000, group_size: 100}\nstrategies:\n  - "
    told = warned(many + "{kind: robot, robots: 2, manages: 20}\n", "no robot")
    assert told == [
        (("strategies", 0, "robots"), "2 x 20 groups are managed of 50: the others have no robot")
    ]
    assert warned(many + "{kind: robot, robots: 3, manages: 20}\n", "no robot") == []
    assert warned(many + "{kind: robot, groups: {share: 40%}}\n", "no robot") == []


def test_a_workbook_of_groups_of_their_own_sizes_says_no_size_of_all(tmp_path):
    plan = loads(SHOP + "community: {groups: [{members: 30}, {members: 50}]}\n")
    rows = {row[0] for sheet in sheets_of(plan, tmp_path, ENGLISH) for row in sheet.rows}
    assert "community.cap" in rows
    assert "community.group_size" not in rows
